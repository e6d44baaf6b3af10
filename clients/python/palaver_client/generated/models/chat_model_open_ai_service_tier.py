from typing import Literal

ChatModelOpenAIServiceTier = Literal['auto', 'default', 'flex', 'priority', 'scale']

CHAT_MODEL_OPEN_AI_SERVICE_TIER_VALUES: set[ChatModelOpenAIServiceTier] = { 'auto', 'default', 'flex', 'priority', 'scale',  }

def check_chat_model_open_ai_service_tier(value: str) -> ChatModelOpenAIServiceTier:
    if value in CHAT_MODEL_OPEN_AI_SERVICE_TIER_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {CHAT_MODEL_OPEN_AI_SERVICE_TIER_VALUES!r}")
