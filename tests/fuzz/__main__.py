"""`python -m tests.fuzz`: start a server, fuzz it from its contract as several users, tell what it answered.

Each seed has a server of its own and leaves a directory in build/fuzz: `report.md` for people, the JUnit files
`<user>.xml` of schemathesis and `run.xml` of our own checks, `answers.tsv`, and the server's log when it failed.
"""

import argparse
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path

import httpx

from palaver.contract.loader import Contract
from tests.fuzz.leavings import Leavings
from tests.fuzz.report import Summary, permissions
from tests.fuzz.server import serving
from tests.fuzz.spoiling import park, spoil
from tests.fuzz.world import USERS, Seeds, build

ROOT = Path(__file__).resolve().parents[2]
CONFIG = ROOT / "schemathesis.toml"
EXAMPLES, SEQUENCES = 50, 100
"""Cases per operation and stateful sequences as the site owner; the figures in schemathesis.toml."""
OTHER_EXAMPLES, OTHER_SEQUENCES = 20, 40
"""As each other user: most of what differs for them is decided before the request is looked into."""
LONGER = 4
"""How many times as much `--long` does."""
BUILD = ROOT / "build" / "fuzz"
PHASES = "examples,coverage,fuzzing,stateful"


def configuration(examples: int, sequences: int) -> str:
    """schemathesis.toml with these figures."""
    text = CONFIG.read_text()
    for figure, name in ((EXAMPLES, "examples"), (SEQUENCES, "sequences")):
        if text.count(f"max-examples = {figure}\n") != 1:
            raise ValueError(f"{CONFIG.name} has not exactly one figure {figure} of {name}")
        text = text.replace(f"max-examples = {figure}\n", f"max-examples = <{name}>\n")
    return text.replace("<examples>", str(examples)).replace("<sequences>", str(sequences))


@dataclass(frozen=True)
class Amount:
    """How much one user's run does."""

    examples: int
    """Cases per operation."""
    sequences: int
    """Stateful sequences."""
    phases: str
    """Names of schemathesis' phases, with commas between."""


@dataclass(frozen=True)
class Run:
    """Runs of schemathesis against one server. `seed` repeats a run; `only` is the one operation to call; `reports`
    gets a JUnit file of each user."""

    directory: Path
    url: str
    seed: int
    only: str | None
    reports: Path

    def fuzz(self, user: str, amount: Amount) -> int:
        """As one user; returns the exit status."""
        config = self.directory / "schemathesis.toml"
        config.write_text(configuration(amount.examples, amount.sequences))
        command = [sys.executable, "-m", "schemathesis.cli", "--config-file", str(config), "run"]
        # Of one operation nothing leads to another.
        phases = amount.phases.replace(",stateful", "") if self.only else amount.phases
        command += [str(ROOT / "openapi.yaml"), "--url", self.url, "--phases", phases]
        command += ["--seed", str(self.seed), "--report", "junit"]
        command += ["--report-junit-path", str(self.reports / f"{user}.xml")]
        command += ["--include-operation-id", self.only] if self.only else []
        environment = os.environ | {
            "PALAVER_FUZZ_DIRECTORY": str(self.directory),
            "PALAVER_FUZZ_USER": user,
            "PYTHONPATH": str(ROOT),
            "NO_PROXY": "127.0.0.1",
        }
        return subprocess.run(command, env=environment, cwd=self.directory, check=False).returncode


def amounts(given: argparse.Namespace) -> dict[str, Amount]:
    """By user. Without a token there is nothing that one request could tell the next."""
    others = Amount(given.other_examples, given.other_sequences, given.other_phases)
    of_everybody = dict.fromkeys(USERS, others) | {
        "owner": Amount(given.examples, given.sequences, given.phases),
        "anonymous": replace(others, phases=",".join({*others.phases.split(",")} - {"stateful"})),
    }
    return {name: of_everybody[name] for name in given.users.split(",")}


def lost_token(seeds: Seeds) -> list[str]:
    """What is wrong when the user's token has not outlived the run: all later answers were 401."""
    headers = {"Coder-Session-Token": seeds.token}
    answer = httpx.get(f"{seeds.url}/api/v2/users/me", headers=headers, trust_env=False)
    return [] if answer.is_success or not seeds.token else [f"the token of {seeds.username} was lost during the run"]


def fuzzed(given: argparse.Namespace, seed: int, reports: Path) -> Leavings:
    """Fuzz a server of its own; what the run found is in `reports` and in what is returned."""
    started_at = time.monotonic()
    faults: dict[str, list[str]] = {}
    with tempfile.TemporaryDirectory(prefix="palaver-fuzz-run-") as name:
        directory = Path(name)
        answers, parameters, log = directory / "answers", directory / "parameters", directory / "server.log"
        parameters.touch()
        with serving(log) as server:
            with answers.open("a", buffering=1) as counts:
                everybody = build(server.url, lambda user, what, status: counts.write(f"{user} {what} {status}\n"))
            spoil(server.data_dir, [chat_id for seeds in everybody.values() for chat_id in seeds.invalid_chats])
            park(server.data_dir, [chat_id for seeds in everybody.values() for chat_id in seeds.parked_chats])
            run = Run(directory, server.url, seed, given.only, reports)
            for user, amount in amounts(given).items():
                seeds = everybody[user]
                seeds.save(directory / f"{user}.json")
                sys.stdout.write(f"\n==== as {user} ====\n")
                sys.stdout.flush()
                status = run.fuzz(user, amount)
                faults[f"schemathesis as {user}"] = [f"it ended with status {status}"] if status else []
                faults[f"the token of {user}"] = lost_token(seeds)
            faults["the server"] = server.faults()
        summary = Summary.read(answers.read_text().splitlines(), Contract.load().document, permissions())
        faults["answers"] = summary.faults()
        if "owner" in amounts(given) and not given.only:
            faults["successes"] = summary.missing()
        leavings = Leavings(reports, seed, summary, parameters.read_text(), faults, time.monotonic() - started_at)
        if leavings.told:
            shutil.copy(log, reports / "server.log")
    of_the_run = {name: value for name, value in vars(given).items() if name not in {"seeds", "reports"} and value}
    leavings.write(", ".join(f"{name} {value}" for name, value in of_the_run.items()))
    return leavings


def main(arguments: list[str] | None = None) -> int:
    """Run it; returns the exit status."""
    parser = argparse.ArgumentParser(description="Fuzz a running server from its contract.")
    parser.add_argument("--users", default=",".join(USERS), help="who asks, one after another")
    parser.add_argument("--examples", type=int, default=EXAMPLES, help="cases per operation as the site owner")
    parser.add_argument("--sequences", type=int, default=SEQUENCES, help="stateful sequences as the site owner")
    parser.add_argument("--phases", default=PHASES, help="what is done as the site owner")
    parser.add_argument("--other-examples", type=int, default=OTHER_EXAMPLES, help="cases as each other user")
    parser.add_argument("--other-sequences", type=int, default=OTHER_SEQUENCES, help="sequences as each other user")
    parser.add_argument("--other-phases", default=PHASES, help="what is done as each other user")
    parser.add_argument("--long", action="store_true", help=f"{LONGER} times as many cases and sequences")
    parser.add_argument("--seeds", type=int, nargs="*", help="repeat runs, one after another")
    parser.add_argument("--only", help="an operation id")
    parser.add_argument("--reports", type=Path, default=BUILD, help="where each run leaves a directory")
    given = parser.parse_args(arguments)
    if given.long:
        for figure in ("examples", "sequences", "other_examples", "other_sequences"):
            setattr(given, figure, LONGER * getattr(given, figure))
    failed = False
    for seed in given.seeds or [secrets.randbelow(2**32)]:
        reports = given.reports / f"{time.strftime('%Y%m%d-%H%M%S', time.gmtime())}-{seed}"
        reports.mkdir(parents=True)
        leavings = fuzzed(given, seed, reports)
        sys.stdout.write(f"\n{leavings.summary.table()}\n\n")
        sys.stdout.write("".join(f"FAULT: {fault}\n" for fault in leavings.told))
        verdict = "failed" if leavings.told else "passed"
        sys.stdout.write(f"seed {seed} {verdict} after {leavings.seconds:.0f} s; see {os.path.relpath(reports)}\n")
        failed |= bool(leavings.told)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
