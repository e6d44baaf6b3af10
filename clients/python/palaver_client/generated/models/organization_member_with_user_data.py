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

if TYPE_CHECKING:
  from ..models.slim_role import SlimRole





T = TypeVar("T", bound="OrganizationMemberWithUserData")



@_attrs_define
class OrganizationMemberWithUserData:
    """ A membership with the fields of its user.

        Example:
            {'username': 'bob', 'name': 'Bob Tanaka', 'email': 'bob@example.com', 'status': 'active', 'login_type':
                'password', 'last_seen_at': '2026-08-01T10:08:55.912Z', 'user_created_at': '2026-08-01T10:05:12.402Z',
                'user_updated_at': '2026-08-01T10:05:12.402Z', 'global_roles': [], 'has_ai_seat': False, 'user_id':
                '2e1d0c3b-5a69-4788-8796-a5b4c3d2e1f0', 'organization_id': '0d4c7b1e-93f2-4a8d-b6c5-17e2f08a9b34', 'created_at':
                '2026-08-01T10:05:12.402Z', 'updated_at': '2026-08-01T10:09:41.77Z', 'roles': [{'name': 'agents-access',
                'display_name': 'Coder Agents User', 'organization_id': '0d4c7b1e-93f2-4a8d-b6c5-17e2f08a9b34'}]}

        Attributes:
            username (str): Unique login name.
            email (str): E-mail address; empty for a service account.
            status (UserStatus): Account status: `active` is normal, `dormant` means never or not recently used (any use
                makes it active),
                `suspended` is blocked.
                 Example: active.
            login_type (LoginType): How a user or key authenticates: `password`, `github`, `oidc`, `token` (API tokens
                only), `none` (no login
                possible), or empty for unknown.
                 Example: password.
            last_seen_at (datetime.datetime): Last activity; `0001-01-01T00:00:00Z` when never.
            user_created_at (datetime.datetime): Creation time of the account.
            user_updated_at (datetime.datetime): Time of the account's last change.
            global_roles (list[SlimRole]): Explicit site roles.
            has_ai_seat (bool): Of no meaning here; always false.
            user_id (UUID): The member.
            organization_id (UUID): The organization.
            created_at (datetime.datetime): Time of joining.
            updated_at (datetime.datetime): Time of the membership's last change.
            roles (list[SlimRole]): Explicit organization roles.
            name (str | Unset): Real name.
            avatar_url (str | Unset): Picture URL.
            is_service_account (bool | Unset): Present and true for an account that cannot log in interactively.
     """

    username: str
    email: str
    status: UserStatus
    login_type: LoginType
    last_seen_at: datetime.datetime
    user_created_at: datetime.datetime
    user_updated_at: datetime.datetime
    global_roles: list[SlimRole]
    has_ai_seat: bool
    user_id: UUID
    organization_id: UUID
    created_at: datetime.datetime
    updated_at: datetime.datetime
    roles: list[SlimRole]
    name: str | Unset = UNSET
    avatar_url: str | Unset = UNSET
    is_service_account: bool | Unset = UNSET





    def to_dict(self) -> dict[str, Any]:
        from ..models.slim_role import SlimRole # noqa: PLC0415
        username = self.username

        email = self.email

        status: str = self.status

        login_type: str = self.login_type

        last_seen_at = self.last_seen_at.isoformat()

        user_created_at = self.user_created_at.isoformat()

        user_updated_at = self.user_updated_at.isoformat()

        global_roles = []
        for global_roles_item_data in self.global_roles:
            global_roles_item = global_roles_item_data.to_dict()
            global_roles.append(global_roles_item)



        has_ai_seat = self.has_ai_seat

        user_id = str(self.user_id)

        organization_id = str(self.organization_id)

        created_at = self.created_at.isoformat()

        updated_at = self.updated_at.isoformat()

        roles = []
        for roles_item_data in self.roles:
            roles_item = roles_item_data.to_dict()
            roles.append(roles_item)



        name = self.name

        avatar_url = self.avatar_url

        is_service_account = self.is_service_account


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "username": username,
            "email": email,
            "status": status,
            "login_type": login_type,
            "last_seen_at": last_seen_at,
            "user_created_at": user_created_at,
            "user_updated_at": user_updated_at,
            "global_roles": global_roles,
            "has_ai_seat": has_ai_seat,
            "user_id": user_id,
            "organization_id": organization_id,
            "created_at": created_at,
            "updated_at": updated_at,
            "roles": roles,
        })
        if name is not UNSET:
            field_dict["name"] = name
        if avatar_url is not UNSET:
            field_dict["avatar_url"] = avatar_url
        if is_service_account is not UNSET:
            field_dict["is_service_account"] = is_service_account

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.slim_role import SlimRole # noqa: PLC0415
        d = dict(src_dict)
        username = d.pop("username")

        email = d.pop("email")

        status = check_user_status(d.pop("status"))




        login_type = check_login_type(d.pop("login_type"))




        last_seen_at = datetime.datetime.fromisoformat(d.pop("last_seen_at"))




        user_created_at = datetime.datetime.fromisoformat(d.pop("user_created_at"))




        user_updated_at = datetime.datetime.fromisoformat(d.pop("user_updated_at"))




        global_roles = []
        _global_roles = d.pop("global_roles")
        for global_roles_item_data in (_global_roles):
            global_roles_item = SlimRole.from_dict(global_roles_item_data)



            global_roles.append(global_roles_item)


        has_ai_seat = d.pop("has_ai_seat")

        user_id = UUID(d.pop("user_id"))




        organization_id = UUID(d.pop("organization_id"))




        created_at = datetime.datetime.fromisoformat(d.pop("created_at"))




        updated_at = datetime.datetime.fromisoformat(d.pop("updated_at"))




        roles = []
        _roles = d.pop("roles")
        for roles_item_data in (_roles):
            roles_item = SlimRole.from_dict(roles_item_data)



            roles.append(roles_item)


        name = d.pop("name", UNSET)

        avatar_url = d.pop("avatar_url", UNSET)

        is_service_account = d.pop("is_service_account", UNSET)

        organization_member_with_user_data = cls(
            username=username,
            email=email,
            status=status,
            login_type=login_type,
            last_seen_at=last_seen_at,
            user_created_at=user_created_at,
            user_updated_at=user_updated_at,
            global_roles=global_roles,
            has_ai_seat=has_ai_seat,
            user_id=user_id,
            organization_id=organization_id,
            created_at=created_at,
            updated_at=updated_at,
            roles=roles,
            name=name,
            avatar_url=avatar_url,
            is_service_account=is_service_account,
        )

        return organization_member_with_user_data

