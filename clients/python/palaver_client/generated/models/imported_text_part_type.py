from typing import Literal

ImportedTextPartType = Literal['text']

IMPORTED_TEXT_PART_TYPE_VALUES: set[ImportedTextPartType] = { 'text',  }

def check_imported_text_part_type(value: str) -> ImportedTextPartType:
    if value in IMPORTED_TEXT_PART_TYPE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {IMPORTED_TEXT_PART_TYPE_VALUES!r}")
