"""The packages under clients/: their versions are the contract's, and each goes all journeys."""

import hashlib
import json
import re
import tomllib

import pytest

from palaver.contract.loader import Contract
from tests.fuzz.__main__ import ROOT

CLIENTS = ROOT / "clients"
JOURNEYS = {"typescript": "tests/journeys.ts", "python": "tests/journeys.py", "go": "journeys_test.go"}


def test_the_version_of_the_typescript_package_is_the_contracts() -> None:
    version = Contract.load().document["info"]["version"]
    package = json.loads((CLIENTS / "typescript/package.json").read_text())
    lock = json.loads((CLIENTS / "typescript/package-lock.json").read_text())
    assert [package["version"], lock["version"], lock["packages"][""]["version"]] == [version] * 3


def test_the_version_of_the_python_package_is_the_contracts() -> None:
    package = tomllib.loads((CLIENTS / "python/pyproject.toml").read_text())
    assert package["project"]["version"] == Contract.load().document["info"]["version"]


def test_the_kept_code_of_the_python_package_is_of_this_contract() -> None:
    kept = (CLIENTS / "python/palaver_client/generated/contract.py").read_text()
    digest = hashlib.sha256((ROOT / "openapi.yaml").read_bytes()).hexdigest()
    assert f'"{digest}"' in kept, "`make generate` makes it anew"


def test_the_lock_of_the_typescript_package_names_no_addresses() -> None:
    assert "resolved" not in (CLIENTS / "typescript/package-lock.json").read_text()


@pytest.mark.parametrize("language", [name for name, file in JOURNEYS.items() if (CLIENTS / name / file).exists()])
def test_every_journey_is_gone_in_each_language(language: str) -> None:
    journeys = set(re.findall(r"^\| `([a-z_]+)` \|", (CLIENTS / "journeys.md").read_text(), re.MULTILINE))
    text = (CLIENTS / language / JOURNEYS[language]).read_text()
    gone = set(re.findall(r"(?:^test\('|^(?:async )?def test_|t\.Run\(\")(\w+)", text, re.MULTILINE))
    assert journeys == gone
