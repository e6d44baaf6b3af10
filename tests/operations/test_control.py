"""What a parent tells its processes arrives as it was: settings with their types, secrets and all."""

import json
from pathlib import Path

from pydantic import SecretStr

from palaver.control import Job, message, plain
from palaver.settings import Settings


def test_settings_arrive_as_they_were() -> None:
    settings = Settings(
        data_dir=Path("somewhere/else"),
        workers=3,
        secret_keys=SecretStr("a-key,another-key"),
        oidc_issuer_url="https://id.example.com",
        oidc_client_id="palaver",
        oidc_role_mapping={"admins": ["owner"]},
        shutdown_grace_seconds=2.5,
    ).model_copy(update={"database_url": "postgresql://someone:secret@/postgres?host=%2Frun"})
    assert Settings(**json.loads(json.dumps(plain(settings)))) == settings


def test_what_was_not_set_is_left_to_the_defaults_of_the_version_that_is_started() -> None:
    assert set(plain(Settings(port=9000))) == {"port"}


def test_job_is_one_line() -> None:
    job = Job(
        settings={"access_url": "http://a\nb"},
        replica_id="00000000-0000-4000-8000-000000000000",
        place=1,
        places=3,
        directory="/run",
        listener=7,
        migrate=True,
    )
    assert job.line().count(b"\n") == 1
    assert Job(**message(job.line())) == job
