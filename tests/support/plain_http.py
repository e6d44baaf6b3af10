"""HTTP to the servers of tests, which speak no TLS."""

import ssl
from typing import Final

import httpx

_KNOWS_NO_AUTHORITY: Final = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""Loading the authorities takes 20 ms for each client, and every world has five."""


def plain_transport() -> httpx.AsyncHTTPTransport:
    """A transport for `http://`; it believes no certificate at all."""
    return httpx.AsyncHTTPTransport(verify=_KNOWS_NO_AUTHORITY)
