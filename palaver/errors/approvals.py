"""Refusals of decisions about tool calls that do not fit the calls that wait for them."""

from palaver.errors.common import BadRequest, Conflict


class NotWaitingForApproval(Conflict):
    """The chat waits for no decision of its owner."""

    message = "Chat is not waiting for approval."

    def __init__(self, status: str) -> None:
        super().__init__(detail=f'chat status is "{status}" and no tool call waits for a decision')


class ApprovalExpired(Conflict):
    """The time to decide is over: the calls count as denied."""

    message = "The time to decide has passed."


class CallChanged(Conflict):
    """The decision was made about another question than the one that is open for this call."""

    message = "The tool call has changed."

    def __init__(self, call_id: str) -> None:
        super().__init__(detail=f'Tool call "{call_id}" waits under another approval_id.')


class DuplicateDecision(BadRequest):
    """Two decisions name the same call."""

    message = "Duplicate tool_call_id in decisions."

    def __init__(self, call_id: str) -> None:
        super().__init__(detail=f'Duplicate tool call ID "{call_id}".')


class DecisionMissing(BadRequest):
    """A call that waits is not decided."""

    message = "Missing decision."

    def __init__(self, call_id: str) -> None:
        super().__init__(detail=f'Missing decision for tool call "{call_id}".')


class DecisionUnexpected(BadRequest):
    """A decision is about a call that does not wait for one."""

    message = "Unexpected decision."

    def __init__(self, call_id: str) -> None:
        super().__init__(detail=f'No tool call with ID "{call_id}" waits for approval.')


class ArgsOfDeniedCall(BadRequest):
    """A denied call came with arguments to run it with."""

    message = "A denied tool call takes no args."

    def __init__(self, call_id: str) -> None:
        super().__init__(detail=f'Tool call "{call_id}" is denied.')
