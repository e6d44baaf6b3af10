from typing import Literal

ChatStreamPreviewResetEventType = Literal['preview_reset']

CHAT_STREAM_PREVIEW_RESET_EVENT_TYPE_VALUES: set[ChatStreamPreviewResetEventType] = { 'preview_reset',  }

def check_chat_stream_preview_reset_event_type(value: str) -> ChatStreamPreviewResetEventType:
    if value in CHAT_STREAM_PREVIEW_RESET_EVENT_TYPE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {CHAT_STREAM_PREVIEW_RESET_EVENT_TYPE_VALUES!r}")
