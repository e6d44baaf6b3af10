"""How a location is read, and what is none."""

import importlib.util
import subprocess
import sys

import pytest
from pydantic import ValidationError

from palaver.files.stores import LocationInvalid, parse_location
from palaver.settings import Settings


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("database", "database"),
        ("file:///srv/files/", "file:///srv/files"),
        ("file:///srv/our%20files", "file:///srv/our%20files"),
        ("s3://chat-files", "s3://chat-files"),
        ("s3://chat-files/", "s3://chat-files"),
        (
            "s3://chat-files/a/b/?region=eu-1&endpoint=http://127.0.0.1:9000",
            "s3://chat-files/a/b?endpoint=http://127.0.0.1:9000&region=eu-1",
        ),
        ("s3://b/p?virtual_hosted=true", "s3://b/p?virtual_hosted=true"),
    ],
)
def test_a_location_has_one_form_that_reads_as_itself(text: str, canonical: str) -> None:
    location = parse_location(text)
    assert location.text == canonical
    assert parse_location(canonical) == location


def test_a_location_is_taken_apart() -> None:
    location = parse_location("s3://b/a%20b/c?endpoint=https://host&region=here&virtual_hosted=false")
    assert (location.scheme, location.bucket, location.path) == ("s3", "b", "a b/c")
    assert (location.endpoint, location.region, location.virtual_hosted) == ("https://host", "here", False)
    assert parse_location("file:///srv/our%20files").path == "/srv/our files"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "must be database, file:///directory or s3://bucket/prefix"),
        ("ftp://host/files", "must be database"),
        ("file://host/files", "absolute path"),
        ("file:relative", "absolute path"),
        ("file:///", "absolute path"),
        ("file:///a?b=c", "absolute path"),
        ("file:///a%00b", "absolute path"),
        ("s3:///prefix", "must name a bucket"),
        ("s3://bucket?secret=canary-in-a-url", "has no option secret"),
        ("s3://bucket?endpoint=host:9000", "needs an endpoint"),
        ("s3://bucket?endpoint=http://user:canary-in-a-url@host", "needs an endpoint"),
        ("s3://bucket?virtual_hosted=yes", "virtual_hosted=true"),
        ("s3://key:canary-in-a-url@bucket", "must hold no credentials"),
        ("s3://bucket#x", "no fragment"),
        ("s3://[bucket", "is no URL"),
    ],
)
def test_what_is_no_location_is_refused_without_its_secrets(text: str, reason: str) -> None:
    with pytest.raises(LocationInvalid, match=reason) as caught:
        parse_location(text)
    assert "canary" not in str(caught.value)
    with pytest.raises(ValidationError):
        Settings(files_url=text)


def test_halves_of_an_access_key_are_refused() -> None:
    with pytest.raises(ValidationError, match="belong together"):
        Settings(files_access_key_id="key-alone")


def test_without_the_extra_the_setting_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    find = importlib.util.find_spec
    monkeypatch.setattr("palaver.settings.find_spec", lambda name: None if name == "obstore" else find(name))
    with pytest.raises(ValidationError, match=r"pip install 'palaver\[s3\]'"):
        Settings(files_url="s3://bucket")
    assert Settings(files_url="file:///srv/files").files_url == "file:///srv/files"


def test_servers_without_a_bucket_do_not_load_the_library() -> None:
    code = "import palaver.app, palaver.worker.service, sys; sys.exit('obstore' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
