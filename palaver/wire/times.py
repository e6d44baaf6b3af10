"""Times on the wire: RFC 3339 in UTC."""

import datetime as dt

ZERO_TIME = "0001-01-01T00:00:00Z"
"""What the wire writes for a time that never was."""


def format_time(moment: dt.datetime | None) -> str:
    """`moment`, which is aware and in UTC, as `2026-08-01T10:00:00.12Z`; the zero time for None.

    Zeros at the end of the fraction are dropped, as PostgreSQL does in the JSON of the streams: a moment has one text.
    """
    if moment is None:
        return ZERO_TIME
    text = moment.replace(tzinfo=None).isoformat()
    return (text.rstrip("0") if moment.microsecond else text) + "Z"
