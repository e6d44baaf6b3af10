"""Events of a chat stream as text: what is live is written at once, what is committed only once."""

import json
from typing import Any, Final

from rich.console import Console
from rich.markup import escape

import palaver.cli.own_client  # noqa: F401 - where palaver_client is
from palaver_client import ChatStreamEvent, models
from palaver_client.generated.types import Unset

_SHOWN_CHARACTERS: Final = 200
"""Of a tool's input and output."""
_CONTROL: Final = dict.fromkeys([*range(9), *range(11, 32), *range(127, 160)])
"""Not for terminals: what a model says must not move the cursor or set the window's title."""


class Transcript:
    """Shows what happens in a chat, in its order: answers on one console, all else as notes on another.

    Text of models and tools is printed as it is, never as markup.
    """

    def __init__(self, answers: Console, notes: Console, *, after: int = 0, own_question_comes: bool = False) -> None:
        """Messages up to the id `after` are not shown: a stream that has to begin anew brings them again.

        With `own_question_comes` the first user's message is not shown either: who typed it knows it.
        """
        self.is_quiet = False
        """Nothing but what someone has to act on is shown: the turn at work is not ours."""
        self._answers = answers
        self._notes = notes
        self._own_question_comes = own_question_comes
        self._live = ""
        """Assistant text on the screen that no committed message has confirmed yet."""
        self._mid_line: Console | None = None
        self._style: str | None = None
        self._newest = after
        self._shown: set[str] = set()
        """Calls and results, by what they are and the call's id."""

    def show(self, event: ChatStreamEvent) -> None:
        """Show one event."""
        match event:
            case models.ChatStreamActionRequiredEvent(action_required=action):
                self._action_required(action)
            case models.ChatStreamErrorEvent(error=error):
                self.note(f"[bold red]{escape(error.message)}[/] [dim]{escape(error.detail or '')}[/]")
            case _ if self.is_quiet:
                pass
            case models.ChatStreamMessagePartEvent(message_part=live):
                self._part(live.part)
            case models.ChatStreamMessageEvent(message=message):
                self.message(message)
            case models.ChatStreamPreviewResetEvent():
                self._reset()
            case models.ChatStreamRetryEvent(retry=retry):
                delay = retry.delay_ms / 1000
                self.note(f"[yellow]Attempt {retry.attempt} failed: {escape(retry.error)} Next in {delay:g} s.[/]")
            case models.ChatStreamSignInRequiredEvent(sign_in_required=wanted):
                for server in wanted.servers:
                    self.note(f"[yellow]Going on without {escape(server.display_name)}: its user has to sign in.[/]")
            case _:
                pass

    def message(self, message: models.ChatMessage) -> None:
        """Show what is not on the screen of a committed message."""
        if message.id <= self._newest:
            return
        self._newest = message.id
        text = text_of(message)
        if message.role == "user":
            if not self._own_question_comes:
                self.note(f"[bold cyan]> {escape(text)}[/]")
            self._own_question_comes = False
            return
        if not text.startswith(self._live):
            self.end()
            self._live = ""
        self._write(self._answers, text[len(self._live) :])
        self._live = ""
        for part in message.content or []:
            if isinstance(part, models.ChatToolCallPart | models.ChatToolResultPart):
                self._part(part)
        self.end()

    def note(self, markup: str) -> None:
        """A line beside the answers."""
        self.end()
        self._notes.print(markup)

    def end(self) -> None:
        """Finish the line."""
        if self._mid_line is not None:
            self._mid_line.print()
        self._mid_line = None

    def _write(self, console: Console, text: str, style: str | None = None) -> None:
        if not text:
            return
        if (self._mid_line, self._style) != (console, style):
            self.end()
        self._style = style
        shown = text.translate(_CONTROL) if console.is_terminal else text
        console.print(shown, end="", style=style, markup=False, soft_wrap=True)
        self._mid_line = None if text.endswith("\n") else console

    def _part(self, part: Any) -> None:
        match part:
            case models.ChatTextPart(text=text):
                self._live += text
                self._write(self._answers, text)
            case models.ChatReasoningPart(text=text):
                self._write(self._notes, text, "dim italic")
            # Pieces of the input come before the call is complete: the name is shown with the first of them.
            case models.ChatToolCallPart(tool_call_id=call_id) if f"call {call_id}" not in self._shown:
                self._shown.add(f"call {call_id}")
                self.note(f"[cyan]→ {escape(part.tool_name)}[/]{_excerpt(part.args) if part.args else ''}")
            case models.ChatToolResultPart(tool_call_id=call_id) if f"result {call_id}" not in self._shown:
                # Without one it is the progress of a call that is still at work.
                if not isinstance(part.result, Unset):
                    self._shown.add(f"result {call_id}")
                    colour = "red" if part.is_error else "green"
                    self.note(f"[{colour}]← {escape(part.tool_name)}[/]{_excerpt(part.result)}")

    def _reset(self) -> None:
        if self._live:
            self.note("[dim]… starts over[/]")
        self._live = ""

    def _action_required(self, action: models.ChatStreamActionRequired) -> None:
        for call in action.tool_calls:
            what = "your approval" if call.approval else "the result"
            self.note(f"[yellow]Waiting for {what} of {escape(call.tool_name)}[/] [dim]{escape(call.args)}[/]")


def text_of(message: models.ChatMessage) -> str:
    """The text of a message, without what else is in it."""
    return "".join(part.text for part in message.content or [] if isinstance(part, models.ChatTextPart))


def _excerpt(value: object) -> str:
    return f" [dim]{escape(json.dumps(value, ensure_ascii=False)[:_SHOWN_CHARACTERS])}[/]"
