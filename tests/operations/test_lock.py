"""The lock holds every declared dependency, each with hashes, and says nothing about where it was made."""

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.operations.processes import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
RUNTIME = PROJECT["project"]["dependencies"]
DEVELOPMENT = RUNTIME + PROJECT["dependency-groups"]["dev"]


@pytest.mark.parametrize(("name", "declared"), [("runtime.txt", RUNTIME), ("dev.txt", DEVELOPMENT)])
def test_lock_satisfies_every_declared_dependency(name: str, declared: list[str]) -> None:
    lock = (ROOT / "requirements" / name).read_text()
    pinned = dict(re.findall(r"^([a-z0-9._-]+)==([^\s;]+)", lock, re.MULTILINE))
    for requirement in map(Requirement, declared):
        version = pinned.get(canonicalize_name(requirement.name))
        assert version is not None, f"{requirement.name} is not locked: run make lock"
        assert requirement.specifier.contains(version), f"{requirement} is locked at {version}: run make lock"


@pytest.mark.parametrize("name", ["runtime.txt", "dev.txt"])
def test_lock_pins_with_hashes_and_names_no_host_or_path(name: str) -> None:
    lock = (ROOT / "requirements" / name).read_text()
    for block in re.split(r"\n(?=[a-z0-9])", lock):
        if "==" in block:
            assert "--hash=sha256:" in block
    assert "://" not in lock
    assert "index-url" not in lock
    assert not re.search(r"(?:^|\s)/\w", lock)


def test_development_lock_extends_the_runtime_lock() -> None:
    def pins(name: str) -> set[str]:
        lock = (ROOT / "requirements" / name).read_text()
        return set(re.findall(r"^([a-z0-9._-]+==[^\s;]+)", lock, re.MULTILINE))

    assert pins("runtime.txt") <= pins("dev.txt")
