"""What roles allow is read off the policy, and scopes are those of the contract."""

from typing import get_args

from palaver.auth.permissions import role_permissions
from palaver.auth.policy import Action, Authorizer
from palaver.auth.roles import ORGANIZATION_ROLES, SITE_ROLES
from palaver.contract.loader import Contract
from palaver.identity.keys import KNOWN_SCOPES


def test_every_role_has_its_permissions() -> None:
    found = role_permissions(Authorizer())
    assert found.keys() == {*SITE_ROLES, *ORGANIZATION_ROLES}
    everybody = set(found["member"].everywhere)
    assert set(found["owner"].everywhere) | everybody == set(get_args(Action))
    used = {"chat:create", "chat:read", "chat:update", "chat:delete", "chat:share"}
    assert set(found["agents-access"].own) == {*used, "file:read"}
    assert found["agents-access"].everywhere == ()
    assert found["template-admin"].everywhere == ("user:read",)
    assert "chat:delete" in found["organization-admin"].everywhere
    assert found["organization-workspace-access"].everywhere == found["organization-workspace-access"].own == ()


def test_permissions_are_derived_once() -> None:
    authorizer = Authorizer()
    assert role_permissions(authorizer) is role_permissions(authorizer)
    assert role_permissions(authorizer) is not role_permissions(Authorizer())


def test_the_scopes_of_the_contract_are_the_actions_of_the_policy() -> None:
    schemas = Contract.load().document["components"]["schemas"]
    assert set(schemas["APIKeyScope"]["enum"]) == KNOWN_SCOPES
    types = {action.partition(":")[0] for action in get_args(Action)} - {"file"}
    pattern = schemas["APIAllowListTarget"]["pattern"]
    assert set(pattern.partition("\\*|")[2].partition(")")[0].split("|")) == types
