"""A real MCP server for tests, written with the official SDK: it records what it gets, and fails as told."""

from tests.support.mcp.server import PNG, McpServer, Request, running_mcp, server_config

__all__ = ["PNG", "McpServer", "Request", "running_mcp", "server_config"]
