"""Signing in by an OpenID provider: one address, where the browser starts from and comes back to."""

from palaver.auth import tokens
from palaver.auth.oidc_sign_in import SIGN_IN_COOKIE
from palaver.contract.context import Context
from palaver.contract.replies import Redirect
from palaver.errors.oidc import OidcNotConfigured


async def openid_connect_callback(
    ctx: Context,
    *,
    code: str = "",
    state: str = "",
    error: str = "",
    error_description: str = "",
    iss: str = "",
    redirect: str = "/",
) -> Redirect:
    """Send the browser to the provider; when it comes back, open its session."""
    oidc = ctx.services.oidc
    if oidc is None:
        raise OidcNotConfigured
    if not (code or state or error):
        base_url = ctx.services.authenticator.base_url(ctx.headers.get("host", ""))
        departure = await oidc.begin(base_url, redirect)
    else:
        departure = await oidc.finish(
            ctx,
            cookie=tokens.cookie(ctx.headers, SIGN_IN_COOKIE),
            state=state,
            code=code,
            error=error,
            error_description=error_description,
            issuer=iss,
        )
    return Redirect(departure.location, departure.cookies)
