from typing import Literal

ChatFilePartType = Literal['file']

CHAT_FILE_PART_TYPE_VALUES: set[ChatFilePartType] = { 'file',  }

def check_chat_file_part_type(value: str) -> ChatFilePartType:
    if value in CHAT_FILE_PART_TYPE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {CHAT_FILE_PART_TYPE_VALUES!r}")
