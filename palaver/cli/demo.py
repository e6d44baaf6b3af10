"""`palaver demo`: a server that can be talked to at once. It is for trying out and says so."""

import asyncio
import datetime as dt
import os
import secrets
import shutil
import sys
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Final

from rich.panel import Panel
from sqlalchemy import delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from models import AIProvider, ApiKey, ChatModelConfig, Organization, OrganizationMember, User
from palaver.auth import sessions, tokens
from palaver.auth.passwords import hash_password
from palaver.cli.console import out, report
from palaver.cli.demo_files import PASSWORD_FILE, TOKEN_FILE
from palaver.cli.serve import serve
from palaver.database import Database
from palaver.embedded import private_directory, write_secret
from palaver.settings import Settings

_NAME: Final = "demo"
_EMAIL: Final = "demo@example.com"
_MODEL: Final = "demo"
_TOKEN_LIFETIME: Final = dt.timedelta(days=365)


def demo(settings: Settings) -> None:
    """Serve in one process, with a user, a token and the built-in model; what an earlier run has made is kept."""
    report("Starting a server with everything that it needs. The first time takes a little longer.")
    # Tried out beside a model server on the same machine, more often than not.
    serve(settings.model_copy(update={"workers": 1, "allow_private_networks": True}), _prepare)


def _prepare(settings: Settings, url: str) -> Callable[[], None]:
    # With a database of its own elsewhere, nobody else has made it.
    private_directory(settings.data_dir)
    token_file = settings.data_dir / TOKEN_FILE
    kept = token_file.read_text().strip() if token_file.exists() else None
    token, organization = asyncio.run(_provision(settings, kept))
    if token != kept:
        write_secret(token_file, token)
    return lambda: _print_welcome(url, token, organization, settings.data_dir)


async def _provision(settings: Settings, kept_token: str | None) -> tuple[str, uuid.UUID]:
    """The demo's token and organization, made where they are missing."""
    assert settings.database_url is not None
    database = Database(settings.database_url, pool_size=2)
    try:
        async with database.begin() as connection:
            organization = (await connection.scalars(select(Organization.id).where(Organization.is_default))).one()
            user = await _user(connection, organization, settings.data_dir / PASSWORD_FILE)
            await _model(connection)
            return await _token(connection, user, kept_token), organization
    finally:
        await database.close()


async def _user(connection: AsyncConnection, organization: uuid.UUID, password_file: Path) -> uuid.UUID:
    found: uuid.UUID | None = await connection.scalar(
        select(User.id).where(~User.deleted, func.lower(User.username) == _NAME)
    )
    if found is not None:
        return found
    password = secrets.token_urlsafe(18)
    # Before the row: a password that belongs to nobody does no harm, a user whose password nobody knows does.
    write_secret(password_file, password)
    user = uuid.uuid4()
    await connection.execute(
        insert(User).values(
            id=user,
            username=_NAME,
            email=_EMAIL,
            name="Demo",
            password_hash=await hash_password(password),
            login_type="password",
            status="active",
            roles=["owner"],
        )
    )
    membership = {"organization_id": organization, "user_id": user, "roles": []}
    await connection.execute(insert(OrganizationMember).values(**membership))
    return user


async def _model(connection: AsyncConnection) -> None:
    provider = await connection.scalar(select(AIProvider.id).where(~AIProvider.deleted, AIProvider.name == _NAME))
    if provider is None:
        provider = uuid.uuid4()
        values = {"id": provider, "type": "demo", "name": _NAME, "display_name": "Demo (built in)"}
        await connection.execute(insert(AIProvider).values(**values))
    live = ~ChatModelConfig.deleted
    if await connection.scalar(
        select(ChatModelConfig.id).where(
            live, ChatModelConfig.ai_provider_id == provider, ChatModelConfig.model == _MODEL
        )
    ):
        return
    has_default = await connection.scalar(select(ChatModelConfig.id).where(live, ChatModelConfig.is_default))
    await connection.execute(
        insert(ChatModelConfig).values(
            id=uuid.uuid4(),
            ai_provider_id=provider,
            model=_MODEL,
            display_name="Demo model",
            is_default=has_default is None,
            context_limit=100_000,
            compression_threshold=70,
        )
    )


async def _token(connection: AsyncConnection, user: uuid.UUID, kept: str | None) -> str:
    """The kept token if it still holds for a day, else a new one in its place."""
    if kept is not None:
        key_id, _, secret = kept.partition("-")
        valid = select(ApiKey.id).where(
            ApiKey.id == key_id,
            ApiKey.user_id == user,
            ApiKey.hashed_secret == tokens.hash_secret(secret),
            ApiKey.expires_at > func.now() + dt.timedelta(days=1),
        )
        if await connection.scalar(valid):
            return kept
    await connection.execute(delete(ApiKey).where(ApiKey.user_id == user, ApiKey.token_name == _NAME))
    return await sessions.create_token(connection, user, _NAME, _TOKEN_LIFETIME)


def _print_welcome(url: str, token: str, organization: uuid.UUID, data_dir: Path) -> None:
    out.print(
        Panel.fit(
            "[bold]Palaver demo[/]: for trying out on this machine.\n"
            "The built-in model repeats what you say; it needs no network and no key.",
            border_style="yellow",
        )
    )
    out.print(f"Server             [bold cyan]{url}[/]")
    out.print(f"API documentation  [bold cyan]{url}/docs[/]")
    out.print(f"Token              [bold green]{token}[/]")
    out.print(f"Sign in as         {_EMAIL}, password in {data_dir / PASSWORD_FILE}")
    out.print("\n[bold]Start a chat[/] (the first line sends a message, the second streams the answer):")
    for line in create_and_stream_commands(url, token, organization):
        out.print(line, markup=False)
    out.print(f'\n[bold]Or talk in the terminal[/]: {_own_command()} chat{_chat_options(url, data_dir)} "Hello"')
    out.print("Stop with Ctrl-C.")


def create_and_stream_commands(url: str, token: str, organization: uuid.UUID) -> list[str]:
    """Shell lines that work as they are pasted: send the first message of a chat, then stream the chat."""
    chats = f"{url}/api/experimental/chats"
    header = f"-H 'Coder-Session-Token: {token}'"
    content = '[{"type":"text","text":"Hello, Palaver!"}]'
    body = f'{{"organization_id":"{organization}","content":{content}}}'
    take_id = """python3 -c 'import json, sys; print(json.load(sys.stdin)["id"])'"""
    return [
        f"CHAT=$(curl -sS {header} -d '{body}' {chats} | {take_id})",
        f"curl -sN {header} {chats}/$CHAT/stream",
    ]


def _own_command() -> str:
    """How the reader can run us: by name, or from a checkout that is not installed."""
    if Path(sys.argv[0]).name == "palaver" and shutil.which("palaver"):
        return "palaver"
    beside = Path(sys.executable).with_name("palaver")
    return os.path.relpath(beside) if beside.exists() else f"{os.path.relpath(sys.executable)} -m palaver"


def _chat_options(url: str, data_dir: Path) -> str:
    options = "" if url == "http://127.0.0.1:8000" else f" --url {url}"
    return options if data_dir == Settings.model_fields["data_dir"].default else f"{options} --data-dir {data_dir}"
