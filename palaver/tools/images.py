"""Pictures that tools give, looked at as far as is needed to know that a model's provider will take them.

One that a provider refuses would fail the request, and every later one of the chat: it stays in the history.
"""

import re
import struct
from dataclasses import dataclass
from typing import Final

SEEN_TYPES: Final = frozenset({"image/png", "image/gif", "image/jpeg", "image/webp"})
"""What models see, where they see at all."""
MAX_PIXELS: Final = 8000
"""Longest side that all providers take."""

_FRAMES: Final = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
"""Markers of JPEG segments that tell the size."""
_WEBP: Final = re.compile(rb"RIFF....WEBP(VP8[ LX])", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Picture:
    """What a picture is; sides in pixels."""

    media_type: str
    width: int
    height: int

    @property
    def fits(self) -> bool:
        """Whether providers take one of this size."""
        return 0 < self.width <= MAX_PIXELS and 0 < self.height <= MAX_PIXELS


def look(data: bytes) -> Picture | None:
    """The picture that the bytes are; None for what is none of the types that models see, or breaks off."""
    try:
        if data.startswith(b"\x89PNG\r\n\x1a\n"):
            return Picture("image/png", *struct.unpack(">II", data[16:24])) if b"IEND" in data else None
        if data.startswith((b"GIF87a", b"GIF89a")):
            return Picture("image/gif", *struct.unpack("<HH", data[6:10]))
        if data.startswith(b"\xff\xd8\xff"):
            return _jpeg(data) if b"\xff\xd9" in data else None
        if found := _WEBP.match(data):
            return _webp(data, found[1]) if int.from_bytes(data[4:8], "little") + 8 <= len(data) else None
    except (struct.error, IndexError):
        return None
    return None


def _jpeg(data: bytes) -> Picture | None:
    at = 2
    while data[at] == 0xFF:
        marker = data[at + 1]
        if marker in _FRAMES:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return Picture("image/jpeg", width, height)
        # Fill bytes and markers that stand alone have no length.
        at += 1 if marker == 0xFF else 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return None


def _webp(data: bytes, kind: bytes) -> Picture:
    if kind == b"VP8X":
        width, height = (int.from_bytes(data[at : at + 3], "little") + 1 for at in (24, 27))
    elif kind == b"VP8L":
        bits = int.from_bytes(data[21:25], "little")
        width, height = (bits & 0x3FFF) + 1, ((bits >> 14) & 0x3FFF) + 1
    else:
        width, height = (side & 0x3FFF for side in struct.unpack("<HH", data[26:30]))
    return Picture("image/webp", width, height)
