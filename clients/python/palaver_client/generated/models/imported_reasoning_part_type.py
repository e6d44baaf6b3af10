from typing import Literal

ImportedReasoningPartType = Literal['reasoning']

IMPORTED_REASONING_PART_TYPE_VALUES: set[ImportedReasoningPartType] = { 'reasoning',  }

def check_imported_reasoning_part_type(value: str) -> ImportedReasoningPartType:
    if value in IMPORTED_REASONING_PART_TYPE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {IMPORTED_REASONING_PART_TYPE_VALUES!r}")
