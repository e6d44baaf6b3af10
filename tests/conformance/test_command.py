"""`palaver conformance` on the command line: what it says when there is nothing to examine."""

import pytest
from typer.testing import CliRunner

from palaver.cli import app
from palaver.cli.console import out
from palaver.conformance.areas import all_checks
from tests.samples.programs import free_port


def test_every_check_is_listed_with_what_it_proves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(out, "width", 400)
    shown = CliRunner().invoke(app, ["conformance", "--list"])
    assert shown.exit_code == 0
    for check in all_checks():
        assert check.id in shown.stdout
        assert check.title in shown.stdout


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ([], "no token"),
        (["--token", "x", "--only", "no-such"], "no check is called no-such"),
        (["--token", "x", "--junit", "no-such-directory/results.xml"], "there is no directory no-such-directory"),
        (["--token", "x", "--url", "nonsense"], "nonsense does not answer"),
        (["--token", "x"], "does not answer"),
    ],
)
def test_where_nothing_can_be_examined_the_status_is_2(options: list[str], words: str) -> None:
    nobody = {"PALAVER_URL": f"http://127.0.0.1:{free_port()}", "PALAVER_TOKEN": None, "NO_PROXY": "127.0.0.1"}
    refused = CliRunner(env=nobody).invoke(app, ["conformance", *options])
    assert refused.exit_code == 2, refused.output
    assert words in " ".join(refused.output.split())
