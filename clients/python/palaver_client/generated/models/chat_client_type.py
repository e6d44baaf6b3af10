from typing import Literal

ChatClientType = Literal['api', 'ui']

CHAT_CLIENT_TYPE_VALUES: set[ChatClientType] = { 'api', 'ui',  }

def check_chat_client_type(value: str) -> ChatClientType:
    if value in CHAT_CLIENT_TYPE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {CHAT_CLIENT_TYPE_VALUES!r}")
