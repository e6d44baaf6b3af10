"""`python clients/cargo_pins.py lock|pin`: the Rust client's exact dependencies, kept without addresses.

Cargo.pins is a Cargo.lock, checksums and all, without the address of the registry that each package came from; Cargo
itself knows where its registry is. `lock` makes Cargo.lock of it, `pin` takes the newest dependencies that fit.
"""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Final

PACKAGE: Final = Path(__file__).resolve().parent / "rust"
PINS: Final = PACKAGE / "Cargo.pins"
LOCK: Final = PACKAGE / "Cargo.lock"
SOURCE: Final = re.compile(r'^source = "(.*)"\n', re.MULTILINE)


def lock() -> None:
    """Write Cargo.lock, unless it is what the pins say."""
    pins = PINS.read_text()
    if not LOCK.exists() or SOURCE.sub("", LOCK.read_text()) != pins:
        [address] = set(SOURCE.findall(_newest()))
        LOCK.write_text(pins.replace("\nchecksum = ", f'\nsource = "{address}"\nchecksum = '))


def pin() -> None:
    """Write Cargo.pins, for the oldest Rust that Cargo.toml allows."""
    PINS.write_text(SOURCE.sub("", _newest()))


def _newest() -> str:
    LOCK.unlink(missing_ok=True)
    environment = os.environ | {"CARGO_RESOLVER_INCOMPATIBLE_RUST_VERSIONS": "fallback"}
    command = ["cargo", "generate-lockfile", "--quiet"]
    subprocess.run(command, cwd=PACKAGE, check=True, env=environment)
    return LOCK.read_text()


if __name__ == "__main__":
    {"lock": lock, "pin": pin}[sys.argv[1]]()
