from typing import Literal

MCPServerConfigTransport = Literal['', 'sse', 'streamable_http']

MCP_SERVER_CONFIG_TRANSPORT_VALUES: set[MCPServerConfigTransport] = { '', 'sse', 'streamable_http',  }

def check_mcp_server_config_transport(value: str) -> MCPServerConfigTransport:
    if value in MCP_SERVER_CONFIG_TRANSPORT_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {MCP_SERVER_CONFIG_TRANSPORT_VALUES!r}")
