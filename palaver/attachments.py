"""Attachments: the types that may be stored, how content is classified, how names are cleaned.

Source: contract section "Files"; operations `upload-chat-file` and `get-chat-file`.
"""

import contextlib
import csv
import io
import re
import unicodedata
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
_BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_MARKUP_PROLOGUE = re.compile(r"(?:\s+|<\?.*?\?>|<!--.*?-->|<![^-].*?>)*", re.DOTALL)
_SVG_ELEMENT = re.compile(r"<(?:[\w.-]+:)?svg[\s/>]", re.IGNORECASE)
_PROLOGUE_CHARACTERS = 65_536
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
    text = _as_text(data)
    if text is None:
        return UNDECLARED
    if _starts_with_svg(text):
        return "image/svg+xml"
    return _classify_text(text, name)


def matches(declared: str, detected: str) -> bool:
    """Whether content of the detected type may be stored under the declared one."""
    return declared in {detected, UNDECLARED} or (declared == "text/plain" and detected in _REFINEMENTS)


def _as_text(data: bytes) -> str | None:
    """`data` as text, or None when it is binary."""
    encoding = "utf-16" if data.startswith(_BYTE_ORDER_MARKS[1:]) else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text


def _starts_with_svg(text: str) -> bool:
    head = text[:_PROLOGUE_CHARACTERS]
    prologue = _MARKUP_PROLOGUE.match(head)
    return bool(_SVG_ELEMENT.match(head, prologue.end() if prologue else 0))


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
    try:
        widths = [len(row) for row in csv.reader(io.StringIO(text), strict=True) if row]
    except csv.Error:
        return False
    return len(widths) > 1 and widths[0] > 1 and len(set(widths)) == 1
