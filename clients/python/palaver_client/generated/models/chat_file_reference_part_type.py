from typing import Literal

ChatFileReferencePartType = Literal['file-reference']

CHAT_FILE_REFERENCE_PART_TYPE_VALUES: set[ChatFileReferencePartType] = { 'file-reference',  }

def check_chat_file_reference_part_type(value: str) -> ChatFileReferencePartType:
    if value in CHAT_FILE_REFERENCE_PART_TYPE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {CHAT_FILE_REFERENCE_PART_TYPE_VALUES!r}")
