"""LISTEN behind a proxy that pools transactions: taken, and forgotten."""

import asyncio
import uuid

import pytest
from sqlalchemy import make_url

from palaver.stream.bus import LinkDown
from palaver.stream.bus.postgres_link import PostgresLink
from tests.postgres import Cluster

_NOTIFICATION = b"A"


async def _drop_notifications(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Pass on what a server says, without its notifications."""
    try:
        while True:
            head = await reader.readexactly(5)
            body = await reader.readexactly(int.from_bytes(head[1:]) - 4)
            if head[:1] != _NOTIFICATION:
                writer.write(head + body)
    except asyncio.IncompleteReadError:
        writer.close()


async def test_a_connection_that_hears_nobody_is_refused_with_what_to_do(postgres_server: Cluster) -> None:
    url = make_url(postgres_server.url)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        path = f"{url.query['host']}/.s.PGSQL.{url.query['port']}"
        far_reader, far_writer = await asyncio.open_unix_connection(path)
        answers = asyncio.create_task(_drop_notifications(far_reader, writer))
        while data := await reader.read(65_536):
            far_writer.write(data)
        far_writer.close()
        await answers

    proxy = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = proxy.sockets[0].getsockname()[1]
    behind = url.set(host="127.0.0.1", port=port, query={"sslmode": "disable"})
    link = PostgresLink(behind.render_as_string(hide_password=False))
    with pytest.raises(LinkDown, match="PALAVER_DATABASE_DIRECT_URL"):
        await link.open(uuid.uuid4(), lambda data: None, lambda reason: None)
    await link.close()
    proxy.close()


async def test_a_link_that_is_not_open_sends_nothing(postgres_server: Cluster) -> None:
    link = PostgresLink(postgres_server.url)
    for asked in (link.send([(None, b"x")]), link.probe()):
        with pytest.raises(LinkDown):
            await asked
    await link.close()
