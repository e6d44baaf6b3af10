from typing import Literal

ChatToolCallPartType = Literal['tool-call']

CHAT_TOOL_CALL_PART_TYPE_VALUES: set[ChatToolCallPartType] = { 'tool-call',  }

def check_chat_tool_call_part_type(value: str) -> ChatToolCallPartType:
    if value in CHAT_TOOL_CALL_PART_TYPE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {CHAT_TOOL_CALL_PART_TYPE_VALUES!r}")
