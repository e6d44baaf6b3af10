"""Forged cross-site requests: when a cookie alone vouches for an unsafe request, more proof is wanted.

The proof for browser clients is `X-CSRF-TOKEN`: an HMAC keyed by the session token, handed to scripts of this origin
in the readable cookie `csrf_token`. It is bound to its session, needs no state, and says nothing about the token.
"""

import hashlib
import hmac
from collections.abc import Mapping

from palaver.auth import tokens
from palaver.errors.auth import CsrfRefused, CsrfTokensDiffer

CSRF_COOKIE = "csrf_token"
CSRF_HEADER = "x-csrf-token"

_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
_EXEMPT_PATHS = frozenset({"/api/v2/users/first"})
_PURPOSE = b"palaver csrf token v1"


def check_csrf(method: str, path: str, headers: Mapping[str, str], query_string: bytes) -> None:
    """Refuse an unsafe request that only the session cookie vouches for (contract/README.md, "401 and CSRF").

    `headers` have lower-case names. Raises CsrfRefused or CsrfTokensDiffer (400, text/plain).
    """
    if method in _SAFE_METHODS or "cookie" not in headers:
        return
    session = tokens.cookie(headers, tokens.SESSION_COOKIE)
    if not session or path in _EXEMPT_PATHS or tokens.bearer_token(headers):
        return
    header = headers.get(tokens.SESSION_HEADER, "").strip()
    if _same(header, session) or _same(tokens.query_value(query_string, b"coder_session_token"), session):
        return
    if _same(headers.get(CSRF_HEADER, ""), csrf_token(session)):
        return
    raise CsrfTokensDiffer if header else CsrfRefused


def csrf_token(session_token: str) -> str:
    """The value of `X-CSRF-TOKEN` that belongs to a session token: 64 hexadecimal digits."""
    return hmac.new(session_token.encode("utf-8", "surrogatepass"), _PURPOSE, hashlib.sha256).hexdigest()


def _same(left: str, right: str) -> bool:
    return hmac.compare_digest(left.encode("utf-8", "surrogatepass"), right.encode("utf-8", "surrogatepass"))
