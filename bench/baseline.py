"""What `send-chat-message` is compared with: the same reads and writes in plain FastAPI and SQLAlchemy's ORM.

`python -m bench.baseline PORT DATABASE_URL`. Written as the two projects' own documentation teaches it: dependencies,
pydantic models in and out, a session per request, declarative classes. It makes the same checks as Palaver on this
path and stores the same rows; it knows no other state than an idle chat and a busy one.
"""

import datetime as dt
import hashlib
import hmac
import sys
import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated, Any, Literal

import uvicorn
from fastapi import Depends, FastAPI, Header, HTTPException
from pydantic import BaseModel, Field
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

from models import (
    AIProvider,
    ApiKey,
    Chat,
    ChatMessage,
    ChatModelConfig,
    ChatQueuedMessage,
    Organization,
    OrganizationMember,
    User,
)
from palaver.database import async_url

QUEUE_LIMIT = 20
POOL_SIZE = 16


class TextPart(BaseModel):
    """Text of a message."""

    type: Literal["text"]
    text: str = Field(min_length=1)


class SendRequest(BaseModel):
    """A message to send."""

    content: list[TextPart] = Field(min_length=1)
    model_config_id: uuid.UUID | None = None
    mcp_server_ids: list[uuid.UUID] | None = None
    busy_behavior: Literal["queue", "interrupt"] = "queue"
    plan_mode: Literal["plan", ""] | None = None
    reasoning_effort: str | None = None


class MessageOut(BaseModel):
    """A message of the history."""

    id: int
    chat_id: uuid.UUID
    created_by: uuid.UUID | None
    model_config_id: uuid.UUID | None
    created_at: dt.datetime
    role: str
    content: list[TextPart]


class QueuedOut(BaseModel):
    """A waiting message."""

    id: int
    chat_id: uuid.UUID
    model_config_id: uuid.UUID | None
    created_at: dt.datetime
    content: list[TextPart]


class SendResponse(BaseModel):
    """What became of the message."""

    queued: bool
    message: MessageOut | None = None
    messages: list[MessageOut] | None = None
    queued_message: QueuedOut | None = None


@dataclass
class Caller:
    """The authenticated user with his roles in each organization."""

    user: User
    organizations: dict[uuid.UUID, set[str]]


sessions: async_sessionmaker[AsyncSession]
app = FastAPI()


async def get_session() -> AsyncIterator[AsyncSession]:
    """A session per request."""
    async with sessions() as session:
        yield session


Session = Annotated[AsyncSession, Depends(get_session)]


async def get_caller(session: Session, coder_session_token: Annotated[str, Header()]) -> Caller:
    """Whose token it is."""
    key_id, _, secret = coder_session_token.partition("-")
    statement = (
        select(ApiKey, User, OrganizationMember, Organization)
        .join(User, User.id == ApiKey.user_id)
        .outerjoin(OrganizationMember, OrganizationMember.user_id == User.id)
        .outerjoin(Organization, Organization.id == OrganizationMember.organization_id)
        .where(ApiKey.id == key_id, ~User.deleted)
    )
    rows = (await session.execute(statement)).all()
    if not rows or not hmac.compare_digest(hashlib.sha256(secret.encode()).digest(), rows[0].ApiKey.hashed_secret):
        raise HTTPException(401, "API key is invalid.")
    key, user = rows[0].ApiKey, rows[0].User
    if key.expires_at <= dt.datetime.now(dt.UTC) or user.status != "active":
        raise HTTPException(401, "API key has expired.")
    organizations = {
        row.Organization.id: {*row.OrganizationMember.roles, *row.Organization.default_member_roles}
        for row in rows
        if row.Organization is not None
    }
    return Caller(user, organizations)


@app.post("/api/experimental/chats/{chat_id}/messages", response_model_exclude_none=True)
async def send_chat_message(
    chat_id: uuid.UUID, body: SendRequest, session: Session, caller: Annotated[Caller, Depends(get_caller)]
) -> SendResponse:
    """Store a message: in the history of an idle chat, else in its queue."""
    chat = await session.scalar(select(Chat).where(Chat.id == chat_id).with_for_update())
    if chat is None or not may_update(caller, chat):
        raise HTTPException(404, "Resource not found or you do not have access to this resource")
    if chat.owner_id != caller.user.id:
        raise HTTPException(403, "Only the chat owner may send messages.")
    if chat.archived:
        raise HTTPException(400, "Cannot send messages to an archived chat.")
    content = [{"type": "text", "text": part.text.strip()} for part in body.content]
    if not all(part["text"] for part in content):
        raise HTTPException(400, "Invalid content.")
    config = await usable_model(session, body.model_config_id or chat.last_model_config_id)
    queued = await session.scalar(
        select(func.count()).select_from(ChatQueuedMessage).where(ChatQueuedMessage.chat_id == chat.id)
    )
    if body.plan_mode is not None:
        chat.plan_mode = body.plan_mode
    chat.snapshot_version += 1
    if chat.status == "waiting":
        message = insert_message(session, chat, caller.user, content, config)
        await session.commit()
        out = MessageOut.model_validate(message, from_attributes=True)
        return SendResponse(queued=False, message=out, messages=[out])
    if (queued or 0) >= QUEUE_LIMIT:
        raise HTTPException(429, "Message queue is full.")
    entry = ChatQueuedMessage(
        chat_id=chat.id,
        position=(queued or 0) + 1,
        content=content,
        created_by=caller.user.id,
        model_config_id=config.id,
    )
    session.add(entry)
    chat.queue_version = chat.snapshot_version
    await session.commit()
    return SendResponse(queued=True, queued_message=QueuedOut.model_validate(entry, from_attributes=True))


def may_update(caller: Caller, chat: Chat) -> bool:
    """Whether the caller may change the chat."""
    roles = caller.organizations.get(chat.organization_id)
    if roles is None:
        return "owner" in caller.user.roles
    return (
        (chat.owner_id == caller.user.id and "agents-access" in roles)
        or "organization-admin" in roles
        or "owner" in caller.user.roles
    )


async def usable_model(session: AsyncSession, config_id: uuid.UUID) -> ChatModelConfig:
    """The model of the next turn."""
    row = (
        await session.execute(
            select(ChatModelConfig, AIProvider)
            .join(AIProvider, AIProvider.id == ChatModelConfig.ai_provider_id)
            .where(ChatModelConfig.id == config_id, ~ChatModelConfig.deleted, ~AIProvider.deleted)
        )
    ).one_or_none()
    if row is None or not (row.ChatModelConfig.enabled and row.AIProvider.enabled):
        raise HTTPException(400, "Invalid model config ID.")
    config: ChatModelConfig = row.ChatModelConfig
    return config


def insert_message(
    session: AsyncSession, chat: Chat, user: User, content: list[dict[str, Any]], config: ChatModelConfig
) -> ChatMessage:
    """Add the message to the history and let the chat run."""
    message = ChatMessage(
        chat_id=chat.id,
        role="user",
        visibility="both",
        content=content,
        created_by=user.id,
        model_config_id=config.id,
        revision=chat.snapshot_version,
    )
    session.add(message)
    chat.status = "running"
    chat.history_version = chat.snapshot_version
    chat.generation_attempt = 0
    chat.last_error = None
    chat.last_model_config_id = config.id
    chat.updated_at = dt.datetime.now(dt.UTC)
    return message


@app.get("/healthz")
async def healthz() -> str:
    """Answers while the process lives."""
    return "OK"


def main() -> None:
    """Serve on PORT with the database at DATABASE_URL, as Palaver does: one process, uvloop, httptools."""
    global sessions
    port, database_url = int(sys.argv[1]), sys.argv[2]
    engine = create_async_engine(async_url(database_url), pool_size=POOL_SIZE, max_overflow=0)
    sessions = async_sessionmaker(engine, expire_on_commit=False)
    uvicorn.run(app, host="127.0.0.1", port=port, loop="uvloop", http="httptools", access_log=False, log_level="error")


if __name__ == "__main__":
    main()
