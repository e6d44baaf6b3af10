"""The packages under clients/: their versions are the contract's, and each goes all journeys."""

import hashlib
import json
import re
import tomllib

import pytest

from palaver.contract.loader import Contract
from tests.fuzz.__main__ import ROOT

CLIENTS = ROOT / "clients"
JOURNEYS = {
    "typescript": "tests/journeys.ts",
    "python": "tests/journeys.py",
    "go": "journeys_test.go",
    "java": "tests/palaver/journeys/Journeys.java",
    "rust": "tests/journeys/main.rs",
}
GONE = re.compile(
    r"""(?:^test\('|^(?:async )?def test_|t\.Run\("|journeys\.go\("|^async fn (?=\w+\(world))(\w+)""", re.MULTILINE
)


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


def test_the_version_of_the_java_package_is_the_contracts() -> None:
    version = re.search(r"<artifactId>palaver-client</artifactId>\n +<version>(.*)</version>", _text("java/pom.xml"))
    assert version
    assert version[1] == Contract.load().document["info"]["version"]


def test_the_version_of_the_rust_package_is_the_contracts_and_pinned() -> None:
    version = Contract.load().document["info"]["version"]
    assert tomllib.loads(_text("rust/Cargo.toml"))["package"]["version"] == version
    pinned = {package["name"]: package for package in tomllib.loads(_text("rust/Cargo.pins"))["package"]}
    assert pinned.pop("palaver-client")["version"] == version
    assert all("checksum" in package for package in pinned.values())


def test_the_locks_name_no_addresses() -> None:
    assert "resolved" not in _text("typescript/package-lock.json")
    assert "://" not in _text("rust/Cargo.pins")


@pytest.mark.parametrize("language", [name for name, file in JOURNEYS.items() if (CLIENTS / name / file).exists()])
def test_every_journey_is_gone_in_each_language(language: str) -> None:
    journeys = set(re.findall(r"^\| `([a-z_]+)` \|", (CLIENTS / "journeys.md").read_text(), re.MULTILINE))
    text = _text(f"{language}/{JOURNEYS[language]}")
    assert journeys == set(GONE.findall(text))


def _text(path: str) -> str:
    return (CLIENTS / path).read_text()
