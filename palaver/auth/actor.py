"""The caller of one request: who it is, its roles and what its key may be used for."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

_NO_ROLES: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Actor:
    """A user behind a valid key. Shared between requests by the authenticator's cache, therefore immutable."""

    user_id: UUID
    username: str
    name: str
    email: str
    status: str
    login_type: str
    """How the user signs in; not the kind of the presented key."""
    roles: frozenset[str]
    """Site roles, the implied `member` included."""
    organizations: Mapping[UUID, frozenset[str]]
    """Memberships -> effective roles: explicit ones, the organization's defaults, `organization-member`."""
    groups: frozenset[UUID]
    """Groups the user belongs to; an organization's id stands for its everyone group."""
    key_id: str
    scopes: frozenset[str]
    """Stored scope names of the key: `coder:all` or names of actions (`chat:read`, `chat:*`)."""
    allow_list: frozenset[str] | None = None
    """What the key may be used on (`chat:<id>`, `user:*`); None when that is everything."""

    def roles_in(self, organization_id: UUID) -> frozenset[str]:
        """Effective roles in an organization; empty for one the user is no member of."""
        return self.organizations.get(organization_id, _NO_ROLES)

    @property
    def is_owner(self) -> bool:
        """Whether the user holds the site role `owner`."""
        return "owner" in self.roles
