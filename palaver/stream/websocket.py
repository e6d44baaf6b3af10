"""A stream on a WebSocket, in text frames: of a chat, JSON arrays of 1 to 256 events; of a watcher, single events."""

import asyncio
from collections.abc import Callable, Iterable
from contextlib import aclosing
from typing import Final

from starlette.types import Receive, Scope, Send

from palaver import metrics
from palaver.contract.replies import RawHeaders
from palaver.stream.batches import Batch
from palaver.stream.sending import PatientSender, Served, SlowViewer, abort

POLICY_VIOLATION: Final = 1008
TRY_AGAIN_LATER: Final = 1013
SLOW_VIEWER_REASON: Final = "viewer is too slow; reconnect to go on"
UNEXPECTED_DATA_REASON: Final = "unexpected data frame"


async def serve_frames(
    stream: Served,
    scope: Scope,
    receive: Receive,
    send: Send,
    headers: RawHeaders,
    *,
    patience_seconds: float,
    encode: Callable[[Batch], Iterable[str]],
) -> None:
    """Accept and send the frames that `encode` makes until the stream ends, the viewer leaves or misbehaves.

    Closes with 1008 when the viewer sends data, 1013 when it takes none for `patience_seconds`, else with the code of
    `stream.ending`. Pings are the server's: see `palaver.stream.protocols`.
    """
    connect = await receive()
    if connect["type"] != "websocket.connect":
        return
    await send({"type": "websocket.accept", "headers": headers})
    listener = asyncio.create_task(_listen(stream, receive), name="viewer")
    patient = PatientSender(send, patience_seconds)
    try:
        with metrics.STREAMS.labels("websocket").track_inprogress():
            async with aclosing(stream.batches()) as batches:
                async for batch in batches:
                    for frame in encode(batch):
                        await patient({"type": "websocket.send", "text": frame})
        if listener.done():
            code, reason = listener.result()
        else:
            code, reason = stream.ending.code, stream.ending.reason
        if code:
            await patient({"type": "websocket.close", "code": code, "reason": reason})
    except SlowViewer:
        # The close frame queues behind what the viewer did not read; the abort bounds how long that is kept.
        close = {"type": "websocket.close", "code": TRY_AGAIN_LATER, "reason": SLOW_VIEWER_REASON}
        try:
            await patient(close)
        except SlowViewer:
            abort(scope)
    except OSError:
        # ASGI: the viewer has left.
        return
    finally:
        patient.close()
        listener.cancel()
        await asyncio.wait((listener,))


def in_arrays(batch: Batch) -> tuple[str]:
    """A frame with all events of a batch."""
    return ((b"[%b]" % b",".join(batch.events)).decode(),)


def one_by_one(batch: Batch) -> list[str]:
    """A frame for each event of a batch."""
    return [event.decode() for event in batch.events]


async def _listen(stream: Served, receive: Receive) -> tuple[int, str]:
    """Wait for the viewer to leave (code 0) or to send data; stops the stream in both cases."""
    message = await receive()
    stream.stop()
    if message["type"] == "websocket.receive":
        return POLICY_VIOLATION, UNEXPECTED_DATA_REASON
    return 0, ""
