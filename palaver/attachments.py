"""Attachments: the types that may be stored, how content is classified, how names are cleaned.

Source: contract section "Files"; operations `upload-chat-file` and `get-chat-file`.
"""

import contextlib
import csv
import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import quote

import orjson
from werkzeug.http import parse_options_header

ALLOWED_TYPES = (
    "application/json",
    "application/pdf",
    "image/gif",
    "image/jpeg",
    "image/png",
    "image/webp",
    "text/csv",
    "text/markdown",
    "text/plain",
)
"""Media types that may be stored and used as prompt input, in the order that errors list them."""

ALLOWED_TYPES_TEXT = f"Allowed types: {', '.join(ALLOWED_TYPES)}."
MAX_FILE_BYTES = 10_485_760
MAX_NAME_BYTES = 255
UNDECLARED = "application/octet-stream"
"""The declared type that leaves the decision to the content."""

_SIGNATURES = (
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "image/png"),
    (re.compile(rb"\xff\xd8\xff"), "image/jpeg"),
    (re.compile(rb"GIF8[79]a"), "image/gif"),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), "image/webp"),
    (re.compile(rb"%PDF-"), "application/pdf"),
    (re.compile(rb"PK\x03\x04"), "application/zip"),
    (re.compile(rb"\x1f\x8b"), "application/gzip"),
)
_UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_BINARY = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
"""Bytes that occur in no text of a one-byte encoding."""
_WHITE_SPACE = re.compile(r"[\s\ufeff]*")
_DECLARATION = re.compile(r"<![^\[>]*(?:\[.*?\]\s*)?>", re.DOTALL)
"""With the subset in brackets that a document type may have, in which further declarations stand."""
_SVG_ELEMENT = re.compile(r"<(?:[\w.-]+:)?svg[\s/>]", re.IGNORECASE)
_EXTENSION_TYPES = {".md": "text/markdown", ".markdown": "text/markdown", ".csv": "text/csv"}
_REFINEMENTS = ("text/markdown", "text/csv", "application/json")


def clean_name(raw: str) -> str:
    """A file name fit to be stored: no control characters, trimmed, at most 255 bytes cut between characters."""
    name = "".join(character for character in raw if unicodedata.category(character) not in {"Cc", "Cs"}).strip()
    return name.encode()[:MAX_NAME_BYTES].decode(errors="ignore").strip()


def disposition_name(header: str) -> str:
    """The cleaned file name of a Content-Disposition header; empty when it has none."""
    _, options = parse_options_header(header)
    name = options.get("filename", "")
    with contextlib.suppress(UnicodeError):
        # Header bytes arrive as Latin-1; browsers and curl send UTF-8.
        name = name.encode("latin-1").decode()
    return clean_name(name)


def content_disposition(name: str, media_type: str) -> str:
    """The download header: types outside the list and PDF are never rendered in the browser's page."""
    kind = "inline" if media_type in ALLOWED_TYPES and media_type != "application/pdf" else "attachment"
    if name.isascii():
        escaped = name.replace("\\", "\\\\").replace('"', '\\"')
        return f'{kind}; filename="{escaped}"'
    return f"{kind}; filename*=UTF-8''{quote(name, safe='')}"


def declared_type(header: str) -> str:
    """The media type that a Content-Type header names, without parameters; absent means `application/octet-stream`."""
    return header.partition(";")[0].strip().lower() or UNDECLARED


def classify(data: bytes, name: str) -> str:
    """The media type of `data` by its content; plain text is refined by the extension of `name`.

    >>> classify(b"# Notes", "notes.md")
    'text/markdown'
    """
    for signature, media_type in _SIGNATURES:
        if signature.match(data):
            return media_type
    text = decode_text(data)
    if text is None:
        return UNDECLARED
    if _starts_with_svg(text):
        return "image/svg+xml"
    return _classify_text(text, name)


def matches(declared: str, detected: str) -> bool:
    """Whether content of the detected type may be stored under the declared one."""
    return declared in {detected, UNDECLARED} or (declared == "text/plain" and detected in _REFINEMENTS)


def decode_text(data: bytes) -> str | None:
    """Stored text, or None when it is binary: UTF-8, UTF-16 with its mark, else the old encoding of Windows."""
    try:
        text = data.decode("utf-16" if data.startswith(_UTF_16_MARKS) else "utf-8-sig")
    except UnicodeDecodeError:
        return None if _BINARY.search(data) else data.decode("cp1252", errors="replace")
    return None if "\0" in text else text


def _starts_with_svg(text: str) -> bool:
    """Whether the first element is one, behind white space, comments and declarations of any length."""
    at = 0
    while True:
        space = _WHITE_SPACE.match(text, at)
        at = space.end() if space else at
        if text.startswith("<!--", at):
            end = text.find("-->", at + 4) + 3
        elif text.startswith("<?", at):
            end = text.find("?>", at + 2) + 2
        elif declaration := _DECLARATION.match(text, at):
            end = declaration.end()
        else:
            return bool(_SVG_ELEMENT.match(text, at))
        if end <= at:
            return False  # it has no end, so that nothing follows
        at = end


def _classify_text(text: str, name: str) -> str:
    stripped = text.lstrip()
    if stripped.startswith("<?xml"):
        return "text/xml"
    if stripped.startswith(("{", "[")) and _is_json(text):
        return "application/json"
    suffix = name[name.rfind(".") :].lower() if "." in name else ""
    if suffix == ".json":
        return "application/json" if _is_json(text) else "text/plain"
    if suffix in _EXTENSION_TYPES:
        return _EXTENSION_TYPES[suffix]
    return "text/csv" if _is_csv(text) else "text/plain"


def _is_json(text: str) -> bool:
    try:
        orjson.loads(text)
    except orjson.JSONDecodeError:
        return False
    return True


def _is_csv(text: str) -> bool:
    """Whether the text is a table: two lines or more, all with the same number, above one, of fields."""
    rows, width = 0, 0
    try:
        for row in csv.reader(_lines(text), strict=True):
            if row:
                rows, width = rows + 1, width or len(row)
                if width == 1 or len(row) != width:
                    return False
    except csv.Error:
        return False
    return rows > 1


def _lines(text: str) -> Iterator[str]:
    """The lines of a text, one at a time: a list of them would take several times its size."""
    start = 0
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        yield text[start:end]
        start = end
