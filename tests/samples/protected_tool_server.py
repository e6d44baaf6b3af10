"""`python -m tests.samples.protected_tool_server`: an MCP server behind OAuth for the samples; prints its address."""

import asyncio
import sys

from tests.support.authorization_server import MCP_PATH, run_authorization_server
from tests.support.mcp.server import running_mcp


async def serve() -> None:
    """Until it is ended."""
    async with run_authorization_server() as protector, running_mcp() as server:
        server.lets_in = lambda authorization: protector.whose(authorization.removeprefix("Bearer ")) is not None
        where = f"{protector.issuer}/.well-known/oauth-protected-resource{MCP_PATH}"
        server.challenge = f'Bearer resource_metadata="{where}"'
        protector.resource = {"resource": server.url}
        sys.stdout.write(f"ready at {server.url}\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve())
