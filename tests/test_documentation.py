"""Documents that repeat what code says are current."""

import re
import subprocess
import sys
from pathlib import Path

from palaver import __version__, metrics
from palaver.auth.policy import Authorizer
from palaver.auth.roles_table import roles_table
from palaver.chat.diagram import mermaid
from palaver.llm import demo

ROOT = Path(__file__).parent.parent
SITE_DOCUMENTS = ("openapi", "asyncapi", "arazzo")
"""What the site has beside its pages, which only there are in the same place."""


def test_the_state_diagram_is_the_tables() -> None:
    document = (ROOT / "docs" / "architecture.md").read_text()
    begin, end = "<!-- state diagram: begin -->\n```mermaid\n", "```\n<!-- state diagram: end -->"
    assert document.split(begin)[1].split(end)[0] == mermaid()


def test_the_roles_table_is_the_policys() -> None:
    document = (ROOT / "docs" / "security.md").read_text()
    begin, end = "<!-- roles table: begin -->\n", "<!-- roles table: end -->"
    assert document.split(begin)[1].split(end)[0] == roles_table(Authorizer())


def test_the_metrics_table_is_of_the_metrics_that_exist() -> None:
    document = (ROOT / "docs" / "metrics.md").read_text()
    begin, end = "<!-- metrics table: begin -->\n", "<!-- metrics table: end -->"
    assert document.split(begin)[1].split(end)[0] == metrics.table()
    assert set(re.findall(r"`(palaver_\w+)", document)) <= set(re.findall(r"`(palaver_\w+)`", metrics.table()))


def test_the_proofs_that_the_threats_name_are_there() -> None:
    document = (ROOT / "docs" / "security.md").read_text()
    named = re.findall(r"`(tests/[\w/.]+)`", document)
    assert named
    assert [path for path in named if not (ROOT / path).exists()] == []


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
            there = (document.parent / target).resolve()
            generated = (ROOT / "docs" / "reference", *(ROOT / "docs" / f"{name}.yaml" for name in SITE_DOCUMENTS))
            assert there.exists() or {there, there.parent} & {*generated}, f"{document.name} links to {target}"


def test_the_command_that_the_readme_names_is_made_and_runs_from_anywhere(tmp_path: Path) -> None:
    python, command = tmp_path / "bin" / "python", tmp_path / "bin" / "palaver"
    python.parent.mkdir()
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    python.chmod(0o755)
    subprocess.run(["make", "--silent", f"VENV={tmp_path}", str(command)], cwd=ROOT, check=True)
    told = subprocess.run([command, "--version"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert told.stdout == f"palaver {__version__}\n"
