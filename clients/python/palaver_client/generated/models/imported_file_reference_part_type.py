from typing import Literal

ImportedFileReferencePartType = Literal['file-reference']

IMPORTED_FILE_REFERENCE_PART_TYPE_VALUES: set[ImportedFileReferencePartType] = { 'file-reference',  }

def check_imported_file_reference_part_type(value: str) -> ImportedFileReferencePartType:
    if value in IMPORTED_FILE_REFERENCE_PART_TYPE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {IMPORTED_FILE_REFERENCE_PART_TYPE_VALUES!r}")
