"""What a browser keeps while it is away at the OpenID provider: one encrypted cookie, good for ten minutes.

The cookie binds the answer to the browser that asked, and needs no row for a sign-in that never comes back. It is
encrypted, not only signed: the code verifier of PKCE is nobody's business.
"""

import hashlib
import hmac
import secrets
import time
from dataclasses import asdict, dataclass
from typing import Final, Self

import orjson

from palaver.auth.secrets import SecretBox, SecretUnreadable
from palaver.auth.sessions import cookie_flags
from palaver.errors.oidc import InvalidLoginState
from palaver.settings import Settings

CALLBACK_PATH: Final = "/api/v2/users/oidc/callback"
SIGN_IN_COOKIE: Final = "oidc_sign_in"
SIGN_IN_SECONDS: Final = 600

_PURPOSE: Final = "oidc sign-in"
"""Other secrets are encrypted with the same keys; none of them may pass for a sign-in."""


@dataclass(frozen=True, slots=True)
class SignIn:
    """One sign-in on its way; `redirect` is the path of this server where the browser goes afterwards."""

    state: str
    nonce: str
    code_verifier: str
    redirect_uri: str
    redirect: str
    expires_at: float

    @classmethod
    def begin(cls, redirect_uri: str, redirect: str) -> Self:
        """A new one: 256 random bits each for state, nonce and code verifier."""
        state, nonce, code_verifier = (secrets.token_urlsafe(32) for _ in range(3))
        return cls(state, nonce, code_verifier, redirect_uri, redirect, time.time() + SIGN_IN_SECONDS)

    @property
    def digest(self) -> bytes:
        """What is stored of a sign-in that has come back."""
        return hashlib.sha256(self.state.encode()).digest()

    def cookie(self, secrets_: SecretBox, settings: Settings) -> str:
        """The `Set-Cookie` value that hands it to the browser; sent back to the callback only."""
        text = secrets_.encrypt(orjson.dumps({"purpose": _PURPOSE, **asdict(self)}).decode()).decode("ascii")
        return f"{SIGN_IN_COOKIE}={text}; {_attributes(SIGN_IN_SECONDS, settings)}"

    @classmethod
    def resume(cls, cookie: str, state: str, secrets_: SecretBox) -> Self:
        """The sign-in that the answer with this `state` belongs to. Raises InvalidLoginState."""
        if not state or not cookie:
            raise InvalidLoginState("The sign-in was not begun in this browser.")
        try:
            found = orjson.loads(secrets_.decrypt(cookie.encode("utf-8", "surrogatepass")))
        except (SecretUnreadable, orjson.JSONDecodeError):
            raise InvalidLoginState("The sign-in was not begun in this browser.") from None
        if not isinstance(found, dict) or found.pop("purpose", None) != _PURPOSE:
            raise InvalidLoginState("The sign-in was not begun in this browser.")
        begun = cls(**found)
        if not hmac.compare_digest(begun.state.encode(), state.encode("utf-8", "surrogatepass")):
            raise InvalidLoginState("The answer belongs to another sign-in.")
        if time.time() >= begun.expires_at:
            raise InvalidLoginState("The sign-in took too long.")
        return begun


def clear_cookie(settings: Settings) -> str:
    """The `Set-Cookie` value that takes a sign-in from the browser."""
    return f"{SIGN_IN_COOKIE}=; {_attributes(-1, settings)}"


def _attributes(max_age: int, settings: Settings) -> str:
    return f"Path={CALLBACK_PATH}; Max-Age={max_age}; HttpOnly{cookie_flags(settings)}"
