"""What a browser keeps while its user is away at an MCP server's authorization server: two cookies, for ten minutes.

One holds the state that the answer has to come back with. The other is encrypted and holds everything else: the code
verifier of PKCE, and for which session, user and server the answer is good.
"""

import base64
import hashlib
import hmac
import secrets
import time
import uuid
from dataclasses import asdict, dataclass
from typing import Final, Self

import orjson

from palaver.auth.actor import Actor
from palaver.auth.secrets import SecretBox, SecretUnreadable
from palaver.auth.sessions import cookie_flags
from palaver.errors.mcp_oauth import InvalidOAuth2State
from palaver.settings import Settings

SECONDS: Final = 600

_PURPOSE: Final = "mcp oauth2"
"""Other secrets are encrypted with the same keys; none of them may pass for this cookie."""


def callback_path(server_id: uuid.UUID) -> str:
    """Where the authorization server sends the browser back to."""
    return f"/api/experimental/mcp/servers/{server_id}/oauth2/callback"


def state_cookie(server_id: uuid.UUID) -> str:
    """The name of the cookie with the state."""
    return f"mcp_oauth2_state_{server_id}"


def verifier_cookie(server_id: uuid.UUID) -> str:
    """The name of the cookie with the code verifier."""
    return f"mcp_oauth2_verifier_{server_id}"


@dataclass(frozen=True, slots=True)
class SignIn:
    """One user's way to an authorization server and back; `key_id` is the session it was begun in."""

    state: str
    code_verifier: str
    server_id: str
    user_id: str
    key_id: str
    redirect_uri: str
    expires_at: float

    @classmethod
    def begin(cls, server_id: uuid.UUID, user: Actor, base_url: str) -> Self:
        """A new one: 256 random bits each for state and code verifier."""
        redirect_uri = f"{base_url}{callback_path(server_id)}"
        state, code_verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
        expires_at = time.time() + SECONDS
        return cls(state, code_verifier, str(server_id), str(user.user_id), user.key_id, redirect_uri, expires_at)

    @property
    def code_challenge(self) -> str:
        """What PKCE's S256 makes of the verifier."""
        digest = hashlib.sha256(self.code_verifier.encode()).digest()
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()

    @property
    def digest(self) -> bytes:
        """What is stored of a sign-in that has come back."""
        return hashlib.sha256(f"{_PURPOSE}\0{self.state}".encode()).digest()

    def cookies(self, secrets_: SecretBox, settings: Settings) -> list[str]:
        """The `Set-Cookie` values that hand it to the browser; sent back to the callback of this server only."""
        server_id = uuid.UUID(self.server_id)
        box = secrets_.encrypt(orjson.dumps({"purpose": _PURPOSE, **asdict(self)}).decode()).decode("ascii")
        attributes = _attributes(server_id, SECONDS, settings)
        return [
            f"{state_cookie(server_id)}={self.state}; {attributes}",
            f"{verifier_cookie(server_id)}={box}; {attributes}",
        ]

    @classmethod
    def resume(
        cls, server_id: uuid.UUID, user: Actor, state: str, cookie_state: str, box: str, secrets_: SecretBox
    ) -> Self:
        """The sign-in that an answer with this `state` belongs to. Raises InvalidOAuth2State."""
        if not (state and _same(state, cookie_state)):
            raise InvalidOAuth2State
        try:
            found = orjson.loads(secrets_.decrypt(box.encode("utf-8", "surrogatepass")))
        except (SecretUnreadable, orjson.JSONDecodeError):
            raise InvalidOAuth2State from None
        if not isinstance(found, dict) or found.pop("purpose", None) != _PURPOSE:
            raise InvalidOAuth2State
        begun = cls(**found)
        if not _same(begun.state, state) or time.time() >= begun.expires_at:
            raise InvalidOAuth2State
        if (begun.server_id, begun.user_id, begun.key_id) != (str(server_id), str(user.user_id), user.key_id):
            raise InvalidOAuth2State
        return begun


def clear_cookies(server_id: uuid.UUID, settings: Settings) -> list[str]:
    """The `Set-Cookie` values that take both from a browser."""
    attributes = _attributes(server_id, -1, settings)
    return [f"{name}=; {attributes}" for name in (state_cookie(server_id), verifier_cookie(server_id))]


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode("utf-8", "surrogatepass"), other.encode("utf-8", "surrogatepass"))


def _attributes(server_id: uuid.UUID, max_age: int, settings: Settings) -> str:
    return f"Path={callback_path(server_id)}; Max-Age={max_age}; HttpOnly{cookie_flags(settings)}"
