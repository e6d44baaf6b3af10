"""What tools say, as it is stored."""

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
        "[image/png of 1 bytes left out]",
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
    large = "A" * (MAX_MEDIA_BYTES - len(PNG) + 4)
    given = said(ImageContent(data=PNG, mime_type="image/png"), ImageContent(data=large, mime_type="image/jpeg"))
    kept, left_out = answer(given, LIMIT).result["content"]
    assert kept == IMAGE
    assert left_out == {"type": "text", "text": f"[image/jpeg of {len(large) * 3 // 4} bytes left out]"}


@pytest.mark.parametrize(("window", "limit"), [(0, 65_536), (1_000, 16_384), (200_000, 200_000)])
def test_the_limit_is_a_third_of_the_window_at_three_bytes_a_token(window: int, limit: int) -> None:
    assert result_limit(window) == limit
