"""The one door of authorization: policy.cedar, parsed once, its decisions remembered by what they depend on.

A decision depends on the action, the caller's roles and scopes, and a few facts about the resource as seen by the
caller: never on an id. So a handful of decisions serves every chat, and a change of roles or of an access list is
seen at once, since it makes other facts.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Final, Literal, NamedTuple, Protocol, TypeAlias
from uuid import UUID

import structlog
from cedarpy import PolicySet, Schema, is_authorized, validate_policies

from palaver.auth.actor import Actor
from palaver.auth.allow_lists import covers
from palaver.errors import NotFound, PalaverError

Action: TypeAlias = Literal[
    "chat:create",
    "chat:read",
    "chat:update",
    "chat:delete",
    "chat:share",
    "file:read",
    "organization:create",
    "organization:read",
    "organization:update",
    "organization:delete",
    "organization_member:create",
    "organization_member:read",
    "organization_member:delete",
    "group:create",
    "group:read",
    "group:update",
    "group:delete",
    "user:create",
    "user:read",
    "user:update",
    "user:delete",
    "user:read_personal",
    "user:update_personal",
    "api_key:create",
    "api_key:read",
    "api_key:update",
    "api_key:delete",
    "assign_role:read",
    "assign_role:assign",
    "assign_org_role:read",
    "assign_org_role:assign",
    "deployment_config:read",
    "deployment_config:update",
    "audit_log:read",
    "ai_provider:create",
    "ai_provider:read",
    "ai_provider:update",
    "ai_provider:delete",
]

DECISIONS: Final = 4096
"""Remembered decisions; a deployment needs some dozens."""

_NONE: Final[frozenset[str]] = frozenset()
_CALLER: Final = {"type": "User", "id": "caller"}
_OTHER: Final = {"type": "User", "id": "other"}
# A file is part of the chats: a key that may read these may read it.
_SCOPE_OF: Final = {"file:read": "chat:read"}

_log = structlog.get_logger(__name__)


class PolicyInvalid(RuntimeError):
    """The policy does not parse or does not fit its schema; the server must not start."""


class Facts(NamedTuple):
    """What a decision may depend on beside the action and the caller: the resource, seen by this caller."""

    entity: str
    """Type of the resource in the policy's schema."""
    organization_roles: frozenset[str] = _NONE
    """The caller's effective roles in the resource's organization."""
    own: bool = False
    """Whether the resource is, or belongs to, the caller."""
    shared_as: frozenset[str] = _NONE
    name: str = ""


class Resource(Protocol):
    """Something that the policy protects."""

    def facts(self, actor: Actor) -> Facts:
        """The resource as the policy sees it for this caller."""
        ...

    def ids(self) -> tuple[str, ...]:
        """The ids by which the allow list of a key may name it; none for what has no id, or not yet."""
        ...


@dataclass(frozen=True, slots=True)
class ChatResource:
    """A chat, or one about to be made (without `id`); `user_acl` and `group_acl` are the root's, id -> role."""

    organization_id: UUID
    owner_id: UUID
    user_acl: Mapping[str, str] | None = None
    group_acl: Mapping[str, str] | None = None
    id: UUID | None = None
    root_id: UUID | None = None

    def facts(self, actor: Actor) -> Facts:
        """Roles in the chat's organization, ownership, and the roles that the access list gives the caller."""
        shared = _NONE
        if self.user_acl or self.group_acl:
            shared = self._shared_as(actor)
        return Facts("Chat", actor.roles_in(self.organization_id), self.owner_id == actor.user_id, shared)

    def ids(self) -> tuple[str, ...]:
        """Its own and its root's: an entry for a root covers the sub-chats."""
        return tuple(str(id_) for id_ in (self.id, self.root_id) if id_ is not None)

    def _shared_as(self, actor: Actor) -> frozenset[str]:
        roles = set()
        if self.user_acl and (role := self.user_acl.get(str(actor.user_id))):
            roles.add(role)
        if self.group_acl:
            roles.update(role for group in actor.groups if (role := self.group_acl.get(str(group))))
        return frozenset(roles)


@dataclass(frozen=True, slots=True)
class FileResource:
    """An attachment, by its uploader; whoever may read a chat that links it may read it too (asked separately)."""

    owner_id: UUID
    organization_id: UUID

    def facts(self, actor: Actor) -> Facts:
        """Roles in the file's organization and ownership."""
        return Facts("File", actor.roles_in(self.organization_id), self.owner_id == actor.user_id)

    def ids(self) -> tuple[str, ...]:
        """None: a file counts as part of the chats, of all or of those that link it."""
        return ()


@dataclass(frozen=True, slots=True)
class OrganizationResource:
    """An organization; `id` is None for one about to be made."""

    id: UUID | None

    def facts(self, actor: Actor) -> Facts:
        """Roles in it."""
        return Facts("Organization", actor.roles_in(self.id) if self.id else _NONE)

    def ids(self) -> tuple[str, ...]:
        """Its id."""
        return (str(self.id),) if self.id else ()


@dataclass(frozen=True, slots=True)
class MembershipResource:
    """A user's place in an organization."""

    organization_id: UUID
    user_id: UUID

    def facts(self, actor: Actor) -> Facts:
        """Roles in the organization, and whether it is the caller's own membership."""
        return Facts("Membership", actor.roles_in(self.organization_id), self.user_id == actor.user_id)

    def ids(self) -> tuple[str, ...]:
        """The member's."""
        return (str(self.user_id),)


@dataclass(frozen=True, slots=True)
class GroupResource:
    """A group of an organization; `id` is None for one about to be made."""

    organization_id: UUID
    id: UUID | None = None

    def facts(self, actor: Actor) -> Facts:
        """Roles in the organization."""
        return Facts("Group", actor.roles_in(self.organization_id))

    def ids(self) -> tuple[str, ...]:
        """Its id."""
        return (str(self.id),) if self.id else ()


@dataclass(frozen=True, slots=True)
class UserResource:
    """An account; `id` is None for one about to be made."""

    id: UUID | None

    def facts(self, actor: Actor) -> Facts:
        """Whether it is the caller."""
        return Facts("User", own=self.id == actor.user_id)

    def ids(self) -> tuple[str, ...]:
        """Its id."""
        return (str(self.id),) if self.id else ()


@dataclass(frozen=True, slots=True)
class ApiKeyResource:
    """A key or token of a user; `id` is None for one about to be made."""

    owner_id: UUID
    id: str | None = None

    def facts(self, actor: Actor) -> Facts:
        """Whether it is the caller's."""
        return Facts("ApiKey", own=self.owner_id == actor.user_id)

    def ids(self) -> tuple[str, ...]:
        """Its id."""
        return (self.id,) if self.id else ()


@dataclass(frozen=True, slots=True)
class RoleResource:
    """A role to give or take: a site role, or one of an organization. The empty name stands for the list of roles."""

    name: str = ""
    organization_id: UUID | None = None

    def facts(self, actor: Actor) -> Facts:
        """The role's name and the caller's roles where it would count."""
        roles = actor.roles_in(self.organization_id) if self.organization_id else _NONE
        return Facts("Role", roles, name=self.name)

    def ids(self) -> tuple[str, ...]:
        """None."""
        return ()


@dataclass(frozen=True, slots=True)
class Deployment:
    """The settings of the whole server: model configs, MCP servers, prompts, retention. Its audit log as well."""

    def facts(self, actor: Actor) -> Facts:
        """There is only one."""
        return Facts("Deployment")

    def ids(self) -> tuple[str, ...]:
        """None."""
        return ()


@dataclass(frozen=True, slots=True)
class AIProviders:
    """The model providers with their credentials."""

    def facts(self, actor: Actor) -> Facts:
        """They are protected as one."""
        return Facts("AIProviders")

    def ids(self) -> tuple[str, ...]:
        """None."""
        return ()


class Authorizer:
    """Answers whether a caller may do something. Built once; raises PolicyInvalid when the policy is broken."""

    def __init__(self, *, chat_sharing: bool = True) -> None:
        self._chat_sharing = chat_sharing
        self._policies, self._schema = load_policy()
        self._decisions: dict[tuple[str, frozenset[str], frozenset[str], bool, Facts], bool] = {}

    def allowed(self, actor: Actor, action: Action, resource: Resource) -> bool:
        """Whether the policy lets `actor` do `action` to `resource` with the key it presented."""
        facts = resource.facts(actor)
        listed = actor.allow_list is None or covers(actor.allow_list, action, resource.ids())
        deciding = (action, actor.roles, actor.scopes, listed, facts)
        decision = self._decisions.get(deciding)
        if decision is None:
            decision = self._evaluate(
                action, actor.roles, facts, in_scope=in_scope(actor.scopes, action), listed=listed
            )
            if len(self._decisions) >= DECISIONS:
                self._decisions.clear()
            self._decisions[deciding] = decision
        return decision

    def require(self, actor: Actor, action: Action, resource: Resource, denied: type[PalaverError] = NotFound) -> None:
        """Raise `denied` unless `allowed`. The default hides that the resource exists."""
        if not self.allowed(actor, action, resource):
            raise denied

    def grants(self, action: Action, site_roles: frozenset[str], facts: Facts) -> bool:
        """Whether the policy lets a holder of these site roles do something, with a key that is not narrowed."""
        return self._evaluate(action, site_roles, facts, in_scope=True, listed=True)

    def _evaluate(self, action: str, site_roles: frozenset[str], facts: Facts, *, in_scope: bool, listed: bool) -> bool:
        resource = {"type": facts.entity, "id": "it"}
        if facts.entity == "User":
            resource = _CALLER if facts.own else _OTHER
        entities = [
            {
                "uid": _CALLER,
                "attrs": {
                    "site_roles": sorted(site_roles),
                    "organization_roles": sorted(facts.organization_roles),
                },
                "parents": [],
            }
        ]
        if facts.entity != "User":
            entities.append({"uid": resource, "attrs": _attributes(facts), "parents": []})
        result = is_authorized(
            {
                "principal": _CALLER,
                "action": {"type": "Action", "id": action},
                "resource": resource,
                "context": {"in_scope": in_scope, "listed": listed, "sharing": self._chat_sharing},
            },
            self._policies,
            json.dumps(entities),
            self._schema,
        )
        if result.diagnostics.errors:
            # Cedar skips a rule that fails. A skipped permit denies, a skipped forbid would not: so deny here.
            _log.error("The policy could not decide.", action=action, errors=result.diagnostics.errors)
            return False
        return result.allowed


def in_scope(scopes: frozenset[str], action: str) -> bool:
    """Whether a key's scopes (stored form) cover an action."""
    wanted = _SCOPE_OF.get(action, action)
    return "coder:all" in scopes or wanted in scopes or f"{wanted.partition(':')[0]}:*" in scopes


def load_policy() -> tuple[PolicySet, Schema]:
    """Read, parse and validate policy.cedar against its schema; raises PolicyInvalid."""
    package = files("palaver.auth")
    text = package.joinpath("policy.cedar").read_text("utf-8")
    try:
        policies = PolicySet.from_str(text)
        schema = Schema.from_str(package.joinpath("policy.cedarschema").read_text("utf-8"))
    except ValueError as error:
        raise PolicyInvalid(str(error)) from error
    checked = validate_policies(text, schema)
    if not checked:
        raise PolicyInvalid("; ".join(str(error) for error in checked.errors))
    return policies, schema


def _attributes(facts: Facts) -> dict[str, Any]:
    user = {"__entity": _CALLER if facts.own else _OTHER}
    match facts.entity:
        case "Chat":
            return {"owner": user, "shared_as": sorted(facts.shared_as)}
        case "File" | "ApiKey":
            return {"owner": user}
        case "Membership":
            return {"user": user}
        case "Role":
            return {"name": facts.name}
        case _:
            return {}
