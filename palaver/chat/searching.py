"""The words by which chats are found: what of a message is searched, and conditions that find it.

Each message of a user or the model carries its words, and so does each title (`models.ChatTitle`, kept by triggers):
PostgreSQL's own full-text search without stemming or stop words, one GIN index for each of the two. The first word of
all of them names the chat's owner, so that the index looks through nobody else's. See docs/decisions/0013.
"""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any, Final, cast

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Table,
    Text,
    Uuid,
    bindparam,
    func,
    literal_column,
    not_,
    select,
    text,
)
from sqlalchemy import cast as sql_cast
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.ext.asyncio import AsyncConnection

from models import ChatMessage, ChatTitle
from palaver.chat.parts import text_of

MOST_CHARACTERS: Final = 65_536
"""How much of a message is searched: its first characters. PostgreSQL takes 1 MiB of words at most."""

_messages = cast(Table, ChatMessage.__table__).alias("said")
_titles = cast(Table, ChatTitle.__table__)
_SIMPLE: ColumnElement[Any] = literal_column("'simple'::regconfig")

# Whether what is looked for has a word. The plan depends on how common the words are: it must not be made without them.
_BEGIN = text(
    """
    SELECT numnode(websearch_to_tsquery('simple', :words)) > 0,
      set_config('plan_cache_mode', 'force_custom_plan', true)
    """
)

_WITHOUT_WORDS = text(
    """
    SELECT said.chat_id, said.id, said.role, said.visibility, said.content, chats.owner_id
    FROM chat_messages AS said JOIN chats ON chats.id = said.chat_id
    WHERE said.search IS NULL AND NOT said.deleted AND said.visibility <> 'model' AND said.role IN ('user', 'assistant')
    LIMIT :limit FOR NO KEY UPDATE OF said SKIP LOCKED
    """
)

_ADD_WORDS = text(
    """
    UPDATE chat_messages SET search = to_tsvector('simple', found.words)
    FROM unnest(:chat_ids, :ids, :words) AS found (chat_id, id, words)
    WHERE chat_messages.chat_id = found.chat_id AND chat_messages.id = found.id
    """
).bindparams(
    bindparam("chat_ids", type_=ARRAY(Uuid())),
    bindparam("ids", type_=ARRAY(BigInteger())),
    bindparam("words", type_=ARRAY(Text())),
)


def owner_word(owner_id: uuid.UUID) -> str:
    """The word that stands in front of whatever is said in a user's chats; migration 0014 makes it of titles."""
    return f"o{owner_id.hex}"


def searched_text(owner_id: uuid.UUID, role: str, visibility: str, content: Sequence[Mapping[str, Any]]) -> str | None:
    """What of a message is searched, as `chat_messages.search` is made of it: its visible text.

    Empty where there is none; None for messages that nobody searches: tool results, and what is for the model alone.
    """
    if visibility == "model" or role not in ("user", "assistant"):
        return None
    said = text_of(content)[:MOST_CHARACTERS]
    return f"{owner_word(owner_id)} {said}".replace("\0", " ") if said else ""


async def begin_search(conn: AsyncConnection, words: str) -> bool:
    """Whether `words` (in the syntax of `websearch_to_tsquery`) have a word in them that can be looked for.

    `conn` must be in a transaction: what follows in it is planned for the very words that it looks for.
    """
    has_words: bool = (await conn.execute(_BEGIN, {"words": words})).one()[0]
    return has_words


def matches(chat_id: ColumnElement[Any], words: str, *, owner_id: uuid.UUID | None) -> list[ColumnElement[bool]]:
    """Conditions on a chat, of which one has to hold: its title has the words, or one of its messages has all of them.

    They are separate, so that each can go by its own index. With `owner_id` only chats of that owner are found.
    """
    query: ColumnElement[Any] = func.websearch_to_tsquery(_SIMPLE, words, type_=TSQUERY)
    if owner_id is not None:
        query = sql_cast(owner_word(owner_id), TSQUERY).op("&&")(query)
    said = select(_messages.c.chat_id).where(_messages.c.search.op("@@")(query), not_(_messages.c.deleted))
    titled = select(_titles.c.chat_id).where(_titles.c.search.op("@@")(query))
    return [chat_id.in_(said), chat_id.in_(titled)]


async def add_missing_words(conn: AsyncConnection, limit: int) -> int:
    """Add the words of messages that an older version or a copy has stored without, at most `limit`; how many.

    Those that somebody is at are left to the next time.
    """
    found = (await conn.execute(_WITHOUT_WORDS, {"limit": limit})).all()
    if found:
        words = [searched_text(row.owner_id, row.role, row.visibility, row.content) for row in found]
        ids = {"chat_ids": [row.chat_id for row in found], "ids": [row.id for row in found]}
        await conn.execute(_ADD_WORDS, {**ids, "words": words})
    return len(found)
