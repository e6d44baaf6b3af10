from typing import Literal

ChatStreamStatusEventType = Literal['status']

CHAT_STREAM_STATUS_EVENT_TYPE_VALUES: set[ChatStreamStatusEventType] = { 'status',  }

def check_chat_stream_status_event_type(value: str) -> ChatStreamStatusEventType:
    if value in CHAT_STREAM_STATUS_EVENT_TYPE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {CHAT_STREAM_STATUS_EVENT_TYPE_VALUES!r}")
