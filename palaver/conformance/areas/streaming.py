"""Streams: what comes in which order, who may watch, and the watch of all one's chats."""

from palaver.conformance.callers import CHATS, Caller
from palaver.conformance.checks import Area, Failed, Need
from palaver.conformance.lab import NOBODY, NOT_FOUND, Lab, refusal_of_stream
from palaver.conformance.streams import (
    Event,
    StreamRefused,
    chat_socket,
    close_code_after_data,
    messages_of,
    status_of,
    watch_socket,
)

area = Area("stream", "Streams")

_ORDER = ("message", "queue_update", "status", "error", "action_required", "retry", "preview_reset", "message_part")


@area.check(
    "snapshot",
    "A stream begins with a snapshot",
    "messages oldest first, queue, status, then preview_reset and live parts",
    Need.ANSWERS,
)
async def snapshot(lab: Lab) -> None:
    chat = await lab.settled_chat()
    await lab.send(chat["id"], lab.prompts.endless)
    entry = await lab.queued(chat["id"], "Answer briefly: waits")
    async with chat_socket(lab.caller, chat["id"]) as stream:
        await stream.until(lambda event: event["type"] == "message_part", "a live part")
    kinds = [event["type"] for event in stream.seen if event["type"] in _ORDER]
    if kinds != sorted(kinds, key=_ORDER.index):
        raise Failed(f"the snapshot's order is {kinds}")
    ids = [message["id"] for message in messages_of(stream.seen)]
    if ids != sorted(set(ids)) or len(ids) < 3:
        raise Failed(f"the messages are {ids}")
    queues = [event.get("queued_messages", []) for event in stream.seen if event["type"] == "queue_update"]
    if [[waiting["id"] for waiting in queue] for queue in queues] != [[entry["id"]]]:
        raise Failed(f"the queue is {queues}")
    if "preview_reset" not in kinds:
        raise Failed(f"no preview_reset comes before the live parts: {kinds}")
    if any(event["chat_id"] != chat["id"] for event in stream.seen):
        raise Failed("an event names another chat")
    await lab.caller.delete(f"{CHATS}/{chat['id']}/queue/{entry['id']}")
    await lab.interrupt(chat["id"])


@area.check("after-id", "after_id drops what one has", "message events up to it, nothing else", Need.ANSWERS)
async def after_id(lab: Lab) -> None:
    chat = await lab.idle_chat()
    ids = [message["id"] for message in await lab.history(chat["id"])]
    for at, wanted in ((0, ids), (ids[0], ids[1:]), (ids[-1], [])):
        async with lab.streaming(chat["id"], at) as stream:
            found = [message["id"] for message in messages_of(stream.seen)]
        if found != wanted:
            raise Failed(f"after_id {at}: {found} instead of {wanted}")


@area.check(
    "queue-updates",
    "Viewers see the queue change",
    "the whole queue with each queue_update; empty: no key, or []",
    Need.ANSWERS,
)
async def queue_updates(lab: Lab) -> None:
    chat = await lab.busy_chat()
    async with lab.streaming(chat["id"]) as stream:

        async def queue_of(number: int) -> list[int]:
            def fits(event: Event) -> bool:
                return event["type"] == "queue_update" and len(event.get("queued_messages") or []) == number

            event = await stream.until(fits, f"a queue of {number}")
            return [entry["id"] for entry in event.get("queued_messages") or []]

        entries = [await lab.queued(chat["id"], f"waits {number}") for number in range(2)]
        if await queue_of(2) != [entry["id"] for entry in entries]:
            raise Failed("the queue is not in its order")
        for left, entry in ((1, entries[0]), (0, entries[1])):
            (await lab.caller.delete(f"{CHATS}/{chat['id']}/queue/{entry['id']}")).expect(204)
            await queue_of(left)
    await lab.interrupt(chat["id"])


@area.check("several", "Several viewers see the same", "messages and parts come to each viewer", Need.ANSWERS)
async def several(lab: Lab) -> None:
    chat = await lab.settled_chat()
    async with lab.streaming(chat["id"]) as one, lab.streaming(chat["id"]) as two:
        await lab.send(chat["id"], lab.prompts.paced)
        for stream in (one, two):
            await stream.until(lambda event: status_of(event) == "running", "running")
            await stream.rest()
    shown = [[(message["id"], message["role"]) for message in messages_of(stream.seen)] for stream in (one, two)]
    if shown[0] != shown[1]:
        raise Failed(f"one viewer saw {shown[0]}, the other {shown[1]}")


@area.check(
    "refused",
    "Who may not read may not watch",
    "the upgrade is refused with status and body: 404, 400, 401",
    Need.CHATS,
)
async def refused(lab: Lab) -> None:
    (await refusal_of_stream(lab.caller, NOBODY)).refused(404, NOT_FOUND)
    chat = await lab.idle_chat()
    (await refusal_of_stream(lab.caller, chat["id"], "x")).refused(400, "Invalid after_id parameter.")
    (await refusal_of_stream(Caller(lab.wire, None), chat["id"])).expect(401)


@area.check("stranger", "A stranger may not watch", f"404 `{NOT_FOUND}`", Need.CHATS, Need.OTHER_USER)
async def stranger(lab: Lab) -> None:
    (await refusal_of_stream(lab.stranger.caller, (await lab.idle_chat())["id"])).refused(404, NOT_FOUND)


@area.check("no-data", "Clients send nothing", "a data frame closes the WebSocket with 1008", Need.CHATS)
async def no_data(lab: Lab) -> None:
    code = await close_code_after_data(lab.caller, (await lab.idle_chat())["id"])
    if code != 1008:
        raise Failed(f"the close code is {code}")


@area.check(
    "watch",
    "The watch tells what becomes of one's chats",
    "created, status_change, title_change, deleted, each with the chat",
    Need.ANSWERS,
)
async def watch(lab: Lab) -> None:
    async with watch_socket(lab.caller) as stream:
        chat = await lab.new_chat()

        async def told(kind: str) -> Event:
            def fits(event: Event) -> bool:
                return (event["kind"], event["chat"]["id"]) == (kind, chat["id"])

            event = await stream.until(fits, kind)
            found: Event = event["chat"]
            return found

        await told("created")
        while (await told("status_change"))["status"] != "waiting":
            pass
        (await lab.caller.patch(f"{CHATS}/{chat['id']}", {"title": "Watched by the kit"})).expect(204)
        while (await told("title_change"))["title"] != "Watched by the kit":
            pass
        (await lab.caller.patch(f"{CHATS}/{chat['id']}", {"archived": True})).expect(204)
        await told("deleted")
        (await lab.caller.patch(f"{CHATS}/{chat['id']}", {"archived": False})).expect(204)
        await told("created")


@area.check(
    "watch-own",
    "The watch tells nothing of others' chats",
    "only the caller's own chats",
    Need.ANSWERS,
    Need.OTHER_USER,
)
async def watch_own(lab: Lab) -> None:
    async with watch_socket(lab.stranger.caller) as stream:
        mine = await lab.settled_chat()
        theirs = await lab.new_chat(by=lab.stranger)
        await stream.until(lambda event: event["chat"]["id"] == theirs["id"], "the own chat")
        if any(event["chat"]["id"] == mine["id"] for event in stream.seen):
            raise Failed("a stranger's chat is in the watch")


@area.check("watch-refused", "Nobody watches nothing", "401 before the upgrade")
async def watch_refused(lab: Lab) -> None:
    try:
        async with watch_socket(Caller(lab.wire, None)):
            raise Failed("the watch opened without a token")
    except StreamRefused as refusal:
        refusal.answer.expect(401)
