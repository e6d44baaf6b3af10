"""The rules for titles that people give."""

from palaver.errors import BadRequest

MAX_TITLE_CHARACTERS = 200


def check_title(title: str) -> str:
    """The title as stored: trimmed, without U+0000. Raises BadRequest when nothing or too much is left."""
    cleaned = title.replace("\0", "").strip()
    if not cleaned:
        raise BadRequest(message="Title cannot be empty.")
    if len(cleaned) > MAX_TITLE_CHARACTERS:
        raise BadRequest(message=f"Title must be at most {MAX_TITLE_CHARACTERS} characters.")
    return cleaned
