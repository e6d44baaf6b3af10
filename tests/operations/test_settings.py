"""Settings that cannot be used are told by the names of their variables, in plain words."""

from collections.abc import Mapping

import pytest
from typer.testing import CliRunner

from palaver.cli import app


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({"PALAVER_PORT": "many"}, "PALAVER_PORT: Input should be a valid integer"),
        ({"PALAVER_ALLOWED_ORIGINS": "*"}, "PALAVER_ALLOWED_ORIGINS: '*' is no origin as browsers write it"),
        (
            {"PALAVER_RETRY_INITIAL_SECONDS": "9", "PALAVER_RETRY_MAX_SECONDS": "1"},
            "retry_max_seconds must not be less",
        ),
    ],
)
def test_settings_that_do_not_fit_end_the_command_with_their_names(variables: Mapping[str, str], words: str) -> None:
    refused = CliRunner(env=variables).invoke(app, ["settings"])
    assert refused.exit_code == 1
    told = " ".join(refused.output.split())
    assert "these settings do not fit." in told
    assert words in told
    assert "Value error" not in told
