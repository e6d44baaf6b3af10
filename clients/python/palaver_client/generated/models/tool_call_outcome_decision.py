from typing import Literal

ToolCallOutcomeDecision = Literal['approve', 'deny', 'expire']

TOOL_CALL_OUTCOME_DECISION_VALUES: set[ToolCallOutcomeDecision] = { 'approve', 'deny', 'expire',  }

def check_tool_call_outcome_decision(value: str) -> ToolCallOutcomeDecision:
    if value in TOOL_CALL_OUTCOME_DECISION_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {TOOL_CALL_OUTCOME_DECISION_VALUES!r}")
