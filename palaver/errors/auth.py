"""Refusals of the doors: no valid session, forged cross-site requests, too many requests (contract/README.md)."""

import datetime as dt
from collections.abc import Mapping
from typing import ClassVar

from palaver.errors.base import PalaverError
from palaver.errors.common import BadRequest, InternalError

# The realm is the wire's name for it, kept so that clients of the compatible API recognise it.
_CHALLENGE = (
    'Bearer realm="coder", error="invalid_token", error_description="{description}", '
    'resource_metadata="{base_url}/.well-known/oauth-protected-resource"'
)


class Unauthenticated(PalaverError):
    """401: no session, or one that does not hold (contract/README.md, "401 and CSRF").

    `base_url` is the server's public address without a trailing slash; it goes into `WWW-Authenticate`.
    """

    status = 401
    message = "You are signed out or your session has expired. Please sign in again to continue."
    description: ClassVar[str] = "The access token is invalid"

    def __init__(self, base_url: str, *, detail: str | None = None, message: str | None = None) -> None:
        challenge = _CHALLENGE.format(description=self.description, base_url=base_url)
        super().__init__(message=message, detail=detail, headers={"WWW-Authenticate": challenge})


class TokenMissing(Unauthenticated):
    """The request carries no token in any of the five places."""

    def __init__(self, base_url: str) -> None:
        super().__init__(base_url, detail='Cookie "coder_session_token" or query parameter must be provided.')


class TokenMalformed(Unauthenticated):
    """The token is not `<10 characters>-<22 characters>`; `flaw` is the wire's text for what is wrong."""

    def __init__(self, base_url: str, flaw: str) -> None:
        super().__init__(base_url, detail=f"Invalid API key format: {flaw}")


class TokenUnknown(Unauthenticated):
    """No key has this id."""

    def __init__(self, base_url: str) -> None:
        super().__init__(base_url, detail="API key is invalid.")


class TokenSecretWrong(Unauthenticated):
    """The key exists, the secret is another."""

    def __init__(self, base_url: str) -> None:
        super().__init__(base_url, detail="API key secret is invalid.")


class TokenExpired(Unauthenticated):
    """The key's time is over."""

    description = "The access token has expired"

    def __init__(self, base_url: str, expired_at: dt.datetime) -> None:
        moment = expired_at.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")
        super().__init__(base_url, detail=f'API key expired at "{moment}".')


class UserSuspended(Unauthenticated):
    """The key is good, its user is suspended."""

    def __init__(self, base_url: str, status: str) -> None:
        super().__init__(
            base_url,
            message=f'User is not active (status = "{status}"). Contact an admin to reactivate your account.',
        )


class AuthenticationFault(InternalError):
    """The token could not be checked (the database is away); says nothing about the token."""

    message = "An internal error occurred. Please try again or contact the system administrator."


class PlainTextError(PalaverError):
    """A refusal that the wire gives as text: the body is `message`, the type `media_type`, never JSON."""

    media_type: ClassVar[str] = "text/plain; charset=utf-8"


class CsrfRefused(PlainTextError, BadRequest):
    """An unsafe request that only the session cookie vouches for: another site may have sent it."""

    message = (
        "Something is wrong with your CSRF token. Please refresh the page. "
        "If this error persists, try clearing your cookies."
    )


class CsrfTokensDiffer(CsrfRefused):
    """Cookie and header name different sessions."""

    message = (
        'CSRF error encountered. Authentication via "coder_session_token" cookie and "Coder-Session-Token" header '
        "detected, but the values do not match. Send one of them, or the same value in both."
    )


class RateLimitBypassRefused(PlainTextError):
    """`X-Coder-Bypass-Ratelimit` is for site owners only."""

    status = 428
    message = '"X-Coder-Bypass-Ratelimit" provided but user is not owner'


class RateLimited(PalaverError):
    """More requests than allowed in the window of one minute; `Retry-After` says when the next one fits."""

    status = 429

    def __init__(self, limit: int, headers: Mapping[str, str]) -> None:
        super().__init__(
            message=f"You've been rate limited for sending more than {limit} requests in 1m0s.", headers=headers
        )


class UnknownRole(BadRequest):
    """A role that does not exist, or not at this level (site or organization)."""

    def __init__(self, name: str, level: str) -> None:
        super().__init__(message=f'Role "{name}" is not {level} role.')
