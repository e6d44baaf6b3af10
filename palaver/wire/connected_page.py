"""The page on which a browser ends that has connected its user to an MCP server."""

import base64
import hashlib
import html
from collections.abc import Mapping
from typing import Final

from palaver.configuration.mcp_servers import MCPServer

HTML: Final = "text/html; charset=utf-8"

_SCRIPT: Final = (
    'const serverID = document.body.dataset.server, message = { type: "mcp-oauth2-complete", serverID };'
    " if (window.opener) { window.opener.postMessage(message, window.location.origin); window.close(); }"
)
_DIGEST: Final = base64.b64encode(hashlib.sha256(_SCRIPT.encode()).digest()).decode()

PAGE_HEADERS: Final[Mapping[str, str]] = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": f"default-src 'none'; script-src 'sha256-{_DIGEST}'; frame-ancestors 'none'",
    # The address holds the code, used up as it is.
    "Referrer-Policy": "no-referrer",
}
"""What the page has to be sent with: it runs its one script and loads nothing."""


def connected_page(server: MCPServer) -> bytes:
    """The page: it tells the page of this origin that opened it, and closes; without one, a person reads it."""
    name = html.escape(server.display_name)
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>Connected</title></head>\n'
        f'<body data-server="{server.id}"><p>{name} is connected. You can close this window.</p>\n'
        f"<script>{_SCRIPT}</script></body></html>\n"
    ).encode()
