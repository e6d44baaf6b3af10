"""What is shipped is whole: the wheel, with exactly the locked packages, serves from an empty directory."""

import re
import subprocess
import sys
import zipfile
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import httpx2
import pytest

from tests.operations.processes import ROOT, environment, running


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(directory), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    [path] = directory.glob("*.whl")
    return path


def locked_packages() -> list[str]:
    lock = (ROOT / "requirements" / "runtime.txt").read_text()
    return re.findall(r"^([a-z0-9._-]+)==", lock, re.MULTILINE)


def make_environment(path: Path, wheel: Path) -> Path:
    """A virtual environment with the wheel and the locked runtime packages, linked from ours, and nothing else."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(path)], check=True)
    [site] = path.glob("lib/python*/site-packages")
    for name in locked_packages():
        try:
            files = distribution(name).files or ()
        except PackageNotFoundError:
            continue  # Locked for another platform or Python.
        for top in {file.parts[0] for file in files} - {"..", "__pycache__"}:
            link = site / top
            if not link.exists():
                link.symlink_to(Path(str(distribution(name).locate_file(top))))
    python = path / "bin" / "python"
    install = [sys.executable, "-m", "pip", "--python", str(python), "install", "--no-deps", "--no-index", str(wheel)]
    subprocess.run(install, check=True, capture_output=True)
    return python


@pytest.mark.slow
def test_wheel_holds_contract_migrations_and_policy(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        assert archive.read("palaver/openapi.yaml") == (ROOT / "openapi.yaml").read_bytes()
    migrations = {f"palaver/migrations/versions/{path.name}" for path in (ROOT / "migrations/versions").glob("*.py")}
    assert migrations <= names
    assert {"palaver/migrations/env.py", "palaver/auth/policy.cedar"} <= names
    client = ROOT / "clients/python/palaver_client"
    ours = {f"palaver/clients/palaver_client/{path.relative_to(client)}" for path in client.rglob("*.py")}
    assert ours == {name for name in names if name.startswith("palaver/clients/") and name.endswith(".py")}
    assert {name.split("/")[0] for name in names if ".dist-info" not in name} == {"palaver", "handlers", "models"}


@pytest.mark.slow
def test_wheel_serves_from_an_empty_directory(wheel: Path, tmp_path: Path) -> None:
    python = make_environment(tmp_path / "environment", wheel)
    empty = tmp_path / "empty"
    empty.mkdir()
    with running("demo", cwd=empty, python=str(python), PYTHONPATH="") as server:
        assert httpx2.get(f"{server.url}/readyz").status_code == 200
        assert httpx2.get(f"{server.url}/openapi.yaml").content == (ROOT / "openapi.yaml").read_bytes()
        assert httpx2.get(f"{server.url}/docs").status_code == 200
        said = subprocess.run(
            [str(python.with_name("palaver")), "chat", "--url", server.url, "hello"],
            cwd=empty,
            env=environment(PYTHONPATH=""),
            capture_output=True,
            text=True,
            check=False,
        )
        assert (said.returncode, said.stdout) == (0, "hello\n"), said.stderr
    assert [path.name for path in empty.iterdir()] == ["palaver-data"]
