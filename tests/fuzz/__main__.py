"""`python -m tests.fuzz`: start a server, fuzz it from its contract, tell what it answered."""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from palaver.contract.loader import Contract
from tests.fuzz.report import Summary
from tests.fuzz.server import serving
from tests.fuzz.world import build

ROOT = Path(__file__).resolve().parents[2]
CONFIG = ROOT / "schemathesis.toml"
EXAMPLES, SEQUENCES = 50, 100
"""Cases per operation and stateful sequences; the figures in schemathesis.toml."""


def configuration(examples: int, sequences: int) -> str:
    """schemathesis.toml with these figures."""
    text = CONFIG.read_text()
    for figure, name in ((EXAMPLES, "examples"), (SEQUENCES, "sequences")):
        if text.count(f"max-examples = {figure}\n") != 1:
            raise ValueError(f"{CONFIG.name} has not exactly one figure {figure} of {name}")
        text = text.replace(f"max-examples = {figure}\n", f"max-examples = <{name}>\n")
    return text.replace("<examples>", str(examples)).replace("<sequences>", str(sequences))


def main(arguments: list[str] | None = None) -> int:
    """Run it; returns the exit status."""
    parser = argparse.ArgumentParser(description="Fuzz a running server from its contract.")
    parser.add_argument("--examples", type=int, default=EXAMPLES, help="cases per operation")
    parser.add_argument("--sequences", type=int, default=SEQUENCES, help="stateful sequences")
    parser.add_argument("--phases", default="examples,coverage,fuzzing,stateful")
    parser.add_argument("--seed", type=int, help="repeat a run")
    parser.add_argument("--only", help="an operation id")
    given = parser.parse_args(arguments)
    started_at = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="palaver-fuzz-run-") as name:
        directory = Path(name)
        answers = directory / "answers"
        answers.touch()
        config = directory / "schemathesis.toml"
        config.write_text(configuration(given.examples, given.sequences))
        with serving(directory / "server.log") as server, answers.open("a", buffering=1) as counts:
            seeds = build(server.url, lambda operation_id, status: counts.write(f"{operation_id} {status}\n"))
            seeds.save(directory / "seeds.json")
            command = [sys.executable, "-m", "schemathesis.cli", "--config-file", str(config), "run"]
            command += [str(ROOT / "openapi.yaml"), "--url", server.url, "--phases", given.phases]
            command += ["--seed", str(given.seed)] if given.seed is not None else []
            command += ["--include-operation-id", given.only] if given.only else []
            environment = os.environ | {
                "PALAVER_FUZZ_DIRECTORY": str(directory),
                "PYTHONPATH": str(ROOT),
                "NO_PROXY": "127.0.0.1",
            }
            status = subprocess.run(command, env=environment, cwd=directory, check=False).returncode
            server_faults = server.faults()
        summary = Summary.read(answers.read_text().splitlines(), Contract.load().document)
    tell = sys.stdout.write
    tell(f"\n{summary.table()}\n\n")
    faults = [] if given.only else summary.faults()
    faults += [f"schemathesis ended with status {status}"] if status else []
    faults += server_faults
    for fault in faults:
        tell(f"FAULT: {fault}\n")
    tell(f"{'failed' if faults else 'passed'} after {time.monotonic() - started_at:.0f} s\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
