"""The queue, and interrupting."""

from typing import Final

from palaver.conformance.callers import CHATS
from palaver.conformance.checks import Area, Failed, Need
from palaver.conformance.lab import Lab
from palaver.conformance.streams import status_of, text_of

area = Area("queue", "Queue and interrupt")

_NONE: Final = 9_000_000_000_000_000
"""A number that no queue entry has."""


@area.check("delete", "A message that waits is taken back", "204, and it is never sent; then 404 or 409", Need.ANSWERS)
async def delete(lab: Lab) -> None:
    chat = await lab.busy_chat()
    entries = [await lab.queued(chat["id"], f"taken back {number}") for number in range(2)]
    path = f"{CHATS}/{chat['id']}/queue"
    (await lab.caller.delete(f"{path}/{entries[0]['id']}")).expect(204)
    (await lab.caller.delete(f"{path}/{entries[0]['id']}")).refused(404, "Queued message not found.")
    (await lab.caller.delete(f"{path}/{entries[1]['id']}")).expect(204)
    again = await lab.caller.delete(f"{path}/{entries[1]['id']}")
    again.refused(409, "Chat has no queued messages to delete.")
    await lab.interrupt(chat["id"])
    if any("taken back" in text for text in await lab.said_by_users(chat["id"])):
        raise Failed("a message that was taken back was sent")


@area.check("empty", "An idle chat has no queue", "409 with the transition that its state does not allow", Need.ANSWERS)
async def empty(lab: Lab) -> None:
    path = f"{CHATS}/{(await lab.idle_chat())['id']}/queue/{_NONE}"
    why = "chat state transition {} not allowed from state W"
    (await lab.caller.delete(path)).refused(
        409, "Chat has no queued messages to delete.", detail=why.format("DeleteQueuedMessage")
    )
    (await lab.caller.post(f"{path}/promote")).refused(
        409, "Chat has no queued messages to promote.", detail=why.format("PromoteQueuedMessage")
    )


@area.check("bad-id", "A queue entry has a number", "400 `Invalid queued message ID.`", Need.CHATS)
async def bad_id(lab: Lab) -> None:
    path = f"{CHATS}/{(await lab.idle_chat())['id']}/queue/first"
    (await lab.caller.delete(path)).refused(400, "Invalid queued message ID.")
    (await lab.caller.post(f"{path}/promote")).refused(400, "Invalid queued message ID.")


@area.check("unknown", "Only what waits is promoted", "404 `Queued message not found.`", Need.ANSWERS)
async def unknown(lab: Lab) -> None:
    chat = await lab.busy_chat()
    entry = await lab.queued(chat["id"], "waits")
    (await lab.caller.post(f"{CHATS}/{chat['id']}/queue/{_NONE}/promote")).refused(404, "Queued message not found.")
    await lab.caller.delete(f"{CHATS}/{chat['id']}/queue/{entry['id']}")
    await lab.interrupt(chat["id"])


@area.check(
    "in-order", "What waits is sent in its order", "each end of a turn promotes the head of the queue", Need.ANSWERS
)
async def in_order(lab: Lab) -> None:
    chat = await lab.busy_chat()
    texts = [f"Answer briefly: number {number}" for number in (1, 2, 3)]
    for text in texts:
        await lab.queued(chat["id"], text)
    if await lab.interrupt(chat["id"]) != "waiting":
        raise Failed("the chat does not come to rest")
    if (await lab.said_by_users(chat["id"]))[1:] != texts:
        raise Failed(f"sent were {(await lab.said_by_users(chat['id']))[1:]}")


@area.check(
    "interrupt",
    "A turn is interrupted",
    "200 with the chat; interrupting, then waiting; what was said is kept",
    Need.ANSWERS,
)
async def interrupt(lab: Lab) -> None:
    chat = await lab.busy_chat()
    async with lab.streaming(chat["id"]) as stream:
        await stream.until(lambda event: event["type"] == "message_part", "the first part")
        answer = await lab.caller.post(f"{CHATS}/{chat['id']}/interrupt")
        lab.demand(answer.status != 409, "the turn runs")
        if answer.expect(200).json["status"] != "interrupting":
            raise Failed(f"the status is {answer.json['status']!r}")
        if await stream.rest() != "waiting":
            raise Failed(f"the chat is {status_of(stream.seen[-1])} afterwards")
    if not text_of((await lab.history(chat["id"]))[-1]["content"]):
        raise Failed("what the turn had said is not kept")


@area.check(
    "interrupt-idle",
    "An idle chat cannot be interrupted",
    "409 `Chat is not in an interruptible state.` with the state",
    Need.ANSWERS,
)
async def interrupt_idle(lab: Lab) -> None:
    answer = await lab.caller.post(f"{CHATS}/{(await lab.idle_chat())['id']}/interrupt")
    detail = "chat state transition Interrupt not allowed from state W"
    answer.refused(409, "Chat is not in an interruptible state.", detail=detail)


@area.check(
    "compact",
    "An idle chat is compacted",
    "200, then waiting again with a summary in the history; at once again: 409 `Nothing to compact.`",
    Need.ANSWERS,
)
async def compact(lab: Lab) -> None:
    chat = await lab.settled_chat("Answer briefly: to be summarised")
    before = len(await lab.history(chat["id"]))
    (await lab.caller.post(f"{CHATS}/{chat['id']}/compact")).expect(200)
    if (status := await lab.settle(chat["id"])) != "waiting":
        raise Failed(f"the chat is {status} afterwards")
    new = [part for message in (await lab.history(chat["id"]))[before:] for part in message["content"]]
    if [(part["type"], part["tool_name"]) for part in new] != [
        ("tool-call", "chat_summarized"),
        ("tool-result", "chat_summarized"),
    ]:
        raise Failed(f"the history goes on with {new}")
    again = await lab.caller.post(f"{CHATS}/{chat['id']}/compact")
    again.refused(
        409,
        "Nothing to compact.",
        detail="The chat has no conversation to summarize after the latest compaction.",
    )


@area.check(
    "compact-busy", "A busy chat is not compacted", "409 `Cannot compact the chat in its current state.`", Need.ANSWERS
)
async def compact_busy(lab: Lab) -> None:
    chat = await lab.busy_chat()
    answer = await lab.caller.post(f"{CHATS}/{chat['id']}/compact")
    lab.demand(answer.status != 200, "the chat is busy")
    detail = "Compaction is only available while the chat is idle."
    answer.refused(409, "Cannot compact the chat in its current state.", detail=detail)
    await lab.interrupt(chat["id"])
