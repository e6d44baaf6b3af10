"""`palaver doctor`: what would keep the server from working, found before it is started."""

import asyncio
import os
import platform
import shutil
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

import asyncpg
import httpx2
import typer
from rich.markup import escape
from rich.table import Table
from sqlalchemy import func, select, text

from models import AIProviderKey, ChatFile
from palaver.auth.secrets import KEY_FILE, SecretBox, SecretKeysInvalid, SecretUnreadable
from palaver.cli.console import out
from palaver.cli.databases import any_database
from palaver.database import Database, TooFewConnections, check_capacity, schema_revision
from palaver.embedded import is_in_use
from palaver.files.storage import FileStorage
from palaver.files.stores import LocationInvalid, StoreFailed
from palaver.llm.catalog import DEFAULT_BASE_URLS, ModelCatalog, ProviderChoice
from palaver.server import listen
from palaver.settings import ENV_PREFIX, Settings

Verdict = Literal["ok", "note", "failed"]

_COLOURS: Final[dict[Verdict, str]] = {"ok": "green", "note": "yellow", "failed": "bold red"}
_LEAST_PYTHON: Final = (3, 11)
_LEAST_POSTGRES: Final = 140_000
_LEAST_FREE_BYTES: Final = 1_000_000_000
_VARIABLES_OF_CLIENTS: Final = {"PALAVER_URL", "PALAVER_TOKEN", "PALAVER_ADMIN_TOKEN", "PALAVER_OTHER_TOKEN"}


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found."""

    subject: str
    verdict: Verdict
    words: str


def doctor(settings: Settings) -> None:
    """Print a table of findings; ends the command with status 1 when one of them failed."""
    findings = list(_examine(settings))
    table = Table("Check", "Result", "", header_style="bold")
    for finding in findings:
        colour = _COLOURS[finding.verdict]
        table.add_row(finding.subject, f"[{colour}]{finding.verdict}[/]", escape(finding.words))
    out.print(table, soft_wrap=False)
    if any(finding.verdict == "failed" for finding in findings):
        raise typer.Exit(1)


def _examine(settings: Settings) -> Iterator[Finding]:
    yield _python()
    yield _variables()
    yield _data_directory(settings)
    yield _port(settings)
    yield _secret_keys(settings)
    if settings.database_url is None and not (settings.data_dir / "postgres" / "PG_VERSION").exists():
        yield Finding("database", "ok", "embedded PostgreSQL, made at the first start")
        return
    try:
        with any_database(settings) as url:
            yield from asyncio.run(_database(url, settings))
    except typer.Exit:
        yield Finding("database", "failed", "the embedded PostgreSQL does not start; see above")


def _python() -> Finding:
    words = f"{platform.python_implementation()} {platform.python_version()}"
    if sys.version_info < _LEAST_PYTHON:
        return Finding("python", "failed", f"{words}: 3.11 or newer is needed")
    return Finding("python", "ok", words)


def _variables() -> Finding:
    known = {f"{ENV_PREFIX}{name.upper()}" for name in Settings.model_fields} | _VARIABLES_OF_CLIENTS
    unknown = sorted(name for name in os.environ if name.startswith(ENV_PREFIX) and name not in known)
    if unknown:
        return Finding("settings", "note", f"no setting has the name {', '.join(unknown)}")
    return Finding("settings", "ok", "every variable is known")


def _data_directory(settings: Settings) -> Finding:
    path = settings.data_dir.expanduser().resolve()
    existing = next(parent for parent in (path, *path.parents) if parent.exists())
    try:
        with tempfile.TemporaryFile(dir=existing):
            pass
    except OSError as error:
        return Finding("data directory", "failed", f"{existing} cannot be written: {error.strerror}")
    free = shutil.disk_usage(existing).free
    if free < _LEAST_FREE_BYTES:
        return Finding("data directory", "note", f"{path}: only {free // 1_000_000} MB are free")
    if is_in_use(path):
        return Finding("data directory", "note", f"{path}: a server is using it")
    return Finding("data directory", "ok", f"{path}" if existing == path else f"{path}, made at the first start")


def _port(settings: Settings) -> Finding:
    try:
        listen(settings.host, settings.port).close()
    except OSError as error:
        # Our own server on this data directory is the likely and harmless reason.
        running = is_in_use(settings.data_dir)
        words = f"{settings.host}:{settings.port}: {error.strerror or error}"
        return Finding("port", "note" if running else "failed", words)
    return Finding("port", "ok", f"{settings.host}:{settings.port} is free")


def _secret_keys(settings: Settings) -> Finding:
    if settings.secret_keys is None and not (settings.data_dir / KEY_FILE).exists():
        return Finding("secret keys", "ok", "made in the data directory at the first start")
    try:
        SecretBox.load(settings)
    except (SecretKeysInvalid, OSError) as error:
        return Finding("secret keys", "failed", str(error))
    where = "PALAVER_SECRET_KEYS" if settings.secret_keys is not None else str(settings.data_dir / KEY_FILE)
    return Finding("secret keys", "ok", f"from {where}")


async def _database(url: str, settings: Settings) -> list[Finding]:
    try:
        current, newest = await schema_revision(url)
        await check_capacity(url, settings.pool_size, settings.workers)
    except TooFewConnections as error:
        return [Finding("database", "failed", str(error))]
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        return [Finding("database", "failed", f"cannot connect: {_first_line(error)}")]
    database = Database(url, pool_size=2)
    try:
        async with database.connect() as connection:
            version: str = await connection.scalar(text("SHOW server_version"))
            number = int(await connection.scalar(text("SHOW server_version_num")))
        verdict: Verdict = "ok" if number >= _LEAST_POSTGRES else "failed"
        findings = [
            Finding("database", verdict, f"PostgreSQL {version}" + ("" if verdict == "ok" else ": 14 is needed"))
        ]
        if current != newest:
            findings.append(Finding("schema", "note", f"{current or 'empty'}, will be migrated to {newest} at start"))
            return findings
        findings.append(Finding("schema", "ok", f"{current}, the newest"))
        findings += await _stored_secrets(database, settings)
        findings += await _file_store(database, settings)
        providers = await ModelCatalog(database, _NoSecrets()).providers()
        findings += await asyncio.gather(*(_provider(provider) for provider in providers if provider.enabled))
        return findings
    finally:
        await database.close()


async def _stored_secrets(database: Database, settings: Settings) -> list[Finding]:
    async with database.connect() as connection:
        stored = (await connection.scalars(select(AIProviderKey.encrypted_key))).all()
    if not stored:
        return []
    try:
        box = SecretBox.load(settings)
        for ciphertext in stored:
            box.decrypt(ciphertext)
    except (SecretKeysInvalid, SecretUnreadable, OSError) as error:
        return [Finding("stored secrets", "failed", str(error))]
    return [Finding("stored secrets", "ok", f"{len(stored)} can be read")]


async def _file_store(database: Database, settings: Settings) -> list[Finding]:
    """Whether files can be written, read and removed, and which of them are elsewhere."""
    subject = "file store"
    try:
        store = FileStorage(settings, database).current
        probe, data, began = uuid.uuid4(), b"palaver doctor", time.monotonic()
        await store.put(probe, data)
        found = await store.read(probe, 0, len(data))
        await store.delete([probe])
    except (StoreFailed, LocationInvalid, OSError) as error:
        return [Finding(subject, "failed", str(error))]
    if found != data:
        return [Finding(subject, "failed", f"{store.name} does not give back what was put into it")]
    took = round((time.monotonic() - began) * 1000)
    findings = [Finding(subject, "ok", f"{store.name}: written, read and removed in {took} ms")]
    elsewhere = select(ChatFile.store, func.count()).where(ChatFile.store != store.location).group_by(ChatFile.store)
    async with database.connect() as connection:
        for location, count in await connection.execute(elsewhere):
            findings.append(
                Finding("files elsewhere", "note", f"{count} at {location}: palaver files move fetches them")
            )
    return findings


async def _provider(provider: ProviderChoice) -> Finding:
    subject = f"provider {provider.name}"
    if not provider.supported:
        return Finding(subject, "note", f"type {provider.type} cannot be called")
    base_url = provider.base_url or DEFAULT_BASE_URLS.get(provider.type)
    if base_url is None:
        return Finding(subject, "ok", "built in")
    try:
        async with httpx2.AsyncClient(timeout=10.0) as client:
            # Any answer will do: without a key the provider refuses, and is there.
            await client.get(base_url)
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        return Finding(subject, "failed", f"{base_url} does not answer: {_first_line(error)}")
    return Finding(subject, "ok", f"{base_url} answers" + ("" if provider.has_key else ", no key is stored"))


class _NoSecrets:
    def decrypt(self, token: bytes) -> str:
        raise AssertionError("reading providers decrypts nothing")


def _first_line(error: BaseException) -> str:
    return (str(error) or type(error).__name__).splitlines()[0]
