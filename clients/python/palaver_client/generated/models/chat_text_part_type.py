from typing import Literal

ChatTextPartType = Literal['text']

CHAT_TEXT_PART_TYPE_VALUES: set[ChatTextPartType] = { 'text',  }

def check_chat_text_part_type(value: str) -> ChatTextPartType:
    if value in CHAT_TEXT_PART_TYPE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {CHAT_TEXT_PART_TYPE_VALUES!r}")
