from typing import Literal

ChatContextFilePartType = Literal['context-file']

CHAT_CONTEXT_FILE_PART_TYPE_VALUES: set[ChatContextFilePartType] = { 'context-file',  }

def check_chat_context_file_part_type(value: str) -> ChatContextFilePartType:
    if value in CHAT_CONTEXT_FILE_PART_TYPE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {CHAT_CONTEXT_FILE_PART_TYPE_VALUES!r}")
