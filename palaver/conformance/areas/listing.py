"""Lists of chats: order, pages, labels, search."""

import asyncio
import time
from typing import Any, Final
from uuid import uuid4

from palaver.conformance.callers import CHATS
from palaver.conformance.checks import Area, Failed, Need
from palaver.conformance.lab import Lab

area = Area("list", "Lists of chats")

_MARK: Final = "conformance-list"
_TRIES: Final = 5


async def _listed(lab: Lab, **params: Any) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = (await lab.caller.get(CHATS, **params)).expect(200).json
    return rows


async def _three(lab: Lab) -> list[str]:
    """Three chats with a label of this run's, newest first."""
    ids: list[str] = []
    for number in range(3):
        chat = await lab.settled_chat(labels={_MARK: lab.me.id, "number": str(number)})
        ids.insert(0, str(chat["id"]))
    return ids


@area.check(
    "pages", "Chats are read page by page", "limit, offset and after_id: each row once, newest change first", Need.CHATS
)
async def pages(lab: Lab) -> None:
    made = await _three(lab)
    label = f"{_MARK}:{lab.me.id}"
    for tries_left in reversed(range(_TRIES)):
        try:
            await _page_through(lab, label, made)
            return
        except Failed:
            # A title or a summary that a model wrote meanwhile moves a chat to the front.
            if not tries_left:
                raise
            await asyncio.sleep(1)


async def _page_through(lab: Lab, label: str, made: list[str]) -> None:
    rows = await _listed(lab, label=label, limit=100)
    whole = [row["id"] for row in rows]
    if set(made) - set(whole):
        raise Failed(f"of the chats {made} only {whole} are listed")
    times = [row["updated_at"] for row in rows if row["pin_order"] == 0]
    if times != sorted(times, reverse=True):
        raise Failed(f"the order is not by updated_at: {times}")
    by_cursor: list[str] = []
    position: dict[str, Any] = {}
    while (page := await _listed(lab, label=label, limit=1, **position)) and len(by_cursor) <= len(whole):
        by_cursor += [row["id"] for row in page]
        position = {"after_id": by_cursor[-1]}
    by_offset = [row["id"] for at in range(len(whole)) for row in await _listed(lab, label=label, limit=1, offset=at)]
    for words, found in (("after_id", by_cursor), ("offset", by_offset)):
        if found != whole:
            raise Failed(f"by {words}: {found} instead of {whole}")
    if await _listed(lab, label=label, limit=1, offset=len(whole)):
        raise Failed("a page behind the last row is not empty")


@area.check(
    "labels", "Chats are found by their labels", "all labels must match; a filter has the form key:value", Need.CHATS
)
async def labels(lab: Lab) -> None:
    colour = f"conformance-{uuid4()}"
    chat = await lab.settled_chat(labels={"colour": colour, "size": "1"})
    found = await lab.caller.request("GET", CHATS, params=[("label", f"colour:{colour}"), ("label", "size:1")])
    if chat["id"] not in [row["id"] for row in found.expect(200).json]:
        raise Failed("a chat is not found by its two labels")
    wrong = await lab.caller.request("GET", CHATS, params=[("label", f"colour:{colour}"), ("label", "size:2")])
    if wrong.expect(200).json:
        raise Failed("one label of two is enough")
    (await lab.caller.patch(f"{CHATS}/{chat['id']}", {"labels": {}})).expect(204)
    if await _listed(lab, label=f"colour:{colour}") or (await lab.get(chat["id"]))["labels"] != {}:
        raise Failed("empty labels do not clear them")
    answer = await lab.caller.get(CHATS, label="nothing")
    words = 'Invalid label filter: "nothing" (expected format key:value, both must be non-empty)'
    answer.refused(400, words)


@area.check("archived", "Archived chats are listed when asked for", "archived:true, and only then", Need.CHATS)
async def archived(lab: Lab) -> None:
    chat = await lab.settled_chat(labels={"kind": "conformance-archived"})
    (await lab.caller.patch(f"{CHATS}/{chat['id']}", {"archived": True})).expect(204)
    label = "kind:conformance-archived"
    if chat["id"] in [row["id"] for row in await _listed(lab, label=label)]:
        raise Failed("an archived chat is listed")
    if chat["id"] not in [row["id"] for row in await _listed(lab, label=label, q="archived:true")]:
        raise Failed("an archived chat is not found by archived:true")


@area.check(
    "title", "Chats are found by their titles", "title: a substring, in any case; quotes group words", Need.CHATS
)
async def title(lab: Lab) -> None:
    chat = await lab.settled_chat()
    (await lab.caller.patch(f"{CHATS}/{chat['id']}", {"title": "The Conformance Lighthouse"})).expect(204)
    for q, wanted in (('title:"conformance light"', True), ("title:LIGHTHOUSE", True), ("title:no-such-title", False)):
        if (chat["id"] in [row["id"] for row in await _listed(lab, q=q)]) is not wanted:
            raise Failed(f"{q} {'does not find' if wanted else 'finds'} {chat['title']!r}")


@area.check(
    "words",
    "Chats are found by what was said",
    "search: words of title and messages, all of them; - excludes",
    Need.CHATS,
)
async def words(lab: Lab) -> None:
    chat = await lab.settled_chat("The quixotic zeppelin hums")
    give_up_at = time.monotonic() + lab.wire.seconds
    # A server may index behind what it answers.
    while chat["id"] not in [row["id"] for row in await _listed(lab, q='search:"quixotic zeppelin"')]:
        if time.monotonic() > give_up_at:
            raise Failed("a chat is not found by words of its first message")
        await asyncio.sleep(0.2)
    if chat["id"] in [row["id"] for row in await _listed(lab, q='search:"quixotic -zeppelin"')]:
        raise Failed("- does not exclude")


@area.check("bad-search", "A bad search says what is wrong", "400 `Invalid chat search query.` with the key and why")
async def bad_search(lab: Lab) -> None:
    for q, field, detail in (
        ("lonely", "q", 'unsupported search term: "lonely"'),
        ("colour:red", "colour", '"colour" is not a valid query param'),
        ("a:b:c", "q", "Query element \"a:b:c\" can only contain 1 ':'"),
        ("search:x title:y", "search", '"search" cannot be combined with'),
    ):
        answer = await lab.caller.get(CHATS, q=q)
        answer.refused(400, "Invalid chat search query.")
        found = answer.json.get("validations", [])
        if not any(entry["field"] == field and entry["detail"].startswith(detail) for entry in found):
            raise Failed(f"{q}: expected {field}: {detail!r}; {answer}")


@area.check(
    "unread",
    "A chat that was answered is unread until it is watched",
    "has_unread, and the owner's stream clears it",
    Need.ANSWERS,
)
async def unread(lab: Lab) -> None:
    chat = await lab.settled_chat()
    await lab.send(chat["id"])
    await lab.settle(chat["id"])
    # Settling was watching, so the chat is read.
    give_up_at = time.monotonic() + lab.wire.seconds
    while chat["id"] in [row["id"] for row in await _listed(lab, q="has_unread:true")]:
        if time.monotonic() > give_up_at:
            raise Failed("a chat whose owner watched the answer stays unread")
        await asyncio.sleep(0.1)
