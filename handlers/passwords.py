"""Signing in: which ways there are, and passwords."""

from palaver import audit
from palaver.auth.passwords import check_strength, hash_password, verify_password
from palaver.auth.policy import Action, UserResource
from palaver.checks.identity import known_user
from palaver.contract.context import Context
from palaver.contract.types import (
    AuthMethods,
    UpdateUserPasswordRequest,
    ValidateUserPasswordRequest,
    ValidateUserPasswordResponse,
)
from palaver.errors import NotFound
from palaver.errors.accounts import (
    NewPasswordTooWeak,
    NoPasswordLogin,
    OldPasswordMissing,
    OldPasswordWrong,
    OwnersPassword,
    PasswordUnchanged,
)
from palaver.identity import accounts
from palaver.identity.users import Credentials


async def get_authentication_methods(ctx: Context) -> AuthMethods:
    """The ways to sign in to this server."""
    settings = ctx.services.settings
    return {
        "password": {"enabled": not settings.disable_password_auth},
        "github": {"enabled": False, "default_provider_configured": False},
        "oidc": {
            "enabled": settings.oidc_enabled,
            "signInText": settings.oidc_sign_in_text,
            "iconUrl": settings.oidc_icon_url,
        },
    }


async def validate_user_password(ctx: Context, body: ValidateUserPasswordRequest) -> ValidateUserPasswordResponse:
    """Whether a password is strong enough, and what would help."""
    reason = check_strength(body["password"])
    return {"valid": reason is None, "details": reason or ""}


async def update_user_password(ctx: Context, user: str, body: UpdateUserPasswordRequest) -> None:
    """Store another password, and end all keys of the user."""
    async with ctx.services.database.connect() as conn:
        target = await known_user(ctx, conn, user)
        is_own = target.id == ctx.user.user_id
        action: Action = "user:update_personal" if is_own else "user:update"
        ctx.services.authorizer.require(ctx.user, action, UserResource(target.id))
        known = await accounts.find_own_credentials(conn, target.id)
    if known is None:
        raise NotFound
    if "owner" in known.roles and not ctx.user.is_owner:
        raise OwnersPassword
    if known.login_type != "password":
        raise NoPasswordLogin
    old_password = body.get("old_password") or ""
    if is_own and not old_password:
        raise OldPasswordMissing
    if (reason := check_strength(body["password"])) is not None:
        raise NewPasswordTooWeak(reason)
    await _check_passwords(known, body["password"], old_password if is_own else None)
    # Hashing takes a while: no connection waits for it.
    password_hash = await hash_password(body["password"])
    async with ctx.services.database.begin() as conn:
        if not await accounts.set_password(conn, target.id, password_hash, instead_of=known.password_hash):
            # Another change was faster; what was right a moment ago is the old password no longer.
            raise OldPasswordWrong
        await audit.record(conn, ctx.user.user_id, "change_password", "user", target.id, ctx)
    ctx.services.authenticator.forget_user(target.id)


async def _check_passwords(known: Credentials, new: str, old: str | None) -> None:
    """Raise OldPasswordWrong unless `old` (None: not asked for) is the present one, PasswordUnchanged if `new` is."""
    if old is not None and not await verify_password(known.password_hash, old):
        raise OldPasswordWrong
    if await verify_password(known.password_hash, new):
        raise PasswordUnchanged
