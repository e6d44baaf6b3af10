from typing import Literal

ChatStreamMessagePartEventType = Literal['message_part']

CHAT_STREAM_MESSAGE_PART_EVENT_TYPE_VALUES: set[ChatStreamMessagePartEventType] = { 'message_part',  }

def check_chat_stream_message_part_event_type(value: str) -> ChatStreamMessagePartEventType:
    if value in CHAT_STREAM_MESSAGE_PART_EVENT_TYPE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {CHAT_STREAM_MESSAGE_PART_EVENT_TYPE_VALUES!r}")
