"""What tools say, as it is stored."""

import base64
import struct
from typing import Any

import orjson
import pytest
from mcp_types import (
    AudioContent,
    BlobResourceContents,
    CallToolResult,
    EmbeddedResource,
    ImageContent,
    ResourceLink,
    TextResourceContents,
)
from mcp_types import TextContent as Text

from palaver.tools.images import look
from palaver.tools.results import MAX_MEDIA_BYTES, answer, result_limit
from tests.support.mcp import PNG

LIMIT = 16_384


def said(*content: Any, structured: Any = None, is_error: bool = False) -> CallToolResult:
    return CallToolResult(content=list(content), structured_content=structured, is_error=is_error)


IMAGE = {"type": "image", "media_type": "image/png", "data": PNG}
CASES: dict[str, tuple[CallToolResult, Any]] = {
    "nothing": (said(), ""),
    "texts": (said(Text(text="a"), Text(text="b")), "a\nb"),
    "a structured result": (said(structured={"n": [1, None]}), {"n": [1, None]}),
    "one that is repeated as text": (said(Text(text='{"n": 1}'), structured={"n": 1}), {"n": 1}),
    "one that is wrapped": (said(Text(text="plain"), structured={"result": "plain"}), {"result": "plain"}),
    "one beside other text": (
        said(Text(text="look"), structured={"n": 1}),
        {"content": [{"type": "text", "text": "look"}], "structured": {"n": 1}},
    ),
    "an error": (said(Text(text="no"), is_error=True), {"error": "no"}),
    "a structured error": (said(structured={"code": 3}, is_error=True), {"code": 3}),
    "an image": (said(ImageContent(data=PNG, mime_type="image/png")), {"content": [IMAGE]}),
    "a sound": (
        said(AudioContent(data="AAAA", mime_type="audio/wav")),
        {"content": [{"type": "audio", "media_type": "audio/wav", "data": "AAAA"}]},
    ),
    "a file of text": (
        said(EmbeddedResource(resource=TextResourceContents(uri="file:///a", mime_type="text/plain", text="t"))),
        {"content": [{"type": "resource", "uri": "file:///a", "media_type": "text/plain", "text": "t"}]},
    ),
    "a file of bytes": (
        said(EmbeddedResource(resource=BlobResourceContents(uri="file:///b", blob="AAEC"))),
        {"content": [{"type": "resource", "uri": "file:///b", "data": "AAEC"}]},
    ),
    "a link": (
        said(ResourceLink(uri="file:///c", name="c", mime_type="text/plain")),
        {"content": [{"type": "resource_link", "uri": "file:///c", "name": "c", "media_type": "text/plain"}]},
    ),
    "no base64": (
        said(ImageContent(data="nö", mime_type="image/png")),
        "[image/png of 1 bytes left out: it is not readable]",
    ),
    "numbers that cannot be stored": (said(structured={"n": 2**70, "i": float("inf")}), {"n": 2.0**70, "i": None}),
    "half a character": (said(structured={"t\ud800": "\udc00"}), {"t\ufffd": "\ufffd"}),
}


@pytest.mark.parametrize(("given", "result"), CASES.values(), ids=CASES)
def test_a_result_is_stored_in_its_plainest_form(given: CallToolResult, result: Any) -> None:
    found = answer(given, LIMIT)
    assert found.result == result
    assert found.is_error == given.is_error
    assert found.is_media == ("data" in orjson.dumps(result).decode())
    assert orjson.dumps(found.result)


MARK = "[Result cut: it has {} bytes, of which only the first are shown.]"


def test_a_long_text_is_cut_with_a_mark_that_says_so() -> None:
    result = answer(said(Text(text="é" * LIMIT)), LIMIT).result
    assert len(result.encode()) <= LIMIT
    assert result.startswith("éé")
    assert result.endswith("é\n" + MARK.format(2 * LIMIT))


def test_a_long_structured_result_is_cut_as_text() -> None:
    result = answer(said(structured={"rows": ["x" * 100] * LIMIT}), LIMIT).result
    assert isinstance(result, str)
    assert len(result) <= LIMIT
    assert result.startswith('{"rows":["xxx')
    assert "Result cut" in result


def test_a_long_error_stays_an_error() -> None:
    found = answer(said(Text(text="x" * LIMIT * 2), is_error=True), LIMIT)
    assert (list(found.result), found.is_error) == (["error"], True)
    assert len(found.result["error"]) <= LIMIT


def test_text_beside_an_image_is_cut_and_the_image_is_not() -> None:
    given = said(Text(text="x" * LIMIT * 2), ImageContent(data=PNG, mime_type="image/png"), Text(text="behind"))
    first, image, behind = answer(given, LIMIT).result["content"]
    assert len(first["text"]) <= LIMIT
    assert "Result cut" in first["text"]
    assert image == IMAGE
    assert len(behind["text"]) < 200


def test_media_have_a_bound_of_their_own() -> None:
    large = "A" * (MAX_MEDIA_BYTES - len(PNG) // 4 * 4 + 4)
    given = said(ImageContent(data=PNG, mime_type="image/png"), ImageContent(data=large, mime_type="image/jpeg"))
    kept, left_out = answer(given, LIMIT).result["content"]
    assert kept == IMAGE
    assert left_out == {"type": "text", "text": f"[image/jpeg of {len(large) * 3 // 4} bytes left out]"}


def png(width: int, height: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", width, height) + b"IEND\xaeB`\x82"


PICTURES: dict[str, tuple[bytes, tuple[str, int, int] | None]] = {
    "PNG": (png(7, 9), ("image/png", 7, 9)),
    "GIF": (b"GIF89a\x07\0\x09\0" + b"\0" * 20 + b";", ("image/gif", 7, 9)),
    "JPEG": (
        b"\xff\xd8\xff\xe0\0\x04ab\xff\xff\xc2\0\x0b\x08\0\x09\0\x07\x01\0\0\0\xff\xd9",
        ("image/jpeg", 7, 9),
    ),
    "WebP": (b"RIFF\x1e\0\0\0WEBPVP8 " + b"\0" * 10 + b"\x07\0\x09\0" + b"\0" * 8, ("image/webp", 7, 9)),
    "WebP without loss": (
        b"RIFF\x11\0\0\0WEBPVP8L\0\0\0\0\x2f" + (6 | 8 << 14).to_bytes(4, "little"),
        ("image/webp", 7, 9),
    ),
    "WebP with more": (
        b"RIFF\x16\0\0\0WEBPVP8X" + b"\0" * 8 + b"\x06\0\0\x08\0\0",
        ("image/webp", 7, 9),
    ),
    "one that breaks off": (png(7, 9)[:20], None),
    "a JPEG of nothing": (b"\xff\xd8\xff\xd9", None),
    "text": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", None),
}


@pytest.mark.parametrize(("data", "seen"), PICTURES.values(), ids=PICTURES)
def test_a_picture_is_known_by_what_it_is(data: bytes, seen: tuple[str, int, int] | None) -> None:
    picture = look(data)
    assert (picture and (picture.media_type, picture.width, picture.height)) == seen
    encoded = base64.b64encode(data).decode()
    found = answer(said(ImageContent(data=encoded, mime_type="image/png")), LIMIT).result
    if seen is None:
        assert found == f"[image/png of {len(encoded) * 3 // 4} bytes left out: it is no picture that models see]"
    else:
        assert found == {"content": [{"type": "image", "media_type": seen[0], "data": encoded}]}


def test_a_picture_that_no_provider_takes_is_left_out() -> None:
    encoded = base64.b64encode(png(1280, 20_000)).decode()
    found = answer(said(ImageContent(data=encoded, mime_type="image/png")), LIMIT)
    assert "1280 x 20000 pixels" in found.result
    assert not found.is_media


@pytest.mark.parametrize(("window", "limit"), [(0, 65_536), (1_000, 16_384), (200_000, 200_000)])
def test_the_limit_is_a_third_of_the_window_at_three_bytes_a_token(window: int, limit: int) -> None:
    assert result_limit(window) == limit
