"""send-chat-message: what it takes, and what it refuses in which order with which words."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final

from palaver.conformance.callers import CHATS, Answer
from palaver.conformance.checks import Area, Failed, Need, Skipped
from palaver.conformance.lab import NIL, NOBODY, NOT_FOUND, Lab, said
from palaver.conformance.streams import text_of

area = Area("send", "Sending messages")

_EFFORTS: Final = "none, minimal, low, medium, high, xhigh, max"
_PART: Final = "Invalid input part."


@dataclass(frozen=True, slots=True)
class _Refusal:
    """A body that is refused with 400, whatever the state of the chat."""

    name: str
    title: str
    body: dict[str, Any]
    message: str
    detail: str | None = None


_REFUSALS: Final = (
    _Refusal("no-content", "Content must be there", {}, "Content is required.", "Content cannot be empty."),
    _Refusal(
        "empty-content",
        "Content must not be empty",
        {"content": []},
        "Content is required.",
        "Content cannot be empty.",
    ),
    _Refusal(
        "blank-text",
        "A blank text part is refused by its place",
        {"content": [*said("hello"), *said(" \n\t")]},
        _PART,
        "content[1].text cannot be empty.",
    ),
    _Refusal(
        "unknown-part",
        "An unknown type of part is quoted",
        {"content": [{"type": "Video"}]},
        _PART,
        'content[0].type "Video" is not supported.',
    ),
    _Refusal(
        "no-file-id",
        "A file part needs a file",
        {"content": [{"type": "file", "file_id": NIL}]},
        _PART,
        "content[0].file_id is required for file parts.",
    ),
    _Refusal(
        "unknown-file",
        "The file must exist",
        {"content": [*said("look"), {"type": "file", "file_id": NOBODY}]},
        _PART,
        "content[1].file_id references a file that does not exist.",
    ),
    _Refusal(
        "no-file-name",
        "A file reference needs a name",
        {"content": [{"type": "file-reference", "file_name": "", "start_line": 1, "end_line": 2, "content": "x"}]},
        _PART,
        "content[0].file_name cannot be empty for file-reference.",
    ),
    _Refusal(
        "unknown-tool-server",
        "MCP servers must exist",
        {"content": said("hello"), "mcp_server_ids": [NOBODY]},
        "One or more MCP server IDs are invalid.",
        f"Invalid IDs: {NOBODY}",
    ),
    _Refusal(
        "plan-mode",
        "The plan mode must be known",
        {"content": said("hello"), "plan_mode": "dream"},
        "Invalid plan_mode value.",
    ),
    _Refusal(
        "busy-behavior",
        "The busy behaviour must be known",
        {"content": said("hello"), "busy_behavior": "wait"},
        "Invalid busy_behavior value.",
    ),
    _Refusal(
        "unknown-model",
        "The model must be known",
        {"content": said("hello"), "model_config_id": NOBODY},
        "Invalid model_config_id: model config not found or disabled.",
    ),
    _Refusal(
        "effort",
        "The effort must be on the scale",
        {"content": said("hello"), "reasoning_effort": "heroic"},
        "Invalid reasoning_effort value.",
        f'Invalid value "heroic", must be one of {_EFFORTS}',
    ),
)

_IN_ORDER: Final = (
    ("content before MCP servers", {"content": [], "mcp_server_ids": [NOBODY]}, "Content is required."),
    ("content before the plan mode", {"content": [], "plan_mode": "dream"}, "Content is required."),
    ("content before the model", {"content": said(" "), "model_config_id": NOBODY}, _PART),
    (
        "a file before MCP servers",
        {"content": [{"type": "file", "file_id": NOBODY}], "mcp_server_ids": [NOBODY]},
        _PART,
    ),
    (
        "MCP servers before the model",
        {"content": said("hello"), "mcp_server_ids": [NOBODY], "model_config_id": NOBODY},
        "One or more MCP server IDs are invalid.",
    ),
    (
        "the plan mode before the busy behaviour",
        {"content": said("hello"), "plan_mode": "dream", "busy_behavior": "wait"},
        "Invalid plan_mode value.",
    ),
    (
        "the busy behaviour before the effort",
        {"content": said("hello"), "busy_behavior": "wait", "reasoning_effort": "heroic"},
        "Invalid busy_behavior value.",
    ),
)


async def _send(lab: Lab, chat_id: str, body: dict[str, Any]) -> Answer:
    return await lab.caller.post(f"{CHATS}/{chat_id}/messages", body)


def _refusing(refusal: _Refusal) -> Callable[[Lab], Awaitable[None]]:
    async def run(lab: Lab) -> None:
        chat = await lab.idle_chat()
        (await _send(lab, chat["id"], refusal.body)).refused(400, refusal.message, detail=refusal.detail)

    return run


for _refusal in _REFUSALS:
    _words = f"400 `{_refusal.message}`" + (f", detail `{_refusal.detail}`" if _refusal.detail else "")
    area.check(_refusal.name, _refusal.title, _words, Need.CHATS)(_refusing(_refusal))


@area.check("order", "The first check that fails answers", "order of the checks of send-chat-message", Need.CHATS)
async def order(lab: Lab) -> None:
    chat = await lab.idle_chat()
    for words, body, message in _IN_ORDER:
        answer = await _send(lab, chat["id"], body)
        if answer.status != 400 or answer.json.get("message") != message:
            raise Failed(f"{words}: expected 400 {message!r}; {answer}")


@area.check(
    "refused-leaves-nothing", "A refused message leaves no trace", "a refusal stores and queues nothing", Need.CHATS
)
async def refused_leaves_nothing(lab: Lab) -> None:
    chat = await lab.idle_chat()
    path = f"{CHATS}/{chat['id']}/messages"
    before = (await lab.caller.get(path)).expect(200).json
    refused: list[dict[str, Any]] = [{"content": []}]
    refused.append({"content": said("hello"), "model_config_id": NOBODY, "plan_mode": "plan"})
    for body in refused:
        (await _send(lab, chat["id"], body)).expect(400)
    if (await lab.caller.get(path)).expect(200).json != before:
        raise Failed("the history is another after refusals")
    if "plan_mode" in await lab.get(chat["id"]):
        raise Failed("the plan mode of a refused message was kept")


@area.check("no-such-chat", "A chat that is not there takes nothing", f"404 `{NOT_FOUND}`")
async def no_such_chat(lab: Lab) -> None:
    (await _send(lab, NOBODY, {"content": said("hello")})).refused(404, NOT_FOUND)


@area.check(
    "stranger", "A stranger's chat is not there, not forbidden", "404, not 403, without a right to the chat",
    Need.CHATS, Need.OTHER_USER,
)  # fmt: skip
async def stranger(lab: Lab) -> None:
    chat = await lab.idle_chat()
    path = f"{CHATS}/{chat['id']}"
    caller = lab.stranger.caller
    (await caller.post(f"{path}/messages", {"content": said("hello")})).refused(404, NOT_FOUND)
    (await caller.get(path)).refused(404, NOT_FOUND)
    (await caller.get(f"{path}/messages")).refused(404, NOT_FOUND)
    (await caller.patch(path, {"title": "mine"})).refused(404, NOT_FOUND)
    (await caller.post(f"{path}/interrupt")).refused(404, NOT_FOUND)


@area.check(
    "owner-only", "An administrator may read, but not send", "403 `Only the chat owner may send messages.`",
    Need.CHATS, Need.ADMIN,
)  # fmt: skip
async def owner_only(lab: Lab) -> None:
    assert lab.admin is not None
    if lab.admin.id == lab.me.id:
        raise Skipped("the administrator is the same user")
    chat = await lab.idle_chat()
    path = f"{CHATS}/{chat['id']}"
    if (await lab.admin.caller.get(path)).status != 200:
        raise Skipped("the administrator has no right to the chats of others")
    answer = await lab.admin.caller.post(f"{path}/messages", {"content": said("hello")})
    answer.refused(403, "Only the chat owner may send messages.")


@area.check("archived", "An archived chat takes nothing", "400 `Cannot send messages to an archived chat.`", Need.CHATS)
async def archived(lab: Lab) -> None:
    chat = await lab.settled_chat()
    (await lab.caller.patch(f"{CHATS}/{chat['id']}", {"archived": True})).expect(204)
    answer = await _send(lab, chat["id"], {"content": said("hello")})
    answer.refused(400, "Cannot send messages to an archived chat.")


@area.check(
    "idle",
    "An idle chat takes a message at once",
    "queued false; message is the user's, and it is in the history",
    Need.CHATS,
)
async def idle(lab: Lab) -> None:
    chat = await lab.settled_chat()
    sent = await lab.send(chat["id"], "second words", no_such_key=1)
    message = sent["message"]
    if sent["queued"] or "queued_message" in sent or message["role"] != "user" or message["created_by"] != lab.me.id:
        raise Failed(f"the answer is {sent}")
    if text_of(message["content"]) != "second words":
        raise Failed(f"the message says {message['content']}")
    await lab.settle(chat["id"])
    if (await lab.said_by_users(chat["id"]))[-1:] != ["second words"]:
        raise Failed("the message is not the history's last of the user")


@area.check("zero", "U+0000 survives", "content is stored and returned unchanged", Need.CHATS)
async def zero(lab: Lab) -> None:
    chat = await lab.settled_chat()
    words = "a\x00b ü 漢 <&>"
    sent = await lab.send(chat["id"], words)
    await lab.settle(chat["id"])
    if text_of(sent["message"]["content"]) != words or (await lab.said_by_users(chat["id"]))[-1] != words:
        raise Failed(f"{words!r} came back as {text_of(sent['message']['content'])!r}")


@area.check(
    "busy-queue", "A busy chat queues", "queued true, queued_message and no message; the queue is listed", Need.ANSWERS
)
async def busy_queue(lab: Lab) -> None:
    chat = await lab.busy_chat()
    first = await lab.queued(chat["id"], "first in the queue")
    second = await lab.queued(chat["id"], "second in the queue", busy_behavior="queue")
    page = (await lab.caller.get(f"{CHATS}/{chat['id']}/messages")).expect(200).json
    lab.demand([entry["id"] for entry in page["queued_messages"]] == [first["id"], second["id"]], "the queue is listed")
    await lab.interrupt(chat["id"])


@area.check(
    "busy-interrupt",
    "A message can interrupt",
    "busy_behavior interrupt: the turn stops, the message is next",
    Need.ANSWERS,
)
async def busy_interrupt(lab: Lab) -> None:
    chat = await lab.busy_chat()
    async with lab.streaming(chat["id"]) as stream:
        await stream.until(lambda event: event["type"] == "message_part", "the first part")
        await lab.queued(chat["id"], lab.prompts.short, busy_behavior="interrupt")
        await stream.rest()
    said_now = await lab.said_by_users(chat["id"])
    if said_now != [lab.prompts.endless, lab.prompts.short]:
        raise Failed(f"the users' messages are {said_now}")


@area.check(
    "queue-full",
    "The queue holds 20",
    "429 `Message queue is full.`, detail `Maximum 20 messages can be queued.`",
    Need.ANSWERS,
)
async def queue_full(lab: Lab) -> None:
    chat = await lab.busy_chat()
    entries = [await lab.queued(chat["id"], f"number {number}") for number in range(20)]
    answer = await _send(lab, chat["id"], {"content": said("one too many")})
    lab.demand(answer.status != 200, "the queue is full")
    answer.refused(429, "Message queue is full.", detail="Maximum 20 messages can be queued.")
    for entry in entries:
        await lab.caller.delete(f"{CHATS}/{chat['id']}/queue/{entry['id']}")
    await lab.interrupt(chat["id"])


@area.check(
    "settings",
    "Plan mode comes with a message and stays",
    "plan_mode acts also when the message is queued; the empty text clears it",
    Need.ANSWERS,
)
async def settings(lab: Lab) -> None:
    chat = await lab.busy_chat()
    for value, wanted in (("plan", "plan"), ("", None)):
        entry = await lab.queued(chat["id"], "hello", plan_mode=value)
        if (await lab.get(chat["id"])).get("plan_mode") != wanted:
            raise Failed(f"plan_mode {value!r} left {(await lab.get(chat['id'])).get('plan_mode')!r}")
        await lab.caller.delete(f"{CHATS}/{chat['id']}/queue/{entry['id']}")
    await lab.interrupt(chat["id"])
