"""One chat that a test plays the worker of, and viewers that apply the client rules of the contract."""

import uuid
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

import jsonschema_rs
import orjson
import yaml
from sqlalchemy import insert, select, text

from models.identity import Organization, User
from palaver.chat import transitions
from palaver.chat.commands import CreateChat, EditMessage, SendMessage, SendOutcome
from palaver.chat.machine import ChatMachine
from palaver.chat.notices import ChatNotice
from palaver.chat.records import NewMessage
from palaver.database import Database
from palaver.settings import Settings
from palaver.stream.batches import Batch
from palaver.stream.bus import LocalBus
from palaver.stream.chat_stream import ChatStream
from palaver.stream.parts import EpisodeKey, PartsBuffer
from palaver.stream.relay import PartsRelay

IDLE_SECONDS = 0.003


def text_part(words: str) -> dict[str, Any]:
    return {"type": "text", "text": words}


class EventSchemas:
    """The contract's schemas of stream events, one validator per type."""

    def __init__(self) -> None:
        document = yaml.safe_load((Path(__file__).parents[2] / "openapi.yaml").read_text())
        schemas = document["components"]["schemas"]
        self._validators = {}
        for kind, reference in schemas["ChatStreamEvent"]["discriminator"]["mapping"].items():
            schema = {**schemas[reference.rpartition("/")[2]], "components": {"schemas": schemas}}
            self._validators[kind] = jsonschema_rs.Draft4Validator(schema)

    def check(self, event: dict[str, Any]) -> None:
        """Raises ValidationError unless the event is as the contract says."""
        self._validators[event["type"]].validate(event)


EVENT_SCHEMAS = EventSchemas()


@dataclass
class LiveChat:
    """A chat with an owner; `machine` publishes on `bus`."""

    database: Database
    settings: Settings
    bus: LocalBus
    parts: PartsBuffer
    machine: ChatMachine
    owner_id: uuid.UUID
    id: uuid.UUID
    said: list[str] = field(default_factory=list)
    key: EpisodeKey | None = None

    @classmethod
    async def create(cls, database: Database, settings: Settings, **chat: Any) -> "LiveChat":
        """A new chat that runs, with one user message `hi`."""
        bus = LocalBus()
        owner_id = uuid.uuid4()
        async with database.begin() as conn:
            organization_id = (await conn.execute(select(Organization.id))).scalars().first()
            values = {"id": owner_id, "username": owner_id.hex, "login_type": "password", "status": "active"}
            await conn.execute(insert(User).values(**values, roles=[]))
        live = cls(database, settings, bus, PartsBuffer(settings), ChatMachine(database, bus), owner_id, uuid.uuid4())
        new = CreateChat(
            id=live.id,
            organization_id=organization_id,
            owner_id=owner_id,
            title="t",
            content=[text_part("hi")],
            model_config_id=uuid.uuid4(),
            **chat,
        )
        async with live.machine.create() as tx:
            await transitions.create_chat(tx, new)
        return live

    @property
    def relay(self) -> PartsRelay:
        """Where its viewers find the parts that are in the buffer now."""
        return PartsRelay(self.bus, self.parts, self.settings)

    # ---- the worker's and the users' parts ----

    async def attempt(self) -> EpisodeKey:
        """Begin a model call."""
        async with self.machine.update(self.id) as tx:
            await transitions.record_generation_attempt(tx)
        key = EpisodeKey(self.id, tx.chat.history_version, tx.chat.generation_attempt)
        self.parts.create(key)
        self.key, self.said = key, []
        return key

    def say(self, words: str) -> None:
        """Add a live part."""
        assert self.key is not None
        self.parts.add(self.key, "assistant", text_part(words))
        self.said.append(words)

    def hush(self) -> None:
        """Close the episode, if one is open."""
        if self.key is not None:
            self.parts.close(self.key)
            self.key = None

    async def commit(self, *messages: NewMessage) -> None:
        """Commit a step: what was said, unless other messages are given."""
        said = NewMessage("assistant", [text_part("".join(self.said))])
        async with self.machine.update(self.id) as tx:
            await transitions.commit_step(tx, messages or [said])
        self.hush()

    async def finish(self) -> None:
        async with self.machine.update(self.id) as tx:
            await transitions.finish_turn(tx)

    async def fail(self, message: str = "broken") -> None:
        async with self.machine.update(self.id) as tx:
            await transitions.finish_error(tx, {"message": message, "retryable": False, "kind": "generic"})
        self.hush()

    async def retry(self, attempt: int = 1) -> None:
        state = {
            "attempt": attempt,
            "delay_ms": 1000,
            "error": "overloaded",
            "kind": "overloaded",
            "retrying_at": "2026-08-01T10:00:00Z",
        }
        async with self.machine.update(self.id) as tx:
            await transitions.record_retry_state(tx, state)
        self.hush()

    async def send(self, words: str, busy_behavior: Any = "queue") -> SendOutcome:
        send = SendMessage(content=[text_part(words)], created_by=self.owner_id, busy_behavior=busy_behavior)
        async with self.machine.update(self.id) as tx:
            return await transitions.send_message(tx, send)

    async def edit(self, message_id: int, words: str) -> None:
        edit = EditMessage(message_id=message_id, content=[text_part(words)], created_by=self.owner_id)
        async with self.machine.update(self.id) as tx:
            await transitions.edit_message(tx, edit)

    async def turn(self, *words: str) -> None:
        """A whole turn."""
        await self.attempt()
        for word in words:
            self.say(word)
        await self.commit()
        await self.finish()

    # ---- what is there ----

    async def notice(self) -> ChatNotice:
        """The chat's row as it is, as a notice."""
        columns = ", ".join(field.name for field in fields(ChatNotice) if field.name != "chat_id")
        async with self.database.connect() as conn:
            row = (await conn.execute(text(f"SELECT {columns} FROM chats WHERE id = :chat"), {"chat": self.id})).one()
        return ChatNotice(self.id, *row)

    async def messages(self) -> dict[int, str]:
        """The visible history: id -> text."""
        statement = text(
            "SELECT id, content FROM chat_messages WHERE chat_id = :chat AND NOT deleted AND visibility <> 'model'"
            " ORDER BY id"
        )
        async with self.database.connect() as conn:
            rows = (await conn.execute(statement, {"chat": self.id})).all()
        return {row.id: "".join(part.get("text", "") for part in _decoded(row.content)) for row in rows}

    async def queue(self) -> list[str]:
        statement = text("SELECT content FROM chat_queued_messages WHERE chat_id = :chat ORDER BY position, id")
        async with self.database.connect() as conn:
            rows = (await conn.execute(statement, {"chat": self.id})).all()
        return ["".join(part["text"] for part in _decoded(row.content)) for row in rows]

    def stream(self, **options: Any) -> ChatStream:
        fixed = {"settings": self.settings, "database": self.database, "bus": self.bus, "relay": self.relay}
        return ChatStream(**{"chat_id": self.id, "is_permitted": permitted, **fixed, **options})


async def permitted() -> bool:
    """What a viewer who may read is told."""
    return True


def _decoded(content: Any) -> Sequence[dict[str, Any]]:
    return orjson.loads(content) if isinstance(content, str) else content


class Viewer:
    """A client: keeps what the contract's rules for clients say, and refuses what it would have to see twice."""

    def __init__(self, chat: LiveChat) -> None:
        self.chat = chat
        self.messages: dict[int, str] = {}
        self.queue: list[str] = []
        self.status: str | None = None
        self.live: list[str] = []
        self.episode: tuple[int, int] | None = None
        self.kinds: list[str] = []
        self.events: list[dict[str, Any]] = []
        self.cursor: str | None = None
        self._stream: ChatStream | None = None
        self._batches: AsyncGenerator[Batch, None] | None = None

    def connect(self, **options: Any) -> "Viewer":
        """Open a stream; nothing is read before `catch_up`."""
        self._stream = self.chat.stream(**options)
        self._batches = self._stream.batches(heartbeat_seconds=IDLE_SECONDS)
        return self

    def reconnect(self) -> "Viewer":
        """Open a stream behind the last event seen."""
        return self.connect(cursor=self.cursor)

    @property
    def ending(self) -> Any:
        assert self._stream is not None
        return self._stream.ending

    async def catch_up(self, most: int | None = None) -> list[str]:
        """Apply events until none come, or until `most` were seen and the connection drops; returns their types."""
        assert self._batches is not None
        seen: list[str] = []
        if most == 0:
            await self.drop()
            return seen
        async for batch in self._batches:
            if not batch.events:
                break
            for event, cursor in zip(batch.events, batch.cursors, strict=True):
                self.apply(orjson.loads(event))
                self.cursor = cursor
                seen.append(self.kinds[-1])
                if len(seen) == most:
                    await self.drop()
                    return seen
        return seen

    async def drop(self) -> None:
        """Leave."""
        if self._batches is not None:
            async with aclosing(self._batches):
                self._batches = None

    def apply(self, event: dict[str, Any]) -> None:
        EVENT_SCHEMAS.check(event)
        kind = event["type"]
        self.kinds.append(kind)
        self.events.append(event)
        match kind:
            case "message":
                message = event["message"]
                words = "".join(part.get("text", "") for part in message.get("content", []))
                assert self.messages.get(message["id"]) != words, "sent twice"
                self.messages[message["id"]] = words
            case "history_reset":
                self.messages = {}
            case "queue_update":
                self.queue = [entry["content"][0]["text"] for entry in event.get("queued_messages", [])]
            case "status":
                assert self.status != event["status"]["status"], "sent twice"
                self.status = event["status"]["status"]
            case "preview_reset":
                self.live, self.episode = [], None
            case "message_part":
                part = event["message_part"]
                episode = (part["history_version"], part["generation_attempt"])
                assert self.episode in (None, episode), "parts of two attempts without a reset"
                self.episode = episode
                assert part["seq"] == len(self.live) + 1, "a gap or a repetition"
                self.live.append(part["part"]["text"])
