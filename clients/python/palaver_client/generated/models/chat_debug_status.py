from typing import Literal

ChatDebugStatus = Literal['completed', 'error', 'in_progress', 'interrupted']

CHAT_DEBUG_STATUS_VALUES: set[ChatDebugStatus] = { 'completed', 'error', 'in_progress', 'interrupted',  }

def check_chat_debug_status(value: str) -> ChatDebugStatus:
    if value in CHAT_DEBUG_STATUS_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {CHAT_DEBUG_STATUS_VALUES!r}")
