"""`python tools/audit.py`: look every pinned dependency up among the vulnerabilities that the package index tells of.

It asks the JSON interface of the index that pip uses, as pip-audit does: first for the very release, then, where an
index has no page for single releases (mirrors often have none), for the newest, which is as good when that is pinned.
What nobody knows anything about is no pass: it must stand in `requirements/audit.toml` with a reason, as must a
vulnerability that does not concern us. Ends with 0 when nothing is open, 1 when something is, 2 when there are no data.
"""

import datetime as dt
import os
import re
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
from pip._internal.models.index import PyPI

REQUIREMENTS = Path(__file__).resolve().parents[1] / "requirements"
PIN = re.compile(r"([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[^]]*\])?==([^\s;]+)")
PROBE = ("pycrypto", "PYSEC-2018-97")
"""A release that will be its package's newest for ever, and what is known of it: an index that does not tell this has
no data, and its silence means nothing."""
LANES, ATTEMPTS, TIMEOUT_SECONDS = 8, 3, 60.0

Look = Callable[[str, str | None], dict[str, Any] | None]
"""What the index tells of a package and release (None: the newest); None when it has no such page."""


class NoData(Exception):
    """The index cannot be asked, or knows nothing of vulnerabilities."""


@dataclass(frozen=True, order=True)
class Pin:
    """One pinned release."""

    name: str
    version: str


@dataclass(frozen=True)
class Known:
    """What is known of a pin: ids of vulnerabilities with their descriptions; None when nobody has told."""

    pin: Pin
    vulnerabilities: dict[str, str] | None


@dataclass(frozen=True)
class Accepted:
    """What `audit.toml` accepts, each for a reason: vulnerabilities, and pins that no index need know."""

    vulnerabilities: frozenset[tuple[Pin, str]]
    unknown: frozenset[Pin]

    @classmethod
    def read(cls, text: str) -> "Accepted":
        """Raises KeyError for an entry without its package, version, reason or id."""
        tables = tomllib.loads(text)
        found, unknown = tables.get("vulnerability", []), tables.get("unknown", [])
        if not all(entry["reason"].strip() for entry in (*found, *unknown)):
            raise KeyError("reason")
        return cls(
            frozenset((Pin(entry["package"], entry["version"]), entry["id"]) for entry in found),
            frozenset(Pin(entry["package"], entry["version"]) for entry in unknown),
        )


def pins(texts: Iterable[str]) -> list[Pin]:
    """The pins of lock files."""
    return sorted({Pin(*found.groups()) for text in texts for line in text.splitlines() if (found := PIN.match(line))})


def examine(pin: Pin, look: Look) -> Known:
    """Ask for the release itself, else for the newest one."""
    page = look(pin.name, pin.version) or look(pin.name, None)
    if page is None or page["info"]["version"] != pin.version:
        return Known(pin, None)
    told = (entry for entry in page["vulnerabilities"] if not entry.get("withdrawn"))
    return Known(pin, {entry["id"]: _described(entry) for entry in told})


def open_points(known: Iterable[Known], accepted: Accepted) -> list[str]:
    """What is neither harmless nor accepted; also what is accepted and no longer there."""
    found = []
    left = set(accepted.vulnerabilities)
    for entry in known:
        pin = entry.pin
        if entry.vulnerabilities is None:
            if pin not in accepted.unknown:
                found.append(f"{pin.name} {pin.version}: the index tells nothing of this release")
            continue
        for identifier, described in entry.vulnerabilities.items():
            if (pin, identifier) in left:
                left.remove((pin, identifier))
            else:
                found.append(f"{pin.name} {pin.version}: {identifier}{described}")
    return found + [f"{pin.name} {pin.version}: {identifier} is accepted, and not there" for pin, identifier in left]


def prove(look: Look) -> None:
    """Raise NoData when the index does not tell what is known of the probe."""
    name, identifier = PROBE
    page = look(name, None)
    if page is None or identifier not in {entry["id"] for entry in page["vulnerabilities"]}:
        raise NoData("the index tells nothing of vulnerabilities")


def index() -> str:
    """The address of the JSON interface of the index that pip uses."""
    asked = subprocess.run(
        [sys.executable, "-m", "pip", "config", "get", "global.index-url"], capture_output=True, text=True, check=False
    )
    simple = os.environ.get("PIP_INDEX_URL") or asked.stdout.strip() or PyPI.simple_url
    return simple.rstrip("/").removesuffix("/simple") + "/pypi"


def looker(client: httpx2.Client) -> Look:
    """Asks over HTTP, a few times where that fails; raises NoData in the end."""

    def look(name: str, version: str | None) -> dict[str, Any] | None:
        path = f"{name}/{version}/json" if version else f"{name}/json"
        fault = ""
        for attempt in range(ATTEMPTS):
            time.sleep(attempt)
            try:
                response = client.get(path)
                if response.status_code == httpx2.codes.NOT_FOUND:
                    return None
                response.raise_for_status()
                page: dict[str, Any] = response.json()
                if isinstance(page["vulnerabilities"], list):
                    return page
                fault = "an answer of another form"
            except (httpx2.HTTPError, ValueError, KeyError) as error:
                fault = repr(error)
        raise NoData(f"{name}: {fault}")

    return look


def main() -> int:
    """Run it; returns the exit status."""
    accepted = Accepted.read((REQUIREMENTS / "audit.toml").read_text())
    pinned = pins(path.read_text() for path in REQUIREMENTS.glob("*.txt"))
    try:
        with (
            httpx2.Client(base_url=index(), timeout=TIMEOUT_SECONDS, follow_redirects=True) as client,
            ThreadPoolExecutor(LANES) as lanes,
        ):
            look = looker(client)
            prove(look)
            known = list(lanes.map(lambda pin: examine(pin, look), pinned))
    except NoData as error:
        sys.stdout.write(f"NOT AUDITED: {error}\n")
        return 2
    found = open_points(known, accepted)
    for line in found:
        sys.stdout.write(f"OPEN: {line}\n")
    unknown = [f"{entry.pin.name} {entry.pin.version}" for entry in known if entry.vulnerabilities is None]
    sys.stdout.write(
        f"{len(pinned)} pinned releases, asked at {dt.datetime.now(dt.UTC):%Y-%m-%d %H:%M} UTC: {len(found)} open,"
        f" {len(accepted.vulnerabilities)} accepted vulnerabilities; not known: {', '.join(unknown) or 'none'}\n"
    )
    return 1 if found else 0


def _described(entry: dict[str, Any]) -> str:
    fixed = ", ".join(entry.get("fixed_in") or []) or "no release"
    words = (entry.get("summary") or entry.get("details") or "").split("\n")[0][:200]
    return f" (fixed in {fixed}) {words}"


if __name__ == "__main__":
    sys.exit(main())
