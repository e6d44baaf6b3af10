"""Reading request bodies into memory, up to the operation's cap."""

from collections.abc import Mapping

from starlette.types import Receive

from palaver.errors.common import PayloadTooLarge


class ClientDisconnected(Exception):
    """The caller left before the request was complete; nobody is there to be answered."""


async def read_body(receive: Receive, headers: Mapping[str, str], limit: int) -> bytes:
    """The whole body. Raises PayloadTooLarge (413) as soon as more than `limit` bytes are announced or seen."""
    announced = headers.get("content-length", "")
    # A malformed length is the HTTP server's to refuse; a long one needs no number.
    if announced.isascii() and announced.isdigit() and (len(announced) > 18 or int(announced) > limit):
        raise _too_large()
    message = await receive()
    if message["type"] == "http.disconnect":
        raise ClientDisconnected
    body: bytes = message.get("body", b"")
    if not message.get("more_body", False):
        if len(body) > limit:
            raise _too_large()
        return body
    chunks, size = [body], len(body)
    while message.get("more_body", False):
        if size > limit:
            raise _too_large()
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnected
        chunk: bytes = message.get("body", b"")
        chunks.append(chunk)
        size += len(chunk)
    if size > limit:
        raise _too_large()
    return b"".join(chunks)


def _too_large() -> PayloadTooLarge:
    error = PayloadTooLarge()
    # What is left of the body is not read, so the connection cannot carry another request.
    error.headers["Connection"] = "close"
    return error
