"""`python -m tests.samples.tool_server`: an MCP server for the samples; prints its address when it is ready."""

import asyncio
import sys

from tests.support.mcp.server import running_mcp


async def serve() -> None:
    """Until it is ended."""
    async with running_mcp() as server:
        sys.stdout.write(f"ready at {server.url}\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve())
