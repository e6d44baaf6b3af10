"""Session tokens: their form, their making, and where in a request they are found. No database here.

A token is `<id>-<secret>`, 10 and 22 alphanumerics. The id is public; of the secret only the SHA-256 is kept.
"""

import hashlib
import secrets
import string
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal
from urllib.parse import unquote_to_bytes

SESSION_COOKIE = "coder_session_token"
SESSION_HEADER = "coder-session-token"
ID_LENGTH = 10
SECRET_LENGTH = 22

_ALPHABET = string.ascii_letters + string.digits

TokenSource = Literal["cookie", "query", "header", "bearer", "access_token", "none"]


@dataclass(frozen=True, slots=True)
class NewToken:
    """A freshly made token: `text` goes to the client and nowhere else, `id` and `hashed_secret` are stored."""

    id: str
    text: str
    hashed_secret: bytes


@dataclass(frozen=True, slots=True)
class PresentedToken:
    """The token a request is judged by, and where it stood. `host` is the request's `Host` (for `WWW-Authenticate`)."""

    token: str
    source: TokenSource = "header"
    host: str = ""


class MalformedToken(ValueError):
    """The text is no `<id>-<secret>`; the message is the wire's text for what is wrong."""


def mint() -> NewToken:
    """A new random token (about 59 bits of id, 131 bits of secret)."""
    key_id = "".join(secrets.choice(_ALPHABET) for _ in range(ID_LENGTH))
    secret = "".join(secrets.choice(_ALPHABET) for _ in range(SECRET_LENGTH))
    return NewToken(key_id, f"{key_id}-{secret}", hash_secret(secret))


def hash_secret(secret: str) -> bytes:
    """SHA-256 of the secret, 32 bytes. The secret has full entropy, so no slow hash is needed."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest()


def parse(token: str) -> tuple[str, str]:
    """Split a token into (id, secret), lengths checked; raises MalformedToken (contract/README.md, "401 and CSRF")."""
    parts = token.split("-")
    if len(parts) != 2:
        raise MalformedToken(f"incorrect amount of API key parts, expected 2 got {len(parts)}")
    key_id, secret = parts
    if len(key_id) != ID_LENGTH:
        raise MalformedToken(f"invalid API key ID length, expected {ID_LENGTH} got {len(key_id)}")
    if len(secret) != SECRET_LENGTH:
        raise MalformedToken(f"invalid API key secret length, expected {SECRET_LENGTH} got {len(secret)}")
    return key_id, secret


def find_token(headers: Mapping[str, str], query_string: bytes) -> PresentedToken:
    """The first non-empty token in the wire's order; it decides, even when a later place holds a better one.

    `headers` have lower-case names. Without any token the answer has an empty `token` and source `none`.
    """
    host = headers.get("host", "")
    if "cookie" in headers and (token := cookie(headers, SESSION_COOKIE)):
        return PresentedToken(token, "cookie", host)
    if query_string and (token := query_value(query_string, b"coder_session_token")):
        return PresentedToken(token, "query", host)
    if token := headers.get(SESSION_HEADER, "").strip():
        return PresentedToken(token, "header", host)
    if token := bearer_token(headers):
        return PresentedToken(token, "bearer", host)
    if query_string and (token := query_value(query_string, b"access_token")):
        return PresentedToken(token, "access_token", host)
    return PresentedToken("", "none", host)


def cookie(headers: Mapping[str, str], name: str) -> str:
    """The value of a cookie of the request, quotes removed; empty when absent. The first of that name counts."""
    for pair in headers.get("cookie", "").split(";"):
        key, found, value = pair.partition("=")
        if found and key.strip() == name:
            value = value.strip()
            return value[1:-1] if len(value) >= 2 and value[0] == value[-1] == '"' else value
    return ""


def bearer_token(headers: Mapping[str, str]) -> str:
    """The token of `Authorization: Bearer <token>` (scheme in any case); empty when absent."""
    scheme, _, token = headers.get("authorization", "").strip().partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def query_value(query_string: bytes, name: bytes) -> str:
    """The first value of a query parameter; empty when absent. Bytes map to characters one to one (Latin-1), so that
    lengths are bytes, as for headers."""
    if name not in query_string and b"%" not in query_string:
        return ""
    for pair in query_string.split(b"&"):
        key, _, value = pair.partition(b"=")
        if unquote_to_bytes(key.replace(b"+", b" ")) == name:
            return unquote_to_bytes(value.replace(b"+", b" ")).decode("latin-1")
    return ""
