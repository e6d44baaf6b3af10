"""ETags of reads, answers that are not sent again, and updates that only count for the version that was seen."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
import pytest_asyncio
from sqlalchemy import update

from models import Chat
from tests.api.chats import idle_chat, read, sub_chat
from tests.contract.operations import Operation, operations
from tests.matrix.requests import REQUESTS
from tests.matrix.stage import Stage, set_stage
from tests.support.api import Api
from tests.support.world import CHATS, World

BY_ID = {operation.operation_id: operation for operation in operations()}
READS = [operation for operation in operations() if "304" in operation.definition["responses"]]
UPDATES = [operation for operation in operations() if "x-precondition" in operation.definition]
CONFIG = f"{CHATS}/config"
OTHER = '"0123456789abcdef01234567"'
BEFORE = {"update-user-chat-debug-logging": f"{CONFIG}/debug-logging"}
"""What users have to be let do first."""


@pytest_asyncio.fixture(scope="module")
async def stage(shared_world: World) -> Stage:
    return await set_stage(shared_world)


@pytest.fixture
def world(shared_world: World) -> World:
    return shared_world


def named(operation: Operation) -> str:
    return operation.operation_id


@asynccontextmanager
async def caller_of(stage: Stage, operation: Operation) -> AsyncIterator[Api]:
    """Who may make the request: the owner of a chat, else the site owner."""
    yield stage.world.alice if "{chat}" in operation.path else stage.world.owner


def place(operation: Operation, path: str) -> str:
    """The path of a read, with what the request about the same thing has in its place."""
    wanted, given = operation.path.split("/"), path.split("?")[0].split("/")
    return "/".join(given[: len(wanted)])


async def request_of(stage: Stage, operation: Operation) -> tuple[str, dict[str, Any]]:
    """The path and the options of a valid request."""
    stage.caller = "owner"
    made = await REQUESTS[operation.operation_id](stage)
    return made.path, {**made.options, **({} if made.json is None else {"json": made.json})}


def test_chats_and_configuration_have_etags_and_every_change_of_them_a_precondition() -> None:
    reads, changed = {named(read) for read in READS}, {update.definition["x-precondition"] for update in UPDATES}
    assert changed <= reads
    unchangeable = {read for read in reads - changed if not read.startswith("list-")}
    assert unchangeable == set()
    config = {named(operation) for operation in operations() if operation.path.startswith(CONFIG)}
    assert config <= reads | {named(update) for update in UPDATES}


@pytest.mark.parametrize("operation", READS, ids=named)
async def test_a_read_is_not_sent_again_to_who_has_it(operation: Operation, stage: Stage) -> None:
    path, options = await request_of(stage, operation)
    async with caller_of(stage, operation) as api:
        first = await api.get(path, **options)
        assert (first.status_code, first.headers["etag"][0], first.headers["etag"][-1]) == (200, '"', '"')

        async def asked(known: str) -> httpx.Response:
            return await api.get(path, **options, headers={"If-None-Match": known})

        for known in (first.headers["etag"], f"{OTHER}, W/{first.headers['etag']}", "*"):
            again = await asked(known)
            assert (again.status_code, again.content) == (304, b"")
            assert again.headers["etag"] == first.headers["etag"]
            assert "content-type" not in again.headers
        for unknown in (OTHER, "nonsense", ""):
            full = await asked(unknown)
            assert (full.status_code, full.content) == (200, first.content)


@pytest.mark.parametrize("operation", UPDATES, ids=named)
async def test_an_update_counts_only_for_the_version_that_was_seen(operation: Operation, stage: Stage) -> None:
    read = BY_ID[operation.definition["x-precondition"]]
    if (switch := BEFORE.get(named(operation))) is not None:
        assert (await stage.world.owner.put(switch, {"allow_users": True})).status_code == 204
    path, options = await request_of(stage, operation)
    where = place(read, path)
    async with caller_of(stage, operation) as api:
        seen = (await api.get(where)).headers["etag"]

        async def changed(known: str) -> httpx.Response:
            return await api.request(operation.method.upper(), path, **options, headers={"If-Match": known})

        for known in (OTHER, f"W/{seen}", "nonsense", ""):
            refused = await changed(known)
            assert refused.status_code == 412, refused.text
            assert refused.json() == {
                "message": "The resource has been changed.",
                "detail": "If-Match does not name its present version.",
            }
            assert refused.headers["etag"] == seen
            assert (await api.get(where)).headers["etag"] == seen, "a refused update has changed something"
        assert (await changed(f"{OTHER}, {seen}")).status_code in operation.successes
        if operation.method != "delete":
            assert (await changed("*")).status_code in operation.successes


async def test_of_those_who_saw_the_same_one_wins(world: World) -> None:
    path = f"{CONFIG}/retention-days"
    for settled in range(3):
        seen = (await world.owner.get(path)).headers["etag"]
        wishes = [
            world.owner.put(path, {"retention_days": 100 * settled + day}, headers={"If-Match": seen})
            for day in range(1, 6)
        ]
        statuses = sorted([answer.status_code for answer in await asyncio.gather(*wishes)])
        assert statuses == [204, 412, 412, 412, 412]


async def test_what_an_update_changes_is_another_version_and_what_it_leaves_is_not(world: World) -> None:
    path = f"{CONFIG}/retention-days"
    assert (await world.owner.put(path, {"retention_days": 7})).status_code == 204
    seen = (await world.owner.get(path)).headers["etag"]
    assert (await world.owner.put(path, {"retention_days": 7}, headers={"If-Match": seen})).status_code == 204
    assert (await world.owner.get(path)).headers["etag"] == seen
    assert (await world.bob.get(path)).headers["etag"] == seen
    assert (await world.owner.put(path, {"retention_days": 8}, headers={"If-Match": seen})).status_code == 204
    assert (await world.owner.get(path)).headers["etag"] != seen


async def test_a_chat_is_another_version_whenever_its_answer_is(world: World) -> None:
    chat = await idle_chat(world)
    path = f"{CHATS}/{chat}"

    async def etag() -> str:
        return str((await world.alice.get(path)).headers["etag"])

    async def rename(title: str, known: str) -> int:
        answer = await world.alice.patch(path, {"title": title, "labels": {"a": title}}, headers={"If-Match": known})
        return answer.status_code

    first = await etag()
    assert await rename("first", first) == 204
    assert await rename("second", first) == 412
    assert (await read(world, chat))["labels"] == {"a": "first"}
    seen = await etag()
    async with world.services.database.begin() as conn:
        await conn.execute(update(Chat).where(Chat.id == chat).values(status="error"))
    assert await rename("third", seen) == 412
    seen = await etag()
    await sub_chat(world, chat)
    assert await etag() != seen
    # Also what would write nothing.
    assert await rename("first", seen) == 412


async def test_archiving_holds_to_it_too(world: World) -> None:
    chat = await idle_chat(world)
    path = f"{CHATS}/{chat}"
    seen = (await world.alice.get(path)).headers["etag"]
    refused = await world.alice.patch(path, {"archived": True}, headers={"If-Match": OTHER})
    assert refused.status_code == 412
    assert not (await read(world, chat))["archived"]
    assert (await world.alice.patch(path, {"archived": True}, headers={"If-Match": seen})).status_code == 204
    assert (await read(world, chat))["archived"]


async def test_the_other_checks_of_an_update_come_first(world: World) -> None:
    path, stale = f"{CONFIG}/retention-days", {"If-Match": OTHER}
    assert (await world.bob.put(path, {"retention_days": 7}, headers=stale)).status_code == 403
    assert (await world.owner.put(path, {"retention_days": -1}, headers=stale)).status_code == 400
    assert (await world.anonymous.put(path, {"retention_days": 7}, headers=stale)).status_code == 401
    chat = f"{CHATS}/{await idle_chat(world)}"
    assert (await world.bob.patch(chat, {"title": "x"}, headers=stale)).status_code == 404
    assert (await world.alice.patch(chat, {"pin_order": -1}, headers=stale)).status_code == 400


async def test_more_updates_at_once_than_there_are_connections_all_end(world: World) -> None:
    path = f"{CHATS}/{await idle_chat(world)}"
    pool = world.services.settings.pool_size
    seen = (await world.alice.get(path)).headers["etag"]
    answers = await asyncio.gather(
        *(world.alice.patch(path, {"title": f"t{n}"}, headers={"If-Match": seen}) for n in range(2 * pool)),
        *(world.alice.patch(path, {"labels": {"n": str(n)}}) for n in range(pool)),
    )
    statuses = [answer.status_code for answer in answers]
    assert set(statuses) <= {204, 412}
    assert statuses[: 2 * pool].count(204) <= 1
