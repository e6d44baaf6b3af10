"""Times on the wire."""

import datetime as dt

import pytest

from palaver.wire.times import ZERO_TIME, format_time


@pytest.mark.parametrize(
    ("microsecond", "text"),
    [
        (0, "2026-08-01T10:00:00Z"),
        (1, "2026-08-01T10:00:00.000001Z"),
        (112060, "2026-08-01T10:00:00.11206Z"),
        (500000, "2026-08-01T10:00:00.5Z"),
    ],
)
def test_zeros_at_the_end_of_a_fraction_are_dropped(microsecond: int, text: str) -> None:
    assert format_time(dt.datetime(2026, 8, 1, 10, 0, 0, microsecond, tzinfo=dt.UTC)) == text


def test_a_time_that_never_was_is_the_zero_time() -> None:
    assert format_time(None) == ZERO_TIME
