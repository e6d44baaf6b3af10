"""What Palaver has and the compatible wire has not. A server without these is skipped, unless all is asked for."""

import asyncio
from typing import Any, Final
from uuid import uuid4

from palaver.conformance.callers import CHATS
from palaver.conformance.checks import Area, Failed, Need
from palaver.conformance.lab import Lab, said
from palaver.conformance.streams import chat_events, live_text, messages_of, numbered, parts_of, text_of

area = Area("palaver", "Palaver's own")

_PARTS_BEFORE_CUT: Final = 5
_TRIES: Final = 5


@area.check(
    "server-sent-events",
    "A turn comes as server-sent events",
    "the stream's GET without upgrade: events with an id each",
    Need.ANSWERS,
    extension=True,
)
async def server_sent_events(lab: Lab) -> None:
    chat = await lab.new_chat(lab.prompts.paced)
    async with chat_events(lab.caller, chat["id"]) as stream:
        await stream.rest()
    if None in stream.cursors or len(set(stream.cursors)) != len(stream.cursors):
        raise Failed("an event has no id of its own")
    answers = [message for message in messages_of(stream.seen) if message["role"] == "assistant"]
    if not answers or live_text(stream.seen) not in ("", text_of(answers[-1]["content"])):
        raise Failed("the live text is not the committed one")


@area.check(
    "exact-resume",
    "Last-Event-ID goes on inside a turn",
    "behind the cursor: no event again, none lost; parts go on with the next number",
    Need.ANSWERS,
    extension=True,
)
async def exact_resume(lab: Lab) -> None:
    chat = await lab.new_chat(lab.prompts.paced)
    seen: list[dict[str, Any]] = []
    last: str | None = None
    while not any(event["type"] == "status" and event["status"]["status"] == "waiting" for event in seen):
        async with chat_events(lab.caller, chat["id"], last=last) as stream:
            before = len(parts_of(seen))
            while (event := await stream.next()) is not None:
                at_rest = event["type"] == "status" and event["status"]["status"] == "waiting"
                if at_rest or len(parts_of(stream.seen)) >= _PARTS_BEFORE_CUT:
                    break
        if not stream.seen:
            raise Failed(f"nothing came behind {len(seen)} events")
        seen += stream.seen
        last = stream.cursors[-1]
        if parts_of(seen)[before:] and any(event["type"] == "history_reset" for event in stream.seen):
            raise Failed("a cursor of this stream was not taken")
    numbered(parts_of(seen))
    ids = [message["id"] for message in messages_of(seen)]
    if ids != sorted(set(ids)):
        raise Failed(f"the messages came as {ids}")
    answer = text_of(messages_of(seen)[-1]["content"])
    if not answer.startswith(live_text(seen)):
        raise Failed("the live text is not the beginning of the answer")


@area.check(
    "idempotency",
    "A repeated send acts once",
    "Idempotency-Key: the first answer again, with Idempotent-Replayed; 422 for another body",
    Need.CHATS,
    extension=True,
)
async def idempotency(lab: Lab) -> None:
    chat = await lab.settled_chat()
    path, headers = f"{CHATS}/{chat['id']}/messages", {"Idempotency-Key": f"conformance-{uuid4()}"}
    first = (await lab.caller.post(path, {"content": said("once")}, headers=headers)).expect(200)
    again = await lab.caller.post(path, {"content": said("once")}, headers=headers)
    if again.headers.get("idempotent-replayed") != "true":
        raise lab.caller.lacks("the server keeps no idempotency keys")
    if again.expect(200).body != first.body:
        raise Failed(f"the second answer is another: {again}")
    other = await lab.caller.post(path, {"content": said("twice")}, headers=headers)
    other.refused(422, "Idempotency key was used with a different request.")
    await lab.settle(chat["id"])
    if (await lab.said_by_users(chat["id"])).count("once") != 1:
        raise Failed("the message is in the history twice")


@area.check(
    "conditional",
    "Reads and changes can be conditional",
    "ETag, If-None-Match: 304, If-Match: 412",
    Need.CHATS,
    extension=True,
)
async def conditional(lab: Lab) -> None:
    chat = await lab.settled_chat()
    path = f"{CHATS}/{chat['id']}"
    for tries_left in reversed(range(_TRIES)):
        mark = (await lab.caller.get(path)).expect(200).headers.get("etag")
        if mark is None:
            raise lab.caller.lacks("answers have no ETag")
        unchanged = await lab.caller.request("GET", path, headers={"If-None-Match": mark})
        changed = await lab.caller.patch(path, {"title": "first"}, headers={"If-Match": mark})
        if (unchanged.status, changed.status) == (304, 204) or not tries_left:
            break
        # What a model wrote about the chat meanwhile changes it, too.
        await asyncio.sleep(1)
    unchanged.expect(304)
    changed.expect(204)
    (await lab.caller.patch(path, {"title": "second"}, headers={"If-Match": mark})).expect(412)
    if (await lab.get(chat["id"]))["title"] != "first":
        raise Failed("a refused change was made")


@area.check(
    "reject",
    "A busy chat can refuse",
    "busy_behavior reject: 409 with the status and the turn's message",
    Need.ANSWERS,
    extension=True,
)
async def reject(lab: Lab) -> None:
    chat = await lab.busy_chat()
    answer = await lab.caller.post(
        f"{CHATS}/{chat['id']}/messages", {"content": said("now"), "busy_behavior": "reject"}
    )
    await lab.interrupt(chat["id"])
    if answer.status == 400 and answer.json.get("message") == "Invalid busy_behavior value.":
        raise lab.caller.lacks("the server knows no busy_behavior reject")
    lab.demand(answer.status != 200, "the chat is busy")
    if answer.expect(409).json.get("status") != "running" or not isinstance(answer.json.get("turn_message_id"), int):
        raise Failed(f"the refusal does not tell what the chat does; {answer}")


@area.check(
    "edit-queue",
    "What waits can be changed",
    "update-chat-queued-message: other words, and a version for If-Match",
    Need.ANSWERS,
    extension=True,
)
async def edit_queue(lab: Lab) -> None:
    chat = await lab.busy_chat()
    entry = await lab.queued(chat["id"], "first words")
    path = f"{CHATS}/{chat['id']}/queue/{entry['id']}"
    body = {"content": said("Answer briefly: other words")}
    changed = (await lab.caller.offered("PATCH", path, json=body)).expect(200).json["queued_message"]
    if text_of(changed["content"]) != "Answer briefly: other words" or changed["version"] == entry["version"]:
        raise Failed(f"the entry is {changed}")
    await lab.interrupt(chat["id"])
    if (await lab.said_by_users(chat["id"]))[-1] != "Answer briefly: other words":
        raise Failed("the other words were not sent")


@area.check(
    "fork",
    "A chat can be forked",
    "fork-chat: a new chat with the history up to a message",
    Need.ANSWERS,
    extension=True,
)
async def fork(lab: Lab) -> None:
    chat = await lab.settled_chat("Answer briefly: to be forked")
    answer = await lab.caller.offered("POST", f"{CHATS}/{chat['id']}/fork", json={})
    forked = lab.keep(answer.expect(201))
    texts = [[text_of(message["content"]) for message in await lab.history(one["id"])] for one in (chat, forked)]
    if forked["id"] == chat["id"] or texts[0] != texts[1]:
        raise Failed(f"the fork says {texts[1]}, the chat {texts[0]}")
    if (forked.get("forked_from") or {}).get("chat_id") != chat["id"]:
        raise Failed(f"forked_from is {forked.get('forked_from')}")


@area.check(
    "transfer",
    "A chat can be exported and imported",
    "export-chat, import-chat: the same history in a new chat",
    Need.ANSWERS,
    extension=True,
)
async def transfer(lab: Lab) -> None:
    chat = await lab.settled_chat("Answer briefly: to be moved")
    export = (await lab.caller.offered("GET", f"{CHATS}/{chat['id']}/export")).expect(200).json
    body = {"organization_id": lab.organization, "export": export}
    imported = lab.keep((await lab.caller.offered("POST", f"{CHATS}/import", json=body)).expect(201))
    texts = [[text_of(message["content"]) for message in await lab.history(one["id"])] for one in (chat, imported)]
    if texts[0] != texts[1]:
        raise Failed(f"the new chat says {texts[1]}, the old one {texts[0]}")


@area.check("delete", "A chat can go for good", "delete-chat: 204, then 404", Need.CHATS, extension=True)
async def delete(lab: Lab) -> None:
    chat = await lab.settled_chat()
    (await lab.caller.patch(f"{CHATS}/{chat['id']}", {"archived": True})).expect(204)
    answer = await lab.caller.offered("DELETE", f"{CHATS}/{chat['id']}")
    answer.expect(204)
    (await lab.caller.get(f"{CHATS}/{chat['id']}")).expect(404)
