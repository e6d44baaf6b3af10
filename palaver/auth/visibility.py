"""The policy's `chat:read` as a filter in SQL, for lists. A property test holds the two together."""

from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, false, or_, select, true
from sqlalchemy.orm import aliased

from models.chats import Chat
from palaver.auth.actor import Actor
from palaver.auth.policy import in_scope

READ_ROLE = "read"


def visible_chats(actor: Actor) -> ColumnElement[bool]:
    """A where-clause over `chats`: the rows, sub-chats included, that the policy lets the caller read.

    Owner of the chat with `agents-access`, organization admins, an access list entry of the root (by name or by
    group) while a member of the chat's organization, site owners. A key whose scopes lack `chat:read` sees nothing.
    """
    if not in_scope(actor.scopes, "chat:read"):
        return false()
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
        rules.append(shared_with(actor))
    return or_(*rules) if rules else false()


def shared_with(actor: Actor) -> ColumnElement[bool]:
    """A where-clause over `chats`: the root's access list has an entry for the caller or one of the caller's groups,
    and the caller is a member of the chat's organization. Rights from roles add nothing (`source:shared_with_me`)."""
    if not actor.organizations:
        return false()
    return and_(Chat.organization_id.in_(list(actor.organizations)), Chat.root_chat_id.in_(_shared_roots(actor)))


def _shared_roots(actor: Actor) -> Select[UUID]:
    root = aliased(Chat)
    # Containment, not a key lookup: the indexes of the access lists answer it.
    entries = [root.user_acl.contains({str(actor.user_id): READ_ROLE})]
    entries += [root.group_acl.contains({str(group): READ_ROLE}) for group in actor.groups]
    return select(root.id).where(or_(*entries))
