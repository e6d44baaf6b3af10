"""`python -m tests.samples.journeys`: follow the workflows of arazzo.yaml against a demo server."""

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.samples.pages import ROOT
from tests.samples.programs import base_environment, demo

RUNNER = ROOT / "tools" / "contract-lint" / "node_modules" / ".bin" / "redocly"


def main() -> int:
    """Follow them; returns the exit status."""
    scratch = Path(tempfile.mkdtemp(prefix="palaver-journeys-"))
    scratch.chmod(0o711)  # the database may run as another user
    try:
        environment = base_environment(scratch)
        with demo(scratch, environment) as server:
            inputs = {"token": server.token, "email": server.email, "password": server.password}
            command = [str(RUNNER), "respect", "arazzo.yaml", "--server", f"palaver={server.url}"]
            command += ["--input", json.dumps(inputs), "--max-fetch-timeout", "20000", "--execution-timeout", "300000"]
            return subprocess.run([*command, *sys.argv[1:]], cwd=ROOT, env=environment, check=False).returncode
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
