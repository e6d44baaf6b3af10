"""Things, entries and the stream of things."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from starlette.types import Receive, Scope, Send

from palaver.contract.context import Context
from palaver.contract.replies import RawHeaders, Reply
from palaver.errors import NotFound

MISSING = UUID(int=0)


async def get_thing(ctx: Context, thing: UUID) -> dict[str, Any]:
    if thing == MISSING:
        raise NotFound
    return {"id": thing, "parent": None}


async def delete_thing(ctx: Context, thing: UUID) -> None:
    _seen(ctx)


async def list_things(
    ctx: Context,
    limit: int,
    after_id: UUID | None = None,
    big: int | None = None,
    archived: bool | None = None,
    order: Literal["up", "down"] | None = None,
    since: datetime | None = None,
    page: int | None = None,
    label: Sequence[str] | None = None,
    owners: list[UUID] | None = None,
) -> dict[str, Any]:
    arguments = {key: value for key, value in locals().items() if key != "ctx" and value is not None}
    return {"user": ctx.user.username, "token": ctx.token, **arguments}


async def create_thing(ctx: Context, body: dict[str, Any], idempotency_key: str | None = None) -> Reply:
    return Reply({"body": body, "key": idempotency_key, "raw": len(ctx.body)}, headers={"Location": "/api/things/1"})


async def move_entry(ctx: Context, thing: UUID, queued_entry: int, body: dict[str, Any] | None) -> dict[str, Any]:
    return {"entry": queued_entry, "body": body}


class _Watch:
    def __init__(self, last: str | None) -> None:
        self._last = last

    async def http(self, scope: Scope, receive: Receive, send: Send, headers: RawHeaders) -> None:
        if self._last == "lost":
            raise NotFound
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": f"data: {self._last}\n\n".encode()})

    async def websocket(self, scope: Scope, receive: Receive, send: Send, headers: RawHeaders) -> None:
        await receive()
        await send({"type": "websocket.accept", "headers": headers})
        await send({"type": "websocket.send", "text": f"[{scope['path']}]"})
        await send({"type": "websocket.close", "code": 1000})


async def watch_things(ctx: Context, last_event_id: str | None = None) -> _Watch:
    return _Watch(last_event_id)


def _seen(ctx: Context) -> None:
    assert ctx.user.username
