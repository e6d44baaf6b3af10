"""`palaver chat`: a conversation in the terminal, over the public API and nothing else."""

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import httpx2
import typer
from rich.markup import escape

from palaver.cli.approving import decide, waits_for_approval
from palaver.cli.console import err, fail, out
from palaver.cli.demo_files import TOKEN_FILE
from palaver.cli.transcript import Transcript
from palaver.settings import Settings

_CHATS: Final = "/api/experimental/chats"
_STATUS_OF_END: Final = {"waiting": 0, "error": 1, "requires_action": 3}
"""A chat's status after its turn, and ours."""
_INTERRUPTED: Final = 130
_RECONNECTS: Final = 6
_SILENCE_SECONDS: Final = 60.0
"""The server sends heartbeats far more often."""


def chat(
    message: str | None, *, url: str, token: str | None, chat_id: str | None, model: str | None, settings: Settings
) -> None:
    """Send `message` (or what standard input holds, or what is typed) and show the answers. Ends the command."""
    token = token or _demo_token(settings.data_dir)
    if token is None:
        fail("no token. Give one with --token or PALAVER_TOKEN.")
    headers = {"Coder-Session-Token": token}
    timeout = httpx2.Timeout(_SILENCE_SECONDS, connect=10.0)
    with httpx2.Client(base_url=url.rstrip("/"), headers=headers, timeout=timeout) as client:
        conversation = _Conversation(client, chat_id, model)
        try:
            if message is None and sys.stdin.isatty():
                _talk(conversation)
                return
            status = conversation.say(message if message is not None else sys.stdin.read())
        except httpx2.HTTPError as error:
            fail(f"{url} does not answer: {error or type(error).__name__}")
    err.print(f"[dim]Continue with: palaver chat --chat {conversation.chat_id} ...[/]")
    raise typer.Exit(status)


def _talk(conversation: "_Conversation") -> None:
    err.print("[dim]Say something; an empty line ends it. Ctrl-C interrupts an answer.[/]")
    while True:
        try:
            said = out.input("[bold cyan]> [/]").strip()
        except (EOFError, KeyboardInterrupt):
            break
        if not said:
            break
        conversation.say(said)
    if conversation.chat_id is not None:
        err.print(f"[dim]Continue with: palaver chat --chat {conversation.chat_id}[/]")


class _Conversation:
    """One chat and the newest message seen of it."""

    def __init__(self, client: httpx2.Client, chat_id: str | None, model: str | None) -> None:
        self._client = client
        self.chat_id = chat_id
        self._model = self._model_config(model) if model is not None else None

    def say(self, text: str) -> int:
        """Send `text`, show the turn that answers it, and return the command's status."""
        if not text.strip():
            fail("there is nothing to say.")
        body: dict[str, Any] = {"content": [{"type": "text", "text": text}]}
        if self._model is not None:
            body["model_config_id"] = self._model
        if self.chat_id is None:
            me = self._call("GET", "/api/v2/users/me")
            if not me["organization_ids"]:
                fail("you are a member of no organization, so there is no place for a chat.")
            created = self._call("POST", _CHATS, body | {"organization_id": me["organization_ids"][0]})
            self.chat_id = created["id"]
            # The answer may be there already: what is behind the first message belongs to it.
            page = self._call("GET", f"{_CHATS}/{self.chat_id}/messages")
            seen, queued = min(message["id"] for message in page["messages"] if message["role"] == "user"), None
        else:
            # Looked for before sending: a message that was queued may be answered by the time that we hear of it.
            page = self._call("GET", f"{_CHATS}/{self.chat_id}/messages", {"limit": 1})
            sent = self._call("POST", f"{_CHATS}/{self.chat_id}/messages", body)
            if sent["queued"]:
                err.print("[dim]The chat is busy: the message waits for its turn.[/]")
                seen = page["messages"][0]["id"] if page["messages"] else 0
                queued = sent["queued_message"]["id"]
            else:
                seen, queued = sent["message"]["id"], None
        try:
            return self._watch(seen, queued)
        except KeyboardInterrupt:
            self._call("POST", f"{_CHATS}/{self.chat_id}/interrupt")
            err.print("\n[yellow]Interrupted.[/]")
            return _INTERRUPTED

    def _watch(self, seen: int, queued: int | None) -> int:
        """Show events until the chat rests with our message answered; survives cut connections."""
        transcript = Transcript(out)
        waiting = {queued} if queued is not None else set[int]()
        cursor: str | None = None
        attempts = 0
        while True:
            try:
                for event_id, event in self._events(seen, cursor):
                    cursor, attempts = event_id or cursor, 0
                    if event["type"] == "queue_update":
                        waiting &= {entry["id"] for entry in event.get("queued_messages", ())}
                    transcript.show(event)
                    status = event["status"]["status"] if event["type"] == "status" else ""
                    if event["type"] == "error":
                        return _STATUS_OF_END["error"]
                    # What is worth showing comes behind the statuses "error" and "requires_action".
                    if status == "waiting" and not waiting:
                        transcript.end()
                        return _STATUS_OF_END[status]
                    if event["type"] == "action_required":
                        decided = self._decided(event["action_required"]["tool_calls"])
                        if not decided and not waiting:
                            transcript.end()
                            return _STATUS_OF_END["requires_action"]
            except httpx2.TransportError as error:
                if attempts >= _RECONNECTS:
                    raise
                err.print(f"\n[dim]Connection lost ({escape(str(error) or type(error).__name__)}); again.[/]")
            attempts += 1
            if attempts > _RECONNECTS:
                fail("the server keeps closing the stream.")
            time.sleep(min(0.25 * 2**attempts, 5.0))

    def _decided(self, calls: list[dict[str, Any]]) -> bool:
        """Whether the calls that the chat waits for were decided here, by whoever sits at the terminal."""
        if not (sys.stdin.isatty() and waits_for_approval(calls)):
            return False
        try:
            decisions = decide(calls)
        except EOFError:
            return False
        self._call("POST", f"{_CHATS}/{self.chat_id}/tool-approvals", {"decisions": decisions})
        return True

    def _events(self, seen: int, cursor: str | None) -> Iterator[tuple[str | None, dict[str, Any]]]:
        """(cursor, event) of one connection, resumed behind `cursor` when there is one."""
        headers = {"Accept": "text/event-stream"} | ({"Last-Event-ID": cursor} if cursor else {})
        path = f"{_CHATS}/{self.chat_id}/stream"
        with self._client.stream("GET", path, params={"after_id": seen}, headers=headers) as response:
            if response.status_code != 200:
                response.read()
                _refused(response)
            event_id: str | None = None
            data: list[str] = []
            for line in response.iter_lines():
                if not line and data:
                    yield event_id, json.loads("\n".join(data))
                    data = []
                field, _, value = line.partition(":")
                value = value.removeprefix(" ")
                if field == "data":
                    data.append(value)
                elif field == "id":
                    event_id = value

    def _model_config(self, wanted: str) -> str:
        configs = self._call("GET", f"{_CHATS}/model-configs")
        matches = (str(c["id"]) for c in configs if wanted in (c["id"], c["model"], c["display_name"]))
        known = ", ".join(config["display_name"] or config["model"] for config in configs) or "none"
        return next(matches, None) or fail(f"there is no model {wanted!r}. There are: {known}.")

    def _call(self, method: str, path: str, values: dict[str, Any] | None = None) -> Any:
        query, body = (values, None) if method == "GET" else (None, values)
        response = self._client.request(method, path, params=query, json=body)
        if not response.is_success:
            _refused(response)
        return response.json() if response.content else None


def _refused(response: httpx2.Response) -> None:
    try:
        body = response.json()
        text = " ".join(filter(None, (body["message"], body.get("detail"))))
    except (ValueError, KeyError, TypeError):
        text = response.text.strip()
    fail(f"the server answered {response.status_code}: {text}")


def _demo_token(data_dir: Path) -> str | None:
    try:
        return (data_dir / TOKEN_FILE).read_text().strip()
    except OSError:
        return None
