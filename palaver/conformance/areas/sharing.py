"""Sharing chats with others."""

from typing import Any

from palaver.conformance.callers import CHATS, Answer
from palaver.conformance.checks import Area, Failed, Need, Skipped
from palaver.conformance.lab import NOBODY, NOT_FOUND, Lab, said
from palaver.conformance.streams import chat_socket, messages_of

area = Area("sharing", "Sharing")


async def _share(lab: Lab, chat_id: str, roles: dict[str, str]) -> Answer:
    answer = await lab.caller.patch(f"{CHATS}/{chat_id}/acl", {"user_roles": roles})
    if answer.status == 403 and "disabled" in answer.json.get("message", ""):
        raise Skipped("sharing is disabled on this server")
    return answer


async def _rows(lab: Lab, q: str) -> list[str]:
    rows: list[dict[str, Any]] = (await lab.stranger.caller.get(CHATS, q=q)).expect(200).json
    return [str(row["id"]) for row in rows]


@area.check(
    "read",
    "A chat is shared, read, and taken back",
    "read: the chat, its history and its stream; then 404 again",
    Need.ANSWERS,
    Need.OTHER_USER,
)
async def read(lab: Lab) -> None:
    chat = await lab.settled_chat()
    path, reader = f"{CHATS}/{chat['id']}", lab.stranger
    (await reader.caller.get(path)).refused(404, NOT_FOUND)
    (await _share(lab, chat["id"], {reader.id: "read"})).expect(204)
    if not (await lab.get(chat["id"], reader.caller))["shared"]:
        raise Failed("the chat does not say that it is shared")
    (await reader.caller.get(f"{path}/messages")).expect(200)
    async with chat_socket(reader.caller, chat["id"]) as stream:
        await stream.rest()
    if not messages_of(stream.seen):
        raise Failed("the reader's stream has no messages")
    if chat["id"] not in await _rows(lab, "source:shared_with_me") or chat["id"] in await _rows(lab, ""):
        raise Failed("the chat is to be listed by source:shared_with_me, and only so")
    listed = (await lab.caller.get(f"{path}/acl")).expect(200).json
    if [(user["id"], user["role"]) for user in listed["users"]] != [(reader.id, "read")] or listed["groups"] != []:
        raise Failed(f"the list is {listed}")
    (await _share(lab, chat["id"], {reader.id: ""})).expect(204)
    (await reader.caller.get(path)).refused(404, NOT_FOUND)


@area.check(
    "reader", "A reader only reads", "404 for changing and sending, 403 for sharing on", Need.CHATS, Need.OTHER_USER
)
async def reader(lab: Lab) -> None:
    chat = await lab.settled_chat()
    path, caller = f"{CHATS}/{chat['id']}", lab.stranger.caller
    (await _share(lab, chat["id"], {lab.stranger.id: "read"})).expect(204)
    (await caller.post(f"{path}/messages", {"content": said("hello")})).refused(404, NOT_FOUND)
    (await caller.patch(path, {"title": "mine"})).refused(404, NOT_FOUND)
    (await caller.post(f"{path}/interrupt")).refused(404, NOT_FOUND)
    (await caller.patch(f"{path}/acl", {"user_roles": {NOBODY: "read"}})).refused(403, "Forbidden.")


@area.check(
    "refusals", "A bad list says what is wrong", "400: one's own role, an unknown role, an unknown user", Need.CHATS
)
async def refusals(lab: Lab) -> None:
    chat = await lab.idle_chat()
    own = await _share(lab, chat["id"], {lab.me.id: "read"})
    own.refused(400, "Cannot change your own chat sharing role.")
    message = "Invalid request to update chat ACL."
    for roles, detail in (
        ({NOBODY: "write"}, 'role "write" is not a valid chat role'),
        ({"xyz": "read"}, "xyz is not a valid UUID."),
        ({NOBODY: "read"}, f"user with ID {NOBODY} does not exist"),
    ):
        answer = await _share(lab, chat["id"], roles)
        answer.refused(400, message)
        if not any(entry["detail"] == detail for entry in answer.json.get("validations", [])):
            raise Failed(f"expected {detail!r}; {answer}")


@area.check("stranger", "A stranger does not see the list", f"404 `{NOT_FOUND}`", Need.CHATS, Need.OTHER_USER)
async def stranger(lab: Lab) -> None:
    chat = await lab.idle_chat()
    (await lab.stranger.caller.get(f"{CHATS}/{chat['id']}/acl")).refused(404, NOT_FOUND)
