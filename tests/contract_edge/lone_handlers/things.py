"""One handler of many."""

from typing import Any

from palaver.contract.context import Context


async def ping(ctx: Context) -> dict[str, Any]:
    return {}
