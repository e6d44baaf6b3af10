from typing import Literal

ChatPlanModeChoice = Literal['', 'plan']

CHAT_PLAN_MODE_CHOICE_VALUES: set[ChatPlanModeChoice] = { '', 'plan',  }

def check_chat_plan_mode_choice(value: str) -> ChatPlanModeChoice:
    if value in CHAT_PLAN_MODE_CHOICE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {CHAT_PLAN_MODE_CHOICE_VALUES!r}")
