from typing import Literal

ChatModelOverrideContext = Literal['compaction', 'explore', 'general', 'title_generation']

CHAT_MODEL_OVERRIDE_CONTEXT_VALUES: set[ChatModelOverrideContext] = { 'compaction', 'explore', 'general', 'title_generation',  }

def check_chat_model_override_context(value: str) -> ChatModelOverrideContext:
    if value in CHAT_MODEL_OVERRIDE_CONTEXT_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {CHAT_MODEL_OVERRIDE_CONTEXT_VALUES!r}")
