from typing import Literal

ChatModelOpenAIReasoningSummary = Literal['auto', 'concise', 'detailed']

CHAT_MODEL_OPEN_AI_REASONING_SUMMARY_VALUES: set[ChatModelOpenAIReasoningSummary] = { 'auto', 'concise', 'detailed',  }

def check_chat_model_open_ai_reasoning_summary(value: str) -> ChatModelOpenAIReasoningSummary:
    if value in CHAT_MODEL_OPEN_AI_REASONING_SUMMARY_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {CHAT_MODEL_OPEN_AI_REASONING_SUMMARY_VALUES!r}")
