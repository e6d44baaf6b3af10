from typing import Literal

ChatModelProviderUnavailableReason = Literal['fetch_failed', 'missing_api_key', 'user_api_key_required']

CHAT_MODEL_PROVIDER_UNAVAILABLE_REASON_VALUES: set[ChatModelProviderUnavailableReason] = { 'fetch_failed', 'missing_api_key', 'user_api_key_required',  }

def check_chat_model_provider_unavailable_reason(value: str) -> ChatModelProviderUnavailableReason:
    if value in CHAT_MODEL_PROVIDER_UNAVAILABLE_REASON_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {CHAT_MODEL_PROVIDER_UNAVAILABLE_REASON_VALUES!r}")
