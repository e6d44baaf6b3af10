from typing import Literal

ChatToolResultPartType = Literal['tool-result']

CHAT_TOOL_RESULT_PART_TYPE_VALUES: set[ChatToolResultPartType] = { 'tool-result',  }

def check_chat_tool_result_part_type(value: str) -> ChatToolResultPartType:
    if value in CHAT_TOOL_RESULT_PART_TYPE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {CHAT_TOOL_RESULT_PART_TYPE_VALUES!r}")
