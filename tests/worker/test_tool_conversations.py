"""Conversations with tools in which everything goes wrong by chance: none may get stuck, and no call stays open.

Each has a plan of its own, made from its number: what the user writes and does, and which faults come in between.
`make tool-conversations` tries 200 of them.
"""

import asyncio
import os
import random
from typing import Any

import pytest

from tests.support.mcp import McpServer, running_mcp
from tests.support.world import CHATS, World
from tests.worker.serving_tools import OAUTH2, SERVERS, configured, lose
from tests.worker.watching import history, settled

CONVERSATIONS = int(os.environ.get("PALAVER_TOOL_CONVERSATIONS", "8"))
AT_ONCE = 8
SECONDS = 60
TOOLS = ("echo", "add", "fail", "die", "garbage", "forget", "refuse", "unauthorized", "whoami", "picture", "nothing")
PICK = {"name": "pick", "input_schema": {"type": "object"}}


@pytest.fixture
def world(fleet: World) -> World:
    """Two servers, which take chats over from each other quickly."""
    return fleet


class Conversation:
    """One chat of alice, and what she does in it."""

    def __init__(self, world: World, number: int, servers: list[dict[str, Any]]) -> None:
        self._world = world
        self._chance = random.Random(number)
        self._servers = servers
        self.chat_id = ""

    async def run(self) -> None:
        """Say something, and do this and that while it is answered; then wait until nothing goes on."""
        chance = self._chance
        chosen = [server["id"] for server in self._servers if chance.random() < 0.8]
        tools = [PICK] if chance.random() < 0.5 else []
        chat = await self._world.create_chat(text=self._script(), mcp_server_ids=chosen, unsafe_dynamic_tools=tools)
        self.chat_id = chat["id"]
        for _ in range(chance.randrange(5)):
            await asyncio.sleep(chance.choice((0, 0.02, 0.1, 0.3)))
            await chance.choice(
                (self._send, self._send, self._interrupt, self._interrupt, self._edit, self._compact, self._lose)
            )()
            if chance.random() < 0.5:
                await self._decide()
        await self._rest()

    async def _rest(self) -> None:
        since = asyncio.get_running_loop().time()
        quiet = 0
        while quiet < 3:
            chat = (await self._world.alice.get(f"{CHATS}/{self.chat_id}")).json()
            quiet = quiet + 1 if chat["status"] in ("waiting", "error") else 0
            if chat["status"] == "requires_action" and self._chance.random() < 0.3:
                await self._decide()  # else the time runs out
            if asyncio.get_running_loop().time() > since + 1 and chat["status"] == "running":
                await self._interrupt()  # something hangs, as it may for a minute
                since = asyncio.get_running_loop().time()
            await asyncio.sleep(0.05)

    def _script(self) -> str:
        chance = self._chance
        steps = []
        for _ in range(chance.randrange(1, 4)):
            lines = [f"/echo step {chance.random()}"] if chance.random() < 0.7 else ["/fail 529 1"]
            lines += [self._call() for _ in range(chance.randrange(4))]
            steps.append("\n".join(lines))
        return "\n".join(steps)

    def _call(self) -> str:
        chance = self._chance
        if chance.random() < 0.15:
            return "/tool pick {}"
        tool = chance.choice((*TOOLS, "hang")) if chance.random() < 0.9 else "wait"
        args = {"echo": '{"text": "x"}', "add": '{"a": 1, "b": 2}', "wait": '{"seconds": 0.1}'}.get(tool, "{}")
        return f"/tool {chance.choice(self._servers)['slug']}__{tool} {args if chance.random() < 0.9 else 'no JSON'}"

    async def _post(self, path: str, body: Any = None) -> None:
        answer = await self._world.alice.post(f"{CHATS}/{self.chat_id}/{path}", body)
        assert answer.status_code in (200, 202, 400, 409, 429), answer.text

    async def _send(self) -> None:
        behavior = self._chance.choice(("queue", "interrupt"))
        await self._post("messages", {"content": [{"type": "text", "text": self._script()}], "busy_behavior": behavior})

    async def _interrupt(self) -> None:
        await self._post("interrupt")

    async def _compact(self) -> None:
        await self._post("compact")

    async def _decide(self) -> None:
        """Decide what waits for approval, one way or another, perhaps too late."""
        chat = (await self._world.alice.get(f"{CHATS}/{self.chat_id}")).json()
        waiting = [call for call in chat.get("action_required", {}).get("tool_calls", ()) if "approval" in call]
        decisions = []
        for call in waiting:
            word = self._chance.choice(("approve", "deny"))
            decision = {"tool_call_id": call["tool_call_id"], "approval_id": call["approval"]["id"], "decision": word}
            decisions.append(decision | ({"args": {"text": "y"}} if word == "approve" else {"reason": "no"}))
        if decisions:
            answer = await self._world.alice.post(f"{CHATS}/{self.chat_id}/tool-approvals", {"decisions": decisions})
            assert answer.status_code in (204, 400, 409), answer.text

    async def _edit(self) -> None:
        asked = [message["id"] for message in await history(self._world, self.chat_id) if message["role"] == "user"]
        path = f"{CHATS}/{self.chat_id}/messages/{self._chance.choice(asked)}"
        answer = await self._world.alice.patch(path, {"content": [{"type": "text", "text": self._script()}]})
        assert answer.status_code in (200, 400, 404, 409), answer.text

    async def _lose(self) -> None:
        await lose(self._world, self.chat_id)


def open_calls(messages: list[dict[str, Any]]) -> list[str]:
    """The calls that no result answers before the next message of the model, and results that answer none."""
    left: list[str] = []
    pending: list[str] = []
    for message in messages:
        parts = message.get("content", [])
        if message["role"] == "assistant":
            left += pending
            pending = [part["tool_call_id"] for part in parts if part["type"] == "tool-call"]
        for call_id in (part["tool_call_id"] for part in parts if part["type"] == "tool-result"):
            if call_id in pending:
                pending.remove(call_id)
            else:
                left.append(call_id)
    return left + pending


async def _trouble(world: World, mcp: McpServer, config: dict[str, Any]) -> None:
    """Let the server fail now and then, and its config change."""
    chance = random.Random(0)
    while True:
        await asyncio.sleep(0.3)
        mcp.status_everywhere = chance.choice((0, 0, 0, 0, 503))
        if chance.random() < 0.3:
            body = {"tool_deny_list": chance.choice(([], ["echo"]))}
            await world.owner.patch(f"{SERVERS}/{config['id']}", body)


async def test_no_conversation_gets_stuck_and_no_call_stays_without_an_answer(world: World) -> None:
    async with (
        running_mcp() as newest,
        running_mcp(legacy=True) as legacy,
        configured(world, newest) as first,
        configured(world, legacy, model_intent=True, tool_approvals={"default": "ask"}) as second,
        configured(world) as down,
        configured(world, newest, **OAUTH2) as wants,
    ):
        # The first turn with a server waits for libraries to load.
        first_chat = await world.create_chat(text="hello", mcp_server_ids=[first["id"]])
        await settled(world, first_chat["id"])
        room = asyncio.Semaphore(AT_ONCE)

        async def converse(number: int) -> Conversation:
            async with room, asyncio.timeout(SECONDS):
                conversation = Conversation(world, number, [first, second, down, wants])
                await conversation.run()
                return conversation

        trouble = asyncio.create_task(_trouble(world, newest, first))
        ended = await asyncio.gather(*(converse(number) for number in range(CONVERSATIONS)), return_exceptions=True)
        trouble.cancel()
        await asyncio.wait((trouble,))
        assert [(number, repr(end)) for number, end in enumerate(ended) if isinstance(end, BaseException)] == []
        for number, end in enumerate(ended):
            assert isinstance(end, Conversation)
            assert (number, open_calls(await history(world, end.chat_id))) == (number, [])
        async with asyncio.timeout(10):
            while any(task.get_name().startswith("mcp-s") for task in asyncio.all_tasks()):
                await asyncio.sleep(0.01)
