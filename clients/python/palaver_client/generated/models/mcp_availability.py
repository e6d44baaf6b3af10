from typing import Literal

MCPAvailability = Literal['default_off', 'default_on', 'force_on']

MCP_AVAILABILITY_VALUES: set[MCPAvailability] = { 'default_off', 'default_on', 'force_on',  }

def check_mcp_availability(value: str) -> MCPAvailability:
    if value in MCP_AVAILABILITY_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {MCP_AVAILABILITY_VALUES!r}")
