from typing import Literal

ChatErrorKind = Literal['auth', 'config', 'content_filter', 'generic', 'missing_key', 'overloaded', 'provider_disabled', 'rate_limit', 'stream_silence_timeout', 'timeout', 'usage_limit']

CHAT_ERROR_KIND_VALUES: set[ChatErrorKind] = { 'auth', 'config', 'content_filter', 'generic', 'missing_key', 'overloaded', 'provider_disabled', 'rate_limit', 'stream_silence_timeout', 'timeout', 'usage_limit',  }

def check_chat_error_kind(value: str) -> ChatErrorKind:
    if value in CHAT_ERROR_KIND_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {CHAT_ERROR_KIND_VALUES!r}")
