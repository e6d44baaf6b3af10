"""A shared chat with a tool server that writes down every header: it only ever sees the owner's credentials."""

import asyncio
import json
import secrets
import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import delete

from models import OrganizationMember
from palaver.tools.oauth.client import TokenSet
from palaver.tools.oauth.tokens import TokenKey, save_token
from tests.api.chats import share
from tests.api.streams import WEBSOCKET, is_kind, watch
from tests.support.canaries import CANARIES
from tests.support.mcp import McpServer, running_mcp
from tests.support.world import CHATS, World
from tests.worker.serving_tools import OAUTH2, SERVERS, call_line, configured, lose, results
from tests.worker.test_edits_and_results import edit
from tests.worker.watching import history, send, settled

CALL_ID = "palaver/tool-call-id"


@dataclass
class Stage:
    """A server at which all people of the world have signed in, each with a token of its own."""

    world: World
    mcp: McpServer
    config: dict[str, Any]
    tokens: dict[str, str]

    def line(self, tool: str, **args: Any) -> str:
        """The line by which the demo model calls a tool."""
        return call_line(self.config, tool, **args)

    def check_only(self, name: str) -> None:
        """Every request was made with this user's credentials, and names no other user."""
        assert self.mcp.requests
        mine, my_id = self.tokens[name], self.world.facts.user_ids[name]
        for request in self.mcp.requests:
            assert request.headers["authorization"] == f"Bearer {mine}"
            assert request.headers["x-coder-owner-id"] == my_id
            said = json.dumps([request.headers, request.params])
            for other, token in self.tokens.items():
                assert other == name or (token not in said and self.world.facts.user_ids[other] not in said)


@pytest_asyncio.fixture(scope="module")
async def signed_in(fleet: World) -> AsyncIterator[Stage]:
    tokens = {name: f"{name}-{secrets.token_hex(20)}" for name in fleet.facts.user_ids}
    async with running_mcp() as mcp, configured(fleet, mcp, forward_coder_headers=True, **OAUTH2) as config:
        services = fleet.services
        (server,) = [known for known in await services.tools.known() if str(known.id) == config["id"]]
        for name, token in tokens.items():
            CANARIES.learn(token)
            stored = services.mcp_connections.access_tokens.encrypted(server, TokenSet(token, None, None))
            async with services.database.begin() as conn:
                await save_token(conn, TokenKey(server.id, uuid.UUID(fleet.facts.user_ids[name])), stored)
        yield Stage(fleet, mcp, config, tokens)


@pytest.fixture
def stage(signed_in: Stage) -> Stage:
    """The stage, where nothing was seen yet."""
    signed_in.mcp.reset()
    return signed_in


async def shared_chat(stage: Stage, text: str, **fields: Any) -> str:
    """A chat of alice that all others may read; the site's owner may do what administrators may."""
    chat = await stage.world.create_chat(text=text, mcp_server_ids=[stage.config["id"]], **fields)
    await share(stage.world, chat["id"], "bob", "carol")
    chat_id: str = chat["id"]
    return chat_id


async def test_sends_edits_and_promotions_use_the_owners_credentials(stage: Stage) -> None:
    world, line = stage.world, stage.line("echo", text="x")
    chat_id = await shared_chat(stage, line)
    await settled(world, chat_id)
    await send(world, chat_id, f"{stage.line('wait', seconds=30)}\n/echo then")
    queued = (await send(world, chat_id, line))["queued_message"]["id"]
    await send(world, chat_id, line)
    # Others try, as readers and as an administrator.
    body = {"content": [{"type": "text", "text": line}]}
    for other in (world.bob, world.carol, world.owner):
        assert (await other.post(f"{CHATS}/{chat_id}/messages", body)).status_code in (403, 404)
        assert (await other.post(f"{CHATS}/{chat_id}/queue/{queued}/promote")).status_code in (403, 404)
    assert (await world.alice.post(f"{CHATS}/{chat_id}/queue/{queued}/promote")).status_code == 202
    await settled(world, chat_id)
    first = next(message["id"] for message in await history(world, chat_id) if message["role"] == "user")
    await edit(world, chat_id, first, line)
    await settled(world, chat_id)
    assert [part["result"] for part in results(await history(world, chat_id))] == ["x"]
    assert len(stage.mcp.calls) >= 4
    stage.check_only("alice")


async def test_turns_that_go_on_behind_results_compaction_and_a_stop_by_others_use_them_too(stage: Stage) -> None:
    world, line = stage.world, stage.line("echo", text="x")
    script = f"/tool pick {{}}\n/echo between\n{line}"
    chat_id = await shared_chat(stage, script, unsafe_dynamic_tools=[{"name": "pick"}])
    async with watch(world, chat_id, WEBSOCKET) as viewer:
        asked = (await viewer.until(is_kind("action_required")))[-1]["action_required"]["tool_calls"]
    answer = {"results": [{"tool_call_id": asked[0]["tool_call_id"], "output": "picked"}]}
    # It may have waited long enough; then the turn goes on by itself.
    assert (await world.alice.post(f"{CHATS}/{chat_id}/tool-results", answer)).status_code in (204, 409)
    await settled(world, chat_id)
    assert (await world.alice.post(f"{CHATS}/{chat_id}/compact")).status_code in (200, 202, 204)
    await settled(world, chat_id)
    await send(world, chat_id, stage.line("wait", seconds=30))
    async with asyncio.timeout(10):
        while stage.mcp.calls[-1].tool != "wait":
            await asyncio.sleep(0.01)
    assert (await world.owner.post(f"{CHATS}/{chat_id}/interrupt")).status_code in (200, 404)
    assert (await world.alice.post(f"{CHATS}/{chat_id}/interrupt")).status_code in (200, 409)
    await settled(world, chat_id)
    await send(world, chat_id, line)
    await settled(world, chat_id)
    stage.check_only("alice")


async def test_a_worker_that_takes_a_chat_over_calls_again_for_the_owner_with_the_calls_id(stage: Stage) -> None:
    world = stage.world
    chat_id = await shared_chat(stage, stage.line("wait", seconds=1))
    async with asyncio.timeout(10):
        while not stage.mcp.calls:
            await asyncio.sleep(0.01)
    await lose(world, chat_id)
    await settled(world, chat_id)
    said = results(await history(world, chat_id))
    assert [part["result"] for part in said] == ["waited"]
    assert len(stage.mcp.calls) == 2
    assert {call.params["_meta"][CALL_ID] for call in stage.mcp.calls} == {said[0]["tool_call_id"]}
    stage.check_only("alice")


async def test_an_approved_call_uses_them_too_and_only_the_owner_approves(stage: Stage) -> None:
    world, path = stage.world, f"{SERVERS}/{stage.config['id']}"
    assert (await world.owner.patch(path, {"tool_approvals": {"default": "ask"}})).status_code == 200
    chat_id = await shared_chat(stage, stage.line("echo", text="x"))
    chat = await settled(world, chat_id, status="requires_action")
    (call,) = chat["action_required"]["tool_calls"]
    decision = {"tool_call_id": call["tool_call_id"], "approval_id": call["approval"]["id"], "decision": "approve"}
    for caller, statuses in (
        (world.bob, (404,)),
        (world.carol, (403, 404)),
        (world.owner, (403,)),
        (world.alice, (204,)),
    ):
        answer = await caller.post(f"{CHATS}/{chat_id}/tool-approvals", {"decisions": [decision]})
        assert answer.status_code in statuses
    await settled(world, chat_id)
    assert (await world.owner.patch(path, {"tool_approvals": {}})).status_code == 200
    assert [request.tool for request in stage.mcp.calls] == ["echo"]
    stage.check_only("alice")


async def test_who_forks_a_shared_chat_calls_with_credentials_of_his_own(stage: Stage) -> None:
    world = stage.world
    chat_id = await shared_chat(stage, stage.line("echo", text="x"))
    await settled(world, chat_id)
    last = (await history(world, chat_id))[-1]["id"]
    stage.check_only("alice")
    stage.mcp.reset()
    fork = (await world.bob.post(f"{CHATS}/{chat_id}/fork", {"message_id": last})).json()
    body = {"content": [{"type": "text", "text": stage.line("echo", text="y")}]}
    body["mcp_server_ids"] = [stage.config["id"]]
    assert (await world.bob.post(f"{CHATS}/{fork['id']}/messages", body)).status_code == 200
    async with asyncio.timeout(10):
        while (await world.bob.get(f"{CHATS}/{fork['id']}")).json()["status"] != "waiting":
            await asyncio.sleep(0.01)
    assert [call.tool for call in stage.mcp.calls] == ["echo"]
    stage.check_only("bob")


async def test_calls_of_an_owner_who_may_not_go_on_are_answered_and_not_made(stage: Stage) -> None:
    world = stage.world
    chat_id = await shared_chat(stage, stage.line("wait", seconds=1))
    async with asyncio.timeout(10):
        while not stage.mcp.calls:
            await asyncio.sleep(0.01)
    stage.mcp.reset()
    alice = uuid.UUID(world.facts.user_ids["alice"])
    async with world.services.database.begin() as conn:
        await conn.execute(delete(OrganizationMember).where(OrganizationMember.user_id == alice))
    await lose(world, chat_id)
    async with asyncio.timeout(20):
        while (chat := (await world.owner.get(f"{CHATS}/{chat_id}")).json())["status"] != "error":
            await asyncio.sleep(0.02)
    assert chat["last_error"]["message"].startswith("The chat's owner may no longer use chats")
    page = (await world.owner.get(f"{CHATS}/{chat_id}/messages")).json()["messages"]
    assert [part["result"] for part in results(page)] == [{"error": "the turn ended before the tool was called"}]
    assert stage.mcp.calls == []
