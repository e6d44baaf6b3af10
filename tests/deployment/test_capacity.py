"""The arithmetic of growth: what docs/operations.md shows is what it says now, and it behaves."""

import pytest

from bench.capacity import BEGIN, DOCUMENT, FLEETS, Fleet, Resource, grown, notice_bytes, resources, written
from palaver.stream.bus.postgres_link import PostgresLink


def test_the_tables_of_the_document_are_current() -> None:
    document = DOCUMENT.read_text()
    assert BEGIN in document
    assert document == written(document), "run: python -m bench.capacity --write"


@pytest.mark.parametrize("resource", resources(), ids=lambda resource: resource.name)
def test_a_resource_suffices_up_to_its_end_and_not_beyond(resource: Resource) -> None:
    end = resource.ends_at(grown)
    if end is None:
        assert resource.needs(grown(10**9)) <= resource.has
    else:
        assert resource.needs(grown(end)) <= resource.has < resource.needs(grown(end + 1))


@pytest.mark.parametrize("resource", resources(), ids=lambda resource: resource.name)
def test_more_chats_never_need_less(resource: Resource) -> None:
    needs = [resource.needs(Fleet(100, chats)) for chats in (0, 1_000, 10_000, 100_000)]
    assert needs == sorted(needs)


def test_a_single_process_needs_nothing_of_the_bus() -> None:
    needs = {resource.name: resource.needs(Fleet(1, 200)) for resource in resources()}
    assert [name for name, needed in needs.items() if needed == 0] == [
        "Live parts over NOTIFY",
        "Notices over NOTIFY",
        "Notices over Redis, all to all",
        "Live parts over Redis",
        "Hearing all notices",
    ]


def test_the_fleets_of_the_document_reach_from_a_team_to_a_million_chats() -> None:
    assert [resource.name for resource in resources() if resource.needs(FLEETS[0]) > resource.has] == []
    assert (FLEETS[-1].replicas, FLEETS[-1].running_chats) == (1_000, 1_000_000)


def test_notices_fit_into_a_payload_by_the_dozen() -> None:
    assert 12 * notice_bytes() < PostgresLink.frame_bytes
