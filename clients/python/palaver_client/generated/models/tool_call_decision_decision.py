from typing import Literal

ToolCallDecisionDecision = Literal['approve', 'deny']

TOOL_CALL_DECISION_DECISION_VALUES: set[ToolCallDecisionDecision] = { 'approve', 'deny',  }

def check_tool_call_decision_decision(value: str) -> ToolCallDecisionDecision:
    if value in TOOL_CALL_DECISION_DECISION_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {TOOL_CALL_DECISION_DECISION_VALUES!r}")
