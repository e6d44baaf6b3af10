"""What is printed or derived from the machine's data."""

import pytest

from palaver.chat.diagram import mermaid
from palaver.chat.states import ALLOWED, WITH_HELD, State
from palaver.chat.titles import fallback_title
from tests.chat.world import text_part


def test_the_diagram_shows_every_arrow_of_the_table_and_never_varies() -> None:
    diagram = mermaid()
    assert mermaid() == diagram
    assert diagram.startswith("stateDiagram-v2\n")
    assert "    [*] --> R0: CreateChat\n" in diagram
    arrows = [line.strip() for line in diagram.splitlines() if "-->" in line]
    shown = {
        (source, target.split(":")[0], transition.strip())
        for source, target in (arrow.split(" --> ") for arrow in arrows)
        for transition in target.split(":")[1].split(",")
    }
    table = {
        (*("[*]" if state is State.ABSENT else state.value for state in (before, after)), f"{transition}{condition}")
        for arrows_of, condition in ((ALLOWED, ""), (WITH_HELD, " (held)"))
        for before, cells in arrows_of.items()
        for transition, landings in cells.items()
        for after in landings
    }
    assert shown == table


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("one two three four five six", "one two three four five six"),
        ("one two  three\nfour five six seven", "one two three four five six…"),
        ("", "New Chat"),
        ("\x00 \t", "New Chat"),
        ("x" * 80, "x" * 80),
        ("x" * 81, "x" * 79 + "…"),
        (f"{'x' * 75} a b c d e f", f"{'x' * 75} a b…"),
    ],
)
def test_the_first_title_is_the_first_words(words: str, title: str) -> None:
    assert fallback_title(text_part(words)) == title
    assert len(title) <= 80
