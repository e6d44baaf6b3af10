"""Refusals about accounts: profile, status, password, deletion."""

from palaver.errors.base import FieldError, PalaverError
from palaver.errors.common import BadRequest, Conflict


class InvalidUserSearch(BadRequest):
    """The search expression cannot be read; one validation per fault."""

    message = "Invalid user search query."


class OwnDeletion(PalaverError):
    """Nobody deletes himself."""

    status = 403
    message = "You cannot delete yourself!"


class LastOwner(Conflict):
    """The act would leave the server without an owner who can sign in."""

    message = "The last owner cannot be removed."


class LoginTypeOfOther(PalaverError):
    """How somebody else logs in."""

    status = 403
    message = "You are not authorized to view this user's login type."


class UsernameTaken(Conflict):
    """Another user has this username."""

    message = "A user with this username already exists."

    def __init__(self) -> None:
        super().__init__(validations=[FieldError(field="username", detail="This username is already in use.")])


class OwnSuspension(BadRequest):
    """Nobody suspends himself."""

    message = "You cannot suspend yourself."


class OwnerSuspension(BadRequest):
    """An owner is not suspended."""

    message = 'You cannot suspend a user with the "owner" role. You must remove the role first.'


class OwnersPassword(BadRequest):
    """Somebody who is no owner wants to change an owner's password."""

    message = "Only owners can change the password of an owner."


class NoPasswordLogin(BadRequest):
    """The user does not sign in by password."""

    message = "Users without password login type cannot change their password."


class OldPasswordMissing(BadRequest):
    """The own password is changed by who knows it."""

    message = "Old password is required."


class NewPasswordTooWeak(BadRequest):
    """The new password is too long or too easy to guess; `reason` says what would help."""

    message = "Invalid password."

    def __init__(self, reason: str) -> None:
        super().__init__(validations=[FieldError(field="password", detail=reason)])


class OldPasswordWrong(BadRequest):
    """The old password is another one."""

    message = "Old password is incorrect."

    def __init__(self) -> None:
        super().__init__(validations=[FieldError(field="old_password", detail=self.message)])


class PasswordUnchanged(BadRequest):
    """The new password is the old one."""

    message = "New password cannot match old password."
