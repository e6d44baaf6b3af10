"""HTTP headers that an administrator configures: whether they can be sent at all."""

import re

_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_VALUE = re.compile(r"[^\x00-\x08\x0a-\x1f\x7f]*")
_FRAMING = frozenset(
    {"connection", "content-length", "host", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade"}
)


def is_header_name(name: str) -> bool:
    """Whether HTTP allows a header of this name."""
    return _NAME.fullmatch(name) is not None


def is_framing(name: str) -> bool:
    """Whether only the HTTP client may set the header: our value would break the message or lead it elsewhere."""
    return name.lower() in _FRAMING


def is_header_value(value: str) -> bool:
    """Whether the value has no control characters but tabs."""
    return _VALUE.fullmatch(value) is not None
