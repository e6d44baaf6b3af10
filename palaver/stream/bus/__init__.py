"""The notice bus: hints that something was committed, from whoever commits to whoever watches.

Notices may be lost, doubled or late; every consumer also polls the database. Publishing never blocks and never fails
for a slow consumer: each subscription holds a bounded amount and says when it dropped something. One process needs a
`LocalBus`; several share a broker, each through its `SharedBus` over a link to it.
"""

from palaver.stream.bus.build import BusUnavailable, build_bus
from palaver.stream.bus.interface import MAX_MESSAGE_BYTES, Bus, Change, OnChange, OnMessage
from palaver.stream.bus.keeper import Timing
from palaver.stream.bus.link import Destination, Link, LinkDown
from palaver.stream.bus.local import LocalBus
from palaver.stream.bus.shared import SharedBus
from palaver.stream.bus.subscriptions import (
    BusClosed,
    ChatSubscription,
    ChatTap,
    OwnershipBatch,
    OwnershipSubscription,
    Subscription,
    TapBatch,
    WatchBatch,
    WatchSubscription,
)

__all__ = [
    "MAX_MESSAGE_BYTES",
    "Bus",
    "BusClosed",
    "BusUnavailable",
    "Change",
    "ChatSubscription",
    "ChatTap",
    "Destination",
    "Link",
    "LinkDown",
    "LocalBus",
    "OnChange",
    "OnMessage",
    "OwnershipBatch",
    "OwnershipSubscription",
    "SharedBus",
    "Subscription",
    "TapBatch",
    "Timing",
    "WatchBatch",
    "WatchSubscription",
    "build_bus",
]
