"""Rotation: every stored secret comes under the newest key, in pieces, and none is lost on the way."""

import asyncio
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import insert, select, update

from models import (
    AIProvider,
    AIProviderKey,
    AuditEntry,
    Base,
    ExternalIdentity,
    MCPServerConfig,
    MCPServerToken,
    MCPUserToken,
    User,
    UserAIProviderKey,
)
from palaver.auth import rotation
from palaver.auth.rotation import Rotation, rotate_secrets
from palaver.auth.secrets import SecretBox, SecretUnreadable
from palaver.configuration.mcp_servers import SECRETS
from palaver.configuration.providers import SECRET_SETTINGS
from palaver.database import Database
from tests.operations.processes import palaver

KEYS = 25
OLD, NEW = (Fernet.generate_key().decode() for _ in range(2))


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Several batches for a few rows."""
    monkeypatch.setattr(rotation, "BATCH", 10)


async def fill(database: Database, key: str = OLD) -> list[str]:
    """Store a secret in every place that takes one, under `key`; the secrets in the order of `stored`."""
    box, provider, user = SecretBox([key]), uuid.uuid4(), uuid.uuid4()

    def hidden(secret: str) -> bytes:
        return box.encrypt(secret)

    async with database.begin() as conn:
        settings = {"region": "eu", **{name: hidden(name).decode() for name in SECRET_SETTINGS}}
        await conn.execute(insert(AIProvider).values(id=provider, type="bedrock", name="p", settings=settings))
        await conn.execute(insert(AIProvider).values(id=uuid.uuid4(), type="demo", name="without", settings=None))
        rows = [
            {"id": uuid.uuid4(), "provider_id": provider, "encrypted_key": hidden(f"sk-{number}"), "masked": ""}
            for number in range(KEYS)
        ]
        await conn.execute(insert(AIProviderKey), rows)
        server: dict[str, Any] = {
            "id": uuid.uuid4(),
            "display_name": "s",
            "slug": "s",
            "transport": "sse",
            "url": "https://example.com",
            "auth_type": "oauth2",
            "availability": "default_on",
            "tool_allow_list": [],
            "tool_deny_list": [],
        }
        await conn.execute(insert(MCPServerConfig).values(**server, **{name: hidden(name) for name in SECRETS}))
        account = {"username": "u", "login_type": "oidc", "status": "active", "roles": []}
        await conn.execute(insert(User).values(id=user, **account))
        tokens = {"server_id": server["id"], "config_digest": b"", "access_token": hidden("tools")}
        await conn.execute(insert(MCPUserToken).values(**tokens, user_id=user, refresh_token=hidden("more tools")))
        await conn.execute(insert(MCPServerToken).values(**{**tokens, "access_token": hidden("ours")}))
        own = {"user_id": user, "provider_id": provider, "encrypted_key": hidden("sk-own")}
        await conn.execute(insert(UserAIProviderKey).values(**own))
        await conn.execute(
            insert(ExternalIdentity).values(
                issuer="https://id.example.com",
                subject="1",
                user_id=user,
                access_token=hidden("access"),
                refresh_token=hidden("refresh"),
            )
        )
    fixed = [*SECRET_SETTINGS, *SECRETS, "access", "refresh", "tools", "more tools", "ours", "sk-own"]
    return sorted([*fixed, *(f"sk-{number}" for number in range(KEYS))])


async def stored(database: Database, box: SecretBox) -> list[str]:
    """Everything in the whole database that looks like a ciphertext, decrypted; raises SecretUnreadable."""
    found = []
    async with database.connect() as conn:
        for table in Base.metadata.sorted_tables:
            for row in await conn.execute(select(table)):
                found += [box.decrypt(ciphertext) for value in row for ciphertext in ciphertexts(value)]
    return sorted(found)


def ciphertexts(value: Any) -> Iterator[bytes]:
    """Fernet tokens, which all begin with the same version and the first zeros of their time."""
    if isinstance(value, bytes) and value.startswith(b"gAAAA"):
        yield value
    elif isinstance(value, str) and value.startswith("gAAAA"):
        yield value.encode()
    elif isinstance(value, dict):
        for child in value.values():
            yield from ciphertexts(child)


async def test_every_stored_secret_comes_under_the_newest_key(database: Database) -> None:
    secrets = await fill(database)
    reports: list[tuple[int, int]] = []
    done = await rotate_secrets(database, SecretBox([NEW, OLD]), lambda now: reports.append((now.looked_at, now.rows)))
    assert (done.rows, done.rewritten, done.unreadable) == (KEYS + 6, KEYS + 6, [])
    assert await stored(database, SecretBox([NEW])) == secrets
    assert reports[0] == (0, KEYS + 6)
    assert reports[-1] == (KEYS + 6, KEYS + 6)
    assert reports == sorted(reports)
    async with database.connect() as conn:
        (entry,) = (await conn.execute(select(AuditEntry.action, AuditEntry.details))).all()
    assert tuple(entry) == ("rotate_secrets", {"rewritten": KEYS + 6, "unreadable": []})


async def test_a_rotation_that_was_cut_short_goes_on(database: Database) -> None:
    secrets = await fill(database)
    both = SecretBox([NEW, OLD])

    class CutShort(Exception):
        pass

    def cut(now: Rotation) -> None:
        if now.looked_at >= 20:
            raise CutShort

    with pytest.raises(CutShort):
        await rotate_secrets(database, both, cut)
    assert await stored(database, both) == secrets
    assert (await rotate_secrets(database, both)).rewritten == KEYS + 6 - 20
    assert (await rotate_secrets(database, both)).rewritten == 0
    assert await stored(database, SecretBox([NEW])) == secrets


async def test_what_a_server_writes_meanwhile_is_not_undone(database: Database) -> None:
    await fill(database)
    both = SecretBox([NEW, OLD])
    async with database.connect() as conn:
        newest = (await conn.execute(select(AIProviderKey.id).order_by(AIProviderKey.id.desc()).limit(1))).scalar_one()
    async with asyncio.TaskGroup() as group, database.begin() as conn:
        await conn.execute(
            update(AIProviderKey).where(AIProviderKey.id == newest).values(encrypted_key=both.encrypt("changed"))
        )
        rotating = group.create_task(rotate_secrets(database, both))
        await until_waiting(database)
        assert not rotating.done()
    assert "changed" in await stored(database, SecretBox([NEW]))


async def test_what_no_key_opens_is_named_and_left_alone(database: Database) -> None:
    await fill(database)
    lost = SecretBox([Fernet.generate_key().decode()]).encrypt("lost")
    async with database.begin() as conn:
        await conn.execute(update(MCPServerConfig).values(api_key_value=lost))
    done = await rotate_secrets(database, SecretBox([NEW, OLD]))
    (named,) = done.unreadable
    assert named.startswith("mcp_server_configs.api_key_value of ")
    async with database.connect() as conn:
        row = (await conn.execute(select(MCPServerConfig))).one()
    assert row.api_key_value == lost
    assert SecretBox([NEW]).decrypt(row.custom_headers) == "custom_headers"
    with pytest.raises(SecretUnreadable):
        await stored(database, SecretBox([NEW]))


async def test_the_command_makes_keys_rotates_and_tells_how_much(
    database_url: str, database: Database, tmp_path: Path
) -> None:
    secrets = await fill(database)
    made = await asyncio.to_thread(palaver, "secrets", "generate-key", cwd=tmp_path)
    new = made.stdout.strip()
    variables = {"PALAVER_DATABASE_URL": database_url, "PALAVER_SECRET_KEYS": f"{new},{OLD}"}
    for rewritten in (KEYS + 6, 0):
        ran = await asyncio.to_thread(palaver, "secrets", "rotate", cwd=tmp_path, **variables)
        assert (ran.returncode, ran.stdout) == (0, f"{rewritten} of {KEYS + 6} rows rewritten.\n"), ran.stderr
    assert await stored(database, SecretBox([new])) == secrets
    variables["PALAVER_SECRET_KEYS"] = NEW
    refused = await asyncio.to_thread(palaver, "secrets", "rotate", cwd=tmp_path, **variables)
    assert refused.returncode == 1
    assert "ai_provider_keys.encrypted_key of" in refused.stderr
    assert NEW not in refused.stderr


async def until_waiting(database: Database) -> None:
    """Return when somebody waits for a lock."""
    async with asyncio.timeout(10), database.connect() as conn:
        while not (
            await conn.exec_driver_sql(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
        ).scalar_one():
            await asyncio.sleep(0.01)
