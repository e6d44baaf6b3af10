"""Forking: a new chat that begins with a copy of another one's history. No model is called and nothing is accounted.

The copy is made by the database, in one statement and so of one moment, however long the history is. What a message
had used stays on it, because the model's context is judged by that; what it had cost stays with the source.
"""

import uuid
from dataclasses import replace
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from palaver.chat.bundle import ChatTx
from palaver.chat.commands import CreateChat, ForkChat
from palaver.chat.parts import pending_after
from palaver.chat.records import ChatRecord, NewMessage
from palaver.chat.searching import owner_word
from palaver.chat.statements import LAST_STEP_BEFORE
from palaver.chat.states import Transition
from palaver.chat.transitions import new_chat
from palaver.errors.chat import MessageNotFound

_BEHIND_ALL = 2**63 - 1

_NEWEST = text("""
SELECT id FROM chat_messages
WHERE chat_id = :source_id AND NOT deleted AND visibility IN ('user', 'both') ORDER BY id DESC LIMIT 1
""")

# The messages of a compaction belong together: one of them without the others is a call without its result.
_COPY = text("""
WITH cut AS (
  SELECT id, revision, compressed FROM chat_messages
  WHERE chat_id = :source_id AND id = :message_id AND NOT deleted AND visibility IN ('user', 'both')
)
INSERT INTO chat_messages (chat_id, role, visibility, content, created_by, model_config_id, reasoning_effort, revision,
  compressed, usage, created_at, search)
SELECT :chat_id, m.role, m.visibility, m.content, m.created_by, m.model_config_id, m.reasoning_effort, :revision,
  m.compressed, m.usage, m.created_at, CASE WHEN m.search = '' THEN m.search
    ELSE ts_delete(m.search, :source_word) || to_tsvector('simple', :owner_word) END
FROM chat_messages AS m, cut
WHERE m.chat_id = :source_id AND NOT m.deleted
  AND (m.id <= cut.id OR (cut.compressed AND m.compressed AND m.revision = cut.revision))
  AND (:with_system OR m.role <> 'system')
ORDER BY m.id
""")

_LAST_PROMPT = text("""
SELECT model_config_id, reasoning_effort FROM chat_messages
WHERE chat_id = :chat_id AND role = 'user' AND NOT compressed ORDER BY id DESC LIMIT 1
""")

_ALL_READ = text("""
UPDATE chats SET last_read_message_id =
  (SELECT id FROM chat_messages WHERE chat_id = :chat_id AND role = 'assistant' ORDER BY id DESC LIMIT 1)
WHERE id = :chat_id
""")


async def fork_chat(tx: ChatTx, fork: ForkChat) -> ChatRecord:
    """ForkChat: insert the chat, idle, with the copied history; `tx` comes from `ChatMachine.create`.

    Calls that the history leaves unanswered get cancel results with the next message, as in any idle chat. Raises
    MessageNotFound when the source has no such message for clients.
    """
    tx.require_transaction()
    with tx.transition(Transition.FORK_CHAT):
        message_id = fork.message_id
        if message_id is None:
            newest = await tx.conn.execute(_NEWEST, {"source_id": fork.source.id})
            message_id = newest.scalar_one_or_none()
        chat = replace(_row(fork), status="waiting", forked_from_message_id=message_id)
        tx.create(chat)
        prompts = fork.system_prompts or ()
        tx.insert([NewMessage("system", [{"type": "text", "text": it}], visibility="model") for it in prompts])
        await tx.flush()
        parameters = {
            "source_id": fork.source.id,
            "message_id": message_id or 0,
            "chat_id": chat.id,
            "revision": chat.snapshot_version,
            "with_system": fork.system_prompts is None,
            "source_word": owner_word(fork.source.owner_id),
            "owner_word": owner_word(fork.owner_id),
        }
        if not (await tx.conn.execute(_COPY, parameters)).rowcount:
            raise MessageNotFound
        await _take_over(tx)
        await mark_read(tx.conn, chat.id)
    return chat


async def mark_read(conn: AsyncConnection, chat_id: uuid.UUID) -> None:
    """Let the owner of a new chat have read the history that it began with."""
    await conn.execute(_ALL_READ, {"chat_id": chat_id})


async def _take_over(tx: ChatTx) -> None:
    """Let the row of a chat whose history was put there say what the history says."""
    chat, conn = tx.chat, tx.conn
    pending: list[dict[str, Any]] = []
    for role, content in await conn.execute(LAST_STEP_BEFORE, {"chat_id": chat.id, "message_id": _BEHIND_ALL}):
        pending = pending_after(pending, role, content)
    # Nobody's servers are called for what stands in a history that was put there.
    chat.pending_tool_calls = [
        {key: value for key, value in call.items() if key != "mcp_server_config_id"} for call in pending
    ]
    await _take_last_choice(conn, chat)
    tx.changed()
    await tx.flush()


async def _take_last_choice(conn: AsyncConnection, chat: ChatRecord) -> None:
    last = (await conn.execute(_LAST_PROMPT, {"chat_id": chat.id})).one_or_none()
    if last is not None:
        chat.last_model_config_id = last.model_config_id or chat.last_model_config_id
        chat.last_reasoning_effort = last.reasoning_effort


def _row(fork: ForkChat) -> ChatRecord:
    source = fork.source
    row = new_chat(
        CreateChat(
            id=fork.id,
            organization_id=source.organization_id,
            owner_id=fork.owner_id,
            title=fork.title,
            content=[],
            model_config_id=source.last_model_config_id,
            plan_mode=source.plan_mode,
            client_type=source.client_type,
            labels=fork.labels,
            mcp_server_ids=source.mcp_server_ids,
            dynamic_tools=fork.dynamic_tools,
        )
    )
    return replace(row, forked_from_chat_id=source.id)
