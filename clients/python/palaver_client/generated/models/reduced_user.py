from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..models.login_type import check_login_type
from ..models.login_type import LoginType
from ..models.user_status import check_user_status
from ..models.user_status import UserStatus
from ..types import UNSET, Unset
from typing import cast
from uuid import UUID
import datetime






T = TypeVar("T", bound="ReducedUser")



@_attrs_define
class ReducedUser:
    """ A user without memberships and roles.

        Example:
            {'id': '2e1d0c3b-5a69-4788-8796-a5b4c3d2e1f0', 'username': 'bob', 'name': 'Bob Tanaka', 'email':
                'bob@example.com', 'created_at': '2026-08-01T10:05:12.402Z', 'updated_at': '2026-08-01T10:05:12.402Z',
                'last_seen_at': '0001-01-01T00:00:00Z', 'status': 'dormant', 'login_type': 'password'}

        Attributes:
            id (UUID): Id.
            username (str): Unique login name.
            email (str): E-mail address; empty for a service account.
            created_at (datetime.datetime): Creation time.
            updated_at (datetime.datetime): Time of the last change.
            last_seen_at (datetime.datetime): Last activity; `0001-01-01T00:00:00Z` when never.
            status (UserStatus): Account status: `active` is normal, `dormant` means never or not recently used (any use
                makes it active),
                `suspended` is blocked.
                 Example: active.
            login_type (LoginType): How a user or key authenticates: `password`, `github`, `oidc`, `token` (API tokens
                only), `none` (no login
                possible), or empty for unknown.
                 Example: password.
            name (str | Unset): Real name.
            avatar_url (str | Unset): Picture URL.
            is_service_account (bool | Unset): Present and true for an account that cannot log in interactively.
            theme_preference (str | Unset): Old appearance setting.
     """

    id: UUID
    username: str
    email: str
    created_at: datetime.datetime
    updated_at: datetime.datetime
    last_seen_at: datetime.datetime
    status: UserStatus
    login_type: LoginType
    name: str | Unset = UNSET
    avatar_url: str | Unset = UNSET
    is_service_account: bool | Unset = UNSET
    theme_preference: str | Unset = UNSET





    def to_dict(self) -> dict[str, Any]:
        id = str(self.id)

        username = self.username

        email = self.email

        created_at = self.created_at.isoformat()

        updated_at = self.updated_at.isoformat()

        last_seen_at = self.last_seen_at.isoformat()

        status: str = self.status

        login_type: str = self.login_type

        name = self.name

        avatar_url = self.avatar_url

        is_service_account = self.is_service_account

        theme_preference = self.theme_preference


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "id": id,
            "username": username,
            "email": email,
            "created_at": created_at,
            "updated_at": updated_at,
            "last_seen_at": last_seen_at,
            "status": status,
            "login_type": login_type,
        })
        if name is not UNSET:
            field_dict["name"] = name
        if avatar_url is not UNSET:
            field_dict["avatar_url"] = avatar_url
        if is_service_account is not UNSET:
            field_dict["is_service_account"] = is_service_account
        if theme_preference is not UNSET:
            field_dict["theme_preference"] = theme_preference

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = UUID(d.pop("id"))




        username = d.pop("username")

        email = d.pop("email")

        created_at = datetime.datetime.fromisoformat(d.pop("created_at"))




        updated_at = datetime.datetime.fromisoformat(d.pop("updated_at"))




        last_seen_at = datetime.datetime.fromisoformat(d.pop("last_seen_at"))




        status = check_user_status(d.pop("status"))




        login_type = check_login_type(d.pop("login_type"))




        name = d.pop("name", UNSET)

        avatar_url = d.pop("avatar_url", UNSET)

        is_service_account = d.pop("is_service_account", UNSET)

        theme_preference = d.pop("theme_preference", UNSET)

        reduced_user = cls(
            id=id,
            username=username,
            email=email,
            created_at=created_at,
            updated_at=updated_at,
            last_seen_at=last_seen_at,
            status=status,
            login_type=login_type,
            name=name,
            avatar_url=avatar_url,
            is_service_account=is_service_account,
            theme_preference=theme_preference,
        )

        return reduced_user

