"""Events of a chat stream as text in a terminal: what is live is written at once, what is committed only once."""

import json
from collections.abc import Callable
from typing import Any

from rich.console import Console
from rich.markup import escape


class Transcript:
    """Shows the events of one turn, in their order. Text of the model is printed as it is, never as markup."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._live = ""
        """Assistant text on the screen that no committed message has confirmed yet."""
        self._mid_line = False
        self._style: str | None = None
        self._calls_shown: set[str] = set()
        self._show: dict[str, Callable[[dict[str, Any]], None]] = {
            "message_part": lambda event: self._part(event["message_part"]["part"]),
            "message": lambda event: self._message(event["message"]),
            "preview_reset": lambda event: self._reset(),
            "retry": lambda event: self._retry(event["retry"]),
            "error": lambda event: self._error(event["error"]),
            "action_required": lambda event: self._action_required(event["action_required"]),
            "sign_in_required": lambda event: self._sign_in_required(event["sign_in_required"]),
        }

    def show(self, event: dict[str, Any]) -> None:
        """Show one event; unknown kinds are passed over, for a server may be newer."""
        show = self._show.get(event["type"])
        if show is not None:
            show(event)

    def end(self) -> None:
        """Finish the line."""
        if self._mid_line:
            self._console.print()
        self._mid_line = False

    def _write(self, text: str, style: str | None = None) -> None:
        if style != self._style and self._mid_line:
            self.end()
        self._style = style
        self._console.print(text, end="", style=style, markup=False, soft_wrap=True)
        self._mid_line = not text.endswith("\n") if text else self._mid_line

    def _line(self, markup: str) -> None:
        self.end()
        self._console.print(markup)

    def _part(self, part: dict[str, Any]) -> None:
        kind = part["type"]
        if kind == "text":
            self._live += part["text"]
            self._write(part["text"])
        elif kind == "reasoning":
            self._write(part["text"], "dim italic")
        elif kind == "tool-call":
            self._call(part)
        elif kind == "tool-result":
            self._result(part)

    def _message(self, message: dict[str, Any]) -> None:
        if message["role"] == "user":
            return
        parts = message.get("content", [])
        text = "".join(part["text"] for part in parts if part["type"] == "text")
        if text.startswith(self._live):
            self._write(text[len(self._live) :]) if text != self._live else None
        else:
            self._line(escape(text))
        self._live = ""
        for part in parts:
            if part["type"] in ("tool-call", "tool-result"):
                self._part(part)
        self.end()

    def _call(self, part: dict[str, Any]) -> None:
        # Pieces of the arguments come before the call is complete: the name is shown with the first of them.
        key = f"call {part.get('tool_call_id')}"
        if key in self._calls_shown:
            return
        self._calls_shown.add(key)
        args = part.get("args")
        shown = f" [dim]{escape(json.dumps(args, ensure_ascii=False)[:200])}[/]" if args is not None else ""
        self._line(f"[cyan]→ {escape(part.get('tool_name', 'tool'))}[/]{shown}")

    def _result(self, part: dict[str, Any]) -> None:
        key = f"result {part.get('tool_call_id')}"
        if key in self._calls_shown or "result" not in part:
            return
        self._calls_shown.add(key)
        colour = "red" if part.get("is_error") else "green"
        result = escape(json.dumps(part["result"], ensure_ascii=False)[:200])
        self._line(f"[{colour}]← {escape(part.get('tool_name', 'tool'))}[/] [dim]{result}[/]")

    def _reset(self) -> None:
        if self._live:
            self._line("[dim]… starts over[/]")
        self._live = ""

    def _retry(self, retry: dict[str, Any]) -> None:
        delay = retry["delay_ms"] / 1000
        self._line(f"[yellow]Attempt {retry['attempt']} failed: {escape(retry['error'])} Next in {delay:g} s.[/]")

    def _error(self, error: dict[str, Any]) -> None:
        detail = f" [dim]{escape(error['detail'])}[/]" if error.get("detail") else ""
        self._line(f"[bold red]{escape(error['message'])}[/]{detail}")

    def _action_required(self, action: dict[str, Any]) -> None:
        for call in action["tool_calls"]:
            name, args = escape(call["tool_name"]), escape(call["args"])
            what = "your approval" if "approval" in call else "the result"
            self._line(f"[yellow]Waiting for {what} of {name}[/] [dim]{args}[/]")

    def _sign_in_required(self, wanted: dict[str, Any]) -> None:
        for server in wanted["servers"]:
            self._line(f"[yellow]Going on without {escape(server['display_name'])}: its user has to sign in there.[/]")
