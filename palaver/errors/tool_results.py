"""Refusals of results for client-side tool calls that do not fit the calls that wait for them."""

from palaver.errors.common import BadRequest, Conflict


class NotWaitingForResults(Conflict):
    """The chat's status is another one than `requires_action`, or it waits for its owner's approval."""

    message = "Chat is not waiting for tool results."

    def __init__(self, detail: str) -> None:
        super().__init__(detail=detail)


class DuplicateResult(BadRequest):
    """Two results name the same call."""

    message = "Duplicate tool_call_id in results."

    def __init__(self, call_id: str) -> None:
        super().__init__(detail=f'Duplicate tool call ID "{call_id}".')


class OutputMissing(BadRequest):
    """A result has no output."""

    message = "Tool result output must be valid JSON."

    def __init__(self, call_id: str) -> None:
        super().__init__(detail=f'Output for tool call "{call_id}" is not valid JSON.')


class ResultMissing(BadRequest):
    """A pending call is not answered."""

    message = "Missing tool result."

    def __init__(self, call_id: str) -> None:
        super().__init__(detail=f'Missing result for tool call "{call_id}".')


class ResultUnexpected(BadRequest):
    """A result answers a call that is not pending."""

    message = "Unexpected tool result."

    def __init__(self, call_id: str) -> None:
        super().__init__(detail=f'No pending tool call with ID "{call_id}".')
