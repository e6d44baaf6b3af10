"""The history: reading, its cursors, and editing."""

from palaver.conformance.callers import CHATS
from palaver.conformance.checks import Area, Failed, Need
from palaver.conformance.lab import Lab, said
from palaver.conformance.streams import chat_socket, messages_of, text_of

area = Area("history", "Histories")


@area.check(
    "order",
    "The newest message is first, unless one reads on",
    "descending; ascending with after_id alone; both are open bounds",
    Need.ANSWERS,
)
async def order(lab: Lab) -> None:
    chat = await lab.settled_chat()
    await lab.send(chat["id"])
    await lab.settle(chat["id"])
    path = f"{CHATS}/{chat['id']}/messages"
    whole = [message["id"] for message in (await lab.caller.get(path)).expect(200).json["messages"]]
    if whole != sorted(whole, reverse=True) or len(whole) < 4:
        raise Failed(f"the ids are {whole}")
    for params, wanted in (
        ({"after_id": whole[-1]}, whole[:-1][::-1]),
        ({"before_id": whole[0]}, whole[1:]),
        ({"after_id": whole[-1], "before_id": whole[0]}, whole[1:-1]),
        ({"after_id": 0, "before_id": 0}, whole),
    ):
        page = (await lab.caller.get(path, **params)).expect(200).json
        if [message["id"] for message in page["messages"]] != wanted:
            raise Failed(f"{params}: {[message['id'] for message in page['messages']]} instead of {wanted}")
        if page["queued_messages"] != [] or page["has_more"]:
            raise Failed(f"{params}: queued_messages {page['queued_messages']}, has_more {page['has_more']}")


@area.check(
    "limits",
    "A page has 1 to 200 messages",
    "400 `Invalid limit parameter (1-200).`; after_id below before_id",
    Need.CHATS,
)
async def limits(lab: Lab) -> None:
    path = f"{CHATS}/{(await lab.idle_chat())['id']}/messages"
    for limit in (0, 201):
        (await lab.caller.get(path, limit=limit)).refused(400, "Invalid limit parameter (1-200).")
    answer = await lab.caller.get(path, after_id=5, before_id=5)
    answer.refused(400, "after_id must be less than before_id.")
    (await lab.caller.get(path, after_id="x")).refused(400, "Query parameters have invalid values.")
    if len((await lab.caller.get(path, limit=1)).expect(200).json["messages"]) != 1:
        raise Failed("limit 1 does not give one message")


@area.check(
    "prompts", "What the user said can be listed", "list-chat-user-prompts: newest first; limit 0 to 2000", Need.CHATS
)
async def prompts(lab: Lab) -> None:
    chat = await lab.settled_chat("Answer briefly: first prompt")
    await lab.send(chat["id"], "Answer briefly: second prompt")
    await lab.settle(chat["id"])
    path = f"{CHATS}/{chat['id']}/prompts"
    found = [prompt["text"] for prompt in (await lab.caller.get(path)).expect(200).json["prompts"]]
    if found != ["Answer briefly: second prompt", "Answer briefly: first prompt"]:
        raise Failed(f"the prompts are {found}")
    (await lab.caller.get(path, limit=2001)).refused(400, "Invalid limit parameter (0-2000).")


@area.check(
    "edit",
    "A message is edited",
    "it and all behind it go, a new message comes; viewers get history_reset",
    Need.ANSWERS,
)
async def edit(lab: Lab) -> None:
    chat = await lab.settled_chat("Answer briefly: before the edit")
    await lab.send(chat["id"], "Answer briefly: the second")
    await lab.settle(chat["id"])
    old = await lab.history(chat["id"])
    async with lab.streaming(chat["id"], old[-1]["id"]) as stream:
        body = {"content": said("Answer briefly: after the edit")}
        edited = (await lab.caller.patch(f"{CHATS}/{chat['id']}/messages/{old[0]['id']}", body)).expect(200).json
        if sorted(edited["deleted_message_ids"]) != [message["id"] for message in old]:
            raise Failed(f"deleted were {edited['deleted_message_ids']}, not {[message['id'] for message in old]}")
        if edited["message"]["id"] in {message["id"] for message in old}:
            raise Failed("the new message has the id of an old one")
        await stream.until(lambda event: event["type"] == "history_reset", "history_reset")
        at = len(stream.seen)
        await stream.rest()
    shown = [message["id"] for message in messages_of(stream.seen[at:])]
    new = await lab.history(chat["id"])
    if [message["id"] for message in new] != sorted(set(shown)):
        raise Failed(f"behind history_reset came {shown}, the history is {[message['id'] for message in new]}")
    if text_of(new[0]["content"]) != "Answer briefly: after the edit" or len(new) != 2:
        raise Failed(f"the history has {len(new)} messages, the first {text_of(new[0]['content'])!r}")


@area.check(
    "edit-reset",
    "Who was away during an edit learns of it",
    "the snapshot begins with history_reset, and after_id drops nothing",
    Need.ANSWERS,
)
async def edit_reset(lab: Lab) -> None:
    chat = await lab.settled_chat()
    [first, *_, last] = await lab.history(chat["id"])
    body = {"content": said("Answer briefly: edited")}
    (await lab.caller.patch(f"{CHATS}/{chat['id']}/messages/{first['id']}", body)).expect(200)
    await lab.settle(chat["id"])
    whole = [message["id"] for message in await lab.history(chat["id"])]
    async with chat_socket(lab.caller, chat["id"], last["id"] + 1_000_000) as stream:
        await stream.rest()
    if stream.seen[0]["type"] != "history_reset" or [message["id"] for message in messages_of(stream.seen)] != whole:
        raise Failed(f"the snapshot is {[event['type'] for event in stream.seen]}")


@area.check(
    "edit-refusals",
    "Only the user's own messages are edited",
    "400 for an answer and for a bad id, 404 for another chat's message",
    Need.ANSWERS,
)
async def edit_refusals(lab: Lab) -> None:
    chat = await lab.idle_chat()
    path = f"{CHATS}/{chat['id']}/messages"
    history = await lab.history(chat["id"])
    body = {"content": said("hello")}
    answer = next(message for message in history if message["role"] == "assistant")
    (await lab.caller.patch(f"{path}/{answer['id']}", body)).refused(400, "Only user messages can be edited.")
    bad = await lab.caller.patch(f"{path}/0", body)
    bad.refused(400, "Invalid chat message ID.", detail="Message ID must be a positive integer.")
    unknown = await lab.caller.patch(f"{path}/9000000000000000", body)
    unknown.refused(404, "Chat message not found.", detail="Message does not belong to this chat.")
    empty = await lab.caller.patch(f"{path}/{history[0]['id']}", {"content": []})
    empty.refused(400, "Content is required.", detail="Content cannot be empty.")
