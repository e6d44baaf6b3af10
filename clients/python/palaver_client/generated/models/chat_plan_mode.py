from typing import Literal

ChatPlanMode = Literal['plan']

CHAT_PLAN_MODE_VALUES: set[ChatPlanMode] = { 'plan',  }

def check_chat_plan_mode(value: str) -> ChatPlanMode:
    if value in CHAT_PLAN_MODE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {CHAT_PLAN_MODE_VALUES!r}")
