from typing import Literal

ChatSourcePartType = Literal['source']

CHAT_SOURCE_PART_TYPE_VALUES: set[ChatSourcePartType] = { 'source',  }

def check_chat_source_part_type(value: str) -> ChatSourcePartType:
    if value in CHAT_SOURCE_PART_TYPE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {CHAT_SOURCE_PART_TYPE_VALUES!r}")
