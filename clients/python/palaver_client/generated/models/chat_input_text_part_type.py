from typing import Literal

ChatInputTextPartType = Literal['text']

CHAT_INPUT_TEXT_PART_TYPE_VALUES: set[ChatInputTextPartType] = { 'text',  }

def check_chat_input_text_part_type(value: str) -> ChatInputTextPartType:
    if value in CHAT_INPUT_TEXT_PART_TYPE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {CHAT_INPUT_TEXT_PART_TYPE_VALUES!r}")
