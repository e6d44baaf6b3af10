"""`python -m tests.samples [page ...]`: run every sample of the documentation's pages, page by page."""

import argparse
import asyncio
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from tests.postgres import Cluster, create_template, fresh_database, start_cluster
from tests.samples.pages import DOCS, ROOT, missing, pages, samples, script
from tests.samples.programs import base_environment, demo, free_port, process, stop

PAGE_SECONDS: Final = 600
SETTINGS: Final = ("files.md", "single-sign-on.md")
"""Pages whose samples are settings; a server must take them."""
PACKAGES: Final = {
    "start.md": "palaver-*.whl",
    "bot-typescript.md": "clients/palaver-client-*.tgz",
    "chat-ui.md": "clients/palaver-client-*.tgz",
}
"""What pages expect beside the reader, as `make` builds it below dist/."""
OWN_SERVER: Final = ("start.md", "deploying.md", "backing-up.md", "chat-ui.md")
"""Pages that start the server themselves."""
DATABASES: Final = tuple(f"postgresql://palaver:secret@db.example.com/{name}" for name in ("palaver", "restored"))
"""Empty databases that pages speak of; each page has its own."""
PORTS: Final = ("8000", "8001", "8900")
"""What pages let programs listen on; each run of a page takes free ones."""
IN_BROWSER: Final = ("chat-ui.md",)
"""Pages that `python -m tests.browser` runs, and then looks at what they have made."""


async def databases(cluster: Cluster) -> dict[str, str]:
    """What somebody has who backs a database up: one with Palaver's tables, an empty one, the right to copy all."""
    await create_template(cluster)
    return {
        "PALAVER_DATABASE_URL": await fresh_database(cluster),
        "EMPTY_DATABASE_URL": await fresh_database(cluster, migrated=False),
        "REPLICATION_URL": cluster.url,
    }


def run_page(
    page: Path,
    environment: dict[str, str],
    addresses: dict[str, str],
    look: Callable[[Path], list[str]] = lambda directory: [],
) -> list[str]:
    """Run a page's samples in an empty directory; what is wrong. `addresses` take the place of those that it names.

    `look` is called with the directory when they have run, while their background programs go on.
    """
    found = samples(page)
    directory = Path(tempfile.mkdtemp(prefix="palaver-samples-"))
    directory.chmod(0o711)  # the database may run as another user
    try:
        text = script(found)
        for named, real in addresses.items():
            text = text.replace(named, real)
        ports = {named: str(free_port()) for named in PORTS}
        for named, free in ports.items():
            text = re.sub(rf"(?<=[: ]){named}\b", free, text)
        if page.name in OWN_SERVER:
            environment = environment | {"PALAVER_PORT": ports["8000"]}
        for package in (ROOT / "dist").glob(PACKAGES.get(page.name, "no package")):
            shutil.copy(package, directory)
        if page.name in SETTINGS:
            text = f"set -a\n{text}palaver settings > .output/settings\n"
        with (directory / "log").open("wb") as output:
            started = subprocess.Popen(
                ["bash", "-c", text],
                cwd=directory,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        wrong: list[str] = []
        try:
            status = started.wait(PAGE_SECONDS)
            if status == 0:
                wrong = look(directory)
        except subprocess.TimeoutExpired:
            status = -1
        finally:
            stop(started)
        if status != 0:
            log = (directory / "log").read_text(errors="replace")
            last = max((directory / ".output").glob("*"), key=lambda path: path.stat().st_mtime, default=None)
            tail = last.read_text(errors="replace")[-2000:] if last else ""
            return [f"status {status}\n{log}\n{tail}"]
        before = 0
        for sample in found:
            if sample.kind == "run":
                before = sample.line
            elif sample.kind == "shows":
                printed = (directory / ".output" / str(before)).read_text()
                lost = missing(sample.code, printed)
                wrong += [f"line {sample.line}: not printed: {lost}\nprinted:\n{printed[:3000]}"] if lost else []
        return wrong
    finally:
        shutil.rmtree(directory, ignore_errors=True)


def main(arguments: list[str] | None = None) -> int:
    """Run them; returns the exit status."""
    parser = argparse.ArgumentParser(description="Run the samples of the documentation.")
    parser.add_argument("page", nargs="*", help="a page below docs/; by default all that have samples")
    given = parser.parse_args(arguments)
    chosen = [DOCS / name for name in given.page] or [page for page in pages() if page.name not in IN_BROWSER]
    count, faults = 0, 0
    scratch = Path(tempfile.mkdtemp(prefix="palaver-samples-run-"))
    scratch.chmod(0o711)
    try:
        environment = base_environment(scratch)
        model_port = free_port()
        model = [sys.executable, "-m", "tests.fakes.llm_server", "--port", str(model_port)]
        tools = [sys.executable, "-m", "tests.samples.tool_server"]
        protected = [sys.executable, "-m", "tests.samples.protected_tool_server"]
        with (
            start_cluster(wal_level="replica", max_wal_senders="4") as cluster,
            process(model, "ready", scratch / "model.log", ROOT, environment),
            process(tools, "ready", scratch / "tools.log", ROOT, environment),
            process(protected, "ready", scratch / "protected.log", ROOT, environment),
            demo(scratch, environment) as running,
        ):
            server = {"PALAVER_URL": running.url, "PALAVER_TOKEN": running.token}
            server |= {
                "PALAVER_EMAIL": running.email,
                "PALAVER_PASSWORD": running.password,
                "PALAVER_ALLOW_PRIVATE_NETWORKS": "true",
            }
            tool_server, protected_server = (
                (scratch / f"{name}.log").read_text().split("ready at ")[1].split()[0]
                for name in ("tools", "protected")
            )
            server |= asyncio.run(databases(cluster))
            addresses = {
                "http://127.0.0.1:11434": f"http://127.0.0.1:{model_port}",
                "https://tools.example.com/mcp": tool_server,
                "https://mcp.example.com/mcp": protected_server,
            }
            for page in chosen:
                started_at = time.monotonic()
                own = page.name in OWN_SERVER or page.name in SETTINGS
                named = {name for name in DATABASES if name in page.read_text()}
                there = {name: asyncio.run(fresh_database(cluster, migrated=False)) for name in named}
                wrong = run_page(page, environment if own else environment | server, addresses | there)
                number = len(samples(page))
                count, faults = count + number, faults + bool(wrong)
                told = "failed" if wrong else "passed"
                seconds = time.monotonic() - started_at
                sys.stdout.write(f"{told}  {page.relative_to(DOCS)}: {number} samples, {seconds:.1f} s\n")
                sys.stdout.write("".join(f"  {line}\n" for text in wrong for line in text.splitlines()))
                sys.stdout.flush()
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    sys.stdout.write(f"{count} samples on {len(chosen)} pages, {faults} pages failed\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
