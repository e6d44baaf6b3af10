"""What providers accept of declared tools: one tool beyond it would fail the whole request, and with it the turn."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

import structlog

from palaver.llm.events import ToolSpec

log = structlog.get_logger(__name__)

DESCRIPTION_LIMITS: Final[Mapping[str, int]] = {"openai": 1024}
"""Characters of a tool's description, by provider type; what refuses a longer one is not the model but its API."""
TOOL_LIMITS: Final[Mapping[str, int]] = {"openai": 128}
"""Tools of one request, by provider type."""

_CUT: Final = " ..."


def for_provider(tools: Sequence[ToolSpec], provider_type: str) -> Sequence[ToolSpec]:
    """The tools as this type of provider accepts them; the same ones where it sets no limits."""
    characters, most = DESCRIPTION_LIMITS.get(provider_type), TOOL_LIMITS.get(provider_type)
    if most is not None and len(tools) > most:
        log.warning("tools left out", action="tools_left_out", provider=provider_type, tools=len(tools), limit=most)
        tools = tools[:most]
    if characters is None:
        return tools
    return [
        tool
        if len(tool.description) <= characters
        else replace(tool, description=tool.description[: characters - len(_CUT)] + _CUT)
        for tool in tools
    ]
