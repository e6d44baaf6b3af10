"""HTTP headers that an administrator configures: whether they can be sent at all."""

import re
from collections.abc import Mapping

_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_VALUE = re.compile(r"[^\x00-\x08\x0a-\x1f\x7f]*")
_FRAMING = frozenset(
    {"connection", "content-length", "host", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade"}
)
"""Written by the HTTP client; another value of ours would break the message or lead it elsewhere."""


def header_name_flaw(name: str) -> str | None:
    """What is wrong with a header's name, to follow the name in a sentence; None when it can be sent."""
    if not _NAME.fullmatch(name):
        return "is not a valid header name"
    if name.lower() in _FRAMING:
        return "is a header that only the HTTP client may set"
    return None


def header_value_ok(value: str) -> bool:
    """Whether a header's value has no control characters but tabs."""
    return _VALUE.fullmatch(value) is not None


def headers_flaw(headers: Mapping[str, str]) -> str | None:
    """Why the headers cannot be sent together, as a sentence; None when they can."""
    seen = set()
    for name in headers:
        if (flaw := header_name_flaw(name)) is not None:
            return f'Header name "{name}" is not valid.' if "valid" in flaw else f'"{name}" {flaw}.'
        if name.lower() in seen:
            return f'Header "{name}" is given twice.'
        seen.add(name.lower())
    return None
