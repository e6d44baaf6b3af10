"""Users: the first one, logging in and out, creating and reading accounts."""

import uuid
from collections.abc import Sequence

from palaver import audit
from palaver.auth.passwords import hash_password, needs_rehash, verify_password
from palaver.auth.policy import MembershipResource, RoleResource, UserResource
from palaver.auth.roles import explicit_site_roles
from palaver.auth.sessions import create_session, delete_key, login_cookies, logout_cookies
from palaver.checks.identity import access_user, check_password
from palaver.contract.context import Context
from palaver.contract.replies import Reply
from palaver.contract.types import (
    CreateFirstUserRequest,
    CreateFirstUserResponse,
    CreateUserRequestWithOrgs,
    LoginWithPasswordRequest,
    LoginWithPasswordResponse,
    Response,
    User,
)
from palaver.errors import BadRequest, FieldError, PalaverError, ValidationFailed
from palaver.errors.identity import (
    AccountSuspended,
    FirstUserExists,
    LoginRefused,
    MayNotCreateUsers,
    NoFirstUser,
    NoOrganizationNamed,
    PasswordLoginDisabled,
    PasswordUsersDisabled,
    UnknownOrganization,
    UserExists,
    WrongLoginType,
)
from palaver.identity import organizations, users
from palaver.identity.users import Credentials, NewUser
from palaver.settings import Settings
from palaver.wire.identity import user_json

NIL_UUID = uuid.UUID(int=0)


async def check_initial_user_created(ctx: Context) -> Response:
    """Whether the first user exists."""
    async with ctx.services.database.connect() as conn:
        if not await users.any_user(conn):
            raise NoFirstUser
    return {"message": "The initial user has already been created!"}


async def create_initial_user(ctx: Context, body: CreateFirstUserRequest) -> Reply:
    """Make the owner of an empty server; of requests at the same time one succeeds."""
    async with ctx.services.database.connect() as conn:
        if await users.any_user(conn):
            raise FirstUserExists
    check_password(body["password"])
    password_hash = await hash_password(body["password"])
    async with ctx.services.database.begin() as conn:
        await users.lock_first_user(conn)
        if await users.any_user(conn):
            raise FirstUserExists
        organization_id = await organizations.default_organization_id(conn)
        user = await users.create_user(
            conn,
            NewUser(
                username=body["username"],
                email=body["email"],
                name=body.get("name") or "",
                password_hash=password_hash,
                login_type="password",
                status="active",
                roles=["owner"],
                organization_ids=[organization_id],
            ),
        )
        await audit.record(conn, user.id, "create", "user", user.id, ctx, {"roles": user.roles})
    answer: CreateFirstUserResponse = {"user_id": str(user.id), "organization_id": str(organization_id)}
    return Reply(answer, headers={"Location": f"/api/v2/users/{user.id}"})


async def log_in_user(ctx: Context, body: LoginWithPasswordRequest) -> Reply:
    """Open a session; an unknown address takes as long as a wrong password."""
    settings = ctx.services.settings
    async with ctx.services.database.connect() as conn:
        found = await users.find_credentials(conn, body["email"])
    matches = await verify_password(found.password_hash if found else None, body["password"])
    try:
        account = _require_login(found, settings, matches=matches)
    except PalaverError as refusal:
        # An address that nobody has is not written down: it may be a password in the wrong field.
        async with ctx.services.database.begin() as conn:
            named = found.user_id if found else ""
            await audit.record(conn, None, "login_failed", "user", named, ctx, {"reason": refusal.message})
        raise
    new_hash = None
    if account.password_hash is not None and needs_rehash(account.password_hash):
        # Made with other parameters than today's; only now is the password at hand.
        new_hash = await hash_password(body["password"])
    async with ctx.services.database.begin() as conn:
        noted = await users.note_login(conn, account.user_id, account, new_hash)
        if noted:
            token = await create_session(conn, account.user_id, settings)
            await audit.record(conn, account.user_id, "login", "user", account.user_id, ctx, {"login_type": "password"})
    if not noted:
        # The account has changed since it was looked at.
        return await log_in_user(ctx, body)
    answer: LoginWithPasswordResponse = {"session_token": token}
    return Reply(answer, cookies=login_cookies(token, settings))


async def log_out_user(ctx: Context) -> Reply:
    """Delete the presented key, and take the cookie from the browser."""
    key_id = ctx.user.key_id
    async with ctx.services.database.begin() as conn:
        await delete_key(conn, key_id)
        await audit.record(conn, ctx.user.user_id, "logout", "api_key", key_id, ctx)
    ctx.services.authenticator.forget_key(key_id)
    answer: Response = {"message": "Logged out!"}
    return Reply(answer, cookies=logout_cookies(ctx.services.settings))


async def create_new_user(ctx: Context, body: CreateUserRequestWithOrgs) -> Reply:
    """Create a user in one or more organizations.

    The lines stand in the order of the contract's checks: the first that fails answers.
    """
    _check_email_given(body)
    login_type = _check_login(ctx, body)
    organization_ids = _named_organizations(body)
    async with ctx.services.database.connect() as conn:
        if await users.name_taken(conn, body["username"], body.get("email") or ""):
            raise UserExists
        existing = await organizations.existing_organizations(conn, organization_ids)
    for organization_id in organization_ids:
        if organization_id not in existing:
            raise UnknownOrganization(str(organization_id))
    password = body.get("password") or ""
    if login_type == "password":
        check_password(password)
    elif login_type != "none":
        raise BadRequest(message=f'Unsupported login type "{login_type}" for manually creating new users.')
    roles = explicit_site_roles(body.get("roles") or ())
    _require_user_creation(ctx, organization_ids, roles)
    password_hash = await hash_password(password) if login_type == "password" else None
    async with ctx.services.database.begin() as conn:
        user = await users.create_user(
            conn,
            NewUser(
                username=body["username"],
                email=body.get("email") or "",
                name=body.get("name") or "",
                password_hash=password_hash,
                login_type=login_type,
                status=body.get("user_status") or "dormant",
                roles=roles,
                organization_ids=organization_ids,
                is_service_account=bool(body.get("service_account")),
            ),
        )
        told = {"roles": roles, "login_type": login_type, "organizations": [str(id_) for id_ in organization_ids]}
        await audit.record(conn, ctx.user.user_id, "create", "user", user.id, ctx, told)
    return Reply(user_json(user), headers={"Location": f"/api/v2/users/{user.id}"})


async def get_user_by_name(ctx: Context, user: str) -> User:
    """One user by id, username or `me`."""
    async with ctx.services.database.connect() as conn:
        return user_json(await access_user(ctx, conn, user))


def _require_login(found: Credentials | None, settings: Settings, *, matches: bool) -> Credentials:
    """The account, if its password matches and it may log in with one."""
    if found is None or not matches:
        raise LoginRefused
    if settings.disable_password_auth and "owner" not in found.roles:
        raise PasswordLoginDisabled
    if found.login_type != "password":
        raise WrongLoginType(found.login_type)
    if found.status == "suspended":
        raise AccountSuspended
    return found


def _check_email_given(body: CreateUserRequestWithOrgs) -> None:
    if not body.get("email") and not body.get("service_account"):
        detail = 'Validation failed for tag "required_unless" with value: ""'
        raise ValidationFailed(validations=[FieldError(field="email", detail=detail)])


def _check_login(ctx: Context, body: CreateUserRequestWithOrgs) -> str:
    """The new user's login type, if password, e-mail address and kind of account suit it."""
    wanted, password = body.get("login_type") or "", body.get("password")
    if body.get("service_account"):
        if wanted not in ("", "none"):
            raise BadRequest(message="Service accounts must use login type 'none'.")
        if password:
            raise BadRequest(message="Password cannot be set for service accounts.")
        if body.get("email"):
            raise BadRequest(message="Email cannot be set for service accounts.")
        return "none"
    login_type = wanted or "password"
    if login_type == "none":
        raise BadRequest(message="Login type 'none' requires a service account.")
    if login_type != "password" and password:
        raise BadRequest(message=f'Password cannot be set for non-password ("{login_type}") authentication.')
    if login_type == "password" and ctx.services.settings.disable_password_auth:
        raise PasswordUsersDisabled
    return login_type


def _named_organizations(body: CreateUserRequestWithOrgs) -> list[uuid.UUID]:
    """The organizations to join, each once; the nil UUID of the old key names none."""
    named = [uuid.UUID(raw) for raw in body.get("organization_ids") or ()]
    if (old := body.get("organization_id")) and uuid.UUID(old) != NIL_UUID:
        named.append(uuid.UUID(old))
    if not named:
        raise NoOrganizationNamed
    return list(dict.fromkeys(named))


def _require_user_creation(ctx: Context, organization_ids: Sequence[uuid.UUID], roles: Sequence[str]) -> None:
    """Raise MayNotCreateUsers unless the caller may create users, add members and assign these roles."""
    require = ctx.services.authorizer.require
    require(ctx.user, "user:create", UserResource(None), MayNotCreateUsers)
    for organization_id in organization_ids:
        # The new user has no id yet; that it is not the caller is all that matters.
        place = MembershipResource(organization_id, NIL_UUID)
        require(ctx.user, "organization_member:create", place, MayNotCreateUsers)
    for role in roles:
        require(ctx.user, "assign_role:assign", RoleResource(role), MayNotCreateUsers)
