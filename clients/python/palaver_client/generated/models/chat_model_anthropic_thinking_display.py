from typing import Literal

ChatModelAnthropicThinkingDisplay = Literal['omitted', 'summarized']

CHAT_MODEL_ANTHROPIC_THINKING_DISPLAY_VALUES: set[ChatModelAnthropicThinkingDisplay] = { 'omitted', 'summarized',  }

def check_chat_model_anthropic_thinking_display(value: str) -> ChatModelAnthropicThinkingDisplay:
    if value in CHAT_MODEL_ANTHROPIC_THINKING_DISPLAY_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {CHAT_MODEL_ANTHROPIC_THINKING_DISPLAY_VALUES!r}")
