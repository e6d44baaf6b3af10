"""The place of one viewer in a chat's stream, and its text form: the `id:` of a server-sent event.

The text names the last committed change that was sent and the last live part, so that a stream goes on behind it
exactly, in the middle of a snapshot or of a turn too.
"""

import re
import uuid
from dataclasses import dataclass, replace
from typing import Final

_STATUS_CODES: Final = {"waiting": "w", "running": "r", "error": "e", "requires_action": "a", "interrupting": "i"}
_STATUSES: Final = {code: status for status, code in _STATUS_CODES.items()}
_NUMBER: Final = r"\d{1,18}"
_CURSOR: Final = re.compile(
    rf"(?P<chat>[0-9a-f]{{8}})\.(?P<snapshot>{_NUMBER})"
    rf"\.(?P<history>{_NUMBER})(?:_(?P<target>{_NUMBER})_(?P<upto>{_NUMBER}))?"
    rf"\.(?P<queue>{_NUMBER})\.(?P<retry>{_NUMBER})(?:_(?P<sign_ins>{_NUMBER}))?"
    r"\.(?P<status>[nwreai])(?P<error>E?)(?P<action>A?)"
    rf"\.(?P<preview>{_NUMBER})_(?P<attempt>{_NUMBER})_(?P<tag>(?:[0-9a-f]{{8}})?)"
    rf"\.(?P<seq>{_NUMBER})",
    re.ASCII,
)


class InvalidCursor(ValueError):
    """The text is no cursor of this chat; the stream answers with resets and a snapshot."""


@dataclass(slots=True)
class Position:
    """What one viewer has been sent. All versions are those of the chat's row (states.yaml `version_rules`).

    `history_version`: messages are complete up to it. While `target_version` is above it, a batch of messages is under
    way: those with a revision up to the target and an id up to `upto_id` were sent as well.
    """

    snapshot_version: int = 0
    history_version: int = 0
    target_version: int = 0
    upto_id: int = 0
    queue_version: int = 0
    retry_state_version: int = 0
    sign_ins_version: int = 0
    """The version of the wanted sign-ins that were sent."""
    status: str | None = None
    error_sent: bool = False
    """The error of the present history version was sent."""
    action_sent: bool = False
    """The required action of the present history version was sent."""
    preview_version: int = 0
    """History version of the live parts."""
    preview_attempt: int = 0
    tag: str = ""
    """The producer of the live parts (`Episode.tag`); empty when none was sent."""
    seq: int = 0
    """The last live part."""

    @property
    def partial(self) -> bool:
        """Whether a batch of messages is under way."""
        return self.target_version > self.history_version

    def complete_history(self, version: int) -> None:
        """All messages up to `version` were sent."""
        if version != self.history_version:
            self.error_sent = self.action_sent = False
        self.history_version = self.target_version = version
        self.upto_id = 0

    def restart_history(self, target: int) -> None:
        """The viewer was told to drop its messages; those up to `target` follow."""
        self.history_version, self.target_version, self.upto_id = 0, target, 0
        self.error_sent = self.action_sent = False

    def copy(self) -> "Position":
        """An independent copy."""
        return replace(self)

    def prefix(self, chat_id: uuid.UUID) -> str:
        """The cursor without the part's number: `<prefix>.<seq>` is a whole one."""
        history = str(self.history_version)
        if self.partial:
            history = f"{history}_{self.target_version}_{self.upto_id}"
        retry = str(self.retry_state_version)
        if self.sign_ins_version:
            retry = f"{retry}_{self.sign_ins_version}"
        status = _STATUS_CODES.get(self.status or "", "n")
        flags = ("E" if self.error_sent else "") + ("A" if self.action_sent else "")
        return (
            f"{_chat_mark(chat_id)}.{self.snapshot_version}.{history}.{self.queue_version}.{retry}"
            f".{status}{flags}.{self.preview_version}_{self.preview_attempt}_{self.tag}"
        )

    def cursor(self, chat_id: uuid.UUID) -> str:
        """The text form: ASCII without spaces, below 200 characters."""
        return f"{self.prefix(chat_id)}.{self.seq}"


def parse_cursor(text: str, chat_id: uuid.UUID) -> Position:
    """The position that `Position.cursor` wrote for this chat. Raises InvalidCursor."""
    match = _CURSOR.fullmatch(text)
    if match is None:
        raise InvalidCursor("malformed")
    if match["chat"] != _chat_mark(chat_id):
        raise InvalidCursor("of another chat")
    history = int(match["history"])
    target = history if match["target"] is None else int(match["target"])
    if target < history or (match["target"] is not None and target == history):
        raise InvalidCursor("contradicts itself")
    return Position(
        snapshot_version=int(match["snapshot"]),
        history_version=history,
        target_version=target,
        upto_id=int(match["upto"] or 0),
        queue_version=int(match["queue"]),
        retry_state_version=int(match["retry"]),
        sign_ins_version=int(match["sign_ins"] or 0),
        status=_STATUSES.get(match["status"]),
        error_sent=bool(match["error"]),
        action_sent=bool(match["action"]),
        preview_version=int(match["preview"]),
        preview_attempt=int(match["attempt"]),
        tag=match["tag"],
        seq=int(match["seq"]),
    )


def _chat_mark(chat_id: uuid.UUID) -> str:
    return chat_id.hex[:8]
