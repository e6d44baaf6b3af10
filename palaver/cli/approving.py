"""Deciding tool calls at the terminal: what `palaver chat` asks when a chat waits for its owner's approval."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from rich.markup import escape

from palaver.cli.console import out


def waits_for_approval(calls: Sequence[Mapping[str, Any]]) -> bool:
    """Whether these calls of an `action_required` are the owner's to decide, and not a client's to answer."""
    return bool(calls) and all("approval" in call for call in calls)


def decide(calls: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Ask about each call in turn; the decisions as `decide-chat-tool-calls` takes them. Raises EOFError."""
    return [_decide_one(call) for call in calls]


def _decide_one(call: Mapping[str, Any]) -> dict[str, Any]:
    about = {"tool_call_id": call["tool_call_id"], "approval_id": call["approval"]["id"]}
    while True:
        match _ask(f"Run {call['tool_name']} {call['args']}? (yes, no, edit) ").lower():
            case "y" | "yes":
                return {**about, "decision": "approve"}
            case "n" | "no":
                return {**about, "decision": "deny", "reason": _ask("Why not? ")[:2000]}
            case "e" | "edit":
                args = _arguments(_ask("Arguments to run it with, as JSON: "))
                if args is not None:
                    return {**about, "decision": "approve", "args": args}
                out.print("[red]That is no JSON object.[/]")


def _arguments(text: str) -> dict[str, Any] | None:
    try:
        args = json.loads(text)
    except ValueError:
        return None
    return args if isinstance(args, dict) else None


def _ask(question: str) -> str:
    return out.input(f"[yellow]{escape(question)}[/]").strip()
