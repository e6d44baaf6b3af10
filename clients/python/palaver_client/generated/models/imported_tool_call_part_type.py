from typing import Literal

ImportedToolCallPartType = Literal['tool-call']

IMPORTED_TOOL_CALL_PART_TYPE_VALUES: set[ImportedToolCallPartType] = { 'tool-call',  }

def check_imported_tool_call_part_type(value: str) -> ImportedToolCallPartType:
    if value in IMPORTED_TOOL_CALL_PART_TYPE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {IMPORTED_TOOL_CALL_PART_TYPE_VALUES!r}")
