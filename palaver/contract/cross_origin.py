"""Pages of other origins: who may call from a browser, and with what.

Off unless `PALAVER_ALLOWED_ORIGINS` names some. They call with a token, in a header or the address; the cookies of the
browser never count for them: its answers do not allow credentials, and what still comes with cookies is read as if it
had none. So no page of another origin acts as whoever is signed in here.
"""

import os
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import Response
from starlette.types import ASGIApp

from palaver.contract.loader import Contract
from palaver.contract.replies import RawHeaders

PREFLIGHT_SECONDS = 7200
"""How long a browser may go by an answer; none goes by it for longer."""

_METHODS = ("get", "put", "post", "patch", "delete")
_ALWAYS_EXPOSED = frozenset({"X-Request-Id", "X-Coder-Build-Version"})
_NEVER_EXPOSED = frozenset({"Set-Cookie"})


class CrossOrigin(CORSMiddleware):
    """Answers preflight requests, and tells browsers which pages may read the other answers.

    Methods and header fields are those of the contract. `headers` go with the answers to preflight requests.
    """

    def __init__(self, app: ASGIApp, origins: tuple[str, ...], contract: Contract, headers: RawHeaders) -> None:
        super().__init__(
            app,
            allow_origins=origins,
            allow_methods=sorted({method.upper() for method, _ in _operations(contract)}),
            allow_headers=sorted(request_headers(contract)),
            expose_headers=sorted(response_headers(contract)),
            max_age=PREFLIGHT_SECONDS,
        )
        self._headers = headers

    def preflight_response(self, request_headers: Headers) -> Response:
        """The answer to a preflight: no token is looked at, no limit counted, nothing asked of the database."""
        response = super().preflight_response(request_headers)
        response.raw_headers.extend([*self._headers, (b"x-request-id", os.urandom(8).hex().encode())])
        return response


class OriginPolicy:
    """What the edge makes of the `Origin` of a request."""

    def __init__(self, allowed: tuple[str, ...], access_url: str | None) -> None:
        self._allowed = frozenset(allowed)
        self._public_host = urlsplit(access_url or "").netloc.lower()

    def is_own(self, headers: Mapping[str, str]) -> bool:
        """Whether the page that asks is of this server's host, or no page asks."""
        origin = headers.get("origin")
        if origin is None:
            return True
        try:
            host = urlsplit(origin).netloc.lower()
        except ValueError:
            return False
        return bool(host) and host in {headers.get("host", "").lower(), self._public_host}

    def is_allowed(self, headers: Mapping[str, str]) -> bool:
        """Whether it is a page of another origin, one that may call."""
        return headers.get("origin") in self._allowed and not self.is_own(headers)


def request_headers(contract: Contract) -> set[str]:
    """The header fields that requests of the contract may carry, but for what is a browser's own business."""
    schemes = contract.document["components"]["securitySchemes"].values()
    named = {scheme["name"] for scheme in schemes if scheme.get("in") == "header"}
    named |= {"Authorization"} if any(scheme["type"] == "http" for scheme in schemes) else set()
    for _, operation in _operations(contract):
        named |= {one["name"] for one in operation.get("parameters", ()) if one["in"] == "header"}
    return named


def response_headers(contract: Contract) -> set[str]:
    """The header fields of answers of the contract that scripts may read."""
    named = set(_ALWAYS_EXPOSED)
    for _, operation in _operations(contract):
        for response in operation["responses"].values():
            named |= set(response.get("headers", ()))
    return named - _NEVER_EXPOSED


def _operations(contract: Contract) -> Iterator[tuple[str, dict[str, Any]]]:
    for path in contract.resolved["paths"].values():
        shared = path.get("parameters", [])
        for method in _METHODS:
            if method in path:
                operation = path[method]
                yield method, operation | {"parameters": [*shared, *operation.get("parameters", ())]}
