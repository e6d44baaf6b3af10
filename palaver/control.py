"""What a server process and the one that started it say to each other: lines of JSON over a pair of sockets.

The parent first sends the Job, then now and then `{"look": true}`; the child answers with `{"ready": true}` or with
`{"refused": "why"}`. Whoever finds the other end closed knows that the other is dead.
"""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from pydantic import SecretStr

from palaver.settings import Settings

LOOK: Final = "look"
READY: Final = "ready"
REFUSED: Final = "refused"


@dataclass(frozen=True, slots=True)
class Job:
    """What a child needs to serve.

    `settings` holds those that were set, in the clear: the socket pair is private, unlike a command line. `place` is a
    small number that no other living process of this server has, `places` how many there may be, `directory` what
    they share, `listener` an inherited file descriptor.
    """

    settings: dict[str, Any]
    replica_id: str
    place: int
    places: int
    directory: str
    listener: int
    migrate: bool

    def line(self) -> bytes:
        """As it is sent."""
        return line(**asdict(self))


def line(**message: object) -> bytes:
    """A message as it is sent."""
    return json.dumps(message).encode() + b"\n"


def message(received: bytes) -> dict[str, Any]:
    """A line that was received."""
    said: dict[str, Any] = json.loads(received)
    return said


def plain(settings: Settings) -> dict[str, Any]:
    """Those settings that were set, as `Settings(**plain(settings))` and JSON take them: secrets are in the clear."""
    return {name: _plain(getattr(settings, name)) for name in settings.model_fields_set}


def board_path(directory: str) -> Path:
    """Where in the shared directory the processes note how many connections they have."""
    return Path(directory) / "connections"


def _plain(value: object) -> object:
    if isinstance(value, SecretStr):
        return value.get_secret_value()
    return str(value) if isinstance(value, Path) else value
