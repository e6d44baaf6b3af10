"""What every client does, from end to end, on the compatible wire. The same journeys as of our client packages."""

from typing import Any

from palaver.conformance.areas.files import download, upload
from palaver.conformance.callers import CHATS, Caller
from palaver.conformance.checks import Area, Failed, Need, Skipped
from palaver.conformance.lab import Lab, said
from palaver.conformance.streams import (
    chat_socket,
    live_text,
    messages_of,
    numbered,
    parts_of,
    status_of,
    text_of,
)

area = Area("journey", "Journeys")

_TOOL: dict[str, Any] = {
    "name": "pick",
    "description": "Picks a number. Always call it when you are asked to.",
    "input_schema": {"type": "object", "properties": {"n": {"type": "integer"}}},
}
_CUTS = 3


@area.check(
    "sign-in", "Sign in; ask who one is", "log-in-user: 201 with the token; 401 for a wrong password", Need.PASSWORD
)
async def sign_in(lab: Lab) -> None:
    nobody, person = Caller(lab.wire, None), lab.stranger
    body = {"email": person.user["email"], "password": person.password}
    answer = (await nobody.post("/api/v2/users/login", body)).expect(201)
    if "coder_session_token=" not in answer.headers.get("set-cookie", ""):
        raise Failed("the log-in sets no cookie coder_session_token")
    me = (await Caller(lab.wire, answer.json["session_token"]).get("/api/v2/users/me")).expect(200).json
    if me["id"] != person.id:
        raise Failed(f"signed in as {me['id']}, not as {person.id}")
    wrong = await nobody.post("/api/v2/users/login", body | {"password": "Wrong-Horse-7-Staple"})
    wrong.refused(401, "Incorrect email or password.")


@area.check(
    "create-and-send",
    "Create a chat, send a message",
    "create-chat, send-chat-message: each message is in the history once",
    Need.ANSWERS,
)
async def create_and_send(lab: Lab) -> None:
    chat = await lab.settled_chat("Answer briefly: first")
    await lab.send(chat["id"], "Answer briefly: second")
    await lab.settle(chat["id"])
    roles = [message["role"] for message in await lab.history(chat["id"])]
    if roles != ["user", "assistant", "user", "assistant"]:
        raise Failed(f"the history's roles are {roles}")
    texts = await lab.said_by_users(chat["id"])
    if texts != ["Answer briefly: first", "Answer briefly: second"]:
        raise Failed(f"the users' messages are {texts}")


@area.check(
    "stream",
    "Stream a turn to its end",
    "live parts are numbered from 1 without a gap; their text is the committed one; waiting comes last",
    Need.ANSWERS,
)
async def stream(lab: Lab) -> None:
    chat = await lab.settled_chat()
    sent = await lab.send(chat["id"], lab.prompts.paced)
    async with chat_socket(lab.caller, chat["id"], sent["message"]["id"]) as events:
        await events.rest()
    numbered(parts_of(events.seen))
    answers = [message for message in messages_of(events.seen) if message["role"] == "assistant"]
    if len(answers) != 1:
        raise Failed(f"{len(answers)} answers came")
    # A viewer that comes when the turn is over already has the answer alone.
    lab.demand(bool(parts_of(events.seen)), "no live part came")
    if live_text(events.seen) != text_of(answers[0]["content"]):
        raise Failed("the live text is not the text of the committed answer")


@area.check(
    "resume",
    "Lose the connection in mid-turn, and go on",
    "after_id: no message twice; the live parts begin anew from 1, without gap or repeat",
    Need.ANSWERS,
)
async def resume(lab: Lab) -> None:
    chat = await lab.settled_chat()
    sent = await lab.send(chat["id"], lab.prompts.paced)
    newest = int(sent["message"]["id"])
    texts: list[str] = []
    for _ in range(_CUTS):
        async with chat_socket(lab.caller, chat["id"], newest) as events:
            longer = len(texts[-1]) if texts else 0
            await events.until(
                lambda event, events=events, longer=longer: (  # type: ignore[misc]
                    status_of(event) == "waiting" or len(live_text(events.seen)) > longer + 10
                ),
                "more live text",
            )
        again = [message["id"] for message in messages_of(events.seen) if message["id"] <= newest]
        if again:
            raise Failed(f"messages {again} came again behind after_id {newest}")
        numbered(parts_of(events.seen))
        texts.append(live_text(events.seen))
    async with chat_socket(lab.caller, chat["id"], newest) as events:
        await events.rest()
    answers = [message for message in messages_of(events.seen) if message["role"] == "assistant"]
    if [message["id"] for message in answers] != sorted({message["id"] for message in answers}) or len(answers) != 1:
        raise Failed(f"the answers {[message['id'] for message in answers]} came")
    whole = text_of(answers[0]["content"])
    for text in texts:
        if not whole.startswith(text):
            raise Failed(f"a connection that was cut had shown {text[-60:]!r}, which the answer does not begin with")


@area.check(
    "queue-promote-interrupt",
    "Queue two messages, promote the second, interrupt",
    "both are answered, the promoted one first; the answer that was interrupted is kept",
    Need.ANSWERS,
)
async def queue_promote_interrupt(lab: Lab) -> None:
    chat = await lab.busy_chat()
    async with lab.streaming(chat["id"]) as events:
        await events.until(lambda event: event["type"] == "message_part", "the first part")
        first = await lab.queued(chat["id"], "Answer briefly: one")
        second = await lab.queued(chat["id"], "Answer briefly: two", busy_behavior="queue")
        promoted = await lab.caller.post(f"{CHATS}/{chat['id']}/queue/{second['id']}/promote")
        lab.demand(promoted.status == 202, f"the promotion is accepted; {promoted}")
        promoted.refused(202, "Queued message promotion accepted.")
        await events.rest()
    texts = await lab.said_by_users(chat["id"])
    if texts != [lab.prompts.endless, "Answer briefly: two", "Answer briefly: one"]:
        raise Failed(f"the users' messages are {texts}; queued as {first['id']}, {second['id']}")
    await lab.send(chat["id"], lab.prompts.endless)
    async with lab.streaming(chat["id"]) as events:
        await events.until(lambda event: event["type"] == "message_part", "a part")
        stopped = await lab.caller.post(f"{CHATS}/{chat['id']}/interrupt")
        lab.demand(stopped.status == 200, f"a running turn can be interrupted; {stopped}")
        await events.rest()
    last = (await lab.history(chat["id"]))[-1]
    if last["role"] != "assistant" or not text_of(last["content"]):
        raise Failed("what the interrupted turn had said is not kept")


@area.check(
    "files", "Upload a file, attach it, download it", "the bytes, the type and the name are the same", Need.CHATS
)
async def files(lab: Lab) -> None:
    content = "# Notes\n\nschön\n".encode()
    file_id = await upload(lab, content, "text/markdown", "notes.md")
    parts = [*said("Say in one sentence what this file is."), {"type": "file", "file_id": file_id}]
    chat = await lab.new_chat(content=parts)
    if [file["id"] for file in chat.get("files", [])] != [file_id]:
        raise Failed(f"the chat's files are {chat.get('files')}")
    await lab.settle(chat["id"])
    attached = [part for part in (await lab.history(chat["id"]))[0]["content"] if part["type"] == "file"]
    if [part["file_id"] for part in attached] != [file_id]:
        raise Failed(f"the message's files are {attached}")
    answer = await download(lab.caller, file_id)
    if answer.body != content or answer.headers.get("content-type", "").partition(";")[0] != "text/markdown":
        raise Failed(f"{len(answer.body)} bytes of {answer.headers.get('content-type')} came back, not what was sent")


@area.check(
    "client-side-tool",
    "Answer a call of a tool that the client has",
    "the turn stops with action_required and goes on with the result",
    Need.ANSWERS,
)
async def client_side_tool(lab: Lab) -> None:
    chat = await asking_chat(lab)
    async with lab.streaming(chat["id"]) as events:
        asked = await events.until(lambda event: event["type"] == "action_required", "action_required")
        [call] = asked["action_required"]["tool_calls"]
        if call["tool_name"] != "pick" or not isinstance(call["args"], str):
            raise Failed(f"the call is {call}")
        results = [{"tool_call_id": call["tool_call_id"], "output": {"picked": 7}, "is_error": False}]
        (await lab.caller.post(f"{CHATS}/{chat['id']}/tool-results", {"results": results})).expect(204)
        status = await events.rest()
    if status != "waiting":
        raise Failed(f"the chat is {status} after the result")
    roles = [message["role"] for message in await lab.history(chat["id"])]
    if roles[:3] != ["user", "assistant", "tool"] or roles[-1] != "assistant":
        raise Failed(f"the history's roles are {roles}")


@area.check("refused-send", "A refused message says why", "400 with message and detail; nothing is stored", Need.CHATS)
async def refused_send(lab: Lab) -> None:
    chat = await lab.idle_chat()
    before = len(await lab.history(chat["id"]))
    answer = await lab.caller.post(f"{CHATS}/{chat['id']}/messages", {"content": said(" ")})
    answer.refused(400, "Invalid input part.", detail="content[0].text cannot be empty.")
    if len(await lab.history(chat["id"])) != before:
        raise Failed("the refused message is in the history")


@area.check(
    "paging",
    "Read a long history page by page",
    "list-chat-messages: each message once, in order, in both directions",
    Need.ANSWERS,
)
async def paging(lab: Lab) -> None:
    chat = await lab.settled_chat()
    wanted = lab.messages or (30 if lab.is_demo else 6)
    for _ in range(wanted // 2 - 1):
        await lab.send(chat["id"])
        await lab.settle(chat["id"])
    whole = [message["id"] for message in await lab.history(chat["id"])]
    if len(whole) < wanted - 1:
        raise Failed(f"{wanted // 2} questions and their answers make a history of {len(whole)} messages")
    if whole != sorted(set(whole)):
        raise Failed(f"the history is not in order: {whole}")
    size = max(2, min(200, wanted // 4))
    for cursor, place, ordered in (("before_id", -1, whole[::-1]), ("after_id", -1, whole)):
        found: list[int] = []
        position: dict[str, Any] = {"after_id": ordered[0] - 1} if cursor == "after_id" else {}
        has_more = True
        while has_more and len(found) <= len(whole):
            page = (await lab.caller.get(f"{CHATS}/{chat['id']}/messages", limit=size, **position)).expect(200).json
            ids = [message["id"] for message in page["messages"]]
            if not ids:
                raise Failed(f"an empty page by {cursor} {position}, and more was promised")
            found += ids
            position, has_more = {cursor: ids[place]}, page["has_more"]
        if found != ordered:
            raise Failed(f"by {cursor}: {len(found)} messages came, {len(set(found))} different, of {len(whole)}")


async def asking_chat(lab: Lab) -> dict[str, Any]:
    """A chat that waits for the result of the client-side tool `pick`. Raises Skipped when the model calls none."""
    chat = await lab.new_chat(lab.prompts.tool, unsafe_dynamic_tools=[_TOOL])
    status = await lab.settle(chat["id"])
    if status != "requires_action":
        raise Failed(f"the chat is {status}") if lab.is_demo else Skipped("the model did not call the tool")
    return chat
