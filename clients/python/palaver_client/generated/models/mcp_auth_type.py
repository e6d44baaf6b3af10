from typing import Literal

MCPAuthType = Literal['api_key', 'client_credentials', 'custom_headers', 'none', 'oauth2', 'user_oidc']

MCP_AUTH_TYPE_VALUES: set[MCPAuthType] = { 'api_key', 'client_credentials', 'custom_headers', 'none', 'oauth2', 'user_oidc',  }

def check_mcp_auth_type(value: str) -> MCPAuthType:
    if value in MCP_AUTH_TYPE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {MCP_AUTH_TYPE_VALUES!r}")
