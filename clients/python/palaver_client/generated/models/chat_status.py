from typing import Literal

ChatStatus = Literal['error', 'interrupting', 'requires_action', 'running', 'waiting']

CHAT_STATUS_VALUES: set[ChatStatus] = { 'error', 'interrupting', 'requires_action', 'running', 'waiting',  }

def check_chat_status(value: str) -> ChatStatus:
    if value in CHAT_STATUS_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {CHAT_STATUS_VALUES!r}")
