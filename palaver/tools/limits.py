"""How long MCP servers may take, and how much they may say."""

from typing import Final

CONNECT_SECONDS: Final = 10.0
"""Contract, limits.yaml `mcp_connect_timeout`; that the tools are listed is part of it."""
CALL_SECONDS: Final = 60.0
"""Contract, limits.yaml `mcp_call_timeout`."""
CALL_GRACE_SECONDS: Final = 5.0
"""How much longer a call may take to end by itself, telling the server that nobody waits any more."""
ANSWER_SECONDS: Final = 75.0
"""How long an answer may take to its end: longer than any call waits, so that nothing is read for ever."""
ACCEPT_SECONDS: Final = 10.0
"""How long a server may take to accept what it does not answer at once; meanwhile the session sends nothing else."""
CLOSE_SECONDS: Final = 2.0
"""How long a session may take to say good-bye."""

MAX_ANSWER_BYTES: Final = 4 * 1024 * 1024
"""Largest answer to one request, and largest event of a stream; whatever is larger is not read to its end."""
MAX_ANSWER_PARTS: Final = 250_000
"""Items of lists and objects in one answer, counted roughly: reading that many takes half a second, and it is the
event loop that reads."""
MAX_TOOLS: Final = 1000
"""Tools taken from one server; further ones are left out."""
MAX_PAGES: Final = 100
"""Pages of tools that one server is asked for."""
