"""Names of offered tools."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from palaver.tools.naming import offered_name

NAMES = {
    "plain": ("github", "create-issue", "github__create-issue"),
    "characters that providers refuse": ("github", "issues.list/all", "github__issues_list_all_8fbe6640c8"),
    "too long": ("github", "x" * 60, "github__" + "x" * 45 + "_592e2afd36"),
    "no name": ("github", "", "github___c243ff331b"),
}


@pytest.mark.parametrize(("slug", "tool", "name"), NAMES.values(), ids=NAMES)
def test_a_tool_is_named_after_its_server(slug: str, tool: str, name: str) -> None:
    assert offered_name(slug, tool) == name


PARTS = st.text(alphabet="ab_.é", max_size=70)
TOOLS = st.tuples(PARTS, PARTS)


@settings(max_examples=100, deadline=None)
@given(TOOLS, TOOLS)
def test_no_two_tools_share_a_name(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert re.fullmatch(r"[a-zA-Z0-9_-]{1,64}", offered_name(*one))
    assert (offered_name(*one) == offered_name(*other)) == (one == other)


def test_servers_cannot_take_each_others_names() -> None:
    pairs = [("a", "b__c"), ("a__b", "c"), ("a_", "b"), ("a", "_b"), ("a", "b"), ("a", "b_0123456789")]
    names = [offered_name(*pair) for pair in pairs]
    assert len(set(names)) == len(pairs)
    # A tool that calls itself what another one's name is cut to gets a hash of its own.
    assert offered_name("a", names[1].removeprefix("a__")) != names[1]
