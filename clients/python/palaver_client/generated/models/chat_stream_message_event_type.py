from typing import Literal

ChatStreamMessageEventType = Literal['message']

CHAT_STREAM_MESSAGE_EVENT_TYPE_VALUES: set[ChatStreamMessageEventType] = { 'message',  }

def check_chat_stream_message_event_type(value: str) -> ChatStreamMessageEventType:
    if value in CHAT_STREAM_MESSAGE_EVENT_TYPE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {CHAT_STREAM_MESSAGE_EVENT_TYPE_VALUES!r}")
