"""Callers made by hand, for what needs no database."""

from collections.abc import Iterable, Mapping
from uuid import UUID, uuid4

from palaver.auth.actor import Actor


def actor(
    *site_roles: str,
    user_id: UUID | None = None,
    organizations: Mapping[UUID, Iterable[str]] | None = None,
    scopes: Iterable[str] = ("coder:all",),
    allow_list: Iterable[str] | None = None,
    groups: Iterable[UUID] = (),
) -> Actor:
    """A caller with the implied roles added, as the authenticator adds them."""
    memberships = {id_: frozenset(roles) | {"organization-member"} for id_, roles in (organizations or {}).items()}
    return Actor(
        user_id=user_id or uuid4(),
        username="ada",
        name="Ada",
        email="ada@example.com",
        status="active",
        login_type="password",
        roles=frozenset({"member", *site_roles}),
        organizations=memberships,
        groups=frozenset(memberships).union(groups),
        key_id="k" * 10,
        scopes=frozenset(scopes),
        allow_list=None if allow_list is None else frozenset(allow_list),
    )
