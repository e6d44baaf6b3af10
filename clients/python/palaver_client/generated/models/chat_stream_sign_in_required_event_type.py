from typing import Literal

ChatStreamSignInRequiredEventType = Literal['sign_in_required']

CHAT_STREAM_SIGN_IN_REQUIRED_EVENT_TYPE_VALUES: set[ChatStreamSignInRequiredEventType] = { 'sign_in_required',  }

def check_chat_stream_sign_in_required_event_type(value: str) -> ChatStreamSignInRequiredEventType:
    if value in CHAT_STREAM_SIGN_IN_REQUIRED_EVENT_TYPE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {CHAT_STREAM_SIGN_IN_REQUIRED_EVENT_TYPE_VALUES!r}")
