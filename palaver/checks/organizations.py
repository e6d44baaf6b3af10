"""Who may create something in an organization, and what an organization may be called."""

import uuid

from palaver.auth.policy import ChatResource
from palaver.contract.context import Context
from palaver.errors import BadRequest, FieldError, Forbidden, ValidationFailed
from palaver.errors.checks import NotAMember
from palaver.identity.organizations import existing_organizations, names_something_else


def require_chat_creation(ctx: Context, organization_id: str) -> uuid.UUID:
    """The organization of a new chat, if the caller is a member who may create chats there.

    Raises BadRequest for the nil UUID, NotAMember also for an unknown organization, Forbidden without the right.
    """
    organization = uuid.UUID(organization_id)
    if organization.int == 0:
        raise BadRequest(message="organization_id is required.")
    if organization not in ctx.user.organizations:
        raise NotAMember
    _require_creation(ctx, organization)
    return organization


async def require_upload(ctx: Context, organization: uuid.UUID) -> None:
    """Raise Forbidden unless the organization exists and the caller may create chats, and so files for them, in it."""
    _require_creation(ctx, organization)
    if organization not in ctx.user.organizations:
        # Rights of the whole site reach into every organization, so also into one that is not there.
        async with ctx.services.database.connect() as conn:
            if not await existing_organizations(conn, [organization]):
                raise Forbidden


def check_organization_name(name: str) -> None:
    """Raise ValidationFailed for a name that a path would not find: a reserved word, or the text of an id."""
    if names_something_else(name):
        detail = f'Validation failed for tag "organization_name" with value: "{name}"'
        raise ValidationFailed(validations=[FieldError(field="name", detail=detail)])


def _require_creation(ctx: Context, organization: uuid.UUID) -> None:
    own_chat = ChatResource(organization, ctx.user.user_id, {}, {})
    if not ctx.services.authorizer.allowed(ctx.user, "chat:create", own_chat):
        raise Forbidden
