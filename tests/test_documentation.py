"""Documents that repeat what code says are current."""

import re
from pathlib import Path

from palaver.chat.diagram import mermaid
from palaver.llm import demo

ROOT = Path(__file__).parent.parent


def test_the_state_diagram_is_the_tables() -> None:
    document = (ROOT / "docs" / "architecture.md").read_text()
    begin, end = "<!-- state diagram: begin -->\n```mermaid\n", "```\n<!-- state diagram: end -->"
    assert document.split(begin)[1].split(end)[0] == mermaid()


def test_every_command_of_the_demo_model_is_documented() -> None:
    document = (ROOT / "docs" / "demo-model.md").read_text()
    assert [command for command in demo._COMMANDS if f"/{command}" not in document] == []


def test_every_folder_of_the_engine_has_its_line_in_the_house() -> None:
    document = (ROOT / "docs" / "architecture.md").read_text()
    packages = [path.name for path in (ROOT / "palaver").iterdir() if (path / "__init__.py").exists()]
    assert [name for name in packages if f"  {name}/" not in document and f", {name}/" not in document] == []


def test_links_between_documents_lead_somewhere() -> None:
    for document in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", document.read_text()):
            assert (document.parent / target).exists(), f"{document.name} links to {target}"
