"""What claims make of a person: a name that fits, rights that end with their claim."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from palaver.auth.oidc_claims import MAX_USERNAME, read_profile, with_suffix
from palaver.contract.loader import Contract
from palaver.contract.validation import BodyValidator
from palaver.errors.oidc import EmailMissing
from palaver.settings import Settings

CLAIMS = {"sub": "1", "email": "dana.ito@example.com", "email_verified": True}
DOCUMENT = Contract.load().resolved
NEW_USER = BodyValidator(DOCUMENT["components"]["schemas"]["CreateUserRequestWithOrgs"], DOCUMENT["components"])


def _settings(**values: Any) -> Settings:
    return Settings(oidc_issuer_url="https://id.example.com", oidc_client_id="palaver", **values)


def _username(**claims: Any) -> str:
    return read_profile({**CLAIMS, **claims}, _settings()).usernames[0]


@pytest.mark.parametrize(
    ("preferred", "username"),
    [
        ("dana", "dana"),
        ("Dana.Ito", "Dana-Ito"),
        ("dana@corp.example", "dana"),
        ("  J\u00f6rg__M\u00fcller ", "Jorg-Muller"),
        ("a" * 40, "a" * 32),
        ("-" * 5, "dana-ito"),
        ("\u5c71\u7530", "dana-ito"),
        ("me", "dana-ito"),
        ("NEW", "dana-ito"),
        ("", "dana-ito"),
        (None, "dana-ito"),
        (7, "dana-ito"),
    ],
)
def test_username_comes_from_the_preferred_name_or_the_address(preferred: Any, username: str) -> None:
    assert _username(preferred_username=preferred) == username


def test_username_is_there_even_when_nothing_suits() -> None:
    assert _username(email="+@example.com") == "user"


@given(
    preferred=st.text() | st.none(),
    name=st.text(),
    local=st.from_regex(r"[a-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}", fullmatch=True),
)
def test_every_account_made_from_claims_fits_the_contract(preferred: str | None, name: str, local: str) -> None:
    claims = {**CLAIMS, "preferred_username": preferred, "name": name, "email": f"{local}@example.com"}
    profile = read_profile(claims, _settings())
    for username in (profile.usernames[0], with_suffix(profile.usernames[0])):
        assert len(username) <= MAX_USERNAME
        assert not NEW_USER.violations({"username": username, "email": profile.email, "name": profile.name})


@pytest.mark.parametrize("email", [None, "", "dana", 7, ["dana@example.com"], "a b@example.com", "x" * 250 + "@e.com"])
def test_address_that_is_none_is_refused(email: Any) -> None:
    with pytest.raises(EmailMissing):
        read_profile({**CLAIMS, "email": email}, _settings())


@pytest.mark.parametrize(
    ("claims", "groups"),
    [
        ({"groups": ["eng", "ops"]}, {"engineers", "ops"}),
        ({"groups": "eng"}, {"engineers"}),
        ({"groups": ["eng", 7, None]}, {"engineers"}),
        ({"groups": {"eng": True}}, set()),
        ({}, set()),
    ],
)
def test_groups_are_named_by_the_mapping(claims: dict[str, Any], groups: set[str]) -> None:
    settings = _settings(oidc_groups_claim="groups", oidc_group_mapping={"eng": "engineers"})
    assert read_profile({**CLAIMS, **claims}, settings).groups == groups


def test_roles_may_stand_in_nested_claims() -> None:
    settings = _settings(oidc_roles_claim="realm_access.roles", oidc_role_mapping={"it": ["auditor", "member"]})
    claims = {**CLAIMS, "realm_access": {"roles": ["it", "unknown"]}}
    assert read_profile(claims, settings).roles == ("auditor",)
    assert read_profile({**CLAIMS, "realm_access": "it"}, settings).roles == ()


def test_groups_and_roles_are_left_alone_where_no_claim_is_set() -> None:
    profile = read_profile({**CLAIMS, "groups": ["eng"], "roles": ["owner"]}, _settings())
    assert profile.groups is None
    assert profile.roles is None


def test_unmapped_role_gives_nothing_even_when_it_is_called_owner() -> None:
    settings = _settings(oidc_roles_claim="roles")
    assert read_profile({**CLAIMS, "roles": ["owner"]}, settings).roles == ()


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"oidc_issuer_url": "https://id.example.com"}, "belong together"),
        ({"oidc_client_id": "palaver"}, "belong together"),
        ({"oidc_issuer_url": "id.example.com", "oidc_client_id": "p"}, "oidc_issuer_url"),
        ({"oidc_scopes": "profile email"}, "openid"),
        ({"oidc_role_mapping": {"it": ["emperor"]}}, "emperor"),
    ],
)
def test_settings_that_do_not_fit_end_the_start(values: dict[str, Any], told: str) -> None:
    with pytest.raises(ValidationError, match=told):
        Settings(**values)
