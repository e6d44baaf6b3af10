"""Deciding tool calls at the terminal: what `palaver chat` asks when a chat waits for its owner's approval."""

import json
from collections.abc import Sequence

from rich.markup import escape

import palaver.cli.own_client  # noqa: F401 - where palaver_client is
from palaver.cli.console import out
from palaver_client import models

Decisions = list[models.ToolCallDecision]


def decide(calls: Sequence[models.ChatStreamToolCall]) -> Decisions | None:
    """Ask about each call in turn; None when they are not the owner's to decide, but a client's to answer.

    Raises EOFError.
    """
    questions = [(call, call.approval.id) for call in calls if call.approval]
    if not questions or len(questions) < len(calls):
        return None
    return [_decide_one(call, models.ToolCallDecision(call.tool_call_id, id_, "deny")) for call, id_ in questions]


def _decide_one(call: models.ChatStreamToolCall, decision: models.ToolCallDecision) -> models.ToolCallDecision:
    while True:
        match _ask(f"Run {call.tool_name} {call.args}? (yes, no, edit) ").lower():
            case "y" | "yes":
                decision.decision = "approve"
                return decision
            case "n" | "no":
                decision.reason = _ask("Why not? ")[:2000]
                return decision
            case "e" | "edit":
                args = _arguments(_ask("Arguments to run it with, as JSON: "))
                if args is not None:
                    decision.decision, decision.args = "approve", args
                    return decision
                out.print("[red]That is no JSON object.[/]")


def _arguments(text: str) -> models.ToolCallDecisionArgsType0 | None:
    try:
        args = json.loads(text)
    except ValueError:
        return None
    return models.ToolCallDecisionArgsType0.from_dict(args) if isinstance(args, dict) else None


def _ask(question: str) -> str:
    return out.input(f"[yellow]{escape(question)}[/]").strip()
