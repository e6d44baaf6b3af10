"""JSON bodies: decoding, the contract's texts, unions, and the order in which violations answer."""

import json
import time
from typing import Any

import httpx
import pytest

from palaver.contract.loader import Contract
from palaver.contract.validation import BodyValidator
from palaver.errors import PalaverError

OWNER = "1f0c2d3e-4b5a-4678-9a0b-c1d2e3f40516"
TEXT = {"type": "text", "text": "hi"}
GOOD: dict[str, Any] = {"owner_id": OWNER, "content": [TEXT]}
UNDECODABLE = "Request body must be valid JSON."


async def post(client: httpx.AsyncClient, content: bytes | dict[str, Any]) -> tuple[int, dict[str, Any]]:
    raw = content if isinstance(content, bytes) else json.dumps(content).encode()
    response = await client.post("/api/things", content=raw)
    return response.status_code, response.json()


async def test_body_reaches_the_handler_with_unknown_keys(client: httpx.AsyncClient) -> None:
    body = {**GOOD, "unknown": {"a": [1, 2.5, None]}, "any": [1]}
    status, answer = await post(client, body)
    assert (status, answer["body"]) == (201, body)
    assert answer["raw"] == len(json.dumps(body))


async def test_content_type_is_not_looked_at(client: httpx.AsyncClient) -> None:
    response = await client.post("/api/things", content=json.dumps(GOOD), headers={"Content-Type": "text/plain"})
    assert (response.status_code, response.headers["location"]) == (201, "/api/things/1")
    assert response.headers["content-type"] == "application/json; charset=utf-8"
    assert response.content.endswith(b"\n")


async def test_null_equals_absent_on_optional_fields(client: httpx.AsyncClient) -> None:
    fields = ("mode", "extra", "username", "password", "email", "at", "small", "large", "labels", "any")
    status, _ = await post(client, {**GOOD, **dict.fromkeys(fields)})
    assert status == 201


async def test_trailing_data_is_ignored_and_last_duplicate_wins(client: httpx.AsyncClient) -> None:
    status, answer = await post(client, '{"any":"é","any":"ü", '.encode() + json.dumps(GOOD).encode()[1:] + b' } {"x"')
    assert (status, answer["body"]["any"]) == (201, "ü")


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"  \n",
        b"{",
        b"nonsense",
        b'{"any": NaN}',
        b'{"any": Infinity}',
        b'{"any": "\\ud800"}',
        b'\xef\xbb\xbf{"any": 1}',
        b'{"any": "\xff"}',
        b"[" * 5000,
        b'{"any":' + b"[" * 300 + b"]" * 300 + b"}",
        b"[]",
        b"null",
        b'"text"',
        b"1",
    ],
)
async def test_undecodable_body(client: httpx.AsyncClient, raw: bytes) -> None:
    status, answer = await post(client, raw)
    assert (status, answer["message"]) == (400, UNDECODABLE)
    assert answer["detail"]


async def test_depth_that_can_be_written_again_is_accepted(client: httpx.AsyncClient) -> None:
    deep: Any = 1
    for _ in range(150):
        deep = [deep]
    status, _ = await post(client, {**GOOD, "any": deep})
    assert status == 201


@pytest.mark.parametrize(
    ("change", "detail"),
    [
        ({"owner_id": "abc"}, "owner_id: is no valid uuid"),
        ({"owner_id": 5}, "owner_id: expected string, got number 5"),
        ({"content": "x"}, "content: expected array, got string"),
        ({"content": [TEXT, "x"]}, "content[1]: expected object, got string"),
        ({"content": [None]}, "content[0]: expected object, got null"),
        ({"content": [{"type": 5}]}, "content[0].type: expected string, got number 5"),
        ({"content": [{"type": "text", "text": 5}]}, "content[0].text: expected string, got number 5"),
        ({"content": [{"type": "file", "file_id": "x"}]}, "content[0].file_id: is no valid uuid"),
        ({"small": 2147483648}, "small: number 2147483648 does not fit into int32"),
        ({"large": 9223372036854775808}, None),
        ({"large": 1e30}, None),
        ({"small": 1.0}, "small: expected integer, got number 1.0"),
        ({"small": True}, "small: expected integer, got boolean"),
        ({"at": "2026-02-30T00:00:00Z"}, "at: is no valid date-time"),
        ({"at": "2026-02-03"}, "at: is no valid date-time"),
        ({"labels": {"a": 1}}, "labels.a: expected string, got number 1"),
        ({"mode": 1}, "mode: expected string, got number 1"),
    ],
)
async def test_wrong_type_is_undecodable(client: httpx.AsyncClient, change: dict[str, Any], detail: str | None) -> None:
    status, answer = await post(client, {**GOOD, **change})
    assert (status, answer["message"]) == (400, UNDECODABLE)
    assert detail is None or answer["detail"] == detail


@pytest.mark.parametrize(
    ("body", "message", "detail"),
    [
        ({}, "owner_id is required.", None),
        ({"content": [TEXT], "owner_id": None}, "owner_id is required.", None),
        ({"owner_id": OWNER}, "Content is required.", "Content cannot be empty."),
        ({"owner_id": OWNER, "content": []}, "Content is required.", "Content cannot be empty."),
        ({"owner_id": OWNER, "content": None}, "Content is required.", "Content cannot be empty."),
        ({**GOOD, "content": [TEXT, {"type": "text"}]}, "Invalid input part.", "content[1].text cannot be empty."),
        (
            {**GOOD, "content": [TEXT, {"type": "text", "text": " \n"}]},
            "Invalid input part.",
            "content[1].text cannot be empty.",
        ),
        (
            {**GOOD, "content": [{"type": "Video"}, {"type": "text"}]},
            "Invalid input part.",
            'content[0].type "Video" is not supported.',
        ),
        ({**GOOD, "content": [{}]}, "Invalid input part.", 'content[0].type "" is not supported.'),
        (
            {**GOOD, "content": [{"type": "{path}"}]},
            "Invalid input part.",
            'content[0].type "{path}" is not supported.',
        ),
        ({**GOOD, "mode": "fly"}, "Invalid mode value.", "got fly"),
    ],
)
async def test_contract_text_answers(
    client: httpx.AsyncClient, body: dict[str, Any], message: str, detail: str | None
) -> None:
    expected = {"message": message} | ({"detail": detail} if detail else {})
    assert await post(client, body) == (400, expected)


@pytest.mark.parametrize(
    ("change", "field", "tag", "value"),
    [
        ({"username": "A b"}, "username", "username", "A b"),
        ({"password": "short"}, "password", "min", ""),
        ({"email": "nobody"}, "email", "email", "nobody"),
        ({"small": -1}, "small", "min", "-1"),
        ({"labels": {"team": "too long"}}, "team", "max", "too long"),
        ({"content": [{"type": "file"}]}, "file_id", "required", ""),
        ({"content": [{"type": "file", "file_id": OWNER, "name": ""}]}, "name", "min", ""),
        ({"extra": {"type": "video"}}, "type", "oneof", "video"),
    ],
)
async def test_violation_without_text_is_a_validation(
    client: httpx.AsyncClient, change: dict[str, Any], field: str, tag: str, value: str
) -> None:
    detail = f'Validation failed for tag "{tag}" with value: "{value}"'
    expected = {"message": "Validation failed.", "validations": [{"field": field, "detail": detail}]}
    assert await post(client, {**GOOD, **change}) == (400, expected)


async def test_other_spelling_of_a_known_tag_is_normalized(client: httpx.AsyncClient) -> None:
    status, answer = await post(client, {**GOOD, "content": [{"type": " TEXT\n", "text": "hi"}]})
    assert (status, answer["body"]["content"]) == (201, [TEXT])
    status, _ = await post(client, {**GOOD, "extra": {"type": "TEXT", "text": "hi"}})
    assert status == 400


async def test_types_answer_before_tags_before_texts(client: httpx.AsyncClient) -> None:
    body: dict[str, Any] = {"content": [], "username": "A", "small": "x"}
    assert (await post(client, body))[1]["message"] == UNDECODABLE
    del body["small"]
    assert (await post(client, body))[1]["message"] == "Validation failed."
    del body["username"]
    assert (await post(client, body))[1]["message"] == "owner_id is required."


async def test_optional_body_may_be_absent(client: httpx.AsyncClient) -> None:
    path = f"/api/things/{OWNER}/entries/3"
    assert (await client.put(path)).json() == {"entry": 3, "body": None}
    assert (await client.put(path, json={"to": 4})).json() == {"entry": 3, "body": {"to": 4}}


def test_a_long_list_of_mistakes_is_told_as_soon_as_a_short_one() -> None:
    contract = Contract.load()
    schema = contract.resolved["components"]["schemas"]["CreateChatMessageRequest"]
    validator = BodyValidator(schema, contract.resolved["components"])
    good, bad = {"type": "text", "text": "x"}, {"type": "text", "text": " "}

    def told(content: list[Any]) -> str | None:
        began = time.thread_time()
        with pytest.raises(PalaverError) as refusal:
            validator.check({"content": content})
        assert time.thread_time() - began < 2, "minutes, where each mistake is told"
        return refusal.value.detail

    for count in (1, 20_000):
        assert told([bad] * count) == "content[0].text cannot be empty."
        assert told([good] * count + [bad] * count) == f"content[{count}].text cannot be empty."


async def test_body_above_the_cap_is_413(client: httpx.AsyncClient) -> None:
    async def chunks() -> Any:
        for _ in range(30):
            yield b" " * 1000

    for content in (b" " * 20001, chunks()):
        response = await client.post("/api/things", content=content)
        assert (response.status_code, response.headers["connection"]) == (413, "close")
        assert response.json() == {"message": "Request body too large.", "detail": "http: request body too large"}
    response = await client.post(f"/api/files?organization={OWNER}", content=b"x" * 101)
    assert (response.status_code, response.json()["message"]) == (413, "File too large.")


async def test_bytes_in_and_out(client: httpx.AsyncClient) -> None:
    response = await client.post(f"/api/files?organization={OWNER}", content=b"\xff\x00")
    assert (response.status_code, response.json()) == (201, {"size": 2})
    response = await client.get(f"/api/files/{OWNER}")
    assert (response.content, response.headers["content-type"]) == (b"\x00bytes", "image/png")
    assert response.headers["cache-control"] == "private"
    response = await client.delete(f"/api/things/{OWNER}")
    assert (response.status_code, response.content, "content-type" in response.headers) == (204, b"", False)
