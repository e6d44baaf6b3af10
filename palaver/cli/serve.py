"""`palaver serve`: database, migrations, application, server; and the same again backwards."""

import asyncio
import gc
import socket
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import typer

from palaver import __version__
from palaver.auth.secrets import SecretBox, SecretKeysInvalid
from palaver.cli.console import fail, out, refusals, report
from palaver.cli.databases import database_refusals, owned_database
from palaver.database import check_capacity, upgrade
from palaver.server import Life, Terminated, listen, run, terminated_by_signal
from palaver.settings import Settings
from palaver.telemetry import configure_logs
from palaver.worker.leases import let_all_lapse

Prepare = Callable[[Settings, str], Callable[[], None] | None]
"""Called with the settings and the server's URL once the schema is there; may return what to print when it serves."""


def serve(settings: Settings, prepare: Prepare | None = None) -> None:
    """Serve until the process is told to stop. Ends the command with status 0 then, another if it cannot start."""
    configure_logs(settings.log_format, settings.log_level)
    # Imports make many objects and hardly any garbage: the collector would cost a tenth of the start.
    gc.disable()
    ready = False
    try:
        with ExitStack() as stack:
            stack.enter_context(terminated_by_signal())
            sock = stack.enter_context(_listen(settings))
            url = base_url(settings, sock)
            database_url = stack.enter_context(owned_database(settings))
            is_only_server = settings.database_url is None
            settings = settings.model_copy(update={"database_url": database_url})
            with database_refusals():
                asyncio.run(check_capacity(database_url, settings.pool_size, settings.workers))
                asyncio.run(upgrade(settings.database_direct_url or database_url))
                if is_only_server:
                    # Whoever held chats was killed: nobody else may use the embedded database.
                    asyncio.run(let_all_lapse(database_url))
            welcome = prepare(settings, url) if prepare is not None else None

            def on_ready() -> None:
                nonlocal ready
                ready = True
                (welcome or (lambda: print_banner(url)))()

            if settings.workers == 1:
                _serve_alone(settings, sock, on_ready, with_own_database=is_only_server)
            else:
                _serve_with_several(settings, sock, on_ready)
    except (Terminated, KeyboardInterrupt):
        pass  # everything has been stopped on the way here
    if not ready:
        raise typer.Exit(1)
    report("Stopped.")


def _serve_alone(
    settings: Settings, sock: socket.socket, on_ready: Callable[[], None], *, with_own_database: bool
) -> None:
    # Late: the engine takes a second to import, and a wrong port should not.
    from palaver.app import application, build_services
    from palaver.stream.bus import BusUnavailable

    with refusals(SecretKeysInvalid, BusUnavailable, OSError):
        services = build_services(settings, alone=with_own_database)
    run(application(services), settings, sock, life=Life(on_ready, services.drain, services.hurry))


def _serve_with_several(settings: Settings, sock: socket.socket, on_ready: Callable[[], None]) -> None:
    from palaver.supervisor import StartFailed, Supervisor

    gc.enable()
    with refusals(SecretKeysInvalid, OSError):
        # A missing key file is made here, and what is wrong with keys is told once.
        SecretBox.load(settings)
    with refusals(StartFailed), TemporaryDirectory(prefix="palaver-processes-") as directory:
        asyncio.run(Supervisor(settings, sock, Path(directory)).run(on_ready))


def base_url(settings: Settings, sock: socket.socket) -> str:
    """How a client on this machine, or the configured public, reaches the server; without a trailing slash."""
    if settings.access_url is not None:
        return settings.access_url.rstrip("/")
    host, port = sock.getsockname()[:2]
    if host in ("0.0.0.0", "::"):  # noqa: S104 - compared with, not bound to
        host = "127.0.0.1"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def print_banner(url: str) -> None:
    """Say where the server is."""
    out.print(f"[bold]Palaver {__version__}[/] is ready at [bold cyan]{url}[/]")
    out.print(f"  API documentation  {url}/docs")
    out.print(f"  Contract           {url}/openapi.yaml")
    out.print("  Stop with Ctrl-C.")


def _listen(settings: Settings) -> socket.socket:
    try:
        return listen(settings.host, settings.port)
    except OSError as error:
        fail(f"cannot listen on {settings.host} port {settings.port}: {error.strerror or error}.")
