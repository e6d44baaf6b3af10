"""`make audit` against an index of our own: what it asks, and what it makes of the answers."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tools.audit import PROBE, Accepted, Known, Pin, examine, open_points, pins

TOOL = Path(__file__).resolve().parents[1] / "tools" / "audit.py"
PIN = Pin("thing", "1.0")
NOTHING = Accepted(frozenset(), frozenset())


def page(version: str, *vulnerabilities: str, **more: Any) -> dict[str, Any]:
    entries = [{"id": identifier, "fixed_in": ["1.1"], "summary": "Bad.", **more} for identifier in vulnerabilities]
    return {"info": {"version": version}, "vulnerabilities": entries}


class Index(BaseHTTPRequestHandler):
    """Knows every package in one release, and what `known` tells of it."""

    known: dict[str, dict[str, Any]]

    def do_GET(self) -> None:
        _, _, name, rest = self.path.split("/", 3)
        found = self.known.get(name) if rest == "json" else None
        self.send_response(200 if found else 404)
        self.end_headers()
        self.wfile.write(json.dumps(found or {}).encode())

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def index() -> Iterator[tuple[str, dict[str, dict[str, Any]]]]:
    """Its address, and what it knows."""
    known: dict[str, dict[str, Any]] = {}
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("OneIndex", (Index,), {"known": known}))
    serving = threading.Thread(target=server.serve_forever, args=(0.01,))
    serving.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/simple", known
    server.shutdown()
    serving.join()
    server.server_close()


def audit(address: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PIP_INDEX_URL": address, "NO_PROXY": "127.0.0.1"}
    return subprocess.run([sys.executable, TOOL], env=environment, capture_output=True, text=True, check=False)


def test_an_index_without_data_does_not_pass(index: tuple[str, dict[str, dict[str, Any]]]) -> None:
    address, known = index
    known[PROBE[0]] = page("2.6.1")
    run = audit(address)
    assert (run.returncode, run.stdout) == (2, "NOT AUDITED: the index tells nothing of vulnerabilities\n")


def test_an_index_that_cannot_be_reached_does_not_pass() -> None:
    assert audit("http://127.0.0.1:9/simple").returncode == 2


def test_pins_that_the_index_does_not_know_do_not_pass(index: tuple[str, dict[str, dict[str, Any]]]) -> None:
    address, known = index
    known[PROBE[0]] = page("2.6.1", PROBE[1])
    run = audit(address)
    assert run.returncode == 1
    assert "OPEN: sqlalchemy 2.1." in run.stdout


def test_pins_are_read_from_lock_files_with_their_markers_and_extras() -> None:
    text = "# a==1\nthing[extra]==1.0 ; sys_platform == 'linux' \\\n    --hash=sha256:00\n"
    text += "other==2.0.post1 \\\n    # via b==1\n"
    assert pins([text, text]) == [Pin("other", "2.0.post1"), PIN]


def test_the_release_itself_is_asked_for_first_and_the_newest_counts_only_if_it_is_pinned() -> None:
    own = {("thing", "1.0"): page("1.0", "ID-1"), ("thing", None): page("2.0", "ID-2")}
    assert examine(PIN, lambda name, version: own.get((name, version))).vulnerabilities == {
        "ID-1": " (fixed in 1.1) Bad."
    }
    newest = {("thing", None): page("1.0", "ID-2")}
    assert examine(PIN, lambda name, version: newest.get((name, version))).vulnerabilities == {
        "ID-2": " (fixed in 1.1) Bad."
    }
    newer = {("thing", None): page("1.1")}
    assert examine(PIN, lambda name, version: newer.get((name, version))).vulnerabilities is None
    assert examine(PIN, lambda name, version: None).vulnerabilities is None


def test_what_was_withdrawn_is_no_finding() -> None:
    withdrawn = page("1.0", "ID-1", withdrawn="2026-01-01T00:00:00Z")
    assert examine(PIN, lambda name, version: withdrawn).vulnerabilities == {}


def test_only_what_stands_among_the_accepted_with_a_reason_is_not_open() -> None:
    entry = '[[vulnerability]]\npackage = "thing"\nversion = "1.0"\nid = "ID-1"\nreason = "Not called."\n'
    accepted = Accepted.read(entry + '[[unknown]]\npackage = "other"\nversion = "2"\nreason = "A tool."\n')
    known = [Known(PIN, {"ID-1": ""}), Known(Pin("other", "2"), None)]
    assert open_points(known, accepted) == []
    assert open_points(known, NOTHING) == ["thing 1.0: ID-1", "other 2: the index tells nothing of this release"]
    assert open_points([Known(PIN, {})], accepted) == ["thing 1.0: ID-1 is accepted, and not there"]
    with pytest.raises(KeyError):
        Accepted.read(entry.replace("Not called.", " "))
