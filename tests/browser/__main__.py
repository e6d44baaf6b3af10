"""`python -m tests.browser`: try the server's /docs, and the chat UI of the guide, in Chromium.

The guide's samples are run as every page's are; then the page that they have built and serve is used, from another
origin than the server's.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from tests.samples.__main__ import run_page
from tests.samples.pages import DOCS
from tests.samples.programs import base_environment, demo, free_port, stop

HERE: Final = Path(__file__).parent
GUIDE: Final = DOCS / "guides" / "chat-ui.md"
PAGE: Final = "127.0.0.1:5173"
"""Where the guide serves its page."""
LIMIT_SECONDS: Final = 600


def tried(program: str, environment: dict[str, str]) -> bool:
    """Whether the tests of a program passed, in time; nothing that they have started is left."""
    command = ["node", "--test", "--test-reporter", "spec", program]
    started = subprocess.Popen(command, cwd=HERE, env=environment, start_new_session=True)
    try:
        return started.wait(LIMIT_SECONDS) == 0
    except subprocess.TimeoutExpired:
        sys.stdout.write(f"{program}: not done within {LIMIT_SECONDS} s\n")
        return False
    finally:
        stop(started)


def main() -> int:
    """Run both; returns the exit status."""
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.stderr.write("There is no chromium here: install the package of that name.\n")
        return 1
    scratch = Path(tempfile.mkdtemp(prefix="palaver-browser-"))
    scratch.chmod(0o711)  # the database may run as another user
    try:
        environment = base_environment(scratch) | {"CHROMIUM": chromium}
        with demo(scratch, environment) as running:
            docs = tried("docs-page.mjs", environment | {"PALAVER_URL": running.url, "PALAVER_TOKEN": running.token})

        page = f"127.0.0.1:{free_port()}"

        def look(directory: Path) -> list[str]:
            token = (directory / "palaver-data" / "demo.token").read_text().strip()
            seen = environment | {"PAGE_URL": f"http://{page}", "PALAVER_TOKEN": token}
            return [] if tried("chat-ui.mjs", seen) else ["the page does not do what it should"]

        wrong = run_page(GUIDE, environment, {PAGE: page}, look)
        sys.stdout.write("".join(f"{GUIDE.relative_to(DOCS)}: {fault}\n" for fault in wrong))
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return 0 if docs and not wrong else 1


if __name__ == "__main__":
    sys.exit(main())
