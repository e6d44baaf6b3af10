"""Which bus the settings ask for."""

import uuid
from typing import Protocol

from palaver.stream.bus.interface import Bus
from palaver.stream.bus.link import Link
from palaver.stream.bus.local import LocalBus
from palaver.stream.bus.postgres_link import PostgresLink
from palaver.stream.bus.shared import SharedBus


class BusSettings(Protocol):
    """The settings that decide."""

    @property
    def bus_url(self) -> str | None:
        """`local`, a URL of Redis, or None for PostgreSQL."""

    @property
    def database_url(self) -> str | None:
        """Where everything is stored."""

    @property
    def database_direct_url(self) -> str | None:
        """The same, past a pooling proxy."""


class BusUnavailable(Exception):
    """The bus that the settings ask for cannot be had; the text says what to do."""


def build_bus(settings: BusSettings, replica_id: uuid.UUID, *, alone: bool = False) -> Bus:
    """The bus, at rest; a process that is certainly `alone` with its database needs none to others.

    Raises BusUnavailable when Redis' client is not installed or its URL cannot be read.
    """
    url = settings.bus_url
    if url == "local" or (alone and url is None):
        return LocalBus(replica_id, alone=alone)
    if url is not None:
        return SharedBus(replica_id, _redis_link(url))
    database_url = settings.database_direct_url or settings.database_url
    if database_url is None:
        raise ValueError("database_url is not set")
    return SharedBus(replica_id, PostgresLink(database_url))


def _redis_link(url: str) -> Link:
    try:
        # Here: the client is an extra, and other servers do not wait for it to load.
        from palaver.stream.bus.redis_link import RedisLink
    except ImportError as error:
        raise BusUnavailable(
            "PALAVER_BUS_URL names Redis, whose client is not installed: install palaver[redis]."
        ) from error
    try:
        return RedisLink(url)
    except ValueError as error:
        raise BusUnavailable(f"PALAVER_BUS_URL cannot be read: {error}") from error
