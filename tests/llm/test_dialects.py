"""Tools as providers accept them."""

from palaver.llm.dialects import for_provider
from palaver.llm.events import ToolSpec

LONG = ToolSpec("long", "x" * 2000)
SHORT = ToolSpec("short", "y" * 1024)


def test_a_description_is_cut_where_the_provider_refuses_a_longer_one() -> None:
    cut, kept = for_provider([LONG, SHORT], "openai")
    assert cut.description == "x" * 1020 + " ..."
    assert kept is SHORT
    for provider_type in ("anthropic", "openai-compat", "demo"):
        assert for_provider([LONG], provider_type) == [LONG]


def test_no_more_tools_are_declared_than_the_provider_takes() -> None:
    tools = [ToolSpec(f"t{number}") for number in range(200)]
    assert for_provider(tools, "openai") == tools[:128]
    assert for_provider(tools, "anthropic") == tools
