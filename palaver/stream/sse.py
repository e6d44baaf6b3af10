"""The stream as server-sent events: one message per event with `id:` and `data:`, comments as heartbeats."""

import asyncio
from collections.abc import Callable
from contextlib import aclosing
from typing import Final

from starlette.types import Receive, Scope, Send

from palaver import metrics
from palaver.contract.replies import RawHeaders
from palaver.stream.batches import Batch
from palaver.stream.sending import PatientSender, Served, SlowViewer, abort

HEADERS: Final[RawHeaders] = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-cache"),
    (b"x-accel-buffering", b"no"),
]
HEARTBEAT: Final = b": ping\n\n"


async def serve_events(
    stream: Served,
    scope: Scope,
    receive: Receive,
    send: Send,
    headers: RawHeaders,
    *,
    heartbeat_seconds: float,
    patience_seconds: float,
    encode: Callable[[Batch], bytes],
) -> None:
    """Answer a GET with the stream until it ends, the viewer leaves, or takes no data for `patience_seconds`.

    `encode` makes one or several messages of a batch.
    """
    await send({"type": "http.response.start", "status": 200, "headers": [*headers, *HEADERS]})
    departure = asyncio.create_task(_stop_on_disconnect(stream, receive), name="viewer")
    patient = PatientSender(send, patience_seconds)
    try:
        # A comment first: the viewer, and proxies before it, see at once that the stream is open.
        await send({"type": "http.response.body", "body": b": open\n\n", "more_body": True})
        with metrics.STREAMS.labels("sse").track_inprogress():
            async with aclosing(stream.batches(heartbeat_seconds)) as batches:
                async for batch in batches:
                    body = encode(batch) if batch.events else HEARTBEAT
                    await patient({"type": "http.response.body", "body": body, "more_body": True})
        reason = stream.ending.reason
        body = f": {reason}\n\n".encode() if reason else b""
        await patient({"type": "http.response.body", "body": body, "more_body": False})
    except SlowViewer:
        abort(scope)
    except OSError:
        # ASGI: the viewer has left.
        return
    finally:
        patient.close()
        departure.cancel()
        await asyncio.wait((departure,))


def with_cursors(batch: Batch) -> bytes:
    """A batch as the text of several messages; `data` never has a line break, since JSON escapes them."""
    return b"".join(
        [
            b"id: %b\ndata: %b\n\n" % (cursor.encode(), event)
            for event, cursor in zip(batch.events, batch.cursors, strict=True)
        ]
    )


def without_cursors(batch: Batch) -> bytes:
    """As `with_cursors`, of a stream that nobody can resume."""
    return b"".join([b"data: %b\n\n" % event for event in batch.events])


async def _stop_on_disconnect(stream: Served, receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    stream.stop()
