from typing import Literal

ImportedFilePartType = Literal['file']

IMPORTED_FILE_PART_TYPE_VALUES: set[ImportedFilePartType] = { 'file',  }

def check_imported_file_part_type(value: str) -> ImportedFilePartType:
    if value in IMPORTED_FILE_PART_TYPE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {IMPORTED_FILE_PART_TYPE_VALUES!r}")
