from typing import Literal

ChatModelOpenAILevel = Literal['high', 'low', 'medium']

CHAT_MODEL_OPEN_AI_LEVEL_VALUES: set[ChatModelOpenAILevel] = { 'high', 'low', 'medium',  }

def check_chat_model_open_ai_level(value: str) -> ChatModelOpenAILevel:
    if value in CHAT_MODEL_OPEN_AI_LEVEL_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {CHAT_MODEL_OPEN_AI_LEVEL_VALUES!r}")
