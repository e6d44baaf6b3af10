"""`palaver mcp check`: what a chat would get from an MCP server, without configuring it first."""

import asyncio
import datetime as dt
import time
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from textwrap import shorten
from typing import Any, Final

import httpx2
import orjson
import typer
from rich.markup import escape
from rich.table import Table

from palaver.cli.console import fail, out
from palaver.configuration.headers import is_framing, is_header_name, is_header_value
from palaver.configuration.mcp_servers import MCPServer
from palaver.configuration.urls import parse_url
from palaver.errors.outgoing import ConnectionRefusedByPolicy
from palaver.errors.tools import CallFailed, CallLost, ToolServerProblem
from palaver.outgoing import OutgoingPolicy
from palaver.settings import Settings
from palaver.tools.limits import CONNECT_SECONDS
from palaver.tools.offer import OfferedTool, offered_tools
from palaver.tools.reach import Reach

_SHOWN_CHARACTERS: Final = 100
"""Of a tool's description, in the table."""


@dataclass(frozen=True, slots=True)
class Report:
    """What was found at a server."""

    name: str
    protocol_version: str
    instructions: str
    tools: Sequence[OfferedTool]
    seconds: float


def check(settings: Settings, url: str, *, transport: str, slug: str, headers: Sequence[str], as_json: bool) -> None:
    """Print what the server offers; ends the command with status 1 when it cannot be used."""
    if parse_url(url) is None:
        fail("The URL begins with http:// or https:// and names a host.")
    server = _config(url, transport, slug)
    given = _headers(headers)
    try:
        report = asyncio.run(_look(settings, server, given))
    except (ToolServerProblem, CallFailed, CallLost) as error:
        cause = error.__cause__
        # Users of a chat are not told of addresses; who runs this command knows it.
        is_telling = isinstance(cause, ConnectionRefusedByPolicy | httpx2.NetworkError)
        reason = f"{error} {cause}" if is_telling else str(error)
        if as_json:
            out.print_json(orjson.dumps({"ok": False, "error": reason}).decode())
            raise typer.Exit(1) from None
        fail(reason)
    if as_json:
        out.print_json(orjson.dumps(_as_json(report)).decode())
    else:
        _print(report)


async def _look(settings: Settings, server: MCPServer, headers: Mapping[str, str]) -> Report:
    async def given(*, stale: str | None = None) -> Mapping[str, str]:
        return headers

    reach = Reach(OutgoingPolicy.of(settings))
    session = reach.session(server, given)
    started = time.monotonic()
    try:
        async with asyncio.timeout(CONNECT_SECONDS):
            await session.open()
            tools = await session.list_tools()
        took = time.monotonic() - started
        offered = offered_tools(server, tools)
        return Report(session.server_name, session.protocol_version, session.instructions, offered, took)
    except TimeoutError:
        raise CallFailed(f"The server did not answer within {CONNECT_SECONDS:g} s.") from None
    finally:
        await reach.aclose()


def _print(report: Report) -> None:
    name = escape(report.name) or "The server"
    out.print(
        f"[bold]{name}[/] speaks MCP {escape(report.protocol_version)} and offers {len(report.tools)} tools "
        f"[dim]({report.seconds * 1000:.0f} ms)[/]"
    )
    if report.tools:
        table = Table(header_style="bold")
        for heading in ("Name for the model", "Tool", "Arguments", "Description"):
            table.add_column(heading, overflow="fold")
        for offered in report.tools:
            schema = offered.spec.input_schema
            required = schema.get("required", ())
            arguments = ", ".join(name if name in required else f"{name}?" for name in schema["properties"])
            description = shorten(offered.spec.description, _SHOWN_CHARACTERS, placeholder=" ...")
            table.add_row(*(escape(text) for text in (offered.spec.name, offered.tool, arguments, description)))
        out.print(table, soft_wrap=False)
    if report.instructions:
        out.print(f"It instructs the model in {len(report.instructions)} characters.")


def _as_json(report: Report) -> dict[str, Any]:
    return {
        "ok": True,
        "server": report.name,
        "protocol_version": report.protocol_version,
        "instructions": report.instructions,
        "seconds": round(report.seconds, 3),
        "tools": [
            {
                "name": offered.spec.name,
                "tool": offered.tool,
                "description": offered.spec.description,
                "input_schema": offered.spec.input_schema,
            }
            for offered in report.tools
        ],
    }


def _headers(given: Sequence[str]) -> dict[str, str]:
    headers = {}
    for line in given:
        name, colon, value = (text.strip() for text in line.partition(":"))
        if not colon or not is_header_name(name) or is_framing(name) or not is_header_value(value):
            fail('A header is written as "Name: value", and is not one that the HTTP client sets.')
        headers[name] = value
    return headers


def _config(url: str, transport: str, slug: str) -> MCPServer:
    """The server as if it had been configured so."""
    now = dt.datetime.now(dt.UTC)
    return MCPServer(
        id=uuid.uuid4(),
        display_name=slug,
        slug=slug,
        description="",
        icon_url="",
        transport=transport,
        url=url,
        auth_type="none",
        oauth2_client_id="",
        oauth2_client_secret=None,
        oauth2_auth_url="",
        oauth2_token_url="",
        oauth2_revocation_url="",
        oauth2_scopes="",
        api_key_header="",
        api_key_value=None,
        custom_headers=None,
        tool_allow_list=[],
        tool_deny_list=[],
        tool_approvals=None,
        availability="default_off",
        enabled=True,
        model_intent=False,
        allow_in_plan_mode=False,
        forward_coder_headers=False,
        created_at=now,
        updated_at=now,
    )
