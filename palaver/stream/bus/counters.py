"""What a bus counts of itself."""

from dataclasses import dataclass


@dataclass(slots=True)
class BusCounters:
    """Since the start of the process; frames unless another unit is named."""

    sent: int = 0
    received: int = 0
    dropped: int = 0
    """News and messages that were dropped before they were sent."""
    malformed: int = 0
    """Frames that could not be read."""
    reconnects: int = 0
    """Times that the broker was lost and found again."""
    resyncs: int = 0
    """Times that subscriptions were told to look at the database."""
    lag_seconds: float = 0.0
    """Time that the last frame took from here to the broker and back."""
