"""What is served beside the contract's operations: health, metrics, the contract itself and its documentation page.

The page is swagger-ui from its package, with what is in `palaver/docs_page`; it loads nothing from anywhere else.
"""

import asyncio
import gzip
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import orjson
import structlog
from prometheus_client import CONTENT_TYPE_LATEST
from swagger_ui_bundle import swagger_ui_path

from palaver import metrics
from palaver.contract.conditional import etag_of, is_named
from palaver.contract.loader import Contract
from palaver.contract.rendering import Response
from palaver.contract.replies import RawHeaders
from palaver.errors.request import MethodNotAllowed
from palaver.readiness import Readiness

if TYPE_CHECKING:
    from palaver.services import Services

log = structlog.get_logger(__name__)

_PAGE = Path(__file__).resolve().parents[1] / "docs_page"
_MEDIA_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".png": "image/png",
}
_NOT_MODIFIED = 304
_WORTH_PACKING = 1000
_BUNDLED = ("swagger-ui.css", "swagger-ui-bundle.js", "favicon-32x32.png")
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_PAGE_HEADERS = {
    "content-security-policy": _POLICY,
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cache-control": "no-cache",
}


@dataclass(slots=True)
class _File:
    """One that is served as it is, packed for those who take it so."""

    content: bytes
    media_type: str
    headers: Mapping[str, str]
    tag: str = field(init=False)
    _packed: bytes | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        self.tag = etag_of(self.content)

    async def packed(self) -> bytes:
        """Packed when first asked for, and then kept."""
        if self._packed is None:
            self._packed = await asyncio.to_thread(gzip.compress, self.content, 6, mtime=0)
        return self._packed

    @property
    def is_worth_packing(self) -> bool:
        """Whether packing saves more than it costs."""
        return len(self.content) > _WORTH_PACKING and self.media_type != _MEDIA_TYPES[".png"]


class Site:
    """Answers the fixed paths that the contract does not describe; in processes that only run turns, health alone."""

    def __init__(self, services: "Services", contract: Contract) -> None:
        self._services = services
        self._last_found = Readiness()
        self._dynamic: dict[str, Callable[[], Awaitable[tuple[int, str, bytes]]]] = {
            "/healthz": self._health,
            "/readyz": self._readiness,
            "/metrics": self._metrics,
        }
        self._files: dict[str, _File] = {}
        if services.settings.role == "worker":
            return
        looked_at = {"cache-control": "no-cache"}
        self._files["/openapi.yaml"] = _File(contract.source, "application/yaml; charset=utf-8", looked_at)
        self._files["/openapi.json"] = _File(contract.json, "application/json; charset=utf-8", looked_at)
        for file in sorted(_PAGE.iterdir()):
            found = _File(file.read_bytes(), _MEDIA_TYPES[file.suffix], _PAGE_HEADERS)
            for path in ("/docs", "/docs/") if file.stem == "index" else (f"/docs/{file.name}",):
                self._files[path] = found
        for name in _BUNDLED:
            file = swagger_ui_path / name
            kept = {"cache-control": "public, max-age=86400"}
            self._files[f"/docs/{name}"] = _File(file.read_bytes(), _MEDIA_TYPES[file.suffix], kept)

    async def answer(self, path: str, method: str, asked: RawHeaders, headers: RawHeaders) -> Response | None:
        """The response, or None for a path that is not of the site. Raises MethodNotAllowed.

        `asked` are the request's header fields; `headers` become the response's own.
        """
        path = "/" + path.lstrip("/")
        if path not in self._files and path not in self._dynamic:
            return None
        if method not in {"GET", "HEAD"}:
            raise MethodNotAllowed({"GET", "HEAD"})
        if path in self._files:
            status, body = await self._file(self._files[path], dict(asked), headers)
        else:
            status, media_type, body = await self._dynamic[path]()
            headers += [(b"cache-control", b"no-store"), (b"content-type", media_type.encode())]
        if status != _NOT_MODIFIED:
            headers.append((b"content-length", b"%d" % len(body)))
        return Response(status, headers, b"" if method == "HEAD" else body)

    async def _file(self, file: _File, asked: Mapping[bytes, bytes], headers: RawHeaders) -> tuple[int, bytes]:
        headers += [(name.encode(), value.encode()) for name, value in file.headers.items()]
        # Weak: packed or not, it is the same file.
        headers += [(b"etag", f"W/{file.tag}".encode()), (b"vary", b"Accept-Encoding")]
        if is_named(file.tag, asked.get(b"if-none-match", b"").decode("latin-1"), weakly=True):
            return _NOT_MODIFIED, b""
        headers.append((b"content-type", file.media_type.encode()))
        if file.is_worth_packing and _takes_gzip(asked.get(b"accept-encoding", b"")):
            headers.append((b"content-encoding", b"gzip"))
            return 200, await file.packed()
        return 200, file.content

    async def _health(self) -> tuple[int, str, bytes]:
        return 200, "text/plain; charset=utf-8", b"OK"

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


def _takes_gzip(field: bytes) -> bool:
    for coding in field.lower().split(b","):
        name, _, weight = coding.partition(b";")
        if name.strip() == b"gzip":
            return weight.replace(b" ", b"") not in {b"q=0", b"q=0.0", b"q=0.00", b"q=0.000"}
    return False
