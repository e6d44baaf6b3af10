"""Users, keys, organizations, groups, deployment."""

from typing import Any

from tests.matrix.requests.registry import (
    GROUPS,
    NEW_PASSWORD,
    ORGANIZATIONS,
    REQUESTS,
    USERS,
    Request,
    about_user,
    plain,
    request_for,
)
from tests.matrix.stage import Stage, unique
from tests.support.world import PASSWORD

# ---- users ----

plain("check-initial-user-created", f"{USERS}/first")
plain(
    "create-initial-user",
    f"{USERS}/first",
    {"email": "first@example.com", "username": "first", "password": NEW_PASSWORD},
)
plain("log-in-user", f"{USERS}/login", {"email": "alice@example.com", "password": PASSWORD})
plain("openid-connect-callback", f"{USERS}/oidc/callback")
plain("get-authentication-methods", f"{USERS}/authmethods")
plain("validate-user-password", f"{USERS}/validate-password", {"password": NEW_PASSWORD})
plain("log-out-user", f"{USERS}/logout")
plain("get-users", USERS)
plain("get-site-member-roles", f"{USERS}/roles")
about_user("get-user-by-name")
about_user("delete-user")
about_user("get-user-login-type", "/login-type")
about_user("suspend-user-account", "/status/suspend")
about_user("activate-user-account", "/status/activate")
about_user("update-user-password", "/password", {"old_password": PASSWORD, "password": NEW_PASSWORD})
about_user("get-user-roles", "/roles")
about_user("assign-role-to-user", "/roles", {"roles": ["auditor"]})
about_user("get-organizations-by-user", "/organizations")
about_user("create-new-session-key", "/keys")
about_user("get-user-tokens", "/keys/tokens")
about_user("create-token-api-key", "/keys/tokens", {"token_name": "ci"})
about_user("get-token-config", "/keys/tokens/tokenconfig")


@request_for("create-new-user")
async def _create_user(stage: Stage) -> Request:
    name = unique("u")
    body = {"username": name, "email": f"{name}@example.com", "password": NEW_PASSWORD}
    return Request(USERS, {**body, "organization_ids": [stage.organization]})


@request_for("update-user-profile")
async def _update_profile(stage: Stage) -> Request:
    user = await stage.member()
    response = await stage.world.owner.get(f"{USERS}/{user}")
    return Request(f"{USERS}/{user}/profile", {"username": response.json()["username"], "name": "Zoe"}, user)


# ---- keys ----


def _about_key(operation_id: str, path: str = "") -> None:
    async def make(stage: Stage) -> Request:
        user = await stage.member()
        key_id = (await stage.token(user)).partition("-")[0]
        return Request(f"{USERS}/{user}/keys/{key_id}{path}", owner=user)

    REQUESTS[operation_id] = make


_about_key("get-api-key-by-id")
_about_key("delete-api-key")
_about_key("expire-api-key", "/expire")


@request_for("get-api-key-by-token-name")
async def _key_by_name(stage: Stage) -> Request:
    user = await stage.member()
    tokens = await stage.made(f"{USERS}/{user}/keys/tokens", {"token_name": "ci"})
    assert tokens["key"]
    return Request(f"{USERS}/{user}/keys/tokens/ci", owner=user)


# ---- organizations, members, roles ----

_HERE = f"{ORGANIZATIONS}/{{organization}}"
plain("get-organizations", ORGANIZATIONS)
plain("get-organization-by-id", _HERE)
plain("update-organization", _HERE, {"description": "Where people write."})
plain("list-organization-members", f"{_HERE}/members")
plain("paginated-organization-members", f"{_HERE}/paginated-members")
plain("get-member-roles-by-organization", f"{_HERE}/members/roles")


@request_for("create-organization")
async def _create_organization(stage: Stage) -> Request:
    return Request(ORGANIZATIONS, {"name": unique("o")})


@request_for("delete-organization")
async def _delete_organization(stage: Stage) -> Request:
    return Request(f"{ORGANIZATIONS}/{await stage.organization_of_the_caller()}")


def _about_member(operation_id: str, path: str = "", json: Any = None) -> None:
    async def make(stage: Stage) -> Request:
        user = await stage.member()
        return Request(f"{ORGANIZATIONS}/{stage.organization}/members/{user}{path}", json, user)

    REQUESTS[operation_id] = make


_about_member("get-organization-member")
_about_member("remove-organization-member")
_about_member("assign-role-to-organization-member", "/roles", {"roles": ["organization-auditor"]})


@request_for("add-organization-member")
async def _add_member(stage: Stage) -> Request:
    user = await stage.user()
    return Request(f"{ORGANIZATIONS}/{stage.organization}/members/{user}", owner=user)


# ---- groups ----

plain("list-groups", GROUPS)
plain("get-groups-by-organization", f"{_HERE}/groups")


@request_for("create-group")
async def _create_group(stage: Stage) -> Request:
    return Request(f"{ORGANIZATIONS}/{stage.organization}/groups", {"name": unique("g")})


@request_for("get-group", "delete-group")
async def _group(stage: Stage) -> Request:
    return Request(f"{GROUPS}/{(await stage.group())['id']}")


@request_for("update-group")
async def _update_group(stage: Stage) -> Request:
    return Request(f"{GROUPS}/{(await stage.group())['id']}", {"display_name": "Writers"})


@request_for("get-group-by-organization-and-name")
async def _group_by_name(stage: Stage) -> Request:
    return Request(f"{ORGANIZATIONS}/{stage.organization}/groups/{(await stage.group())['name']}")


@request_for("list-group-members")
async def _group_members(stage: Stage) -> Request:
    return Request(f"{GROUPS}/{(await stage.group())['id']}/members")


# ---- deployment and audit log ----

plain("build-info", "/api/v2/buildinfo")
plain("get-enabled-experiments", "/api/v2/experiments")
plain("get-safe-experiments", "/api/v2/experiments/available")
plain("list-audit-log", "/api/v2/audit?limit=1")
