"""The small form of `make fuzz`: a few cases of every operation against a real server process, always the same ones."""

import subprocess
import sys

from tests.fuzz.__main__ import EXAMPLES, ROOT, SEQUENCES, configuration
from tests.fuzz.report import Summary

SECONDS = 300


def test_every_operation_holds_to_the_contract_for_a_few_generated_requests() -> None:
    command = [sys.executable, "-m", "tests.fuzz", "--examples", "5", "--sequences", "5"]
    command += ["--phases", "examples,fuzzing,stateful", "--seed", "1"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=SECONDS, check=False)
    assert run.returncode == 0, run.stdout[-20_000:] + run.stderr[-4_000:]


def test_no_check_is_switched_off_and_no_server_error_is_expected() -> None:
    text = configuration(EXAMPLES, SEQUENCES)
    settings = [line.partition("#")[0] for line in text.splitlines()]
    assert not any("enabled" in line or "suppress" in line or "5xx" in line or '"5' in line for line in settings)


def test_an_operation_without_a_success_fails_the_run() -> None:
    document = {
        "paths": {
            "/things": {
                "get": {"operationId": "list-things", "responses": {"200": {}, "404": {}}},
                "post": {"operationId": "create-thing", "responses": {"201": {}, "500": {}}},
                "delete": {"operationId": "retired", "responses": {"410": {}}},
            }
        }
    }
    answers = ["list-things 404", "create-thing 201", "create-thing 500", "retired 410"]
    assert Summary.read(answers, document).faults() == ["list-things never gave a 2xx", "create-thing gave 500 1 times"]
    assert Summary.read(["list-things 200", "create-thing 201"], document).faults() == ["retired was never called"]
