"""Tools on MCP servers: they are called with the chat owner's credentials, and nobody else's."""
