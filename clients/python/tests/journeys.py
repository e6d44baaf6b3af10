"""The journeys of ../../journeys.md, in both flavours."""

import io
import json
import os
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
import pytest_asyncio
from flavours import Flavour, make

from palaver_client import ChatStreamEvent, PalaverError, models
from palaver_client.generated.api.chat_control import interrupt_chat, submit_chat_tool_results
from palaver_client.generated.api.chat_files import get_chat_file, upload_chat_file
from palaver_client.generated.api.chat_messages import list_chat_messages
from palaver_client.generated.api.chat_queue import promote_chat_queued_message
from palaver_client.generated.api.chats import import_chat
from palaver_client.generated.types import UNSET, File

URL, UNSTEADY_URL, TOKEN = (os.environ[f"PALAVER_{name}"] for name in ("URL", "UNSTEADY_URL", "TOKEN"))


@dataclass
class World:
    """The server, over a steady and an unsteady network, and where chats are made."""

    name: str
    steady: Flavour
    unsteady: Flavour
    organization: UUID

    async def chat(self, text: Any, **options: Any) -> Any:
        palaver = self.steady.palaver
        return await self.steady.do(palaver.create_chat, text, organization_id=self.organization, **options)

    async def rested(self, text: str, through: Flavour | None = None) -> Any:
        """A chat whose first turn is over."""
        through = through or self.steady
        chat = await through.do(through.palaver.create_chat, text, organization_id=self.organization)
        await self.collect(self.steady.palaver.chat(chat.id).stream(until_rest=True))
        return chat

    async def collect(self, stream: Any) -> list[ChatStreamEvent]:
        return [event async for event in self.steady.events(stream)]

    async def history(self, chat_id: UUID) -> list[models.ChatMessage]:
        page = await self.steady.call(list_chat_messages, chat_id, limit=200)
        return list(reversed(page.messages))


@pytest_asyncio.fixture(params=["sync", "async"])
async def world(request: pytest.FixtureRequest) -> AsyncIterator[World]:
    steady, unsteady = make(request.param, URL, TOKEN), make(request.param, UNSTEADY_URL, TOKEN)
    me = await steady.do(steady.palaver.me)
    yield World(request.param, steady, unsteady, me.organization_ids[0])
    await steady.close()
    await unsteady.close()


def text_of(parts: Any) -> str:
    return "".join(part.text for part in parts or () if isinstance(part, models.ChatTextPart))


def live_parts(events: list[ChatStreamEvent]) -> list[models.ChatStreamMessagePart]:
    return [event.message_part for event in events if isinstance(event, models.ChatStreamMessagePartEvent)]


def messages(events: list[ChatStreamEvent]) -> list[models.ChatMessage]:
    return [event.message for event in events if isinstance(event, models.ChatStreamMessageEvent)]


async def test_sign_in(world: World) -> None:
    email = os.environ["PALAVER_EMAIL"]
    signed_in = await world.steady.sign_in(URL, email, os.environ["PALAVER_PASSWORD"])
    assert (await signed_in.do(signed_in.palaver.me)).email == email
    await signed_in.close()
    with pytest.raises(PalaverError) as refused:
        await world.steady.sign_in(URL, email, "Wrong-Horse-7-Staple")
    assert refused.value.status == 401
    assert refused.value.message


async def test_create_and_send(world: World) -> None:
    chat = await world.rested("first", world.unsteady)
    sent = await world.unsteady.do(chat.send, "second")
    assert not sent.queued
    await world.collect(world.steady.palaver.chat(chat.id).stream(sent.message.id, until_rest=True))
    said = [f"{message.role}: {text_of(message.content)}" for message in await world.history(chat.id)]
    assert said == ["user: first", "assistant: first", "user: second", "assistant: second"]


async def test_stream_to_the_end(world: World) -> None:
    chat = await world.rested("hello")
    events = await world.collect(await world.steady.do(chat.send_and_stream, "/slow 10 0.02"))
    [answer] = messages(events)
    assert answer.role == "assistant"
    assert text_of([part.part for part in live_parts(events)]) == text_of(answer.content)
    last = events[-1]
    assert isinstance(last, models.ChatStreamStatusEvent)
    assert last.status.status == "waiting"


async def test_resume(world: World) -> None:
    chat = await world.rested("hello", world.unsteady)
    stream = await world.unsteady.do(chat.send_and_stream, "/slow 80 0.04")
    events: list[ChatStreamEvent] = []
    async for event in world.unsteady.events(stream):
        events.append(event)
        if isinstance(event, models.ChatStreamMessagePartEvent) and event.message_part.seq == 20:
            break
    events += await world.collect(chat.stream(stream.cursor, until_rest=True))
    numbers = [part.seq for part in live_parts(events)]
    assert len(numbers) > 40
    assert numbers == list(range(1, len(numbers) + 1))
    [answer] = messages(events)
    # What was said while the connection was down may come with the answer alone, when the turn has ended meanwhile.
    assert text_of(answer.content).startswith(text_of([part.part for part in live_parts(events)]))


async def test_queue_promote_interrupt(world: World) -> None:
    chat = await world.chat("/slow 200 0.1")
    await world.steady.do(chat.send, "first", busy_behavior="queue")
    second = await world.steady.do(chat.send, "second", busy_behavior="queue")
    await world.steady.call(promote_chat_queued_message, chat.id, second.queued_message.id)
    # Its own entry is the last of the queue: when it is at work, all others have been answered.
    stream = await world.steady.do(chat.send_and_stream, "/slow 200 0.2", busy_behavior="queue")
    async for event in world.steady.events(stream):
        if isinstance(event, models.ChatStreamMessageEvent) and text_of(event.message.content) == "/slow 200 0.2":
            await world.steady.call(interrupt_chat, chat.id)
    said = [text_of(message.content) for message in await world.history(chat.id) if message.role == "user"]
    assert said == ["/slow 200 0.1", "second", "first", "/slow 200 0.2"]


async def test_files(world: World) -> None:
    content = "# Notes\n\nschön\n".encode()
    file = await world.steady.call(
        upload_chat_file,
        body=File(payload=io.BytesIO(content)),
        organization=world.organization,
        content_disposition='attachment; filename="notes.md"',
    )
    said = [models.ChatInputTextPart(type_="text", text="read this")]
    chat = await world.chat([*said, models.ChatInputFilePart(type_="file", file_id=file.id)])
    await world.collect(chat.stream(until_rest=True))
    [question, *_] = await world.history(chat.id)
    assert any(isinstance(part, models.ChatFilePart) and part.file_id == file.id for part in question.content or ())
    downloaded = await world.steady.call(get_chat_file, file.id)
    assert downloaded.payload.read() == content


async def test_client_side_tool(world: World) -> None:
    pick = models.DynamicTool(name="pick", description="Picks one.", input_schema={"type": "object"})
    chat = await world.chat('/tool pick {"from": [3, 4]}', unsafe_dynamic_tools=[pick])
    stream = chat.stream(until_rest=True)
    asked = (await world.collect(stream))[-1]
    assert isinstance(asked, models.ChatStreamActionRequiredEvent)
    [call] = asked.action_required.tool_calls
    assert (call.tool_name, json.loads(call.args)) == ("pick", {"from": [3, 4]})
    results = models.SubmitToolResultsRequest(results=[models.ToolResult(tool_call_id=call.tool_call_id, output=3)])
    await world.steady.call(submit_chat_tool_results, chat.id, body=results)
    await world.collect(chat.stream(stream.cursor, until_rest=True))
    assert "pick answered: 3" in text_of((await world.history(chat.id))[-1].content)


async def test_refused_send(world: World) -> None:
    chat = await world.chat("/slow 100 0.1")
    with pytest.raises(PalaverError) as refused:
        await world.steady.do(chat.send, "now", busy_behavior="reject")
    assert refused.value.status == 409
    busy = models.ChatBusyResponse.from_dict(refused.value.body)
    assert busy.status == "running"
    assert isinstance(busy.turn_message_id, int)
    with pytest.raises(PalaverError) as refused:
        await world.steady.do(chat.send, " ")
    assert refused.value.status == 400
    assert refused.value.message
    await world.steady.call(interrupt_chat, chat.id)
    await world.collect(chat.stream(until_rest=True))
    assert [message.role for message in await world.history(chat.id)].count("user") == 1


async def test_paging(world: World) -> None:
    said = [f"message {index}" for index in range(1000)]
    history = [
        {"role": "assistant" if index % 2 else "user", "content": [{"type": "text", "text": text}]}
        for index, text in enumerate(said)
    ]
    export = {"format": "palaver-chat", "version": 1, "chat": {"title": "Long"}, "messages": history}
    body = {"organization_id": str(world.organization), "export": export}
    chat = await world.steady.call(import_chat, body=models.ImportChatRequest.from_dict(body))
    read: list[str] = []
    before: Any = UNSET
    while True:
        page = await world.steady.call(list_chat_messages, chat.id, before_id=before, limit=150)
        read += [text_of(message.content) for message in page.messages]
        if not page.has_more:
            break
        before = page.messages[-1].id
    assert read[::-1] == said


async def test_cancel(world: World) -> None:
    chat = await world.chat("/slow 20 0.1")
    async for event in world.steady.events(chat.stream()):
        if isinstance(event, models.ChatStreamMessagePartEvent):
            break
    began = time.monotonic()
    assert await world.steady.cancelled(chat, 0.3) > 0
    assert time.monotonic() - began < 1.5
    await world.collect(chat.stream(until_rest=True))
    assert text_of((await world.history(chat.id))[-1].content)
