"""The small form of `make fuzz`: a few cases of every operation against a real server process, always the same ones."""

import re
import subprocess
import sys
from pathlib import Path

from palaver.contract.loader import Contract
from tests.fuzz.__main__ import EXAMPLES, ROOT, SEQUENCES, configuration
from tests.fuzz.report import Summary, permissions

SECONDS = 480


def test_every_operation_holds_to_the_contract_for_a_few_generated_requests(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.fuzz", "--users", "owner,member"]
    command += ["--examples", "1", "--sequences", "2"]
    command += ["--phases", "examples,fuzzing,stateful", "--seeds", "1", "--reports", str(tmp_path)]
    command += ["--other-examples", "1", "--other-sequences", "1", "--other-phases", "fuzzing,stateful"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=SECONDS, check=False)
    assert run.returncode == 0, what_failed(run.stdout) + run.stderr[-4_000:]
    (left,) = tmp_path.iterdir()
    assert {path.name for path in left.iterdir()} == {"owner.xml", "member.xml", "run.xml", "answers.tsv", "report.md"}
    report = (left / "report.md").read_text()
    assert report.startswith("# Fuzz run with seed 1: passed\n")
    assert "operations called: 148 of 148" in report


def what_failed(output: str) -> str:
    """The failures that a run has told, and what the run as a whole is blamed for."""
    failures = re.findall(r"^=+ FAILURES =+$.*?(?=^=+ (?:WARNINGS|SUMMARY) =+$)", output, re.DOTALL | re.MULTILINE)
    faults = [line for line in output.splitlines() if line.startswith("FAULT: ")]
    return "\n".join([*(failure[:20_000] for failure in failures), *faults]) or output[-20_000:]


def test_no_check_is_switched_off_and_no_server_error_is_expected() -> None:
    text = configuration(EXAMPLES, SEQUENCES)
    settings = [line.partition("#")[0] for line in text.splitlines()]
    assert not any("enabled" in line or "suppress" in line or "5xx" in line or '"5' in line for line in settings)


DOCUMENT = {
    "paths": {
        "/things": {
            "get": {"operationId": "list-things", "responses": {"200": {}, "404": {}}},
            "post": {"operationId": "create-thing", "responses": {"201": {}, "500": {}}},
            "delete": {"operationId": "retired", "responses": {"410": {}}},
        }
    }
}
PERMISSIONS = {
    "list-things": {"anonymous": "401", "member": "404", "reader": "200", "owner": "200", "organization_admin": "200"},
    "create-thing": {"anonymous": "401", "member": "403", "reader": "403", "owner": "403", "organization_admin": "201"},
}


def test_an_operation_that_never_succeeds_for_anybody_or_is_never_called_is_told() -> None:
    answers = ["owner list-things 404", "member list-things 404", "admin create-thing 201", "owner retired 410"]
    assert Summary.read(answers, DOCUMENT, PERMISSIONS).missing() == ["list-things never gave a 2xx"]
    answers = ["member list-things 200", "admin create-thing 201"]
    assert Summary.read(answers, DOCUMENT, PERMISSIONS).missing() == ["retired was never called"]


def test_a_server_error_and_a_success_that_the_permission_table_does_not_give_are_faults() -> None:
    answers = [
        "owner create-thing 201",
        "admin create-thing 500",
        "member create-thing 201",
        "anonymous list-things 200",
    ]
    assert Summary.read(answers, DOCUMENT, PERMISSIONS).faults() == [
        "create-thing gave admin 500 1 times",
        "list-things gave anonymous 200 1 times, against the permission table",
        "create-thing gave member 201 1 times, against the permission table",
    ]
    answers = [
        "owner create-thing 201",
        "admin create-thing 201",
        "member list-things 200",
        "anonymous list-things 401",
    ]
    assert Summary.read(answers, DOCUMENT, PERMISSIONS).faults() == []


def test_the_permission_table_has_a_row_for_every_operation() -> None:
    summary = Summary.read([], Contract.load().document, permissions())
    assert {*summary.operations} == {*summary.permissions}
