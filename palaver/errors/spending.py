"""Refusals about limits on spending."""

import datetime as dt

from palaver.errors.common import Conflict, NotFound
from palaver.wire.times import format_time


class UsageLimitExceeded(Conflict):
    """The caller has spent what may be spent in the period; it begins anew at `resets_at`."""

    message = "Chat usage limit exceeded."

    def __init__(self, spent_micros: int, limit_micros: int, resets_at: dt.datetime) -> None:
        super().__init__()
        self.spent_micros = spent_micros
        self.limit_micros = limit_micros
        self.resets_at = resets_at

    def body(self) -> dict[str, object]:
        """The refusal with what was spent, of how much, until when."""
        return {
            **super().body(),
            "spent_micros": self.spent_micros,
            "limit_micros": self.limit_micros,
            "resets_at": format_time(self.resets_at),
        }


class LimitOfUnknownUser(NotFound):
    """A limit names a user who does not exist."""

    message = "User not found."


class LimitOfUnknownGroup(NotFound):
    """A limit names a group that does not exist."""

    message = "Group not found."
