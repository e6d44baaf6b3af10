"""`python -m tools.contract_changes`: compare openapi.yaml with the contract of the last release.

A change that breaks clients needs a new major version; before 1.0, a new minor one. The contract of the last release is
`released/openapi.yaml`, which a release writes. `--prove` breaks copies of the contract in several ways first and wants
each break to be found, so that a comparison that finds nothing means something.

oasdiff does the comparing: a program of Go, pinned in tools/contract-changes and built by `make`.
"""

import argparse
import copy
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import yaml

ROOT: Final = Path(__file__).resolve().parents[1]
CONTRACT: Final = ROOT / "openapi.yaml"
RELEASED: Final = ROOT / "released" / "openapi.yaml"
OASDIFF: Final = ROOT / "build" / "oasdiff"

Document = dict[str, Any]


def breaks(before: Path, after: Path) -> list[str]:
    """What of `after` breaks clients of `before`. Raises RuntimeError when the two cannot be compared."""
    command = [str(OASDIFF), "breaking", str(before), str(after), "--format", "json"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own paths
    if run.returncode != 0:
        raise RuntimeError(f"oasdiff ended with status {run.returncode}: {run.stderr}")
    found = json.loads(run.stdout or "[]") or []
    return [f"{item['id']}: {item.get('operation', '')} {item.get('path', '')}: {item['text']}" for item in found]


def may_break(before: str, after: str) -> bool:
    """Whether the step from one version to the other allows to break clients."""
    old, new = (tuple(int(part) for part in version.split(".")) for version in (before, after))
    return new[0] > old[0] or (new[0] == old[0] == 0 and new[1] > old[1])


def version(path: Path) -> str:
    """The version of a contract."""
    return str(yaml.load(path.read_bytes(), yaml.CSafeLoader)["info"]["version"])


# ---- the proof ----


def _without_an_operation(document: Document) -> None:
    del document["paths"]["/api/experimental/chats/{chat}/interrupt"]


def _with_a_required_field(document: Document) -> None:
    schema = document["components"]["schemas"]["CreateChatMessageRequest"]
    schema["properties"]["tone"] = {"type": "string", "description": "Of the answer."}
    schema.setdefault("required", []).append("tone")


def _without_a_field_of_answers(document: Document) -> None:
    schema = document["components"]["schemas"]["CreateChatMessageResponse"]
    del schema["properties"]["queued"]
    schema["required"] = [name for name in schema.get("required", []) if name != "queued"]


def _with_another_type(document: Document) -> None:
    document["components"]["schemas"]["CreateChatMessageResponse"]["properties"]["queued"] = {"type": "string"}


def _with_an_optional_field(document: Document) -> None:
    schema = document["components"]["schemas"]["CreateChatMessageRequest"]
    schema["properties"]["tone"] = {"type": "string", "nullable": True, "description": "Of the answer."}


PROOFS: Final[dict[Callable[[Document], None], bool]] = {
    _without_an_operation: True,
    _with_a_required_field: True,
    _without_a_field_of_answers: True,
    _with_another_type: True,
    _with_an_optional_field: False,
}


def prove() -> list[str]:
    """What the comparison got wrong about copies of the contract of which it is known whether they break clients."""
    document = yaml.load(CONTRACT.read_bytes(), yaml.CSafeLoader)
    wrong = [f"the contract beside itself: {found}" for found in breaks(CONTRACT, CONTRACT)]
    with tempfile.TemporaryDirectory() as directory:
        for change, breaking in PROOFS.items():
            changed = copy.deepcopy(document)
            change(changed)
            path = Path(directory) / "openapi.yaml"
            path.write_text(yaml.dump(changed, Dumper=yaml.CSafeDumper, sort_keys=False))
            if bool(breaks(CONTRACT, path)) is not breaking:
                wrong.append(f"a contract {change.__name__.strip('_').replace('_', ' ')} was taken for the other kind")
    return wrong


def main(arguments: list[str] | None = None) -> int:
    """Compare; returns the exit status."""
    parser = argparse.ArgumentParser(description="Compare the contract with the last released one.")
    parser.add_argument("--prove", action="store_true", help="show first that breaks are found")
    given = parser.parse_args(arguments)
    tell = sys.stdout.write
    wrong = prove() if given.prove else []
    if given.prove and not wrong:
        tell(f"The comparison was right about {len(PROOFS)} changes of which it is known what they do.\n")
    if not RELEASED.exists():
        tell("No contract has been released yet: nothing to compare with.\n")
    else:
        before, after = version(RELEASED), version(CONTRACT)
        found = breaks(RELEASED, CONTRACT)
        tell("".join(f"{line}\n" for line in found) or f"Nothing breaks clients of {before}.\n")
        if found and not may_break(before, after):
            wrong.append(f"{len(found)} changes break clients of {before}, and the version is {after}")
    tell("".join(f"FAULT: {line}\n" for line in wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
