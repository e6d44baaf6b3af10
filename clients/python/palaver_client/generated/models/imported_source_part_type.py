from typing import Literal

ImportedSourcePartType = Literal['source']

IMPORTED_SOURCE_PART_TYPE_VALUES: set[ImportedSourcePartType] = { 'source',  }

def check_imported_source_part_type(value: str) -> ImportedSourcePartType:
    if value in IMPORTED_SOURCE_PART_TYPE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {IMPORTED_SOURCE_PART_TYPE_VALUES!r}")
