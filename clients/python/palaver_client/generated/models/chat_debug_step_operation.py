from typing import Literal

ChatDebugStepOperation = Literal['generate', 'stream']

CHAT_DEBUG_STEP_OPERATION_VALUES: set[ChatDebugStepOperation] = { 'generate', 'stream',  }

def check_chat_debug_step_operation(value: str) -> ChatDebugStepOperation:
    if value in CHAT_DEBUG_STEP_OPERATION_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {CHAT_DEBUG_STEP_OPERATION_VALUES!r}")
