from typing import Literal

ChatReasoningPartType = Literal['reasoning']

CHAT_REASONING_PART_TYPE_VALUES: set[ChatReasoningPartType] = { 'reasoning',  }

def check_chat_reasoning_part_type(value: str) -> ChatReasoningPartType:
    if value in CHAT_REASONING_PART_TYPE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {CHAT_REASONING_PART_TYPE_VALUES!r}")
