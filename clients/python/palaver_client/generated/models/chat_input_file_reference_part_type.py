from typing import Literal

ChatInputFileReferencePartType = Literal['file-reference']

CHAT_INPUT_FILE_REFERENCE_PART_TYPE_VALUES: set[ChatInputFileReferencePartType] = { 'file-reference',  }

def check_chat_input_file_reference_part_type(value: str) -> ChatInputFileReferencePartType:
    if value in CHAT_INPUT_FILE_REFERENCE_PART_TYPE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {CHAT_INPUT_FILE_REFERENCE_PART_TYPE_VALUES!r}")
