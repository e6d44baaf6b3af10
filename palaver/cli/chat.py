"""`palaver chat`: a conversation in the terminal, over the public API and nothing else, with our own client."""

import json
import sys
from contextlib import suppress
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import httpx
import typer
from rich.markup import escape

import palaver.cli.own_client  # noqa: F401 - where palaver_client is
from palaver.cli.approving import decide
from palaver.cli.console import err, fail, out
from palaver.cli.demo_files import TOKEN_FILE
from palaver.cli.transcript import Transcript, text_of
from palaver.settings import Settings
from palaver_client import Chat, ChatStreamEvent, EventStream, Palaver, PalaverError, StreamLost, models
from palaver_client.generated.api.chat_control import decide_chat_tool_calls, interrupt_chat
from palaver_client.generated.api.chat_messages import list_chat_messages
from palaver_client.generated.api.chat_models import list_chat_model_configs
from palaver_client.generated.api.chat_queue import delete_chat_queued_message
from palaver_client.retries import Retries

_ANSWERED: Final = 0
_FAILED: Final = 1
_WAITS: Final = 3
_INTERRUPTED: Final = 130
_NEW: Final = "new"
_RECALLED_MESSAGES: Final = 10
_RETRIES: Final = Retries(count=2)
"""Somebody waits at the terminal, and will sooner try again."""
_EXCERPT_CHARACTERS: Final = 500


def chat(
    message: str | None, *, url: str, token: str | None, chat_id: str | None, model: str | None, settings: Settings
) -> None:
    """Send `message` (or what standard input holds, or what is typed) and show the answers. Ends the command."""
    token = token or _demo_token(settings.data_dir)
    if token is None:
        fail("no token. Give one with --token or PALAVER_TOKEN.")
    try:
        with Palaver(url, token, retries=_RETRIES) as server:
            conversation = _Conversation(server, _known(server, chat_id), _model_config(server, model))
            if message is None and sys.stdin.isatty():
                _talk(conversation, url)
                return
            status = conversation.say(message if message is not None else sys.stdin.read())
    except _REFUSALS as refusal:
        fail(_explained(refusal, url))
    err.print(f"[dim]Continue with: palaver chat --chat {conversation.chat_id} ...[/]")
    raise typer.Exit(status)


def _talk(conversation: "_Conversation", url: str) -> None:
    conversation.join()
    err.print("[dim]Say something; an empty line ends it. Ctrl-C interrupts an answer.[/]")
    while True:
        try:
            said = out.input("[bold cyan]> [/]").strip()
        except (EOFError, KeyboardInterrupt):
            break
        if not said:
            break
        try:
            conversation.say(said)
        except _REFUSALS as refusal:
            err.print(f"[bold red]Error:[/] {escape(_explained(refusal, url))}")
    if conversation.chat_id is not None:
        err.print(f"[dim]Continue with: palaver chat --chat {conversation.chat_id}[/]")


class _Conversation:
    """One chat, which the first thing said makes if it is None, and what is shown of it."""

    def __init__(self, server: Palaver, chat: Chat | None, model: UUID | None) -> None:
        self._server = server
        self._chat = chat
        self._options: dict[str, Any] = {} if model is None else {"model_config_id": model}

    @property
    def chat_id(self) -> UUID | None:
        """The chat's id, when there is one."""
        return self._chat.id if self._chat is not None else None

    def join(self) -> None:
        """Show the newest messages of a chat that there was before, and the turn that is at work in it."""
        if self._chat is None:
            return
        page = list_chat_messages.sync(self._chat.id, client=self._server.client, limit=_RECALLED_MESSAGES)
        assert isinstance(page, models.ChatMessagesResponse)
        transcript = Transcript(out, err)
        if page.has_more:
            transcript.note("[dim]…[/]")
        for message in reversed(page.messages):
            transcript.message(message)
        newest = page.messages[0].id if page.messages else None
        self._watch(self._chat, self._chat.stream(newest, until_rest=True), transcript)

    def say(self, text: str) -> int:
        """Send `text`, show the turn that answers it, and return the command's status. Raises `_REFUSALS`."""
        if not text.strip():
            fail("there is nothing to say.")
        if self._chat is None:
            self._chat = self._server.create_chat(text, **self._options)
            stream = self._chat.stream(until_rest=True)
        else:
            stream = self._chat.send_and_stream(text, **self._options)
        sent = stream.sent.message if stream.sent is not None else None
        transcript = Transcript(out, err, after=sent.id if sent else 0, own_question_comes=stream.sent is None)
        return self._watch(self._chat, stream, transcript, _Question(text, stream.sent, transcript))

    def _watch(
        self, chat: Chat, stream: EventStream, transcript: Transcript, question: "_Question | None" = None
    ) -> int:
        """Show events until the chat rests, or until it turns to another message than `question`."""
        try:
            while True:
                last: ChatStreamEvent | None = None
                for event in stream:
                    if question is not None and question.is_over(event):
                        break
                    transcript.show(event)
                    last = event
                transcript.end()
                match last:
                    case models.ChatStreamErrorEvent():
                        return _FAILED
                    case models.ChatStreamActionRequiredEvent(action_required=action):
                        if not self._decided(chat, action):
                            return _WAITS
                    case _:
                        return _ANSWERED
        except KeyboardInterrupt:
            self._interrupt(chat, stream, transcript, question)
            return _INTERRUPTED

    def _decided(self, chat: Chat, action: models.ChatStreamActionRequired) -> bool:
        """Whether the calls that the chat waits for were decided here, by whoever sits at the terminal."""
        if not sys.stdin.isatty():
            return False
        try:
            decisions = decide(action.tool_calls)
        except EOFError:
            return False
        if decisions is None:
            return False
        body = models.DecideToolCallsRequest(decisions=decisions)
        decide_chat_tool_calls.sync(chat.id, client=self._server.client, body=body)
        return True

    def _interrupt(self, chat: Chat, stream: EventStream, transcript: Transcript, question: "_Question | None") -> None:
        """Take back the message that waits, or else stop the turn; then show what was still said."""
        transcript.end()
        if question is not None and question.entry is not None:
            # A 404 or 409 tells that its turn has come meanwhile.
            with suppress(PalaverError):
                delete_chat_queued_message.sync(chat.id, question.entry, client=self._server.client)
                err.print("[yellow]Taken back: the message was not answered yet.[/]")
                return
        try:
            interrupt_chat.sync(chat.id, client=self._server.client)
        except PalaverError as refusal:
            if refusal.status != HTTPStatus.CONFLICT:
                raise
            # It was over by itself.
        err.print("[yellow]Interrupted.[/]")
        with suppress(KeyboardInterrupt):
            for event in stream:
                transcript.show(event)
                if isinstance(event, models.ChatStreamStatusEvent) and event.status.status != "interrupting":
                    break
            transcript.end()


class _Question:
    """Our message: it may have to wait for the turns of others, which are no answers to it, and others come after."""

    def __init__(self, text: str, sent: models.CreateChatMessageResponse | None, transcript: Transcript) -> None:
        """`sent` is None when the message made the chat: then it comes in the stream."""
        self.entry = sent.queued_message.id if sent is not None and sent.queued_message else None
        """Its id in the queue, while it is there."""
        self._id = sent.message.id if sent is not None and sent.message else None
        """Its id in the history, once it is there."""
        self._text = text
        self._newest = 0
        self._transcript = transcript
        self._before: int | None = None
        # A script wants its own answer alone.
        transcript.is_quiet = self.entry is not None and not out.is_terminal

    def is_over(self, event: ChatStreamEvent) -> bool:
        """Whether this event is of the turn behind ours."""
        match event:
            case models.ChatStreamMessageEvent(message=message) if message.role == "user":
                if self._id is not None:
                    return message.id > self._id
                self._newest = message.id
                # Also before the queue is told to be without it: its answer may be there by then.
                if self.entry is None or text_of(message) == self._text:
                    self._begin()
            case models.ChatStreamQueueUpdateEvent(queued_messages=entries) if self.entry is not None:
                ids = [entry.id for entry in entries or []]
                if self.entry not in ids:
                    self._begin()
                elif self._before != ids.index(self.entry):
                    self._before = ids.index(self.entry)
                    place = f"{self._before} before it" if self._before else "it is the next"
                    self._transcript.note(f"[dim]The chat is busy, and the message waits: {place}.[/]")
            case _:
                pass
        return False

    def _begin(self) -> None:
        self.entry = None
        self._id = self._newest
        self._transcript.is_quiet = False


def _known(server: Palaver, chat_id: str | None) -> Chat | None:
    if chat_id is None or chat_id == _NEW:
        return None
    try:
        return server.chat(chat_id)
    except ValueError:
        fail(f"{chat_id!r} is not the id of a chat.")


def _model_config(server: Palaver, wanted: str | None) -> UUID | None:
    if wanted is None:
        return None
    configs = list_chat_model_configs.sync(client=server.client)
    assert isinstance(configs, list)
    matches = (config.id for config in configs if wanted in (str(config.id), config.model, config.display_name))
    known = ", ".join(config.display_name or config.model for config in configs) or "none"
    return next(matches, None) or fail(f"there is no model {wanted!r}. There are: {known}.")


_REFUSALS: Final = (PalaverError, StreamLost, LookupError, httpx.HTTPError, httpx.InvalidURL, json.JSONDecodeError)


def _explained(refusal: Exception, url: str) -> str:
    match refusal:
        case PalaverError(status=HTTPStatus.UNAUTHORIZED):
            return f"{url} does not know this token (401: {_text(refusal)})"
        case PalaverError(body=str()):
            return f"{url} answered {refusal.status}, and not as a Palaver server does."
        case PalaverError():
            return f"the server answered {refusal.status}: {_text(refusal)}"
        case StreamLost():
            return f"{url} keeps closing the stream: {refusal.__cause__ or refusal}"
        case json.JSONDecodeError() | KeyError():
            return f"what answers at {url} is no Palaver server."
        case LookupError():
            return f"{refusal}."
        case _:
            return f"{url} does not answer: {refusal or type(refusal).__name__}"


def _text(refusal: PalaverError) -> str:
    return " ".join(filter(None, (refusal.message, refusal.detail)))[:_EXCERPT_CHARACTERS]


def _demo_token(data_dir: Path) -> str | None:
    try:
        return (data_dir / TOKEN_FILE).read_text().strip()
    except OSError:
        return None
