"""The commands by name. Each is imported when it runs, so that `palaver --help` is instant."""

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from palaver import __version__

app = typer.Typer(
    name="palaver",
    help="A self-hosted server for agent chats. Start with [bold]palaver demo[/].",
    epilog="Every setting is an environment variable: [bold]palaver settings[/] lists them.",
    no_args_is_help=True,
    rich_markup_mode="rich",
    # Its tracebacks print local variables, and those may be secrets.
    pretty_exceptions_enable=False,
    add_completion=False,
)
database = typer.Typer(help="Look after the database schema.", no_args_is_help=True)
token = typer.Typer(help="Make tokens without the server's help.", no_args_is_help=True)
secrets = typer.Typer(help="Look after the keys that encrypt stored secrets.", no_args_is_help=True)
files = typer.Typer(help="Look after the bytes of uploaded files.", no_args_is_help=True)
openapi = typer.Typer(
    help="Find or print the contract, openapi.yaml, or begin an operation of it.", no_args_is_help=True
)
mcp = typer.Typer(help="Look at MCP servers.", no_args_is_help=True)
app.add_typer(database, name="db")
app.add_typer(token, name="token")
app.add_typer(secrets, name="secrets")
app.add_typer(files, name="files")
app.add_typer(mcp, name="mcp")
app.add_typer(openapi, name="openapi")

Host = Annotated[str | None, typer.Option(envvar="PALAVER_HOST", help="Address to listen on. [dim]\\[127.0.0.1][/]")]
Port = Annotated[int | None, typer.Option(envvar="PALAVER_PORT", help="Port; 0 takes a free one. [dim]\\[8000][/]")]
DataDir = Annotated[
    Path | None,
    typer.Option(envvar="PALAVER_DATA_DIR", help="Embedded PostgreSQL and keys. [dim]\\[./palaver-data][/]"),
]
DatabaseUrl = Annotated[
    str | None,
    typer.Option(
        envvar="PALAVER_DATABASE_URL", help="postgresql://user:password@host/name. [dim]\\[embedded PostgreSQL][/]"
    ),
]
Workers = Annotated[
    int | None,
    typer.Option(envvar="PALAVER_WORKERS", min=1, max=64, help="Processes behind the one address. [dim]\\[1][/]"),
]
Role = Annotated[
    str | None,
    typer.Option(
        envvar="PALAVER_ROLE",
        metavar="all|api|worker",
        help="Answer requests, run turns, or both; a worker answers health checks only. [dim]\\[all][/]",
    ),
]


def main() -> None:
    """Run the command line."""
    app()


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"palaver {__version__}")
        raise typer.Exit


@app.callback()
def common(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print it.")] = False,
) -> None:
    """Options before the command."""


@app.command()
def serve(
    host: Host = None,
    port: Port = None,
    workers: Workers = None,
    role: Role = None,
    data_dir: DataDir = None,
    database_url: DatabaseUrl = None,
) -> None:
    """Run the server: API, streams and turns, in one process or several.

    Without a database URL it brings its own PostgreSQL, with its data in the data directory.

    With several processes, one that dies is replaced, and SIGHUP replaces them all, one after the other.
    """
    from palaver.cli.console import read_settings
    from palaver.cli.serve import serve as run

    run(read_settings(host=host, port=port, workers=workers, role=role, data_dir=data_dir, database_url=database_url))


@app.command()
def demo(host: Host = None, port: Port = None, data_dir: DataDir = None) -> None:
    """Run a server to try out: with a user, a token and a built-in model that needs no network.

    The printed commands can be pasted. User, token and chats are kept in the data directory.
    """
    from palaver.cli.console import read_settings
    from palaver.cli.demo import demo as run

    run(read_settings(host=host, port=port, data_dir=data_dir))


@app.command()
def chat(
    message: Annotated[str | None, typer.Argument(help="What to say; read from standard input when absent.")] = None,
    url: Annotated[str, typer.Option(envvar="PALAVER_URL", help="The server.")] = "http://127.0.0.1:8000",
    token: Annotated[
        str | None, typer.Option(envvar="PALAVER_TOKEN", help="Your token. [dim]\\[the demo's, when there is one][/]")
    ] = None,
    chat_id: Annotated[
        str | None, typer.Option("--chat", help="Continue this chat. [dim]\\[new][/]", metavar="ID|new")
    ] = None,
    model: Annotated[str | None, typer.Option(help="Model config, by id, model or display name.")] = None,
    data_dir: DataDir = None,
) -> None:
    """Say something and watch the answer come in; without a message, talk. Ctrl-C interrupts the turn.

    Answers go to standard output, tool calls and everything else to standard error. Status 0: answered; 1: failed;
    3: the chat waits for a decision or for results of client-side tools; 130: interrupted.
    """
    from palaver.cli.chat import chat as run
    from palaver.cli.console import read_settings

    run(message, url=url, token=token, chat_id=chat_id, model=model, settings=read_settings(data_dir=data_dir))


@app.command()
def conformance(
    url: Annotated[str, typer.Option(envvar="PALAVER_URL", help="The server.")] = "http://127.0.0.1:8000",
    token: Annotated[str | None, typer.Option(envvar="PALAVER_TOKEN", help="Token of the user to act as.")] = None,
    admin_token: Annotated[
        str | None,
        typer.Option(
            envvar="PALAVER_ADMIN_TOKEN",
            help="Token of a user who may make users: a second user is made for the run, and deleted.",
        ),
    ] = None,
    other_token: Annotated[
        str | None,
        typer.Option(envvar="PALAVER_OTHER_TOKEN", help="Token of a second, ordinary user, instead of a new one."),
    ] = None,
    model: Annotated[
        str | None, typer.Option(help="Model config, by id, model or display name. [dim]\\[the default model][/]")
    ] = None,
    messages: Annotated[
        int | None,
        typer.Option(
            min=4, help="Length of the history that is paged through. [dim]\\[30 with the demo model, else 6][/]"
        ),
    ] = None,
    only: Annotated[
        list[str] | None,
        typer.Option(help="Only these checks: an area, an id or a pattern such as send.*; may be repeated."),
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Ask for all of openapi.yaml, also for what the compatible wire has not.")
    ] = False,
    seconds: Annotated[float, typer.Option(min=1, help="Patience for one answer or event of the server.")] = 120,
    junit: Annotated[Path | None, typer.Option(help="Write the results as JUnit XML.", metavar="FILE")] = None,
    html: Annotated[Path | None, typer.Option(help="Write the results as a page.", metavar="FILE")] = None,
    list_checks: Annotated[bool, typer.Option("--list", help="List the checks and what each proves.")] = False,
) -> None:
    """Hold a server of this wire, Palaver or not, to the contract: journeys, refusals, streams, every answer.

    It speaks HTTP and WebSocket and nothing else. Chats that it makes are archived at the end. What the server cannot
    do is skipped, with the reason. Use an account for trying things out: a model other than the demo's costs what it
    costs.

    Status 0: all holds; 1: something does not; 2: nothing was examined; 130: interrupted.
    """
    from palaver.cli.conformance import conformance as run
    from palaver.cli.conformance import no_token, print_checks
    from palaver.conformance.running import Target

    if list_checks:
        print_checks(only or ())
        return
    if token is None:
        no_token()
    run(
        Target(url, token, admin_token, other_token, model, messages, seconds, strict),
        only or (),
        junit=junit,
        html=html,
    )


@token.command("create")
def token_create(
    user: Annotated[str, typer.Option(help="User name or e-mail address of whom it is for.")],
    name: Annotated[str, typer.Option(help="The token's name, one of a kind for its user.")] = "cli",
    lifetime: Annotated[float, typer.Option(help="Hours until it expires.", min=0.01)] = 168,
    scope: Annotated[
        list[str] | None, typer.Option(help="What it is good for, such as chat:read; may be repeated.")
    ] = None,
    data_dir: DataDir = None,
    database_url: DatabaseUrl = None,
) -> None:
    """Make a token, directly in the database, and print it: this is the only time it is shown."""
    from palaver.cli.administration import create_token
    from palaver.cli.console import read_settings

    settings = read_settings(data_dir=data_dir, database_url=database_url)
    create_token(settings, user=user, name=name, lifetime=dt.timedelta(hours=lifetime), scopes=scope or ())


@secrets.command("generate-key")
def secrets_generate_key() -> None:
    """Print a new key: put it first in PALAVER_SECRET_KEYS or the key file of every server, then restart them."""
    from palaver.cli.secret_keys import generate_key

    generate_key()


@secrets.command("rotate")
def secrets_rotate(data_dir: DataDir = None, database_url: DatabaseUrl = None) -> None:
    """Encrypt every stored secret with the newest key, while servers run; then the older keys can go.

    Start it again after an interruption. Status 1 when a secret can be read with none of the keys.
    """
    from palaver.cli.console import read_settings
    from palaver.cli.secret_keys import rotate

    rotate(read_settings(data_dir=data_dir, database_url=database_url))


@files.command("move")
def files_move(
    source: Annotated[
        str | None, typer.Option("--from", help="Only the files that are at this location.", metavar="LOCATION")
    ] = None,
    target: Annotated[
        str | None, typer.Option("--to", help="Where to. [dim]\\[PALAVER_FILES_URL][/]", metavar="LOCATION")
    ] = None,
    data_dir: DataDir = None,
    database_url: DatabaseUrl = None,
) -> None:
    """Move uploaded files to another store, while servers run; they read each file from wherever it is.

    A location is database, file:///directory or s3://bucket/prefix?endpoint=...&region=.... Start it again after an
    interruption. Status 1 when a store does not answer, or the bytes of some files are nowhere.
    """
    from palaver.cli.console import read_settings
    from palaver.cli.files import move

    move(read_settings(data_dir=data_dir, database_url=database_url), source, target)


@mcp.command("check")
def mcp_check(
    url: Annotated[str, typer.Argument(help="Address of the server, such as https://tools.example.com/mcp.")],
    transport: Annotated[
        str, typer.Option(metavar="streamable_http|sse", help="How the server is spoken to.")
    ] = "streamable_http",
    header: Annotated[
        list[str] | None,
        typer.Option(help='Sent with every request, as "Authorization: Bearer ..."; may be repeated.', metavar="TEXT"),
    ] = None,
    slug: Annotated[str, typer.Option(help="The slug that the tools' names begin with.")] = "server",
    as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
) -> None:
    """Connect to an MCP server and list what a chat's model would be offered.

    What this server may connect to is as for chats: servers in private networks need PALAVER_ALLOW_PRIVATE_NETWORKS.
    Status 1 when the server cannot be used.
    """
    from palaver.cli.console import fail, read_settings
    from palaver.cli.mcp import check

    if transport not in ("streamable_http", "sse"):
        fail("The transport is streamable_http or sse.")
    check(read_settings(), url, transport=transport, slug=slug, headers=header or (), as_json=as_json)


@database.command("upgrade")
def database_upgrade(data_dir: DataDir = None, database_url: DatabaseUrl = None) -> None:
    """Bring the schema to the newest migration. `serve` does this by itself."""
    from palaver.cli.administration import upgrade_database
    from palaver.cli.console import read_settings

    upgrade_database(read_settings(data_dir=data_dir, database_url=database_url))


@database.command("current")
def database_current(data_dir: DataDir = None, database_url: DatabaseUrl = None) -> None:
    """Print the schema's revision; status 1 when it is not the newest."""
    from palaver.cli.administration import print_revision
    from palaver.cli.console import read_settings

    print_revision(read_settings(data_dir=data_dir, database_url=database_url))


@app.command()
def doctor(host: Host = None, port: Port = None, data_dir: DataDir = None, database_url: DatabaseUrl = None) -> None:
    """Look for what would keep the server from working; status 1 when something would."""
    from palaver.cli.console import read_settings
    from palaver.cli.doctor import doctor as run

    run(read_settings(host=host, port=port, data_dir=data_dir, database_url=database_url))


@app.command("settings")
def settings_command(as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False) -> None:
    """List every setting with its value here, its default, its variable and its meaning. Secrets are masked."""
    from palaver.cli.listing import print_settings

    print_settings(as_json=as_json)


@openapi.command("path")
def openapi_path() -> None:
    """Print where the contract is."""
    from palaver.cli.listing import contract_path

    typer.echo(contract_path())


@openapi.command("print")
def openapi_print() -> None:
    """Print the contract."""
    from palaver.cli.listing import contract_path

    typer.echo(contract_path().read_text(encoding="utf-8"), nl=False)


@openapi.command("scaffold")
def openapi_scaffold(
    operation_id: Annotated[str, typer.Argument(help="The new operation, as openapi.yaml names it.")],
    write: Annotated[bool, typer.Option("--write", help="Into handlers/ and tests/ instead of to the screen.")] = False,
) -> None:
    """Begin a new operation of the contract: its handler with the checks as comments, and its first test."""
    from palaver.cli.listing import print_scaffold

    print_scaffold(operation_id, write=write)
