"""Tools on MCP servers: what is offered, how it is called, what comes back."""
