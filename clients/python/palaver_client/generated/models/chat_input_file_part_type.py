from typing import Literal

ChatInputFilePartType = Literal['file']

CHAT_INPUT_FILE_PART_TYPE_VALUES: set[ChatInputFilePartType] = { 'file',  }

def check_chat_input_file_part_type(value: str) -> ChatInputFilePartType:
    if value in CHAT_INPUT_FILE_PART_TYPE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {CHAT_INPUT_FILE_PART_TYPE_VALUES!r}")
