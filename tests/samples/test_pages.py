"""The samples of the documentation, without running them: none is overlooked, and what is shown is looked for."""

import json
import re
from pathlib import Path

import pytest

from palaver.contract.schemas import to_draft4, validator
from tests.contract.operations import CONTRACT, operations
from tests.samples.pages import DOCS, Unclear, missing, pages, samples, script


def page(tmp_path: Path, text: str) -> Path:
    """A page of its own."""
    path = tmp_path / "page.md"
    path.write_text(text)
    return path


def test_it_is_clear_of_every_block_of_every_page_how_it_is_tested() -> None:
    found = {path.relative_to(DOCS).as_posix() for path in pages()}
    assert {"start.md", "operations.md", "guides/bot.md", "concepts/streams.md"} <= found
    blocks = sum(
        len(re.findall(r"^ *```(?!mermaid)[a-z]", path.read_text(), re.MULTILINE)) for path in DOCS.rglob("*.md")
    )
    assert blocks == sum(len(samples(path)) for path in pages())


def test_a_page_becomes_a_script_of_its_commands_files_and_background_programs(tmp_path: Path) -> None:
    text = (
        '```python title="a.py"\nprint(1)\n```\n```sh\npython3 a.py\n```\n<!-- sample: shows -->\n```text\n1\n```\n'
        '<!-- sample: in the background, until "up" -->\n```sh\necho up; sleep 9\n```\n'
    )
    found = samples(page(tmp_path, text))
    assert [(sample.kind, sample.argument) for sample in found] == [
        ("file", "a.py"),
        ("run", ""),
        ("shows", ""),
        ("background", "up"),
    ]
    made = script(found)
    assert "printf %s 'print(1)\n' > a.py" in made
    assert "python3 a.py" in made
    assert "grep -qF -- up" in made


@pytest.mark.parametrize(
    "text",
    [
        "```python\nprint(1)\n```\n",
        "<!-- sample: perhaps -->\n```sh\nls\n```\n",
        "<!-- sample: not run: it is long -->\n```sh\nls\n```\n",
        "```console\n$ ls\n```\n",
        "<!-- sample: shows -->\n```text\n1\n```\n",
        "<!-- sample: shows -->\n\n```text\n1\n```\n",
        "```sh\nls\n```\n```text\na\n```\n",
    ],
)
def test_a_block_that_nobody_would_test_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(Unclear):
        samples(page(tmp_path, text))


def test_samples_in_json_are_json_and_fit_the_requests_that_they_are_part_of() -> None:
    bodies = {operation.operation_id: operation.body for operation in operations()}
    seen = 0
    for path in pages():
        for sample in samples(path):
            if sample.kind != "json":
                continue
            value = json.loads(sample.code)
            seen += 1
            if sample.argument:
                body = bodies[sample.argument]
                assert body is not None
                properties = body["schema"]["properties"]
                for name, part in value.items():
                    assert validator(to_draft4(properties[name], CONTRACT.resolved["components"])).is_valid(part), (
                        f"{path.name}: {name}"
                    )
    assert seen


def test_what_is_shown_must_be_printed_in_its_order() -> None:
    assert missing("one\nthree\n", "one\ntwo\nthree\n") == []
    assert missing("a … c\n", "said: a b c\n") == []
    assert missing("three\none\n", "one\ntwo\nthree\n") == ["one"]
    assert missing("a.c\n", "abc\n") == ["a.c"]
