from typing import Literal

ChatStreamQueueUpdateEventType = Literal['queue_update']

CHAT_STREAM_QUEUE_UPDATE_EVENT_TYPE_VALUES: set[ChatStreamQueueUpdateEventType] = { 'queue_update',  }

def check_chat_stream_queue_update_event_type(value: str) -> ChatStreamQueueUpdateEventType:
    if value in CHAT_STREAM_QUEUE_UPDATE_EVENT_TYPE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {CHAT_STREAM_QUEUE_UPDATE_EVENT_TYPE_VALUES!r}")
