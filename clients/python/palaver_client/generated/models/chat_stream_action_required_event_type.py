from typing import Literal

ChatStreamActionRequiredEventType = Literal['action_required']

CHAT_STREAM_ACTION_REQUIRED_EVENT_TYPE_VALUES: set[ChatStreamActionRequiredEventType] = { 'action_required',  }

def check_chat_stream_action_required_event_type(value: str) -> ChatStreamActionRequiredEventType:
    if value in CHAT_STREAM_ACTION_REQUIRED_EVENT_TYPE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {CHAT_STREAM_ACTION_REQUIRED_EVENT_TYPE_VALUES!r}")
