from typing import Literal

ImportedMessageRole = Literal['assistant', 'tool', 'user']

IMPORTED_MESSAGE_ROLE_VALUES: set[ImportedMessageRole] = { 'assistant', 'tool', 'user',  }

def check_imported_message_role(value: str) -> ImportedMessageRole:
    if value in IMPORTED_MESSAGE_ROLE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {IMPORTED_MESSAGE_ROLE_VALUES!r}")
