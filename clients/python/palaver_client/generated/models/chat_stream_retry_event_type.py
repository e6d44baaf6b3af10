from typing import Literal

ChatStreamRetryEventType = Literal['retry']

CHAT_STREAM_RETRY_EVENT_TYPE_VALUES: set[ChatStreamRetryEventType] = { 'retry',  }

def check_chat_stream_retry_event_type(value: str) -> ChatStreamRetryEventType:
    if value in CHAT_STREAM_RETRY_EVENT_TYPE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {CHAT_STREAM_RETRY_EVENT_TYPE_VALUES!r}")
