"""Results of client-side tools against the calls that wait for them."""

from collections.abc import Sequence

from palaver.chat.commands import ToolResult
from palaver.chat.records import ChatRecord
from palaver.contract import types
from palaver.errors.tool_results import (
    DuplicateResult,
    NotWaitingForResults,
    OutputMissing,
    ResultMissing,
    ResultUnexpected,
)


def check_tool_results(chat: ChatRecord, results: Sequence[types.ToolResult]) -> list[ToolResult]:
    """The results in the order of the request, if they answer all pending client-side calls of the chat and no other.

    Source: `submit-chat-tool-results`, whose order of checks this is. Raises NotWaitingForResults, DuplicateResult,
    OutputMissing, ResultMissing, ResultUnexpected.
    """
    if chat.status != "requires_action":
        raise NotWaitingForResults(f'chat status is "{chat.status}", expected "requires_action"')
    if chat.is_parked:
        raise NotWaitingForResults("tool calls wait for the owner's approval")
    given: dict[str, ToolResult] = {}
    for result in results:
        call_id = result["tool_call_id"]
        if call_id in given:
            raise DuplicateResult(call_id)
        if "output" not in result:
            raise OutputMissing(call_id)
        given[call_id] = ToolResult(call_id, result["output"], is_error=bool(result.get("is_error")))
    pending = [call["tool_call_id"] for call in chat.pending_dynamic_calls()]
    for call_id in pending:
        if call_id not in given:
            raise ResultMissing(call_id)
    for call_id in given:
        if call_id not in pending:
            raise ResultUnexpected(call_id)
    return list(given.values())
