"""Reading request bodies into memory, up to the operation's cap."""

from collections.abc import Callable, Mapping

from starlette.types import Receive

from palaver.errors.request import BodyTooLarge


class ClientDisconnected(Exception):
    """The caller left before the request was complete; nobody is there to be answered."""


async def read_body(
    receive: Receive, headers: Mapping[str, str], limit: int, too_large: Callable[[], BodyTooLarge] = BodyTooLarge
) -> bytes:
    """The whole body. Raises `too_large()` (413) as soon as more than `limit` bytes are announced or seen."""
    announced = headers.get("content-length", "")
    # A malformed length is the HTTP server's to refuse; a very long one needs no number.
    if announced.isascii() and announced.isdigit() and (len(announced) > 18 or int(announced) > limit):
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
            raise too_large()
        if not message.get("more_body", False):
            return b"".join((*chunks, chunk)) if chunks else chunk
        chunks.append(chunk)
