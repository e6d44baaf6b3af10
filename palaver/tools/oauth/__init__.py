"""OAuth2 for MCP servers: discovery and registration, users' connections, tokens and their renewal."""
