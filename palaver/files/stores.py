"""What a store of file bytes is, and how a location names one.

A location is `database`, `file:///<directory>` or `s3://<bucket>/<prefix>?endpoint=...&region=...`. It never holds a
secret, so each file's row keeps the location of its bytes, and files of several stores live side by side.
"""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final, Protocol
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

DATABASE: Final = "database"
"""The location of bytes that the database itself holds."""
PIECE_BYTES: Final = 1_048_576
"""How much is read at once where a file is passed on while it is read."""
STORE_SECONDS: Final = 30.0
"""How long one request to a store may take."""
S3_NEEDS: Final = "needs the library obstore: pip install 'palaver[s3]'"

_S3_OPTIONS: Final = frozenset({"endpoint", "region", "virtual_hosted"})


class StoreFailed(Exception):
    """A store did not do what it was asked for. The text names the store and the kind of failure, never a secret."""

    def __init__(self, store: str, reason: str) -> None:
        super().__init__(f"The file store {store} {reason}.")
        self.reason = reason


class BytesMissing(StoreFailed):
    """The store answers, and has nothing under this file's id."""

    def __init__(self, store: str, file_id: uuid.UUID) -> None:
        super().__init__(store, f"has no bytes of the file {file_id}")


class LocationInvalid(ValueError):
    """Text that names no store. The message says what is wrong, without repeating a secret."""


class FileStore(Protocol):
    """Bytes under file ids, at most some ten megabytes each. Every method raises StoreFailed, and none waits for ever.

    `location` is what rows keep; `name` is for people, shorter.
    """

    location: str
    name: str

    async def put(self, file_id: uuid.UUID, data: bytes) -> None:
        """Store bytes, whole or not at all; what was there is replaced."""

    async def read(self, file_id: uuid.UUID, start: int, length: int) -> bytes:
        """`length` bytes from `start`, fewer where the file ends; `start` lies within. Raises BytesMissing."""

    async def size(self, file_id: uuid.UUID) -> int | None:
        """How many bytes there are; None: none."""

    async def delete(self, file_ids: Collection[uuid.UUID]) -> None:
        """Remove bytes; what is not there is as good as removed. At most 1000 files at once."""


@dataclass(frozen=True, slots=True)
class Location:
    """A location, taken apart: `scheme` is `database`, `file` or `s3`."""

    text: str
    scheme: str
    bucket: str = ""
    path: str = ""
    """The directory; in a bucket the prefix, without outer slashes."""
    endpoint: str | None = None
    region: str | None = None
    virtual_hosted: bool = False


def parse_location(text: str) -> Location:
    """The location that a setting, a command or a row names, in its one canonical form. Raises LocationInvalid."""
    if text == DATABASE:
        return Location(DATABASE, DATABASE)
    try:
        parts = urlsplit(text)
        has_user = parts.username is not None or parts.password is not None
    except ValueError:
        raise LocationInvalid("is no URL") from None
    if has_user:
        raise LocationInvalid("must hold no credentials; set PALAVER_FILES_ACCESS_KEY_ID and _SECRET_ACCESS_KEY")
    if parts.fragment:
        raise LocationInvalid("must have no fragment")
    if parts.scheme == "file":
        path = unquote(parts.path).rstrip("/")
        if parts.netloc or parts.query or not path.startswith("/") or "\0" in path:
            raise LocationInvalid("must name a directory by its absolute path: file:///directory")
        return Location(f"file://{parts.path.rstrip('/')}", "file", path=path)
    if parts.scheme == "s3":
        return _s3_location(parts.netloc, parts.path.strip("/"), parts.query)
    raise LocationInvalid(f"must be {DATABASE}, file:///directory or s3://bucket/prefix")


def _s3_location(bucket: str, prefix: str, query: str) -> Location:
    options = dict(parse_qsl(query, keep_blank_values=True))
    if not bucket:
        raise LocationInvalid("must name a bucket: s3://bucket/prefix")
    if unknown := options.keys() - _S3_OPTIONS:
        raise LocationInvalid(f"has no option {', '.join(sorted(unknown))}; there are {', '.join(sorted(_S3_OPTIONS))}")
    endpoint = options.get("endpoint")
    if endpoint is not None:
        address = urlsplit(endpoint)
        if address.scheme not in ("http", "https") or not address.hostname or "@" in address.netloc:
            raise LocationInvalid("needs an endpoint like https://host:port, without credentials")
    if options.get("virtual_hosted", "true") not in ("true", "false"):
        raise LocationInvalid("knows virtual_hosted=true and virtual_hosted=false")
    canonical = f"s3://{bucket}" + (f"/{prefix}" if prefix else "")
    return Location(
        canonical + (f"?{urlencode(sorted(options.items()), safe=':/')}" if options else ""),
        "s3",
        bucket=bucket,
        path=unquote(prefix),
        endpoint=endpoint,
        region=options.get("region"),
        virtual_hosted=options.get("virtual_hosted") == "true",
    )
