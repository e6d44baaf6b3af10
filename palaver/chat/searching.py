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
    CTE,
    BigInteger,
    ColumnElement,
    FromClause,
    SelectBase,
    Table,
    Text,
    Uuid,
    and_,
    bindparam,
    func,
    literal_column,
    not_,
    or_,
    select,
    text,
    union,
    union_all,
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
_NOTHING: ColumnElement[int] = literal_column("0")

_SAMPLE: Final = 3_000
"""Places where words are found, as many as tell how common they are."""
_COMMON: Final = 200
"""So many chats of the list among them, and the page is not far from the list's beginning."""

# Whether what is looked for has a word. How it is looked for is not the planner's to choose: of a common word it would
# think that reading everything was cheaper, for it does not know how soon there are enough.
_BEGIN = text(
    """
    SELECT numnode(websearch_to_tsquery('simple', :words)) > 0,
      set_config('enable_seqscan', 'off', true), set_config('max_parallel_workers_per_gather', '0', true),
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
    """The word that stands in front of whatever is said in a user's chats; migration 0015 makes it of titles."""
    return f"o{owner_id.hex}"


def word_of(owner_id: uuid.UUID) -> ColumnElement[Any]:
    """A query for an owner's word."""
    return sql_cast(owner_word(owner_id), TSQUERY)


def words_of_owners(chats: FromClause, *conditions: ColumnElement[bool]) -> ColumnElement[Any]:
    """A query for the word of any of those whose chats meet the conditions; null where there are none."""
    word = literal_column("'o'").op("||")(func.replace(sql_cast(chats.c.owner_id, Text), "-", ""))
    any_word = sql_cast(func.string_agg(word.distinct(), literal_column("' | '")), TSQUERY)
    owners = _once(select(any_word.label("word")).where(*conditions), "owners")
    return select(owners.c.word).scalar_subquery()


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

    `conn` must be in a transaction: what follows in it goes by the indexes of words.
    """
    has_words: bool = (await conn.execute(_BEGIN, {"words": words})).one()[0]
    return has_words


def ways_to_find(
    chats: FromClause, words: str, *, mark: str, owners: ColumnElement[Any], listed: Sequence[ColumnElement[bool]]
) -> list[ColumnElement[bool]]:
    """Conditions on `chats`: its title has the words, or one of its messages has all of them. Of the two one is false
    for all chats, so that a list's rows are those of the one and those of the other.

    The first starts with all places that have the words, the second looks into one chat of the list after the other.
    That is the better way for common words: those in many places, and in many chats that meet the conditions `listed`.
    The planner could tell the one from the other only if words kept no company, as is seldom so: some are on
    everybody's lips but this owner's, some in one long chat. Only chats of `owners` are found, a query for their words;
    `mark` tells this search from another one in the same statement.
    """
    query = owners.op("&&")(func.websearch_to_tsquery(_SIMPLE, words, type_=TSQUERY))
    said = select(_messages.c.chat_id).where(_messages.c.search.op("@@")(query), not_(_messages.c.deleted))
    titled = select(_titles.c.chat_id).where(_titles.c.search.op("@@")(query))
    sample = _once(union_all(said.limit(_SAMPLE), titled.limit(_SAMPLE)), f"sample_{mark}")
    sampled = select(sample.c.chat_id).distinct().subquery("sampled")
    # OFFSET, here and below: without it the planner would rather join with all that there is than look at one chat.
    in_list = select(chats.c.id).where(chats.c.id == sampled.c.chat_id, *listed).offset(_NOTHING).correlate(sampled)
    in_lists = select(sampled.c.chat_id).where(in_list.exists()).limit(_COMMON).subquery("in_lists")
    common = _once(
        select(and_(_count(sample) >= _SAMPLE, _count(in_lists) >= _COMMON).label("yes")),
        f"common_{mark}",
    )
    is_common = select(common.c.yes).scalar_subquery()
    places = _once(union(said, titled), f"places_{mark}")
    each = [
        found.where(found.selected_columns.chat_id == chats.c.id).offset(_NOTHING).correlate(chats).exists()
        for found in (titled, said)
    ]
    return [and_(not_(is_common), chats.c.id.in_(select(places.c.chat_id))), and_(is_common, or_(*each))]


def _count(rows: FromClause) -> ColumnElement[int]:
    return select(func.count()).select_from(rows).scalar_subquery()


def _once(statement: SelectBase, name: str) -> CTE:
    return statement.cte(name).prefix_with("MATERIALIZED")


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
