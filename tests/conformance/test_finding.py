"""The kit finds what is wrong with a server, and nothing else; what it made is put away."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from palaver.conformance.areas import all_checks
from palaver.conformance.checks import Check, chosen
from palaver.conformance.lab import NoService
from palaver.conformance.reports import write_html, write_junit
from palaver.conformance.running import Progress, Report, Target, examine
from tests.conformance.spoiling import SpoilingProxy, Spoilt
from tests.support.world import CHATS, World

CHECKS = [
    "errors.unknown-path",
    "errors.malformed-id",
    "errors.version",
    "send.empty-content",
    "send.blank-text",
    "send.stranger",
    "chats.title",
    "journey.stream",
    "stream.after-id",
    "palaver.conditional",
]


def wrong_status(answer: Spoilt) -> None:
    if answer.path.endswith("/no-such-thing"):
        answer.status = 400


def changed_text(answer: Spoilt) -> None:
    answer.body = answer.body.replace(b"Content cannot be empty.", b"Content may not be empty.")


def tells_that_it_exists(answer: Spoilt) -> None:
    if answer.method == "POST" and answer.path.endswith("/messages") and answer.status == 404:
        answer.status = 403


def dropped_field(answer: Spoilt) -> None:
    if answer.method == "GET" and answer.path.startswith(f"{CHATS}/") and answer.status == 200:
        body = json.loads(answer.body)
        if isinstance(body, dict) and "has_unread" in body:
            del body["has_unread"]
            answer.body = json.dumps(body).encode()


def dropped_header(answer: Spoilt) -> None:
    if answer.path == "/api/v2/buildinfo":
        answer.headers.pop("x-content-type-options")


def repeated_event(events: list[Any]) -> list[Any]:
    return [event for event in events for _ in range(2 if event.get("message_part", {}).get("seq") == 3 else 1)]


def no_conditions(answer: Spoilt) -> None:
    answer.headers.pop("etag", None)


def another_key(answer: Spoilt) -> None:
    if answer.path == "/api/v2/buildinfo":
        answer.body = json.dumps(json.loads(answer.body) | {"flavour": "vanilla"}).encode()


async def examined(
    world: World, proxy: SpoilingProxy | None = None, *, only: list[str] = CHECKS, strict: bool = False
) -> Report:
    proxy = proxy or SpoilingProxy(0)
    proxy.upstream_port = int(world.url.rpartition(":")[2])
    tokens = world.facts.tokens
    async with proxy.serving() as url:
        target = Target(url, tokens["alice"], other_token=tokens["bob"], seconds=60, strict=strict)
        return await examine(target, chosen(all_checks(), only), Progress())


def with_verdict(report: Report, verdict: str) -> dict[str, str]:
    return {result.id: result.words for result in report.results if result.verdict == verdict}


async def test_a_server_as_it_should_be_passes_and_keeps_no_live_chat(world: World, tmp_path: Path) -> None:
    report = await examined(world, strict=True)
    assert with_verdict(report, "failed") == {}
    assert with_verdict(report, "skipped") == {}
    assert set(CHECKS) < {result.id for result in report.results}
    assert report.left == []
    for api in (world.alice, world.bob):
        assert (await api.get(CHATS)).json() == []
    write_junit(report, tmp_path / "results.xml")
    suites = ElementTree.parse(tmp_path / "results.xml").getroot()
    assert {case.get("name") for case in suites.iter("testcase")} == {result.id for result in report.results}
    assert (suites.get("failures"), suites.get("skipped")) == ("0", "0")


async def test_each_way_of_spoiling_answers_is_found_by_the_checks_that_it_concerns(
    world: World, tmp_path: Path
) -> None:
    spoils = [wrong_status, changed_text, tells_that_it_exists, dropped_field, dropped_header]
    report = await examined(world, SpoilingProxy(0, spoils, [repeated_event]))
    failed = with_verdict(report, "failed")
    assert set(failed) == {
        "errors.unknown-path",
        "send.empty-content",
        "send.stranger",
        "journey.stream",
        "answers.get-chat-by-id",
        "answers.headers",
    }
    assert "400" in failed["errors.unknown-path"]
    assert "Content may not be empty." in failed["send.empty-content"]
    assert "expected 404" in failed["send.stranger"]
    assert failed["journey.stream"] == "part 3 came after 3"
    assert failed["answers.get-chat-by-id"] == "200: lacks has_unread"
    assert "lacks x-content-type-options" in failed["answers.headers"]
    write_junit(report, tmp_path / "results.xml")
    write_html(report, tmp_path / "results.html")
    cases = ElementTree.parse(tmp_path / "results.xml").iter("testcase")
    told = {case.get("name"): fault.get("message") for case in cases if (fault := case.find("failure")) is not None}
    assert told == failed
    page = (tmp_path / "results.html").read_text()
    assert all(f'<a href="#{name}">' in page for name in failed)
    tokens = [world.facts.tokens["alice"], world.facts.tokens["bob"]]
    assert not any(token in page for token in tokens)


async def test_what_only_palaver_promises_is_not_asked_of_others(world: World) -> None:
    spoils, only = [no_conditions, another_key], ["palaver.conditional", "errors.version"]
    report = await examined(world, SpoilingProxy(0, spoils), only=only)
    assert with_verdict(report, "failed") == {}
    assert with_verdict(report, "skipped") == {"palaver.conditional": "answers have no ETag"}
    notes = {result.id: result.notes for result in report.results if result.notes}
    assert notes["answers.build-info"] == ("200: the contract knows no flavour",)
    strictly = set(with_verdict(await examined(world, SpoilingProxy(0, spoils), only=only, strict=True), "failed"))
    assert {"palaver.conditional", "answers.build-info", "answers.get-chat-by-id"} <= strictly


async def test_a_server_without_a_model_is_examined_without_chats(world: World) -> None:
    for config in (await world.owner.get(f"{CHATS}/model-configs")).json():
        await world.owner.delete(f"{CHATS}/model-configs/{config['id']}")
    report = await examined(world, only=["send.order", "errors.unknown-path"])
    assert with_verdict(report, "failed") == {}
    reasons = with_verdict(report, "skipped")
    assert set(reasons.values()) == {"the server has no enabled model for this user"}
    assert "errors.unknown-path" in with_verdict(report, "passed")


async def test_an_interrupt_ends_the_checks_and_puts_away_what_they_made(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    handlers: list[Callable[[], Any]] = []
    loop = asyncio.get_running_loop()
    monkeypatch.setattr(loop, "add_signal_handler", lambda number, handler: handlers.append(handler))

    class Impatient(Progress):
        def begin(self, check: Check, number: int, count: int) -> None:
            if number == 2:
                handlers[0]()

    target = Target(world.url, world.facts.tokens["alice"], admin_token=world.facts.tokens["owner"], seconds=60)
    report = await examine(target, chosen(all_checks(), ["send.idle", "send.settings"]), Impatient())
    assert report.interrupted
    assert report.results[0].id == "send.idle"
    assert "send.settings" not in {result.id for result in report.results}
    assert (await world.alice.get(CHATS)).json() == []
    names = [user["username"] for user in (await world.owner.get("/api/v2/users")).json()["users"]]
    assert sorted(names) == ["alice", "bob", "carol", "owner"]


async def test_a_token_that_the_server_does_not_know_begins_nothing(world: World) -> None:
    with pytest.raises(NoService, match="the token is not good here"):
        await examine(Target(world.url, "abc"), all_checks(), Progress())


def test_checks_have_names_of_their_own_and_are_chosen_by_area_or_pattern() -> None:
    every = all_checks()
    ids = [check.id for check in every]
    assert len(ids) == len(set(ids)) > 90
    assert {check.area for check in chosen(every, ["send"])} == {"send"}
    assert [check.id for check in chosen(every, ["*.order"])] == ["send.order", "history.order"]
    with pytest.raises(ValueError, match=r"no\.such"):
        chosen(every, ["no.such"])
