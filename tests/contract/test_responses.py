"""What the server sends is what the contract says: every event of the stream, the contract itself, its page."""

import asyncio
import re
import uuid
from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Any

import orjson
import pytest
import websockets
import yaml

from tests.contract.operations import CONTRACT, operations
from tests.support.contract_checker import ContractBroken, ResponseChecker
from tests.support.world import CHATS, World, random_id
from tests.worker.watching import settled

SECONDS = 20
EVENT_TYPES = CONTRACT.document["components"]["schemas"]["ChatStreamEvent"]["discriminator"]["mapping"].keys()
DYNAMIC_TOOL = {"name": "pick_date", "description": "", "input_schema": {"type": "object"}}
COMMON_HEADERS = {"x-coder-build-version": "1", "x-content-type-options": "nosniff", "x-request-id": "1"}
JSON_HEADERS = {**COMMON_HEADERS, "content-type": "application/json; charset=utf-8"}


async def test_every_type_of_event_comes_and_fits_its_schema(world: World) -> None:
    async def types_until(text: str, last: str, *, headers: dict[str, str] | None = None, **fields: Any) -> set[str]:
        chat = await world.create_chat(text=text, **fields)
        if last == "queue_update":
            await world.alice.post(f"{CHATS}/{chat['id']}/messages", {"content": [{"type": "text", "text": "later"}]})
        async with aclosing(_events(world, chat["id"], headers)) as events:
            return {event["type"] async for event in _until(events, last)}

    seen = set[str]()
    async with asyncio.timeout(SECONDS):
        seen |= await types_until("/slow 20 0.05", "message_part")
        seen |= await types_until("/slow 40 0.05", "queue_update")
        seen |= await types_until("/fail auth", "error")
        # The first attempts fail, so that there is a retry to see however late the stream opens.
        seen |= await types_until("/fail 503 20", "retry")
        seen |= await types_until("/tool pick_date {}", "action_required", unsafe_dynamic_tools=[DYNAMIC_TOOL])
        seen |= await types_until("hello", "history_reset", headers={"Last-Event-ID": "of another server"})
        seen |= await _types_of_a_chat_that_wants_a_sign_in(world)
    assert seen == EVENT_TYPES


async def _types_of_a_chat_that_wants_a_sign_in(world: World) -> set[str]:
    chat = await world.create_chat()
    await settled(world, chat["id"])
    wanted = {"mcp_server_config_id": random_id(), "slug": "wiki", "display_name": "Wiki"}
    async with world.services.machine.update(uuid.UUID(chat["id"])) as tx:
        tx.want_sign_ins([wanted])
    assert (await world.alice.get(f"{CHATS}/{chat['id']}")).json()["mcp_sign_ins"] == [wanted]
    async with aclosing(_events(world, chat["id"], None)) as events:
        return {event["type"] async for event in _until(events, "sign_in_required")}


async def test_frames_of_the_websocket_fit_the_contract(world: World) -> None:
    chat = await world.create_chat(text="hello")
    address = f"{world.url.replace('http', 'ws', 1)}{CHATS}/{chat['id']}/stream"
    headers = {"Coder-Session-Token": str(world.alice.token)}
    async with asyncio.timeout(SECONDS), websockets.connect(address, additional_headers=headers) as socket:
        types = set[str]()
        while not {"message", "status", "preview_reset"} <= types:
            types |= {event["type"] for event in world.checker.check_frame(await socket.recv())}


async def test_the_contract_is_served_as_it_is_and_as_json(contract_world: World) -> None:
    assert (await contract_world.anonymous.get("/openapi.yaml")).content == CONTRACT.source
    served = (await contract_world.anonymous.get("/openapi.json")).json()
    assert served == CONTRACT.document
    assert yaml.safe_load(CONTRACT.source)["info"] == served["info"]


async def test_the_page_loads_nothing_from_elsewhere(contract_world: World) -> None:
    page = await contract_world.anonymous.get("/docs")
    links = re.findall(r'(?:src|href)="([^"#]+)"', page.text)
    assert links
    for link in links:
        assert link.startswith(("/docs/", "/openapi."))
        asset = await contract_world.anonymous.get(link)
        assert asset.status_code == 200
        if asset.headers["content-type"].startswith("text/css"):
            assert not re.search(r"@import|url\((?!['\"]?data:)", asset.text)
    assert "http" not in page.text
    assert "http" not in (await contract_world.anonymous.get("/docs/page.js")).text
    # And if an asset wanted to: the browser is told to refuse.
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "connect-src 'self'" in policy


def test_an_undocumented_status_does_not_pass(checker: ResponseChecker) -> None:
    for operation in operations():
        with pytest.raises(ContractBroken, match="is not among"):
            checker.check(operation.operation_id, 418, JSON_HEADERS, b"{}\n")


def test_a_further_property_does_not_pass(checker: ResponseChecker) -> None:
    for operation in operations():
        for status, response in operation.definition["responses"].items():
            schema = response.get("content", {}).get("application/json", {}).get("schema", {})
            if schema.get("additionalProperties") is not False or "example" not in schema:
                continue
            headers = JSON_HEADERS | _example_headers(response)
            checker.check(operation.operation_id, int(status), headers, _line(schema["example"]))
            with pytest.raises(ContractBroken, match="additionalProperties"):
                checker.check(operation.operation_id, int(status), headers, _line({**schema["example"], "mauve": 1}))


def test_a_missing_header_does_not_pass(checker: ResponseChecker) -> None:
    required = 0
    for operation in operations():
        for status, response in operation.definition["responses"].items():
            for name, header in response.get("headers", {}).items():
                schema = response.get("content", {}).get("application/json", {}).get("schema", {})
                if not header.get("required") or "example" not in schema:
                    continue
                headers = JSON_HEADERS | _example_headers(response)
                del headers[name]
                required += 1
                with pytest.raises(ContractBroken, match=f"lacks the headers.*{name}"):
                    checker.check(operation.operation_id, int(status), headers, _line(schema["example"]))
    assert required >= 5


def test_an_event_of_another_kind_does_not_pass(checker: ResponseChecker) -> None:
    chat_id = "9c5b3a7e-2f14-4d68-8a90-6b1e0d7c4f25"
    good = {"type": "status", "chat_id": chat_id, "status": {"status": "running"}}
    checker.check_frame(orjson.dumps([good]))
    for bad in ({**good, "type": "mauve"}, {**good, "mauve": 1}, {**good, "status": {"status": "mauve"}}, {}):
        with pytest.raises(ContractBroken):
            checker.check_frame(orjson.dumps([bad]))
    with pytest.raises(ContractBroken):
        checker.check_frame(b"[]")


async def _events(world: World, chat_id: str, headers: dict[str, str] | None) -> AsyncIterator[dict[str, Any]]:
    async with world.alice.stream("GET", f"{CHATS}/{chat_id}/stream", headers=headers or {}) as response:
        async for line in response.aiter_lines():
            if line.startswith("data:"):
                yield orjson.loads(line.removeprefix("data:"))


async def _until(events: AsyncIterator[dict[str, Any]], last: str) -> AsyncIterator[dict[str, Any]]:
    async for event in events:
        yield event
        if event["type"] == last:
            return


def _example_headers(response: dict[str, Any]) -> dict[str, str]:
    return {name: str(header.get("example", "true")) for name, header in response.get("headers", {}).items()}


def _line(value: Any) -> bytes:
    return orjson.dumps(value) + b"\n"
