"""The title that a chat has until somebody or the model gives it a better one (contract/states.yaml, `titles`)."""

from collections.abc import Iterable, Mapping
from typing import Any

from palaver.chat.parts import text_of

WORDS = 6
CHARACTERS = 80
EMPTY = "New Chat"


def fallback_title(content: Iterable[Mapping[str, Any]]) -> str:
    """The first 6 words of the message's text, at most 80 characters, `…` appended when shortened."""
    # PostgreSQL's text refuses U+0000, which message content may hold.
    words = text_of(content).replace("\x00", "").split()
    if not words:
        return EMPTY
    title = " ".join(words[:WORDS])
    shortened = len(words) > WORDS
    if len(title) > CHARACTERS - shortened:
        title, shortened = title[: CHARACTERS - 1].rstrip(), True
    return f"{title}…" if shortened else title
