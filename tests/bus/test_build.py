"""Which bus the settings lead to."""

import sys
import uuid

import pytest
from pydantic import ValidationError

from palaver.settings import Settings
from palaver.stream.bus import BusUnavailable, LocalBus, SharedBus, build_bus
from palaver.stream.bus.postgres_link import PostgresLink
from palaver.stream.bus.redis_link import RedisLink

DATABASE = "postgresql://user:word@database/palaver"


def link_of(settings: Settings) -> object:
    bus = build_bus(settings, uuid.uuid4())
    assert isinstance(bus, SharedBus)
    return bus._link


def test_a_database_that_others_may_use_is_the_bus() -> None:
    link = link_of(Settings(database_url=DATABASE))
    assert isinstance(link, PostgresLink)
    assert link._url == DATABASE


def test_the_bus_goes_past_a_pooling_proxy() -> None:
    direct = "postgresql://user:word@direct/palaver?ssl=require"
    link = link_of(Settings(database_url=DATABASE, database_direct_url=direct))
    assert isinstance(link, PostgresLink)
    assert link._url == direct.replace("ssl=", "sslmode=")


def test_local_is_no_bus_between_processes() -> None:
    replica_id = uuid.uuid4()
    bus = build_bus(Settings(database_url=DATABASE, bus_url="local"), replica_id)
    assert type(bus) is LocalBus
    assert bus.replica_id == replica_id
    assert not bus.hears_all, "others may share the database"


@pytest.mark.parametrize("url", [None, "local"])
def test_who_is_alone_with_its_database_needs_no_bus_and_hears_all(url: str | None) -> None:
    bus = build_bus(Settings(database_url=DATABASE, bus_url=url), uuid.uuid4(), alone=True)
    assert type(bus) is LocalBus
    assert bus.hears_all


@pytest.mark.parametrize(
    ("url", "channel"), [("redis://host", "palaver:0"), ("rediss://user:word@host:7000/4", "palaver:4")]
)
def test_redis_is_told_apart_by_its_database(url: str, channel: str) -> None:
    link = link_of(Settings(database_url=DATABASE, bus_url=url))
    assert isinstance(link, RedisLink)
    assert link._channel == channel


def test_redis_without_its_client_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "palaver.stream.bus.redis_link", None)
    with pytest.raises(BusUnavailable, match=r"palaver\[redis\]"):
        build_bus(Settings(database_url=DATABASE, bus_url="redis://host"), uuid.uuid4())


@pytest.mark.parametrize("url", ["redis://:geheim@host:port", "redis://:geheim@host?colour=red"])
def test_a_url_that_cannot_be_read_is_said_without_its_password(url: str) -> None:
    settings = Settings(database_url=DATABASE, bus_url=url)
    with pytest.raises(BusUnavailable) as refused:
        build_bus(settings, uuid.uuid4())
    assert "PALAVER_BUS_URL" in str(refused.value)
    assert "geheim" not in str(refused.value)


@pytest.mark.parametrize(
    "values", [{"bus_url": "amqp://host"}, {"bus_url": ""}, {"database_direct_url": "mysql://host"}]
)
def test_settings_refuse_what_is_no_bus(values: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        Settings(database_url=DATABASE, **values)
