"""Reading request bodies into memory, up to the operation's cap."""

import asyncio
from collections.abc import Callable, Mapping
from typing import Final

from starlette.types import Receive

from palaver.errors.request import BodyTooLarge

DISCARDED_BYTES: Final = 16_777_216
DISCARD_SECONDS: Final = 5.0


class ClientDisconnected(Exception):
    """The caller left before the request was complete; nobody is there to be answered."""


async def read_body(
    receive: Receive, headers: Mapping[str, str], limit: int, too_large: Callable[[], BodyTooLarge] = BodyTooLarge
) -> bytes:
    """The whole body. Raises `too_large()` (413) when more than `limit` bytes are announced or seen.

    What such a body has more is taken off the connection first, unkept and within bounds: a caller who is still
    sending when the connection ends would get a reset instead of the answer.
    """
    announced = headers.get("content-length", "")
    # A malformed length is the HTTP server's to refuse; a very long one needs no number.
    if announced.isascii() and announced.isdigit() and (len(announced) > 18 or int(announced) > limit):
        if "expect" not in headers and len(announced) <= 18 and int(announced) <= DISCARDED_BYTES:
            await _discard(receive)
        raise too_large()
    chunks: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnected
        chunk: bytes = message.get("body", b"")
        size += len(chunk)
        if size > limit:
            if message.get("more_body", False):
                await _discard(receive)
            raise too_large()
        if not message.get("more_body", False):
            return b"".join((*chunks, chunk)) if chunks else chunk
        chunks.append(chunk)


async def _discard(receive: Receive) -> None:
    """Take the rest of a body, at most `DISCARDED_BYTES` and for at most `DISCARD_SECONDS`."""
    size = 0
    try:
        async with asyncio.timeout(DISCARD_SECONDS):
            while size <= DISCARDED_BYTES:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise ClientDisconnected
                size += len(message.get("body", b""))
                if not message.get("more_body", False):
                    return
    except TimeoutError:
        return
