"""A store in a bucket of Amazon S3, or of anything that speaks its protocol; needs the extra `s3`."""

import datetime as dt
import re
import uuid
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from palaver.files.stores import S3_NEEDS, STORE_SECONDS, BytesMissing, Location, LocationInvalid, StoreFailed
from palaver.settings import Settings

if TYPE_CHECKING:
    from obstore.store import S3Config, S3Store

_CONNECT_SECONDS = 5.0
_RETRIES = 2
_STATUS = re.compile(r"status code: (\d{3})")


class BucketStore:
    """An object for each id, under the prefix.

    Credentials are the settings', else what the usual AWS_* variables or the machine's own role give. Raises
    LocationInvalid where the extra is not installed.
    """

    def __init__(self, location: Location, settings: Settings) -> None:
        try:
            import obstore
        except ImportError:
            raise LocationInvalid(S3_NEEDS) from None
        self.location = location.text
        self.name = location.text.partition("?")[0]
        self._obstore = obstore
        self._bucket = _connect(location, settings)

    async def put(self, file_id: uuid.UUID, data: bytes) -> None:
        """See FileStore; in one request, for S3 shows no object before it is whole."""
        async with self._failing():
            await self._obstore.put_async(self._bucket, file_id.hex, data, use_multipart=False)

    async def read(self, file_id: uuid.UUID, start: int, length: int) -> bytes:
        """See FileStore."""
        async with self._failing(file_id):
            return bytes(await self._obstore.get_range_async(self._bucket, file_id.hex, start=start, length=length))

    async def size(self, file_id: uuid.UUID) -> int | None:
        """See FileStore."""
        try:
            async with self._failing(file_id):
                return (await self._obstore.head_async(self._bucket, file_id.hex))["size"]
        except BytesMissing:
            return None

    async def delete(self, file_ids: Collection[uuid.UUID]) -> None:
        """See FileStore; all in one request."""
        if file_ids:
            async with self._failing():
                await self._obstore.delete_async(self._bucket, [file_id.hex for file_id in file_ids])

    @asynccontextmanager
    async def _failing(self, file_id: uuid.UUID | None = None) -> AsyncIterator[None]:
        """Turn the library's errors into ours; they tell addresses and requests, so no word of theirs is passed on."""
        try:
            yield
        except FileNotFoundError as error:
            # Not only an object may be unknown, its bucket may be.
            if file_id is None or "NoSuchBucket" in str(error):
                raise StoreFailed(self.name, "has no such bucket") from None
            raise BytesMissing(self.name, file_id) from None
        except (self._obstore.exceptions.PermissionDeniedError, self._obstore.exceptions.UnauthenticatedError):
            raise StoreFailed(self.name, "refuses the credentials") from None
        except (self._obstore.exceptions.BaseError, OSError) as error:
            status = _STATUS.search(str(error))
            raise StoreFailed(self.name, f"answers {status[1]}" if status else "does not answer") from None


def _connect(location: Location, settings: Settings) -> "S3Store":
    from obstore.store import S3Store

    config: S3Config = {"virtual_hosted_style_request": location.virtual_hosted}
    if location.endpoint is not None:
        config["endpoint"] = location.endpoint
    if location.region is not None:
        config["region"] = location.region
    if settings.files_access_key_id is not None and settings.files_secret_access_key is not None:
        config["access_key_id"] = settings.files_access_key_id
        config["secret_access_key"] = settings.files_secret_access_key.get_secret_value()
        if settings.files_session_token is not None:
            config["session_token"] = settings.files_session_token.get_secret_value()
    return S3Store(
        location.bucket,
        prefix=location.path or None,
        config=config,
        client_options={
            # Plain HTTP only where the location says so.
            "allow_http": (location.endpoint or "").startswith("http://"),
            "connect_timeout": dt.timedelta(seconds=_CONNECT_SECONDS),
            "timeout": dt.timedelta(seconds=STORE_SECONDS),
        },
        retry_config={
            "max_retries": _RETRIES,
            "retry_timeout": dt.timedelta(seconds=STORE_SECONDS),
            "backoff": {
                "init_backoff": dt.timedelta(milliseconds=200),
                "max_backoff": dt.timedelta(seconds=2),
                "base": 2,
            },
        },
    )
