"""A chat's tools over every transport: listed, called, answered."""

from typing import Any

import pytest

from tests.support.mcp import PNG, McpServer, server_config
from tests.tools.conftest import Known, call

TRANSPORTS = ("newest", "legacy", "sse")


@pytest.fixture(params=TRANSPORTS)
def server(request: pytest.FixtureRequest) -> McpServer:
    server: McpServer = request.getfixturevalue(request.param)
    server.reset()
    return server


ANSWERS = {
    "text": ("echo", {"text": "héllo"}, "héllo", False, False),
    "structured": ("add", {"a": 1, "b": 2}, {"sum": 3}, False, False),
    "an error": ("fail", {}, {"error": "no such thing"}, True, False),
    "an image": (
        "picture",
        {},
        {"content": [{"type": "text", "text": "a pixel"}, {"type": "image", "media_type": "image/png", "data": PNG}]},
        False,
        True,
    ),
}


@pytest.mark.parametrize(("tool", "args", "result", "is_error", "is_media"), ANSWERS.values(), ids=ANSWERS)
async def test_a_tool_is_called_and_answers(
    server: McpServer, known: Known, tool: str, args: dict[str, Any], result: Any, is_error: bool, is_media: bool
) -> None:
    toolbox = await known(server_config(server)).of_chat()
    answer = await call(toolbox, tool, **args)
    assert (answer.result, answer.is_error, answer.is_media) == (result, is_error, is_media)
    assert server.calls[-1].params["_meta"]["palaver/tool-call-id"] == "call_1"
