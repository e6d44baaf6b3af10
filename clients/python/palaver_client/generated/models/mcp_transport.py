from typing import Literal

MCPTransport = Literal['sse', 'streamable_http']

MCP_TRANSPORT_VALUES: set[MCPTransport] = { 'sse', 'streamable_http',  }

def check_mcp_transport(value: str) -> MCPTransport:
    if value in MCP_TRANSPORT_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {MCP_TRANSPORT_VALUES!r}")
