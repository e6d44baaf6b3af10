"""What is served beside the contract's operations: health, metrics, the contract itself and its documentation page.

The page is swagger-ui from its package, with an index of ours; it loads nothing from anywhere else.
"""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

import orjson
import structlog
from prometheus_client import CONTENT_TYPE_LATEST
from swagger_ui_bundle import swagger_ui_path

from palaver import metrics
from palaver.contract.loader import Contract
from palaver.contract.rendering import Response
from palaver.contract.replies import RawHeaders
from palaver.errors.request import MethodNotAllowed
from palaver.readiness import Readiness

if TYPE_CHECKING:
    from palaver.services import Services

log = structlog.get_logger(__name__)

_ASSETS = {
    "swagger-ui.css": "text/css; charset=utf-8",
    "swagger-ui-bundle.js": "text/javascript; charset=utf-8",
    "favicon-32x32.png": "image/png",
}
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_INDEX = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Palaver</title>
<link rel="stylesheet" href="/docs/swagger-ui.css">
<link rel="icon" type="image/png" href="/docs/favicon-32x32.png">
</head>
<body>
<div id="docs"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
"""
_START = """SwaggerUIBundle({
  url: "/openapi.yaml",
  dom_id: "#docs",
  presets: [SwaggerUIBundle.presets.apis],
  deepLinking: true,
  docExpansion: "none",
  persistAuthorization: true,
  tryItOutEnabled: true,
  filter: true,
  validatorUrl: null,
});
"""


class Site:
    """Answers the fixed paths that the contract does not describe; in processes that only run turns, health alone."""

    def __init__(self, services: "Services", contract: Contract) -> None:
        self._services = services
        self._last_found = Readiness()
        self._dynamic: dict[str, Callable[[], Awaitable[tuple[int, str, bytes]]]] = {
            "/readyz": self._readiness,
            "/metrics": self._metrics,
        }
        self._files: dict[str, tuple[bytes, str, dict[str, str]]] = {
            "/healthz": (b"OK", "text/plain; charset=utf-8", {"cache-control": "no-store"}),
        }
        if services.settings.role == "worker":
            return
        page = {"content-security-policy": _POLICY}
        self._files |= {
            "/openapi.yaml": (contract.source, "application/yaml; charset=utf-8", {"cache-control": "no-cache"}),
            "/openapi.json": (contract.json, "application/json; charset=utf-8", {"cache-control": "no-cache"}),
            "/docs": (_INDEX.encode(), "text/html; charset=utf-8", page),
            "/docs/": (_INDEX.encode(), "text/html; charset=utf-8", page),
            "/docs/start.js": (_START.encode(), "text/javascript; charset=utf-8", {"cache-control": "no-cache"}),
        }
        for name, media_type in _ASSETS.items():
            content = swagger_ui_path.joinpath(name).read_bytes()
            self._files[f"/docs/{name}"] = (content, media_type, {"cache-control": "public, max-age=86400"})

    async def answer(self, path: str, method: str, headers: RawHeaders) -> Response | None:
        """The response, or None for a path that is not of the site. Raises MethodNotAllowed."""
        path = "/" + path.lstrip("/")
        if path in self._files:
            body, media_type, extra = self._files[path]
            status = 200
        elif path in self._dynamic:
            extra = {"cache-control": "no-store"}
            status, media_type, body = 200, "", b""
        else:
            return None
        if method not in {"GET", "HEAD"}:
            raise MethodNotAllowed({"GET", "HEAD"})
        if path in self._dynamic:
            status, media_type, body = await self._dynamic[path]()
        headers += [(name.encode(), value.encode()) for name, value in extra.items()]
        headers += [(b"content-type", media_type.encode()), (b"content-length", b"%d" % len(body))]
        return Response(status, headers, b"" if method == "HEAD" else body)

    async def _readiness(self) -> tuple[int, str, bytes]:
        found = await self._services.readiness()
        if found != self._last_found:
            log.info("readiness changed", action="readiness", reasons=found.reasons, warnings=found.warnings)
            self._last_found = found
        answer: dict[str, object] = {"ready": found.ready}
        if found.reasons:
            answer["reasons"] = found.reasons
        if found.warnings:
            answer["warnings"] = found.warnings
        return 200 if found.ready else 503, "application/json; charset=utf-8", orjson.dumps(answer) + b"\n"

    async def _metrics(self) -> tuple[int, str, bytes]:
        self._services.sample()
        return 200, CONTENT_TYPE_LATEST, metrics.exposition()
