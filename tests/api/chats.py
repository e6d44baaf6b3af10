"""Requests that tests of the chat operations share."""

import datetime as dt
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import select, update

from models import AIProvider, Chat, ChatModelConfig
from palaver.auth.sessions import create_token
from palaver.chat import transitions
from palaver.chat.approvals import Ask
from palaver.chat.records import NewMessage
from palaver.chat.states import State
from tests.chat.world import COLUMNS, DYNAMIC_TOOL, call_part
from tests.support.api import Api
from tests.support.world import CHATS, World

NIL = "00000000-0000-0000-0000-000000000000"


def text(words: str) -> dict[str, Any]:
    """A text part."""
    return {"type": "text", "text": words}


async def send(api: Api, chat_id: str, content: Any = None, **fields: Any) -> Any:
    """The response to a send; the content is one text part unless given."""
    body = {"content": [text("hello")] if content is None else content, **fields}
    return await api.post(f"{CHATS}/{chat_id}/messages", body)


async def upload(
    world: World,
    data: bytes = b"notes",
    *,
    name: str = "notes.txt",
    media_type: str = "text/plain",
    api: Api | None = None,
) -> Any:
    """The response to an upload into the world's organization."""
    return await (api or world.alice).request(
        "POST",
        f"{CHATS}/files?organization={world.facts.organization_id}",
        content=data,
        headers={"Content-Type": media_type, "Content-Disposition": f'attachment; filename="{name}"'},
    )


def refusal(response: Any) -> tuple[int, str, str | None]:
    """(status, message, detail) of a refusal."""
    body = response.json()
    return response.status_code, body["message"], body.get("detail")


async def rest(world: World, chat_id: str, **values: Any) -> None:
    """Write columns of a chat, as if its turn had ended there; idle unless told otherwise."""
    async with world.services.database.begin() as conn:
        await conn.execute(update(Chat).where(Chat.id == chat_id).values(**{"status": "waiting", **values}))


async def idle_chat(world: World, api: Api | None = None, **fields: Any) -> str:
    """The id of a chat in W, of alice unless another caller is given."""
    chat = await world.create_chat(api, **fields)
    await rest(world, chat["id"])
    return str(chat["id"])


async def chat_in(world: World, state: State) -> tuple[str, list[int]]:
    """A chat of alice in a state, and the ids of its queue: two entries where the state has a queue."""
    chat_id = (await world.create_chat(unsafe_dynamic_tools=[DYNAMIC_TOOL]))["id"]
    status, entries, archived = COLUMNS[state]
    if status == "requires_action":
        async with world.services.machine.update(uuid.UUID(chat_id)) as tx:
            await transitions.commit_step(tx, [NewMessage("assistant", [call_part("call_1")])])
            await transitions.enter_requires_action(tx)
    answers = [(await send(world.alice, chat_id, [text(f"queued {number}")])).json() for number in range(entries)]
    await rest(world, chat_id, status=status, archived=archived)
    return chat_id, [answer["queued_message"]["id"] for answer in answers]


async def parked_chat(world: World, *call_ids: str, seconds: float = 60.0) -> tuple[str, list[str]]:
    """A chat of alice that asks her about calls of an MCP server's tool, and the ids of the approvals in this order.

    Beside them waits a call of her client's own tool.
    """
    chat_id, server = (await world.create_chat(unsafe_dynamic_tools=[DYNAMIC_TOOL]))["id"], uuid.uuid4()
    calls = [call_part(call, "files__delete", mcp_server_config_id=str(server)) for call in call_ids]
    async with world.services.machine.update(uuid.UUID(chat_id)) as tx:
        await transitions.commit_step(tx, [NewMessage("assistant", [*calls, call_part("of_client")])])
        await transitions.ask_approval(tx, [Ask(call, server, "delete") for call in call_ids], seconds)
    return chat_id, [call["approval"]["id"] for call in tx.chat.pending_approvals()]


async def sub_chat(world: World, root_id: str, api: Api | None = None) -> str:
    """The id of an idle chat under a root."""
    child_id = await idle_chat(world, api)
    await rest(world, child_id, parent_chat_id=uuid.UUID(root_id), root_chat_id=uuid.UUID(root_id))
    return child_id


async def answer(world: World, chat_id: str, words: str = "an answer") -> None:
    """Store an answer of the model in a running chat, and let its turn end."""
    async with world.services.machine.update(uuid.UUID(chat_id)) as tx:
        await transitions.commit_step(tx, [NewMessage("assistant", [text(words)])])
    async with world.services.machine.update(uuid.UUID(chat_id)) as tx:
        await transitions.finish_turn(tx)


async def first_message(world: World, chat_id: str) -> int:
    """The id of the oldest message of a chat of alice that clients may see."""
    page = (await world.alice.get(f"{CHATS}/{chat_id}/messages")).json()
    return int(page["messages"][-1]["id"])


async def share(world: World, chat_id: str, *names: str, role: str = "read") -> None:
    """Share a chat of alice with users."""
    roles = {world.facts.user_ids[name]: role for name in names}
    response = await world.alice.patch(f"{CHATS}/{chat_id}/acl", {"user_roles": roles})
    assert response.status_code == 204, response.text


@asynccontextmanager
async def narrowed(world: World, name: str, *scopes: str) -> AsyncIterator[Api]:
    """A caller with a token of `name` that covers `scopes` only."""
    user_id = uuid.UUID(world.facts.user_ids[name])
    async with world.services.database.begin() as conn:
        token = await create_token(conn, user_id, uuid.uuid4().hex, dt.timedelta(hours=1), scopes)
    api = world.anonymous.as_user(token)
    yield api
    await api.close()


async def read(world: World, chat_id: str) -> dict[str, Any]:
    """The chat as its owner reads it."""
    chat: dict[str, Any] = (await world.alice.get(f"{CHATS}/{chat_id}")).json()
    return chat


@asynccontextmanager
async def changed(world: World, table: type[AIProvider | ChatModelConfig], **values: Any) -> AsyncIterator[None]:
    """Write columns of the default model or its provider, and write them back at the end."""
    id_ = world.facts.model_config_id if table is ChatModelConfig else world.facts.provider_id
    async with world.services.database.connect() as conn:
        query = select(*[getattr(table, name) for name in values]).where(table.id == uuid.UUID(id_))
        before = (await conn.execute(query)).one()._asdict()
    for now in (values, before):
        async with world.services.database.begin() as conn:
            await conn.execute(update(table).where(table.id == uuid.UUID(id_)).values(now))
        world.forget_models()
        if now is values:
            yield
