from typing import Literal

ChatPersonalModelOverrideMode = Literal['chat_default', 'deployment_default', 'model']

CHAT_PERSONAL_MODEL_OVERRIDE_MODE_VALUES: set[ChatPersonalModelOverrideMode] = { 'chat_default', 'deployment_default', 'model',  }

def check_chat_personal_model_override_mode(value: str) -> ChatPersonalModelOverrideMode:
    if value in CHAT_PERSONAL_MODEL_OVERRIDE_MODE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {CHAT_PERSONAL_MODEL_OVERRIDE_MODE_VALUES!r}")
