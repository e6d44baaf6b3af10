"""Bytes in and out, and the operations without authentication."""

from typing import Any
from uuid import UUID

from palaver.contract.context import Context
from palaver.contract.replies import RawReply, Reply


async def get_file(ctx: Context, file: UUID) -> RawReply:
    return RawReply(b"\x00bytes", "image/png", headers={"Cache-Control": "private"})


async def upload_file(ctx: Context, organization: UUID) -> dict[str, Any]:
    return {"size": len(ctx.body)}


async def ping(ctx: Context) -> dict[str, Any]:
    return {"actor": ctx.actor, "ip": ctx.client_ip, "path": ctx.path}


async def fail(ctx: Context) -> Reply:
    raise RuntimeError("a secret of the engine")
