"""The generated part of the documentation site, and the journeys: all of the contract is in them, and nothing else."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from palaver.settings import Settings
from tests.contract.operations import CONTRACT, Operation, operations
from tools.site import reference, self_contained

ROOT = Path(__file__).parents[1]
JOURNEYS: dict[str, Any] = yaml.safe_load((ROOT / "arazzo.yaml").read_text())
PAGES = reference.pages()
OPERATIONS: dict[str, Operation] = {operation.operation_id: operation for operation in operations()}


def test_every_operation_schema_setting_and_error_of_the_contract_has_its_place() -> None:
    everything = "\n".join(PAGES.values())
    assert sorted(re.findall(r"\{ #([a-z0-9-]+) \}", everything)) == sorted(OPERATIONS)
    schemas = re.findall(r"\{ #([A-Z]\w+) \}", PAGES["schemas.md"])
    assert sorted(schemas) == sorted(CONTRACT.document["components"]["schemas"])
    assert [name for name in Settings.model_fields if f"`PALAVER_{name.upper()}`" not in PAGES["settings.md"]] == []
    assert (404, "Route not found.") not in reference.messages()
    assert "send-chat-message" in reference.messages()[400, "Content is required."]


def test_links_of_the_reference_lead_to_what_is_there() -> None:
    for name, text in PAGES.items():
        for file, anchor in re.findall(r"\]\(([\w-]+\.md)?#([\w-]+)\)", text):
            assert f"{{ #{anchor} }}" in PAGES[file or name], f"{name} links to {file}#{anchor}"


def test_every_page_of_the_documentation_is_in_the_navigation() -> None:
    config = (ROOT / "mkdocs.yml").read_text()
    pages = [path.relative_to(ROOT / "docs") for path in (ROOT / "docs").rglob("*.md")]
    assert [page for page in pages if page.parts[0] != "decisions" and f": {page}\n" not in config] == []


def test_a_site_that_loads_from_elsewhere_is_told(tmp_path: Path) -> None:
    page = tmp_path / "index.html"
    page.write_text('<a href="https://example.com">read</a><script src="own.js"></script>')
    assert self_contained.foreign(tmp_path) == []
    page.write_text(
        '<link rel="stylesheet" href="//example.com/a.css"><img src="https://example.com/b.png">'
        '<p style="background: url(https://example.com/c.png)">'
    )
    (tmp_path / "d.css").write_text("@import 'https://example.com/e.css';")
    assert len(self_contained.foreign(tmp_path)) == 4
    (tmp_path / "d.css").unlink()
    page.write_text('<pre class="mermaid">')
    assert self_contained.foreign(tmp_path) == ["index.html: would fetch what draws its diagrams"]


@pytest.mark.parametrize("journey", JOURNEYS["workflows"], ids=lambda journey: journey["workflowId"])
def test_journeys_call_operations_of_the_contract_and_want_what_they_document(journey: dict[str, Any]) -> None:
    for step in journey["steps"]:
        operation = OPERATIONS[step["operationId"]]
        given = {(parameter["in"], parameter["name"]) for parameter in step.get("parameters", [])}
        known = {(parameter["in"], parameter["name"]) for parameter in operation.parameters}
        assert given - known <= {("header", "Coder-Session-Token"), ("header", "Content-Type")}
        assert {(at, name) for at, name in known if at == "path"} <= given
        criteria = [criterion["condition"] for criterion in step["successCriteria"]]
        statuses = [status[1] for text in criteria if (status := re.fullmatch(r"\$statusCode == (\d+)", text))]
        assert len(statuses) == 1
        assert statuses[0] in operation.definition["responses"]


def test_journeys_have_the_version_of_the_contract() -> None:
    assert JOURNEYS["info"]["version"] == CONTRACT.document["info"]["version"]
