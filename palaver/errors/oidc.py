"""Refusals of the sign-in by an OpenID provider, and of the use of its tokens."""

from palaver.errors.base import PalaverError
from palaver.errors.common import BadRequest, NotFound


class SignInRefused(PalaverError):
    """The provider knows the person, this server does not let it in; the text says why."""

    status = 403
    message = "You may not sign in."


class OidcNotConfigured(NotFound):
    """This server has no OpenID provider."""

    message = "OpenID Connect is not configured on this server."


class InvalidLoginState(BadRequest):
    """The answer belongs to no sign-in that this browser began in the last ten minutes, or has been used."""

    message = "Invalid or missing OAuth2 state parameter."

    def __init__(self, reason: str) -> None:
        super().__init__(detail=f"{reason} Please sign in again.")


class ProviderRefusedLogin(BadRequest):
    """The provider sent the browser back with an error, as when the person has declined."""

    message = "OAuth2 provider returned an error."


class InvalidIdToken(PalaverError):
    """The provider's statement about who signs in does not hold; `reason` names the check, never a value."""

    status = 401
    message = "The OpenID provider's ID token is not valid."

    def __init__(self, reason: str) -> None:
        super().__init__(detail=reason)


class CodeRefused(BadRequest):
    """The provider does not take the authorization code: used before, expired, or never given to this browser."""

    message = "Failed to exchange authorization code for token."


class EmailMissing(SignInRefused):
    """The provider tells no e-mail address that could be one."""

    message = "The OpenID provider gives no e-mail address for you."


class EmailNotVerified(SignInRefused):
    """The provider does not vouch for the e-mail address."""

    message = "Your e-mail address is not verified by the OpenID provider."


class EmailDomainRefused(SignInRefused):
    """The e-mail address is outside of the allowed domains."""

    message = "Your e-mail address is not in a domain that may sign in."


class SignUpsDisabled(SignInRefused):
    """Nobody gets an account by signing in."""

    message = "Sign-ups are disabled. Ask an administrator for an account."


class FirstUserMissing(SignInRefused):
    """The server still waits for its owner, who is made otherwise; a stranger must not come first."""

    message = "The initial user has not been created!"


class EmailBelongsToOther(SignInRefused):
    """A user with this e-mail address signs in by other means; it is not taken over."""

    message = "A user with your e-mail address exists already and does not sign in by OpenID Connect."

    def __init__(self) -> None:
        super().__init__(detail="Sign in as before, or ask an administrator to change or delete that user.")


class NotAnOidcUser(SignInRefused):
    """The person has an account that was changed to another way of signing in."""

    def __init__(self, login_type: str) -> None:
        super().__init__(
            message=f'Incorrect login type, attempting to use "oidc" but user is of login type "{login_type}"'
        )


class ProviderUnavailable(PalaverError):
    """The OpenID provider cannot be reached, or answers what no provider would; `reason` holds no secret."""

    status = 502
    message = "The OpenID provider is not available."

    def __init__(self, reason: str) -> None:
        super().__init__(detail=reason)


class NoProviderToken(PalaverError):
    """There is no usable token of the provider for this user: it has to sign in by the provider (again)."""

    status = 403
    message = "There is no valid OpenID Connect token for this user. Please sign in by OpenID Connect again."
