from typing import Literal

ImportedToolResultPartType = Literal['tool-result']

IMPORTED_TOOL_RESULT_PART_TYPE_VALUES: set[ImportedToolResultPartType] = { 'tool-result',  }

def check_imported_tool_result_part_type(value: str) -> ImportedToolResultPartType:
    if value in IMPORTED_TOOL_RESULT_PART_TYPE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {IMPORTED_TOOL_RESULT_PART_TYPE_VALUES!r}")
