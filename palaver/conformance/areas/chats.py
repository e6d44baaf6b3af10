"""Creating and changing chats."""

from collections.abc import Awaitable, Callable
from typing import Any, Final

from palaver.conformance.callers import CHATS
from palaver.conformance.checks import Area, Failed, Need
from palaver.conformance.lab import NIL, NOBODY, NOT_FOUND, Lab

area = Area("chats", "Creating and changing chats")

_LABEL: Final = "must match ^[a-zA-Z0-9][a-zA-Z0-9._/-]*$"

_REFUSALS: Final[tuple[tuple[str, str, dict[str, Any], str, str | None], ...]] = (
    ("no-content", "A chat begins with content", {"content": []}, "Content is required.", "Content cannot be empty."),
    ("nil-model", "The nil UUID is no model", {"model_config_id": NIL}, "Invalid model config ID.", None),
    (
        "unknown-model",
        "The model must be known",
        {"model_config_id": NOBODY},
        "Invalid model_config_id: model config not found or disabled.",
        None,
    ),
    ("plan-mode", "The plan mode must be known", {"plan_mode": "dream"}, "Invalid plan_mode value.", None),
    (
        "client-type",
        "The client type must be known",
        {"client_type": "tv"},
        "Invalid client_type.",
        'got "tv", want one of [ui api]',
    ),
    (
        "system-prompt",
        "A system prompt has an end",
        {"system_prompt": "x" * 10_001},
        "System prompt exceeds maximum length.",
        "System prompt must be at most 10000 characters, got 10001.",
    ),
    (
        "tool-name",
        "A client-side tool has a name",
        {"unsafe_dynamic_tools": [{"name": ""}]},
        "Dynamic tool name must not be empty.",
        None,
    ),
    (
        "tool-twice",
        "A client-side tool comes once",
        {"unsafe_dynamic_tools": [{"name": "pick"}, {"name": "pick"}]},
        "Duplicate dynamic tool name.",
        'Tool "pick" appears more than once.',
    ),
)


_IN_ORDER: Final[tuple[tuple[str, dict[str, Any], str], ...]] = (
    (
        "the organization before the content",
        {"organization_id": None, "content": []},
        "organization_id is required.",
    ),
    ("the content before the plan mode", {"content": [], "plan_mode": "dream"}, "Content is required."),
    (
        "the model before MCP servers",
        {"model_config_id": NOBODY, "mcp_server_ids": [NOBODY]},
        "Invalid model_config_id: model config not found or disabled.",
    ),
    (
        "the plan mode before the client type",
        {"plan_mode": "dream", "client_type": "tv"},
        "Invalid plan_mode value.",
    ),
    (
        "the client type before the effort",
        {"client_type": "tv", "reasoning_effort": "heroic"},
        "Invalid client_type.",
    ),
)


def _refusing(fields: dict[str, Any], message: str, detail: str | None) -> Callable[[Lab], Awaitable[None]]:
    async def run(lab: Lab) -> None:
        answer = await lab.caller.post(CHATS, lab.body() | fields)
        if answer.status == 201:
            lab.keep(answer)
        answer.refused(400, message, detail=detail)

    return run


for _name, _title, _fields, _message, _detail in _REFUSALS:
    _words = f"create-chat: 400 `{_message}`" + (f", detail `{_detail}`" if _detail else "")
    area.check(f"create-{_name}", _title, _words, Need.CHATS)(_refusing(_fields, _message, _detail))


@area.check(
    "create",
    "A new chat runs",
    "201: status running, the title of the first six words, no children, client type api",
    Need.CHATS,
)
async def create(lab: Lab) -> None:
    words = "one two three four five six seven eight"
    chat = await lab.new_chat(words, labels={"kit": "conformance"})
    wanted: dict[str, Any] = {
        "owner_id": lab.me.id,
        "organization_id": lab.organization,
        "archived": False,
        "pin_order": 0,
        "shared": False,
        "children": [],
        "labels": {"kit": "conformance"},
        "client_type": "api",
    }
    got = {key: chat.get(key) for key in wanted}
    if got != wanted:
        raise Failed(f"expected {wanted}, got {got}")
    if chat["status"] != "running" or not chat["title"].startswith("one two three four five six"):
        raise Failed(f"status {chat['status']!r}, title {chat['title']!r}")
    if "seven" in chat["title"]:
        raise Failed(f"the title has more than six words: {chat['title']!r}")
    if (await lab.get(chat["id"]))["id"] != chat["id"]:
        raise Failed("the chat cannot be read back")
    await lab.settle(chat["id"])


@area.check("create-order", "The first check that fails answers", "order of the checks of create-chat", Need.CHATS)
async def create_order(lab: Lab) -> None:
    for words, fields, message in _IN_ORDER:
        answer = await lab.caller.post(CHATS, lab.body() | fields)
        if answer.status == 201:
            lab.keep(answer)
        if answer.status != 400 or answer.json.get("message") != message:
            raise Failed(f"{words}: expected 400 {message!r}; {answer}")


@area.check(
    "create-organization",
    "A chat has a place that its owner belongs to",
    "400 `organization_id is required.`, 403 for another organization",
    Need.CHATS,
)
async def create_organization(lab: Lab) -> None:
    (await lab.caller.post(CHATS, lab.body(organization_id=NIL))).refused(400, "organization_id is required.")
    answer = await lab.caller.post(CHATS, lab.body(organization_id=NOBODY))
    answer.refused(403, "You are not a member of the specified organization.")


@area.check(
    "create-labels",
    "Labels follow their rules",
    "400 `Invalid labels.` with one validation per rule broken",
    Need.CHATS,
)
async def create_labels(lab: Lab) -> None:
    for labels, detail in (
        ({"a b": "x"}, f'label key "a b" contains invalid characters; {_LABEL}'),
        ({"a": ""}, 'label value for key "a" must not be empty'),
        ({"": "x"}, "label key must not be empty"),
    ):
        answer = await lab.caller.post(CHATS, lab.body(labels=labels))
        answer.refused(400, "Invalid labels.", validations=[{"field": "labels", "detail": detail}])


@area.check(
    "title", "A chat is renamed", "update-chat: 204; 400 for an empty title and one of 201 characters", Need.CHATS
)
async def title(lab: Lab) -> None:
    chat = await lab.settled_chat()
    path = f"{CHATS}/{chat['id']}"
    (await lab.caller.patch(path, {"title": "  "})).refused(400, "Title cannot be empty.")
    (await lab.caller.patch(path, {"title": "ü" * 201})).refused(400, "Title must be at most 200 characters.")
    (await lab.caller.patch(path, {"title": " A new title ", "no_such_key": True})).expect(204)
    if (await lab.get(chat["id"]))["title"] != "A new title":
        raise Failed(f"the title is {(await lab.get(chat['id']))['title']!r}")


@area.check(
    "propose-title",
    "A model proposes a title",
    "propose-chat-title: 200 with a title of at most 80 characters; the chat keeps its own",
    Need.ANSWERS,
)
async def propose_title(lab: Lab) -> None:
    chat = await lab.settled_chat("Answer briefly: what is a lighthouse for?")
    (await lab.caller.patch(f"{CHATS}/{chat['id']}", {"title": "Its own"})).expect(204)
    proposed = (await lab.caller.post(f"{CHATS}/{chat['id']}/title/propose")).expect(200).json["title"]
    if not 1 <= len(proposed) <= 80 or (await lab.get(chat["id"]))["title"] != "Its own":
        raise Failed(f"the title {proposed!r} was proposed, the chat is {(await lab.get(chat['id']))['title']!r}")


@area.check(
    "archive",
    "A chat is archived, and comes back",
    "update-chat: 204, once each way: 400 `Chat is already archived.`",
    Need.CHATS,
)
async def archive(lab: Lab) -> None:
    chat = await lab.settled_chat()
    path = f"{CHATS}/{chat['id']}"
    for archived, again in ((True, "Chat is already archived."), (False, "Chat is already not archived.")):
        (await lab.caller.patch(path, {"archived": archived})).expect(204)
        if (await lab.get(chat["id"]))["archived"] is not archived:
            raise Failed(f"archived is not {archived}")
        (await lab.caller.patch(path, {"archived": archived})).refused(400, again)


@area.check("archive-busy", "A busy chat is not archived", "409 `Cannot archive an active chat. …`", Need.ANSWERS)
async def archive_busy(lab: Lab) -> None:
    chat = await lab.busy_chat()
    answer = await lab.caller.patch(f"{CHATS}/{chat['id']}", {"archived": True})
    lab.demand(answer.status != 204, "the chat is busy")
    answer.refused(409, "Cannot archive an active chat. Interrupt or wait for the chat to finish first.")
    await lab.interrupt(chat["id"])


@area.check(
    "pin", "A chat is pinned", "pin_order: appended, 0 unpins; 400 below 0 and for an archived chat", Need.CHATS
)
async def pin(lab: Lab) -> None:
    chat = await lab.settled_chat()
    path = f"{CHATS}/{chat['id']}"
    (await lab.caller.patch(path, {"pin_order": -1})).refused(400, "Pin order must be non-negative.")
    (await lab.caller.patch(path, {"pin_order": 1})).expect(204)
    pinned = await lab.get(chat["id"])
    if pinned["pin_order"] < 1:
        raise Failed(f"pin_order is {pinned['pin_order']}")
    listed = (await lab.caller.get(CHATS, limit=pinned["pin_order"])).expect(200).json
    if [row["id"] for row in listed][-1:] != [chat["id"]]:
        raise Failed("pinned chats are not listed first, in their order")
    (await lab.caller.patch(path, {"archived": True})).expect(204)
    if (await lab.get(chat["id"]))["pin_order"] != 0:
        raise Failed("archiving does not unpin")
    (await lab.caller.patch(path, {"pin_order": 1})).refused(400, "Cannot pin an archived chat.")


@area.check("stranger", "Nobody changes a stranger's chat", f"404 `{NOT_FOUND}`", Need.CHATS, Need.OTHER_USER)
async def stranger(lab: Lab) -> None:
    chat = await lab.idle_chat()
    for body in ({"title": "mine"}, {"archived": True}, {"pin_order": 1}):
        (await lab.stranger.caller.patch(f"{CHATS}/{chat['id']}", body)).refused(404, NOT_FOUND)
