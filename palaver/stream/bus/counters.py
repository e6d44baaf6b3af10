"""What a bus counts of itself: for its owner, and among the metrics of the process."""

from dataclasses import dataclass
from typing import Final

from palaver import metrics

_FRAMES_SENT: Final = metrics.BUS_FRAMES.labels("sent")
_FRAMES_RECEIVED: Final = metrics.BUS_FRAMES.labels("received")
_BYTES_SENT: Final = metrics.BUS_BYTES.labels("sent")
_BYTES_RECEIVED: Final = metrics.BUS_BYTES.labels("received")
_DROPPED: Final = metrics.NOTICES_DROPPED.labels("outbox")
_MALFORMED: Final = metrics.NOTICES_DROPPED.labels("malformed")


@dataclass(slots=True)
class BusCounters:
    """Since the start of the bus."""

    sent: int = 0
    """Frames that the broker has taken."""
    received: int = 0
    """Frames, our own included."""
    dropped: int = 0
    """News and messages that were dropped before they were sent."""
    malformed: int = 0
    """Frames that could not be read."""
    reconnects: int = 0
    """Times that the broker was lost and found again."""
    resyncs: int = 0
    """Times that subscriptions were told to look at the database."""
    lag_seconds: float = 0.0
    """Time that our last sign of life took to the broker and back."""

    def count_sent(self, frames: int, size: int) -> None:
        """Frames of `size` bytes together were sent."""
        self.sent += frames
        _FRAMES_SENT.inc(frames)
        _BYTES_SENT.inc(size)

    def count_received(self, size: int) -> None:
        """A frame of `size` bytes came."""
        self.received += 1
        _FRAMES_RECEIVED.inc()
        _BYTES_RECEIVED.inc(size)

    def count_dropped(self, news: int = 1) -> None:
        """News or messages were dropped."""
        self.dropped += news
        _DROPPED.inc(news)

    def count_malformed(self) -> None:
        """A frame could not be read."""
        self.malformed += 1
        _MALFORMED.inc()

    def count_reconnect(self) -> None:
        """The broker was lost and found again."""
        self.reconnects += 1
        metrics.BUS_RECONNECTS.inc()

    def count_echo(self, seconds: float) -> None:
        """Our sign of life came back."""
        self.lag_seconds = seconds
        metrics.BUS_ECHO_SECONDS.observe(seconds)
