"""What a fuzz run leaves for people and programs."""

from pathlib import Path
from xml.etree import ElementTree

from palaver.contract.loader import Contract
from tests.contract.operations import operations
from tests.fuzz.leavings import Leavings, documented_parameters
from tests.fuzz.report import Summary, permissions

FAILURE = """<testsuites><testsuite><testcase name="GET /api/v2/users"><failure>- Server error

Reproduce with:

    curl -H 'Coder-Session-Token: abc-secret' http://127.0.0.1:1/api/v2/users
</failure></testcase></testsuite></testsuites>"""


def leavings(directory: Path, **faults: list[str]) -> Leavings:
    answers = ["owner get-users 200", "owner get-users 200", "owner get-users 400", "member build-info 200"]
    summary = Summary.read(answers, Contract.load().document, permissions())
    return Leavings(directory, 7, summary, "get-users query q\nget-users query nonsense\n", faults, 12.0)


def test_a_report_has_figures_coverage_and_failures_with_their_requests(tmp_path: Path) -> None:
    (tmp_path / "owner.xml").write_text(FAILURE)
    leavings(tmp_path, answers=["get-users gave owner 500 1 times"]).write("examples 3")
    report = (tmp_path / "report.md").read_text()
    assert report.startswith("# Fuzz run with seed 7: failed\n\n12 s; examples 3\n")
    assert "| owner | 3 | 2 | 0 | 1 | 0 | 1 of 148 | 1 of 139 |" in report
    assert f"- operations called: 2 of {len(operations())}" in report
    assert f"- parameters and fields of bodies sent: 1 of {len(documented_parameters())}" in report
    assert "documented (operation, status) pairs answered by this run: 3 of " in report
    assert "- answers: get-users gave owner 500 1 times" in report
    assert "### GET /api/v2/users, as owner" in report
    assert 'curl -H "Coder-Session-Token: $TOKEN" http://127.0.0.1:1/api/v2/users' in report
    assert "| get-users | 200:2 400:1 | - |" in report


def test_our_own_checks_are_told_as_junit_and_answers_as_a_table(tmp_path: Path) -> None:
    leavings(tmp_path, answers=["get-users gave owner 500\x00 1 times", "two\nlines"], tokens=[]).write("")
    suite = ElementTree.parse(tmp_path / "run.xml").getroot()
    assert (suite.get("tests"), suite.get("failures")) == ("2", "1")
    assert [case.get("name") for case in suite] == ["answers", "tokens"]
    assert [failure.get("message") for failure in suite.iter("failure")] == [
        "get-users gave owner 500\ufffd 1 times",
        "two",
    ]
    rows = (tmp_path / "answers.tsv").read_text().splitlines()
    assert rows == [
        "user\toperation\tstatus\tcount",
        "member\tbuild-info\t200\t1",
        "owner\tget-users\t200\t2",
        "owner\tget-users\t400\t1",
    ]


def test_a_run_without_faults_has_passed(tmp_path: Path) -> None:
    leavings(tmp_path, answers=[]).write("")
    report = (tmp_path / "report.md").read_text()
    assert report.startswith("# Fuzz run with seed 7: passed\n")
    assert "\n## Failures\n\nNone.\n" in report
