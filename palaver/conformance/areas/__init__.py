"""All checks, by area, in the order in which they run."""

from typing import Final

from palaver.conformance.areas import (
    chats,
    extensions,
    files,
    history,
    journeys,
    listing,
    queueing,
    reading,
    refusals,
    sending,
    sharing,
    signing_in,
    streaming,
    tools,
)
from palaver.conformance.checks import Area, Check

AREAS: Final[tuple[Area, ...]] = (
    journeys.area,
    signing_in.area,
    refusals.area,
    reading.area,
    chats.area,
    listing.area,
    sending.area,
    queueing.area,
    history.area,
    streaming.area,
    files.area,
    tools.area,
    sharing.area,
    extensions.area,
)


def all_checks() -> list[Check]:
    """Every check."""
    return [check for area in AREAS for check in area.checks]
