"""The search expression of `list-chats`: `key:value` terms, all of which must hold."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy.ext.asyncio import AsyncConnection

from palaver.chat.searching import begin_search
from palaver.errors import BadRequest, FieldError

SOURCES = ("created_by_me", "shared_with_me")
_TERM = re.compile(r'(?:[^\s"]|"[^"]*"?)+')
_TRUE, _FALSE = frozenset({"1", "t", "true"}), frozenset({"0", "f", "false"})


class InvalidSearch(BadRequest):
    """The search expression cannot be read; one validation per fault."""

    message = "Invalid chat search query."


@dataclass(frozen=True, slots=True)
class ChatSearch:
    """What a list of chats is narrowed to; None leaves a property open."""

    title: str | None = None
    words: str | None = None
    """What is looked for in titles and messages, in the syntax of `websearch_to_tsquery`."""
    archived: bool = False
    has_unread: bool | None = None
    sources: frozenset[str] = frozenset({"created_by_me"})
    labels: dict[str, str] = field(default_factory=dict)


def parse_chat_search(query: str, labels: Sequence[str]) -> ChatSearch:
    """The search of `q` and the `label` filters. Raises InvalidSearch, or BadRequest for a malformed label.

    Source: contract, `list-chats` search syntax, for the keys title, search, archived, has_unread and source.
    """
    problems: list[FieldError] = []
    terms = read_terms(query, problems)
    title, words = terms.pop("title", None), terms.pop("search", None)
    if words is not None:
        problems += _faults_of_words(words, title)
    search = ChatSearch(
        title=title,
        words=words,
        archived=bool(read_boolean("archived", terms.pop("archived", None), problems)),
        has_unread=read_boolean("has_unread", terms.pop("has_unread", None), problems),
        sources=_sources(terms.pop("source", None), problems),
        labels=_labels(labels) if not problems else {},
    )
    problems += [FieldError(field=key, detail=f'"{key}" is not a valid query param') for key in terms]
    if problems:
        raise InvalidSearch(validations=problems)
    return search


async def require_words(conn: AsyncConnection, words: str) -> None:
    """Begin a search for `words` in the transaction of `conn`. Raises InvalidSearch where tokenising leaves none."""
    if not await begin_search(conn, words):
        nothing = FieldError(field="search", detail="Search query contains no searchable words.")
        raise InvalidSearch(validations=[nothing])


def read_terms(query: str, problems: list[FieldError], *, bare: str | None = None) -> dict[str, str]:
    """The `key:value` terms of an expression, keys in lower case; what is wrong with it goes into `problems`.

    A word or quoted phrase without a key is a value of `bare`, and wrong where that is None. A quotation mark behind
    a backslash groups nothing: it is part of its value.
    """
    terms: dict[str, list[str]] = {}
    for term in _TERM.findall(query.replace("\0", "").replace('\\"', "\0")):
        unquoted = re.sub(r'"[^"]*"?', lambda quoted: "_" * len(quoted.group()), term)
        raw = term.replace("\0", '\\"')
        if ":" not in unquoted and bare is not None:
            terms.setdefault(bare, []).append(_value(term))
        elif ":" not in unquoted:
            problems.append(FieldError(field="q", detail=f'unsupported search term: "{raw}"'))
        elif unquoted.startswith(":") or unquoted.endswith(":"):
            problems.append(FieldError(field="q", detail=f"Query element \"{raw}\" cannot start or end with ':'"))
        elif unquoted.count(":") > 1:
            problems.append(FieldError(field="q", detail=f"Query element \"{raw}\" can only contain 1 ':'"))
        else:
            key, value = term.split(":", 1)
            terms.setdefault(key.lower(), []).append(_value(value))
    for key, values in terms.items():
        if len(values) > 1:
            detail = (
                f'Query param "{key}" provided more than once, found {len(values)} times. '
                "Only provide 1 instance of this query param."
            )
            problems.append(FieldError(field=key, detail=detail))
    return {key: values[-1] for key, values in terms.items()}


def read_boolean(key: str, value: str | None, problems: list[FieldError]) -> bool | None:
    """The truth that a value names; None without a value."""
    if value is None:
        return None
    if value.lower() not in _TRUE | _FALSE:
        detail = f'Query param "{key}" must be a valid boolean: invalid syntax: "{value}"'
        problems.append(FieldError(field=key, detail=detail))
    return value.lower() in _TRUE


def _value(quoted: str) -> str:
    return quoted.replace('"', "").replace("\0", '"')


def _faults_of_words(words: str, title: str | None) -> list[FieldError]:
    faults = []
    if not words.strip():
        faults.append(FieldError(field="search", detail='Query param "search" is required and cannot be empty'))
    if title is not None:
        faults.append(FieldError(field="search", detail='"search" cannot be combined with "title"'))
    return faults


def _sources(value: str | None, problems: list[FieldError]) -> frozenset[str]:
    if value is None:
        return frozenset({SOURCES[0]})
    wanted = [source.strip().lower() for source in value.split(",")]
    wrong = [f'"{source}" is not a valid value' for source in wanted if source not in SOURCES]
    if wrong:
        detail = f'Query param "source" has invalid values: {", ".join(wrong)}'
        problems.append(FieldError(field="source", detail=detail))
    return frozenset(wanted)


def _labels(labels: Sequence[str]) -> dict[str, str]:
    wanted = {}
    for raw in labels:
        key, _, value = raw.partition(":")
        if not key or not value:
            raise BadRequest(
                message=f'Invalid label filter: "{raw}" (expected format key:value, both must be non-empty)'
            )
        wanted[key] = value
    return wanted
