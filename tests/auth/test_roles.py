"""Names of roles as they are stored."""

import pytest

from palaver.auth.roles import display_name, explicit_organization_roles, explicit_site_roles
from palaver.errors.auth import UnknownRole


def test_implied_roles_are_not_stored_and_others_once() -> None:
    assert explicit_site_roles(["auditor", "member", "auditor", "owner"]) == ["auditor", "owner"]
    assert explicit_organization_roles(["organization-member", "agents-access"]) == ["agents-access"]


@pytest.mark.parametrize("name", ["agents-access", "organization-admin", "root", ""])
def test_a_role_of_another_level_is_refused_by_name(name: str) -> None:
    with pytest.raises(UnknownRole) as caught:
        explicit_site_roles(["auditor", name])
    assert caught.value.status == 400
    assert caught.value.message == f'Role "{name}" is not a site role.'


def test_a_site_role_is_no_role_of_an_organization() -> None:
    with pytest.raises(UnknownRole):
        explicit_organization_roles(["owner"])


def test_roles_have_labels() -> None:
    assert display_name("agents-access") == "Coder Agents User"
    assert display_name("owner") == "Owner"
    assert display_name("made-up") == "made-up"
