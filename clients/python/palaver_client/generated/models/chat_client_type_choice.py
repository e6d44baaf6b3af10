from typing import Literal

ChatClientTypeChoice = Literal['', 'api', 'ui']

CHAT_CLIENT_TYPE_CHOICE_VALUES: set[ChatClientTypeChoice] = { '', 'api', 'ui',  }

def check_chat_client_type_choice(value: str) -> ChatClientTypeChoice:
    if value in CHAT_CLIENT_TYPE_CHOICE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {CHAT_CLIENT_TYPE_CHOICE_VALUES!r}")
