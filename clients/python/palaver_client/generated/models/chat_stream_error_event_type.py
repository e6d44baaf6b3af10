from typing import Literal

ChatStreamErrorEventType = Literal['error']

CHAT_STREAM_ERROR_EVENT_TYPE_VALUES: set[ChatStreamErrorEventType] = { 'error',  }

def check_chat_stream_error_event_type(value: str) -> ChatStreamErrorEventType:
    if value in CHAT_STREAM_ERROR_EVENT_TYPE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {CHAT_STREAM_ERROR_EVENT_TYPE_VALUES!r}")
