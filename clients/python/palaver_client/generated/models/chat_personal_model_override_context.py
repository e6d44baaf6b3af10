from typing import Literal

ChatPersonalModelOverrideContext = Literal['explore', 'general', 'root']

CHAT_PERSONAL_MODEL_OVERRIDE_CONTEXT_VALUES: set[ChatPersonalModelOverrideContext] = { 'explore', 'general', 'root',  }

def check_chat_personal_model_override_context(value: str) -> ChatPersonalModelOverrideContext:
    if value in CHAT_PERSONAL_MODEL_OVERRIDE_CONTEXT_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {CHAT_PERSONAL_MODEL_OVERRIDE_CONTEXT_VALUES!r}")
