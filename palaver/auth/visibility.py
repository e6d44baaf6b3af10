"""The policy as filters in SQL, for lists: `chat:read` and `organization_member:read`. Tests hold them together."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, false, or_, select, true
from sqlalchemy.orm import aliased

from models import User
from models.chats import Chat
from palaver.auth.actor import Actor
from palaver.auth.allow_lists import listed_ids, uuids
from palaver.auth.policy import Authorizer, MembershipResource, UserResource, in_scope

READ_ROLE = "read"
_SOMEBODY_ELSE = UUID(int=0)


def visible_chats(actor: Actor) -> ColumnElement[bool]:
    """A where-clause over `chats`: the rows, sub-chats included, that the policy lets the caller read.

    Owner of the chat with `agents-access`, organization admins, an access list entry of the root (by name or by
    group) while a member of the chat's organization, site owners. A key whose scopes lack `chat:read` sees nothing;
    one with an allow list sees the chats that it names, with their sub-chats.
    """
    root = aliased(Chat)
    return _visible(actor, Chat.root_chat_id.in_(select(root.id).where(_lists(root, actor))))


def visible_roots(actor: Actor) -> ColumnElement[bool]:
    """The same for root chats only, which have their access lists themselves: no row needs to look at another one."""
    return _visible(actor, _lists(Chat, actor))


def _visible(actor: Actor, shared: ColumnElement[bool]) -> ColumnElement[bool]:
    if not in_scope(actor.scopes, "chat:read"):
        return false()
    allowed = _visible_by_role_or_share(actor, shared)
    listed = listed_ids(actor.allow_list, "chat")
    if listed is None:
        return allowed
    ids = uuids(listed)
    return and_(allowed, or_(Chat.id.in_(ids), Chat.root_chat_id.in_(ids)))


def _visible_by_role_or_share(actor: Actor, shared: ColumnElement[bool]) -> ColumnElement[bool]:
    if actor.is_owner:
        return true()
    administered = [id_ for id_, roles in actor.organizations.items() if "organization-admin" in roles]
    usable = [id_ for id_, roles in actor.organizations.items() if "agents-access" in roles]
    rules: list[ColumnElement[bool]] = []
    if administered:
        rules.append(Chat.organization_id.in_(administered))
    if usable:
        rules.append(and_(Chat.owner_id == actor.user_id, Chat.organization_id.in_(usable)))
    if actor.organizations:
        rules.append(and_(Chat.organization_id.in_(list(actor.organizations)), shared))
    return or_(*rules) if rules else false()


def _lists(root: type[Chat], actor: Actor) -> ColumnElement[bool]:
    # Containment, not a key lookup: the indexes of the access lists answer it.
    entries = [root.user_acl.contains({str(actor.user_id): READ_ROLE})]
    entries += [root.group_acl.contains({str(group): READ_ROLE}) for group in actor.groups]
    return or_(*entries)


@dataclass(frozen=True, slots=True)
class VisibleMembers:
    """Which memberships of some organizations a caller may read, and so which places in their groups."""

    whole: Collection[UUID]
    """Organizations in which the caller may read every membership."""
    own: Collection[UUID]
    """Organizations in which the caller may read its own membership."""
    user_id: UUID
    listed: Collection[UUID] | None
    """The users that the key's allow list names; None when it narrows nothing."""

    @classmethod
    def to(cls, authorizer: Authorizer, actor: Actor, organization_ids: Collection[UUID]) -> "VisibleMembers":
        """What the policy lets `actor` read: it asks about one's own and about somebody else's membership."""
        free = replace(actor, allow_list=None)
        listed = listed_ids(actor.allow_list, "organization_member")

        def where(user_id: UUID) -> list[UUID]:
            allowed = authorizer.allowed
            return [
                id_
                for id_ in organization_ids
                if allowed(free, "organization_member:read", MembershipResource(id_, user_id))
            ]

        return cls(
            where(_SOMEBODY_ELSE), where(actor.user_id), actor.user_id, None if listed is None else uuids(listed)
        )

    def of(self, organization_id: ColumnElement[Any], user_id: ColumnElement[Any]) -> ColumnElement[bool]:
        """As a where-clause over memberships, by their two columns."""
        readable = or_(
            organization_id.in_(list(self.whole)),
            and_(user_id == self.user_id, organization_id.in_(list(self.own))),
        )
        return readable if self.listed is None else and_(readable, user_id.in_(list(self.listed)))


def visible_users(authorizer: Authorizer, actor: Actor) -> ColumnElement[bool]:
    """A where-clause over `users`: whom the policy lets the caller read. It asks about oneself and about others."""
    free = replace(actor, allow_list=None)
    readable: ColumnElement[bool] = false()
    if authorizer.allowed(free, "user:read", UserResource(_SOMEBODY_ELSE)):
        readable = true()
    elif authorizer.allowed(free, "user:read", UserResource(actor.user_id)):
        readable = User.id == actor.user_id
    listed = listed_ids(actor.allow_list, "user")
    return readable if listed is None else and_(readable, User.id.in_(uuids(listed)))
