"""From a provider's claims to an account of ours: who may come in, under which name, with which groups and roles."""

import re
import secrets
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from palaver.auth.roles import explicit_site_roles
from palaver.errors.oidc import EmailDomainRefused, EmailMissing, EmailNotVerified
from palaver.settings import Settings

MAX_USERNAME: Final = 32
_MAX_NAME: Final = 128
_RESERVED: Final = frozenset({"new", "create", "me"})
# What the contract takes as e-mail address of a user.
_EMAIL: Final = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*")
_MAX_EMAIL: Final = 254
_NOT_IN_NAMES: Final = re.compile(r"[^a-zA-Z0-9]+")


@dataclass(frozen=True, slots=True)
class Profile:
    """What the provider says about who signs in. `groups` and `roles` are None where they are kept by hand."""

    subject: str
    email: str
    name: str
    usernames: tuple[str, ...]
    """Names that would suit, best first; never empty."""
    groups: frozenset[str] | None
    roles: tuple[str, ...] | None


def read_profile(claims: Mapping[str, Any], settings: Settings) -> Profile:
    """Judge verified claims by the settings. Raises EmailMissing, EmailNotVerified and EmailDomainRefused."""
    email = claims.get("email")
    if not isinstance(email, str) or len(email) > _MAX_EMAIL or not _EMAIL.fullmatch(email):
        raise EmailMissing
    # Some providers write booleans as text.
    if settings.oidc_require_verified_email and claims.get("email_verified") not in (True, "true"):
        raise EmailNotVerified
    domains = {domain.strip().lower().removeprefix("@") for domain in settings.oidc_email_domains.split(",")} - {""}
    if domains and email.rpartition("@")[2].lower() not in domains:
        raise EmailDomainRefused
    return Profile(
        subject=claims["sub"],
        email=email,
        name=_real_name(claims.get("name")),
        usernames=tuple(_usernames(claims, email)),
        groups=_groups(claims, settings),
        roles=_roles(claims, settings),
    )


def with_suffix(username: str) -> str:
    """The name with six random characters behind it, for when it is taken."""
    return f"{username[: MAX_USERNAME - 7].rstrip('-')}-{secrets.token_hex(3)}"


def _usernames(claims: Mapping[str, Any], email: str) -> Iterator[str]:
    """The preferred name, the address before the @, and one that always works."""
    local_part = email.rpartition("@")[0]
    preferred = claims.get("preferred_username")
    for source in (preferred, local_part):
        if isinstance(source, str) and (name := _as_username(source.partition("@")[0])):
            yield name
    yield "user"


def _as_username(text: str) -> str:
    """The text in the characters that a username may have; empty when nothing is left of it or it is reserved."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    name = _NOT_IN_NAMES.sub("-", plain).strip("-")[:MAX_USERNAME].strip("-")
    return "" if name.lower() in _RESERVED else name


def _real_name(value: object) -> str:
    if not isinstance(value, str):
        return ""
    cleaned = "".join(character for character in value if character.isprintable())
    return cleaned.strip()[:_MAX_NAME].strip()


def _groups(claims: Mapping[str, Any], settings: Settings) -> frozenset[str] | None:
    if not settings.oidc_groups_claim:
        return None
    mapping = settings.oidc_group_mapping
    return frozenset(mapping.get(name, name) for name in _texts(claims, settings.oidc_groups_claim))


def _roles(claims: Mapping[str, Any], settings: Settings) -> tuple[str, ...] | None:
    if not settings.oidc_roles_claim:
        return None
    mapping = settings.oidc_role_mapping
    named = (role for name in _texts(claims, settings.oidc_roles_claim) for role in mapping.get(name, ()))
    return tuple(explicit_site_roles(named))


def _texts(claims: Mapping[str, Any], name: str) -> list[str]:
    """A claim that lists names; one that is missing or no list gives none, so that rights end with their claim.

    A name with dots leads into nested claims, such as `realm_access.roles`, unless a claim is called just so.
    """
    value: object = claims.get(name)
    if value is None and "." in name:
        value = claims
        for step in name.split("."):
            value = value.get(step) if isinstance(value, Mapping) else None
    if isinstance(value, str):
        return [value]
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []
