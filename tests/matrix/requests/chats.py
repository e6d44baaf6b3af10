"""Chats, their messages, files and costs."""

from palaver.chat.states import State
from tests.api.chats import first_message, text, upload
from tests.api.debug_runs import recorded_run
from tests.matrix.requests.registry import Request, about_chat, plain, request_for
from tests.matrix.stage import Stage
from tests.support.world import CHATS

# ---- chats ----

plain("list-chats", CHATS)
about_chat("get-chat-by-id")
about_chat("update-chat", json={"title": "Notes"})
about_chat("delete-chat")
about_chat("fork-chat", "/fork", {})
about_chat("export-chat", "/export")


@request_for("import-chat")
async def _import_chat(stage: Stage) -> Request:
    export = {
        "format": "palaver-chat",
        "version": 1,
        "chat": {"title": "From elsewhere"},
        "messages": [{"role": "user", "content": [text("hello")]}],
    }
    return Request(f"{CHATS}/import", {"organization_id": stage.organization, "export": export})


about_chat("list-chat-messages", "/messages")
about_chat("send-chat-message", "/messages", {"content": [text("hello")]})
about_chat("list-chat-user-prompts", "/prompts")
plain("watch-chat-events-for-a-user-via-websockets", f"{CHATS}/watch")
about_chat("stream-chat-events-via-websockets", "/stream")
about_chat("get-chat-acls", "/acl")
about_chat("list-chat-debug-runs", "/debug/runs")
about_chat("get-chat-cost", "/cost")


@request_for("create-chat")
async def _create_chat(stage: Stage) -> Request:
    return Request(CHATS, {"organization_id": stage.organization, "content": [text("hello")]})


@request_for("get-chat-debug-run")
async def _debug_run(stage: Stage) -> Request:
    chat_id = await stage.chat()
    run = await recorded_run(stage.world, chat_id)
    return Request(f"{CHATS}/{chat_id}/debug/runs/{run.id}")


@request_for("update-chat-acl")
async def _share(stage: Stage) -> Request:
    somebody = str(await stage.member())
    return Request(f"{CHATS}/{await stage.chat()}/acl", {"user_roles": {somebody: "read"}})


@request_for("edit-chat-message")
async def _edit(stage: Stage) -> Request:
    chat_id = await stage.chat()
    message = await first_message(stage.world, chat_id)
    return Request(f"{CHATS}/{chat_id}/messages/{message}", {"content": [text("hello again")]})


@request_for("submit-chat-tool-results")
async def _tool_results(stage: Stage) -> Request:
    chat_id = await stage.chat_in(State.REQUIRES_ACTION)
    return Request(f"{CHATS}/{chat_id}/tool-results", {"results": [{"tool_call_id": "call_1", "output": {}}]})


@request_for("decide-chat-tool-calls")
async def _decisions(stage: Stage) -> Request:
    chat_id, (approval_id,) = await stage.parked_chat()
    decision = {"tool_call_id": "call_1", "approval_id": approval_id, "decision": "approve"}
    return Request(f"{CHATS}/{chat_id}/tool-approvals", {"decisions": [decision]})


@request_for("compact-chat")
async def _compact(stage: Stage) -> Request:
    return Request(f"{CHATS}/{await stage.answered_chat()}/compact")


@request_for("reconcile-invalid-chat-state")
async def _reconcile(stage: Stage) -> Request:
    return Request(f"{CHATS}/{await stage.chat_in(State.INVALID)}/reconcile-invalid")


@request_for("interrupt-chat")
async def _interrupt(stage: Stage) -> Request:
    chat_id, _ = await stage.busy_chat()
    return Request(f"{CHATS}/{chat_id}/interrupt")


about_chat("regenerate-chat-title", "/title/regenerate")
about_chat("propose-chat-title", "/title/propose")


@request_for("delete-chat-queued-message")
async def _unqueue(stage: Stage) -> Request:
    chat_id, entry = await stage.busy_chat()
    return Request(f"{CHATS}/{chat_id}/queue/{entry}")


@request_for("update-chat-queued-message")
async def _hold(stage: Stage) -> Request:
    chat_id, entry = await stage.busy_chat()
    return Request(f"{CHATS}/{chat_id}/queue/{entry}", {"held": True})


@request_for("promote-chat-queued-message")
async def _promote(stage: Stage) -> Request:
    chat_id, entry = await stage.busy_chat()
    return Request(f"{CHATS}/{chat_id}/queue/{entry}/promote")


@request_for("upload-chat-file")
async def _upload(stage: Stage) -> Request:
    headers = {"Content-Type": "text/plain", "Content-Disposition": 'attachment; filename="notes.txt"'}
    path = f"{CHATS}/files?organization={stage.organization}"
    return Request(path, options={"content": b"notes", "headers": headers})


@request_for("get-chat-file")
async def _file(stage: Stage) -> Request:
    file_id = (await upload(stage.world)).json()["id"]
    await stage.chat(content=[{"type": "file", "file_id": file_id}])
    return Request(f"{CHATS}/files/{file_id}")


# ---- what was spent ----

plain("get-chat-cost-users", f"{CHATS}/cost/users")


@request_for("get-chat-cost-summary")
async def _cost_of_user(stage: Stage) -> Request:
    user = await stage.member()
    return Request(f"{CHATS}/cost/{user}/summary", owner=user)
