"""upload-chat-file and get-chat-file."""

import uuid
from typing import Any

import pytest

from palaver.attachments import ALLOWED_TYPES_TEXT
from tests.api.chats import idle_chat, narrowed, refusal, send, share, upload
from tests.api.refusals import FORBIDDEN, NOT_FOUND
from tests.support.world import CHATS, World

PNG = b"\x89PNG\r\n\x1a\n" + bytes(32)
SVG = b'<?xml version="1.0"?><!-- x --><svg xmlns="http://www.w3.org/2000/svg"/>'
UNSUPPORTED = (400, "Unsupported file type.", ALLOWED_TYPES_TEXT)
NO_NAME = (400, "Filename is required.", "Provide a filename in the Content-Disposition header.")
NOWHERE = (404, NOT_FOUND, None)
MAXIMUM = 10_485_760


@pytest.fixture
def world(shared_world: World) -> World:
    """One world for tests that bring files of their own."""
    return shared_world


async def download(world: World, file_id: str, caller: str = "alice") -> Any:
    """The response to a download."""
    return await getattr(world, caller).get(f"{CHATS}/files/{file_id}")


def mismatch(declared: str, detected: str) -> tuple[int, str, str]:
    """The refusal of content that is not what it is called."""
    detail = f'Header declared "{declared}" but file content was detected as "{detected}".'
    return 400, "File content type does not match Content-Type header.", detail


@pytest.mark.parametrize(
    ("data", "declared", "name", "stored", "kind"),
    [
        (b"plain words", "text/plain", "a.txt", "text/plain", "inline"),
        (b"plain words", "text/plain; charset=utf-8", "a.txt", "text/plain", "inline"),
        (b"# Notes", "text/plain", "a.md", "text/markdown", "inline"),
        (b'{"a": 1}', "text/plain", "a.txt", "application/json", "inline"),
        (b"a,b\n1,2\n", "text/csv", "a.csv", "text/csv", "inline"),
        (PNG, "image/png", "a.png", "image/png", "inline"),
        (PNG, "application/octet-stream", "a.png", "image/png", "inline"),
        (b"%PDF-1.7 ...", "application/pdf", "a.pdf", "application/pdf", "attachment"),
    ],
)
async def test_a_file_comes_back_as_it_was_sent(
    world: World, data: bytes, declared: str, name: str, stored: str, kind: str
) -> None:
    response = await upload(world, data, name=name, media_type=declared)
    file_id = response.json()["id"]
    assert (response.status_code, response.json()) == (201, {"id": file_id})
    assert response.headers["location"] == f"{CHATS}/files/{file_id}"
    back = await download(world, file_id)
    assert (back.status_code, back.content) == (200, data)
    headers = {
        "content-type": stored,
        "content-length": str(len(data)),
        "cache-control": "private, max-age=31536000, immutable",
        "content-disposition": f'{kind}; filename="{name}"',
        "x-content-type-options": "nosniff",
    }
    assert {header: back.headers[header] for header in headers} == headers


async def test_a_file_without_a_declared_type_is_classified(world: World) -> None:
    response = await world.alice.request(
        "POST",
        f"{CHATS}/files?organization={world.facts.organization_id}",
        content=PNG,
        headers={"Content-Disposition": "attachment; filename=a.png"},
    )
    assert (await download(world, response.json()["id"])).headers["content-type"] == "image/png"


@pytest.mark.parametrize(
    ("sent", "stored"),
    [
        (b'attachment; filename=" a\tb.txt "', 'inline; filename="ab.txt"'),
        (b'attachment; filename="' + b"x" * 300 + b'"', f'inline; filename="{"x" * 255}"'),
        ('attachment; filename="né.txt"'.encode(), "inline; filename*=UTF-8''n%C3%A9.txt"),
        (b"attachment; filename*=UTF-8''n%C3%A9.txt", "inline; filename*=UTF-8''n%C3%A9.txt"),
    ],
)
async def test_names_are_cleaned(world: World, sent: bytes, stored: str) -> None:
    response = await world.alice.request(
        "POST",
        f"{CHATS}/files?organization={world.facts.organization_id}",
        content=b"x",
        headers=[(b"Content-Disposition", sent), (b"Content-Type", b"text/plain")],
    )
    assert response.status_code == 201, response.text
    assert (await download(world, response.json()["id"])).headers["content-disposition"] == stored


async def test_uploads_are_checked_in_the_contracts_order(world: World) -> None:
    """Everything is wrong at first; what answered is put right, and the next check answers."""
    headers = {"Content-Type": "application/zip"}
    query = ""
    content = b""
    steps: list[tuple[tuple[int, str, Any], Any]] = [
        ((400, "Missing organization query parameter.", None), {"query": "?organization="}),
        ((400, "Missing organization query parameter.", None), {"query": "?organization=x"}),
        ((400, "Invalid organization ID.", None), {"query": f"?organization={uuid.uuid4()}"}),
        (NO_NAME, {"name": 'attachment; filename="\t"'}),
        ((403, FORBIDDEN, ...), {"query": f"?organization={world.facts.organization_id}"}),
        (UNSUPPORTED, {"type": "image/png"}),
        (NO_NAME, {"name": 'attachment; filename="a.png"'}),
        ((400, "Invalid file.", "file is empty"), {"content": b"\x00\x01"}),
        (UNSUPPORTED, {"content": SVG}),
        (UNSUPPORTED, {"content": b"<?xml version='1.0'?><a/>"}),
        (UNSUPPORTED, {"content": b"words"}),
        (mismatch("image/png", "text/plain"), {"content": PNG}),
    ]
    for expected, correction in steps:
        response = await world.alice.request("POST", f"{CHATS}/files{query}", content=content, headers=headers)
        got = refusal(response)
        assert (got[0], got[1]) == expected[:2]
        assert expected[2] in (..., got[2])
        query = correction.get("query", query)
        content = correction.get("content", content)
        if "name" in correction:
            headers["Content-Disposition"] = correction["name"]
        if "type" in correction:
            headers["Content-Type"] = correction["type"]
    response = await world.alice.request("POST", f"{CHATS}/files{query}", content=content, headers=headers)
    assert response.status_code == 201


@pytest.mark.parametrize(
    ("data", "declared", "expected"),
    [
        (b"{}", "image/png", mismatch("image/png", "application/json")),
        (b"# x", "text/csv", mismatch("text/csv", "text/markdown")),
        (SVG, "text/plain", UNSUPPORTED),
        (b"\xef\xbb\xbf \n<svg>", "text/plain", UNSUPPORTED),
        (b"PK\x03\x04", "application/octet-stream", UNSUPPORTED),
        (b"words", "image/svg+xml", UNSUPPORTED),
        (b"words", "text/html", UNSUPPORTED),
    ],
)
async def test_content_must_be_what_it_is_called(
    world: World, data: bytes, declared: str, expected: tuple[int, str, str]
) -> None:
    assert refusal(await upload(world, data, name="a.md", media_type=declared)) == expected


async def test_ten_megabytes_fit_and_no_byte_more(world: World) -> None:
    assert (await upload(world, b"x" * MAXIMUM)).status_code == 201
    expected = (413, "File too large.", "Maximum file size is 10485760 bytes.")
    assert refusal(await upload(world, b"x" * (MAXIMUM + 1))) == expected


async def test_who_may_upload(world: World) -> None:
    for api, status in ((world.bob, 201), (world.anonymous, 401)):
        assert (await upload(world, api=api)).status_code == status
    async with narrowed(world, "alice", "chat:read") as reader:
        assert refusal(await upload(world, api=reader))[:2] == (403, FORBIDDEN)


async def test_who_may_download(world: World) -> None:
    file_id = (await upload(world)).json()["id"]
    for caller, status in (("alice", 200), ("carol", 200), ("owner", 200), ("bob", 404), ("anonymous", 401)):
        assert (await download(world, file_id, caller)).status_code == status, caller
    # Through a chat that links it, as long as the chat may be read.
    chat_id = await idle_chat(world)
    await send(world.alice, chat_id, [{"type": "file", "file_id": file_id}])
    assert refusal(await download(world, file_id, "bob")) == NOWHERE
    await share(world, chat_id, "bob")
    assert (await download(world, file_id, "bob")).content == b"notes"
    # He may use it himself, then.
    bobs = await idle_chat(world, world.bob)
    assert (await send(world.bob, bobs, [{"type": "file", "file_id": file_id}])).status_code == 200
    await share(world, chat_id, "bob", role="")
    assert (await download(world, file_id, "bob")).status_code == 200


async def test_a_file_that_is_none_is_told(world: World) -> None:
    assert refusal(await download(world, "abc")) == (400, "Invalid file ID.", None)
    assert refusal(await download(world, str(uuid.uuid4()))) == NOWHERE
