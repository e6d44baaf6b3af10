"""Client of a Palaver server: `Palaver` and, for asyncio, `AsyncPalaver`.

`palaver_client.generated.api` has a module for each operation of the contract, `palaver_client.models` the types.
"""

from palaver_client.asynchronous import AsyncChat, AsyncEventStream, AsyncPalaver
from palaver_client.errors import PalaverError, StreamLost
from palaver_client.generated import models
from palaver_client.generated.contract import CONTRACT_VERSION
from palaver_client.generated.events import ChatStreamEvent
from palaver_client.synchronous import Chat, EventStream, Palaver

__all__ = [
    "CONTRACT_VERSION",
    "AsyncChat",
    "AsyncEventStream",
    "AsyncPalaver",
    "Chat",
    "ChatStreamEvent",
    "EventStream",
    "Palaver",
    "PalaverError",
    "StreamLost",
    "models",
]
