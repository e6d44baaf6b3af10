"""Refusals about users, organizations and logins."""

from collections.abc import Iterable
from typing import ClassVar

from palaver.errors.base import FieldError, PalaverError
from palaver.errors.common import BadRequest, Conflict, NotFound


class NoFirstUser(NotFound):
    """The server still waits for its first user."""

    message = "The initial user has not been created!"


class FirstUserExists(Conflict):
    """The first user was made already; it is made once."""

    message = "The initial user has already been created."


class PasswordTooWeak(BadRequest):
    """The password is too easy to guess; `reason` says what would help."""

    message = "Password is invalid"

    def __init__(self, reason: str) -> None:
        super().__init__(validations=[FieldError(field="password", detail=reason)])


class LoginRefused(PalaverError):
    """A login attempt fails; these carry no challenge, for no token was presented."""

    status: ClassVar[int] = 401
    message = "Incorrect email or password."


class AccountSuspended(LoginRefused):
    """E-mail address and password are right, the account is blocked."""

    message = "Your account is suspended. Contact an admin to reactivate your account."


class PasswordLoginDisabled(PalaverError):
    """This server does not let users sign in by password."""

    status = 403
    message = "Password authentication is disabled."


class WrongLoginType(PalaverError):
    """The user signs in by other means than a password."""

    status = 403

    def __init__(self, login_type: str) -> None:
        super().__init__(
            message=f'Incorrect login type, attempting to use "password" but user is of login type "{login_type}"'
        )


class BadUserParameter(BadRequest):
    """The path names a user by something that is no UUID, no username and not `me`."""

    message = '"user" must be an existing uuid or username.'


class UserExists(Conflict):
    """The username or the e-mail address is taken."""

    message = "User already exists."


class NoOrganizationNamed(BadRequest):
    """A new user has to be a member somewhere."""

    message = (
        "No organization specified to place the user as a member of. "
        "It is required to specify at least one organization id to place the user in."
    )

    def __init__(self) -> None:
        super().__init__(
            detail="required at least 1 value for the array 'organization_ids'",
            validations=[FieldError(field="organization_ids", detail="Missing values, this cannot be empty")],
        )


class UnknownOrganization(NotFound):
    """A new user was to join an organization that does not exist."""

    def __init__(self, organization_id: str) -> None:
        super().__init__(message=f'Organization does not exist with the provided id "{organization_id}".')


class PasswordUsersDisabled(PalaverError):
    """Users with a password cannot be created while sign-in by password is switched off."""

    status = 403
    message = "Password based authentication is disabled! Unable to provision new users with password authentication."


class MayNotCreateUsers(PalaverError):
    """The caller lacks a right that the new user would need of him."""

    status = 403
    message = "You are not authorized to create users."


class OwnRoles(BadRequest):
    """Nobody changes his own site roles."""

    message = "You cannot change your own roles."


class OwnOrganizationRoles(BadRequest):
    """Nobody changes his own organization roles."""

    message = "You cannot change your own organization roles."

    def __init__(self) -> None:
        super().__init__(detail="Another user with the appropriate permissions must change your roles.")


class OrganizationExists(Conflict):
    """Another organization has the name."""

    message = "An organization with this name already exists."


class DefaultOrganizationStays(BadRequest):
    """The organization that exists from the start cannot be deleted."""

    message = "The default organization cannot be deleted."


class OrganizationNotEmpty(Conflict):
    """An organization is deleted only once nobody else belongs to it and no chat is left in it."""

    message = "The organization is not empty."

    def __init__(self, *, chats: int, members: int) -> None:
        super().__init__(detail=f"It still has {_counted(chats, 'chat')} and {_counted(members, 'other member')}.")


class AlreadyMember(BadRequest):
    """The user belongs to the organization already."""

    message = "User is already an organization member"

    def __init__(self, username: str, organization: str) -> None:
        super().__init__(detail=f"{username} is already a member of {organization}")


class OwnMembership(BadRequest):
    """Nobody removes himself from an organization."""

    message = "cannot remove self from an organization"


class GroupExists(Conflict):
    """Another group of the organization has the name."""

    message = "A group with this name already exists."


class EverybodysGroup(BadRequest):
    """The group of all members of an organization follows its memberships; nobody changes it by hand."""

    message = "The group of all members cannot be changed or deleted."


class NotInTheOrganization(BadRequest):
    """Only members of its organization can be put into a group; one validation for each who is none."""

    message = "Users must be members of the organization."

    def __init__(self, user_ids: Iterable[object]) -> None:
        super().__init__(
            validations=[FieldError(field="add_users", detail=f"user with ID {id_} is no member") for id_ in user_ids]
        )


class InvalidMemberSearch(BadRequest):
    """The search expression of a member list cannot be read; one validation per fault."""

    message = "Invalid organization member search query."


class InvalidPagedMemberSearch(BadRequest):
    """As InvalidMemberSearch, of the list by pages."""

    message = "Invalid member search query."


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
