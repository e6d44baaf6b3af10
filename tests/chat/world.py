"""What the state machine's tests share: a machine, a user, chats in any state, and a look at every table."""

import uuid
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import insert, select, text, update

from models import Chat, Organization, User
from palaver.chat import transitions
from palaver.chat.commands import CreateChat, SendMessage
from palaver.chat.machine import ChatMachine, ChatTx
from palaver.chat.notices import Notice
from palaver.chat.records import ChatRecord, NewMessage
from palaver.chat.states import State
from palaver.database import Database

DYNAMIC_TOOL = {"name": "ask_client", "input_schema": {"type": "object"}}

COLUMNS: dict[State, tuple[str, int, bool]] = {
    # status, entries of the queue, archived
    State.WAITING: ("waiting", 0, False),
    State.ERROR: ("error", 0, False),
    State.ERROR_QUEUED: ("error", 2, False),
    State.RUNNING: ("running", 0, False),
    State.RUNNING_QUEUED: ("running", 2, False),
    State.INTERRUPTING: ("interrupting", 0, False),
    State.INTERRUPTING_QUEUED: ("interrupting", 2, False),
    State.REQUIRES_ACTION: ("requires_action", 0, False),
    State.REQUIRES_ACTION_QUEUED: ("requires_action", 2, False),
    State.ARCHIVED_WAITING: ("waiting", 0, True),
    State.ARCHIVED_ERROR: ("error", 0, True),
    State.ARCHIVED_ERROR_QUEUED: ("error", 2, True),
    State.INVALID: ("waiting", 2, False),
}


def text_part(words: str) -> list[dict[str, Any]]:
    """A message of one text part."""
    return [{"type": "text", "text": words}]


def call_part(call_id: str, tool: str = "ask_client", **more: Any) -> dict[str, Any]:
    """A tool call."""
    return {"type": "tool-call", "tool_call_id": call_id, "tool_name": tool, "args": {"n": 1}, **more}


def assistant(*parts: dict[str, Any]) -> NewMessage:
    """An answer of the model."""
    return NewMessage("assistant", list(parts) or text_part("an answer"))


@dataclass
class Published:
    """A publisher that remembers."""

    notices: list[Notice] = field(default_factory=list)

    def publish(self, notice: Notice) -> None:
        self.notices.append(notice)

    def take(self) -> list[Notice]:
        """Everything since the last take."""
        taken, self.notices = self.notices, []
        return taken


@dataclass
class World:
    """A machine with one user and one model config on a real database."""

    database: Database
    machine: ChatMachine
    published: Published
    organization_id: uuid.UUID
    user_id: uuid.UUID
    model_id: uuid.UUID = field(default_factory=uuid.uuid4)

    def new_chat(self, **more: Any) -> CreateChat:
        """A chat to create."""
        defaults: dict[str, Any] = {
            "id": uuid.uuid4(),
            "organization_id": self.organization_id,
            "owner_id": self.user_id,
            "title": "A chat",
            "content": text_part("hello"),
            "model_config_id": self.model_id,
            "dynamic_tools": [DYNAMIC_TOOL],
        }
        return CreateChat(**(defaults | more))

    def send(self, words: str = "more", **more: Any) -> SendMessage:
        """A message to send."""
        return SendMessage(content=text_part(words), created_by=self.user_id, **more)

    async def create(self, **more: Any) -> ChatRecord:
        """A chat in R0 whose history is one user message."""
        async with self.machine.create() as tx:
            return await transitions.create_chat(tx, self.new_chat(**more))

    async def chat_in(self, state: State, *steps: NewMessage) -> uuid.UUID:
        """A chat in `state`, its columns written as they are, with `steps` behind the first user message."""
        status, entries, archived = COLUMNS[state]
        chat = await self.create()
        async with self.machine.update(chat.id) as tx:
            if steps:
                await transitions.commit_step(tx, steps)
            for number in range(entries):
                await transitions.send_message(tx, self.send(f"queued {number}"))
        async with self.database.begin() as conn:
            await conn.execute(update(Chat).where(Chat.id == chat.id).values(status=status, archived=archived))
        self.published.take()
        return chat.id

    async def tx(self, chat_id: uuid.UUID, act: Any, *arguments: Any, **named: Any) -> Any:
        """One transition in a bundle of its own; its result."""
        async with self.machine.update(chat_id) as tx:
            return await act(tx, *arguments, **named)

    async def read(self, chat_id: uuid.UUID) -> dict[str, Any]:
        """The chat's row."""
        async with self.database.connect() as conn:
            row = (await conn.execute(select(*Chat.__table__.c).where(Chat.id == chat_id))).one()
            return dict(row._mapping)

    async def messages(self, chat_id: uuid.UUID, *, deleted: bool = False) -> list[dict[str, Any]]:
        """The history, removed messages only on request."""
        return [row for row in await self.rows("chat_messages", chat_id, "id") if deleted or not row["deleted"]]

    async def queue(self, chat_id: uuid.UUID) -> list[dict[str, Any]]:
        """The queue in order."""
        return await self.rows("chat_queued_messages", chat_id, "position, id")

    async def departures(self, chat_id: uuid.UUID) -> list[dict[str, Any]]:
        """What left the queue."""
        return await self.rows("chat_queue_departures", chat_id, "entry_id")

    async def rows(self, table: str, chat_id: uuid.UUID, order: str) -> list[dict[str, Any]]:
        """Rows of a table that belong to the chat."""
        async with self.database.connect() as conn:
            query = text(f"SELECT * FROM {table} WHERE chat_id = :id ORDER BY {order}")
            return [dict(row._mapping) for row in await conn.execute(query, {"id": chat_id})]

    async def everything(self) -> list[Any]:
        """Every row of every table that the machine writes."""
        async with self.database.connect() as conn:
            return [
                (await conn.execute(text(f"SELECT t::text FROM {table} t ORDER BY 1"))).scalars().all()
                for table in ("chats", "chat_messages", "chat_queued_messages", "chat_heartbeats")
            ]


async def make_world(database: Database, machine: ChatMachine, published: Published) -> World:
    """Store the user that the chats belong to."""
    async with database.begin() as conn:
        organization_id = (await conn.execute(select(Organization.id))).scalar_one()
        user_id = uuid.uuid4()
        await conn.execute(
            insert(User).values(
                id=user_id, username="ada", name="Ada", login_type="password", status="active", roles=[]
            )
        )
    return World(database, machine, published, organization_id, user_id)


def tool_results(messages: list[dict[str, Any]]) -> list[tuple[str, Any, bool]]:
    """(call id, result, is_error) of every tool message, in order."""
    return [
        (part["tool_call_id"], part["result"], part.get("is_error", False))
        for message in messages
        if message["role"] == "tool"
        for part in loaded(message["content"])
    ]


def loaded(content: Any) -> Any:
    """JSON of a text statement's row as values."""
    import orjson

    return orjson.loads(content) if isinstance(content, str | bytes) else content


__all__ = ["ChatTx", "NewMessage", "State", "World"]
