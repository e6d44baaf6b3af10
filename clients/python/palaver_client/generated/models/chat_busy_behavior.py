from typing import Literal

ChatBusyBehavior = Literal['', 'interrupt', 'queue', 'reject']

CHAT_BUSY_BEHAVIOR_VALUES: set[ChatBusyBehavior] = { '', 'interrupt', 'queue', 'reject',  }

def check_chat_busy_behavior(value: str) -> ChatBusyBehavior:
    if value in CHAT_BUSY_BEHAVIOR_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {CHAT_BUSY_BEHAVIOR_VALUES!r}")
