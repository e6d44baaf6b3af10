"""`tools`: what a tool call costs beside the tool's own work."""

import json
import time
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import httpx2

from bench.api import Account, set_up
from bench.cluster import Cluster
from bench.figures import Bar, Report, percentile
from bench.processes import free_port, palaver, server
from bench.sending import BenchmarkInvalid

_CHATS = "/api/experimental/chats"
_SECONDS = 120


async def tools(cluster: Cluster, *, quick: bool) -> Report:
    """From the model's tool call to the committed result, a local server that answers at once being called."""
    calls = 20 if quick else 150
    url = await cluster.new_database("tools")
    with ExitStack() as stack:
        mcp_port = free_port()
        stack.enter_context(server(["-m", "bench.mcp_server", str(mcp_port)], mcp_port, "/ready"))
        port, _ = stack.enter_context(palaver(url, cluster.directory, role="all"))
        account = set_up(port)
        client = stack.enter_context(_client(port, account))
        server_id = _server(client, mcp_port)
        _turn(client, account, server_id, 3)  # loads what only chats with servers need
        called, opened = _turn(client, account, server_id, calls)
    report = Report("tools: a tool call of a local MCP server that answers at once")
    report.add("from the model's call to the committed result: p50", percentile(called, 0.5), "ms", Bar("<=", 30))
    report.add("from the model's call to the committed result: p99", percentile(called, 0.99), "ms")
    report.add("from the send to the first call, the server being connected to", opened, "ms")
    report.notes.append(f"{calls} calls in one turn of one chat, as its viewer sees them; each is a step of its own.")
    return report


def _client(port: int, account: Account) -> httpx2.Client:
    headers = {"Coder-Session-Token": account.token}
    return httpx2.Client(base_url=f"http://127.0.0.1:{port}", headers=headers, timeout=_SECONDS)


def _server(client: httpx2.Client, port: int) -> str:
    body = {
        "display_name": "Bench",
        "slug": "bench",
        "transport": "streamable_http",
        "url": f"http://127.0.0.1:{port}/mcp",
        "auth_type": "none",
        "availability": "default_off",
        "enabled": True,
    }
    answer = client.post("/api/experimental/mcp/servers", json=body)
    answer.raise_for_status()
    server_id: str = answer.json()["id"]
    return server_id


def _turn(client: httpx2.Client, account: Account, server_id: str, calls: int) -> tuple[list[float], float]:
    """One turn with so many steps that call the tool: the milliseconds of each call, and those before the first."""
    text = "\n/echo next\n".join('/tool bench__echo {"text": "here"}' for _ in range(calls))
    body = {
        "organization_id": str(account.owner.organization_id),
        "content": [{"type": "text", "text": "hello"}],
        "mcp_server_ids": [server_id],
    }
    chat = client.post(_CHATS, json=body).json()["id"]
    while client.get(f"{_CHATS}/{chat}").json()["status"] != "waiting":
        time.sleep(0.01)
    called: list[float] = []
    opened = called_at = 0.0
    with client.stream("GET", f"{_CHATS}/{chat}/stream") as stream:
        events = _events(stream)
        while next(events)["type"] != "preview_reset":
            continue
        sent_at = time.perf_counter()
        send = {"content": [{"type": "text", "text": text}]}
        client.post(f"{_CHATS}/{chat}/messages", json=send).raise_for_status()
        for event in events:
            if event["type"] == "message_part" and event["message_part"]["part"]["type"] == "tool-call":
                called_at = time.perf_counter()
                opened = opened or (called_at - sent_at) * 1000
            elif event["type"] == "message" and event["message"]["role"] == "tool":
                called.append((time.perf_counter() - called_at) * 1000)
                if event["message"]["content"][0].get("is_error"):
                    raise BenchmarkInvalid(f"a call failed: {event['message']['content'][0]}")
            elif event["type"] == "status" and event["status"]["status"] == "waiting" and called:
                break
    if len(called) != calls:
        raise BenchmarkInvalid(f"{len(called)} of {calls} calls were answered")
    return called, opened


def _events(stream: httpx2.Response) -> Iterator[dict[str, Any]]:
    for line in stream.iter_lines():
        if line.startswith("data: "):
            yield json.loads(line.removeprefix("data: "))
