"""`python -m tests.conformance [option ...]`: the conformance kit against a server of its own; nothing may be skipped.

Options go to `palaver conformance`. The user is an ordinary one, the demo's is the administrator.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree

from tests.samples.pages import ROOT
from tests.samples.programs import Demo, base_environment, demo

RESULTS: Final = ROOT / "build" / "conformance.xml"
PAGE: Final = ROOT / "build" / "conformance.html"
PASSWORD: Final = "Correct-Horse-7-Staple"


def ordinary_user(server: Demo) -> str:
    """The token of a new user without any role."""
    me = _call(server, "GET", "/api/v2/users/me")
    body = {"username": "plain", "email": "plain@example.com", "password": PASSWORD}
    _call(server, "POST", "/api/v2/users", body | {"organization_ids": me["organization_ids"]})
    session = _call(server, "POST", "/api/v2/users/login", {"email": body["email"], "password": PASSWORD})
    return str(session["session_token"])


def _call(server: Demo, method: str, path: str, body: Any = None) -> Any:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(server.url + path, data, {"Coder-Session-Token": server.token}, method=method)
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(request, timeout=60) as answer:
        return json.load(answer)


def skipped(results: Path) -> list[str]:
    """The checks that were skipped, with the reasons."""
    cases = ElementTree.parse(results).iter("testcase")
    found = ((case.get("name"), case.find("skipped")) for case in cases)
    return [f"{name}: {reason.get('message')}" for name, reason in found if reason is not None]


def main(options: list[str]) -> int:
    """Run it; returns the exit status."""
    RESULTS.parent.mkdir(exist_ok=True)
    scratch = Path(tempfile.mkdtemp(prefix="palaver-conformance-"))
    scratch.chmod(0o711)  # the database may run as another user
    try:
        environment = base_environment(scratch)
        with demo(scratch, environment) as server:
            tokens = {"PALAVER_URL": server.url, "PALAVER_TOKEN": ordinary_user(server)}
            tokens["PALAVER_ADMIN_TOKEN"] = server.token
            command = [sys.executable, "-m", "palaver", "conformance", "--strict", "--junit", str(RESULTS)]
            command += ["--html", str(PAGE), *options]
            variables = environment | tokens | {"PYTHONPATH": str(ROOT), "COLUMNS": os.environ.get("COLUMNS", "160")}
            status = subprocess.run(command, cwd=ROOT, env=variables, check=False).returncode
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    unexpected = skipped(RESULTS) if status == 0 else []
    for line in unexpected:
        sys.stdout.write(f"FAULT: skipped {line}\n")
    return status or (1 if unexpected else 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
