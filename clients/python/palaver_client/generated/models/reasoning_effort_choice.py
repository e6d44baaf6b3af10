from typing import Literal

ReasoningEffortChoice = Literal['', 'high', 'low', 'max', 'medium', 'minimal', 'none', 'xhigh']

REASONING_EFFORT_CHOICE_VALUES: set[ReasoningEffortChoice] = { '', 'high', 'low', 'max', 'medium', 'minimal', 'none', 'xhigh',  }

def check_reasoning_effort_choice(value: str) -> ReasoningEffortChoice:
    if value in REASONING_EFFORT_CHOICE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {REASONING_EFFORT_CHOICE_VALUES!r}")
