"""Users' connections to MCP servers, against a real authorization server."""
