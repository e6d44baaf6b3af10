"""A server that speaks the protocol of S3, moto's, as a process of its own."""

import re
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx2

ACCESS_KEY_ID = "key-of-the-tests"
SECRET_ACCESS_KEY = "the-secret-that-opens-the-buckets-of-the-tests"
START_SECONDS = 60.0


@dataclass
class S3Server:
    """A running server at `endpoint`."""

    endpoint: str
    process: "subprocess.Popen[bytes]" = field(repr=False)

    def new_bucket(self) -> str:
        """The location of an empty bucket that nobody else uses."""
        name = f"files-{secrets.token_hex(6)}"
        httpx2.put(f"{self.endpoint}/{name}").raise_for_status()
        return self.location(name)

    @contextmanager
    def knowing_nobody(self) -> Iterator[None]:
        """Refuse every access key for the time of the block."""
        httpx2.post(f"{self.endpoint}/moto-api/reset-auth", content="0").raise_for_status()
        try:
            yield
        finally:
            httpx2.post(f"{self.endpoint}/moto-api/reset-auth", content="inf").raise_for_status()

    def location(self, bucket: str) -> str:
        """The location of a prefix in a bucket of that name, be it there or not."""
        return f"s3://{bucket}/palaver?endpoint={self.endpoint}&region=us-east-1"

    def keys(self, location: str) -> list[str]:
        """The keys of the objects in the bucket of a location."""
        bucket = location.removeprefix("s3://").partition("/")[0]
        listing = httpx2.get(f"{self.endpoint}/{bucket}").raise_for_status().text
        return re.findall(r"<Key>([^<]*)</Key>", listing)


@contextmanager
def start_s3_server() -> Iterator[S3Server]:
    """A server on a free port; takes a second or two."""
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", "0"]
    # Not a pipe: it writes a line for each request, and nobody would read them.
    with tempfile.TemporaryDirectory() as directory:
        log = Path(directory) / "log"
        with log.open("w") as said:
            process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=said)
        try:
            deadline = time.monotonic() + START_SECONDS
            while (found := re.search(r"http://127\.0\.0\.1:\d+", log.read_text())) is None:
                assert process.poll() is None, log.read_text()
                assert time.monotonic() < deadline, log.read_text()
                time.sleep(0.05)
            yield S3Server(found.group(), process)
        finally:
            process.terminate()
            process.wait(30)
