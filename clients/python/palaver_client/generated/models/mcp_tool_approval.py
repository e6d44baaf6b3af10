from typing import Literal

MCPToolApproval = Literal['ask', 'auto', 'deny']

MCP_TOOL_APPROVAL_VALUES: set[MCPToolApproval] = { 'ask', 'auto', 'deny',  }

def check_mcp_tool_approval(value: str) -> MCPToolApproval:
    if value in MCP_TOOL_APPROVAL_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {MCP_TOOL_APPROVAL_VALUES!r}")
