from typing import Literal

ChatStreamHistoryResetEventType = Literal['history_reset']

CHAT_STREAM_HISTORY_RESET_EVENT_TYPE_VALUES: set[ChatStreamHistoryResetEventType] = { 'history_reset',  }

def check_chat_stream_history_reset_event_type(value: str) -> ChatStreamHistoryResetEventType:
    if value in CHAT_STREAM_HISTORY_RESET_EVENT_TYPE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {CHAT_STREAM_HISTORY_RESET_EVENT_TYPE_VALUES!r}")
