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






T = TypeVar("T", bound="CreateUserRequestWithOrgs")



@_attrs_define
class CreateUserRequestWithOrgs:
    """ A user to create in one or more organizations.

        Example:
            {'email': 'bob@example.com', 'username': 'bob', 'name': 'Bob Tanaka', 'password': 'Quiet-Lantern-42-Orbit',
                'organization_ids': ['0d4c7b1e-93f2-4a8d-b6c5-17e2f08a9b34']}

        Attributes:
            username (str): Unique login name; not `new` or `create`.
            email (None | str | Unset): E-mail address; required, and not empty, unless `service_account` is true.
            name (None | str | Unset): Real name, without outer white space.
            password (None | str | Unset): Password, for login type `password`; at least 52 bits of entropy.
            login_type (LoginType | None | Unset): Login type; `password` when absent or empty.
            user_status (None | Unset | UserStatus): Status to begin with; `dormant` when absent.
            organization_ids (list[UUID] | None | Unset): The organizations to join, at least one.
            organization_id (None | Unset | UUID): Old key; added to `organization_ids`.
            service_account (bool | None | Unset): An account for a program: no e-mail, no password, no login.
            roles (list[str] | None | Unset): Site roles to give at creation.
     """

    username: str
    email: None | str | Unset = UNSET
    name: None | str | Unset = UNSET
    password: None | str | Unset = UNSET
    login_type: LoginType | None | Unset = UNSET
    user_status: None | Unset | UserStatus = UNSET
    organization_ids: list[UUID] | None | Unset = UNSET
    organization_id: None | Unset | UUID = UNSET
    service_account: bool | None | Unset = UNSET
    roles: list[str] | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)





    def to_dict(self) -> dict[str, Any]:
        username = self.username

        email: None | str | Unset
        if isinstance(self.email, Unset):
            email = UNSET
        else:
            email = self.email

        name: None | str | Unset
        if isinstance(self.name, Unset):
            name = UNSET
        else:
            name = self.name

        password: None | str | Unset
        if isinstance(self.password, Unset):
            password = UNSET
        else:
            password = self.password

        login_type: None | str | Unset
        if isinstance(self.login_type, Unset):
            login_type = UNSET
        elif isinstance(self.login_type, str):
            login_type = self.login_type
        else:
            login_type = self.login_type

        user_status: None | str | Unset
        if isinstance(self.user_status, Unset):
            user_status = UNSET
        elif isinstance(self.user_status, str):
            user_status = self.user_status
        else:
            user_status = self.user_status

        organization_ids: list[str] | None | Unset
        if isinstance(self.organization_ids, Unset):
            organization_ids = UNSET
        elif isinstance(self.organization_ids, list):
            organization_ids = []
            for organization_ids_type_0_item_data in self.organization_ids:
                organization_ids_type_0_item = str(organization_ids_type_0_item_data)
                organization_ids.append(organization_ids_type_0_item)


        else:
            organization_ids = self.organization_ids

        organization_id: None | str | Unset
        if isinstance(self.organization_id, Unset):
            organization_id = UNSET
        elif isinstance(self.organization_id, UUID):
            organization_id = str(self.organization_id)
        else:
            organization_id = self.organization_id

        service_account: bool | None | Unset
        if isinstance(self.service_account, Unset):
            service_account = UNSET
        else:
            service_account = self.service_account

        roles: list[str] | None | Unset
        if isinstance(self.roles, Unset):
            roles = UNSET
        elif isinstance(self.roles, list):
            roles = self.roles


        else:
            roles = self.roles


        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({
            "username": username,
        })
        if email is not UNSET:
            field_dict["email"] = email
        if name is not UNSET:
            field_dict["name"] = name
        if password is not UNSET:
            field_dict["password"] = password
        if login_type is not UNSET:
            field_dict["login_type"] = login_type
        if user_status is not UNSET:
            field_dict["user_status"] = user_status
        if organization_ids is not UNSET:
            field_dict["organization_ids"] = organization_ids
        if organization_id is not UNSET:
            field_dict["organization_id"] = organization_id
        if service_account is not UNSET:
            field_dict["service_account"] = service_account
        if roles is not UNSET:
            field_dict["roles"] = roles

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        username = d.pop("username")

        def _parse_email(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        email = _parse_email(d.pop("email", UNSET))


        def _parse_name(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        name = _parse_name(d.pop("name", UNSET))


        def _parse_password(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        password = _parse_password(d.pop("password", UNSET))


        def _parse_login_type(data: object) -> LoginType | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                login_type_type_1 = check_login_type(data)



                return login_type_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(LoginType | None | Unset, data)

        login_type = _parse_login_type(d.pop("login_type", UNSET))


        def _parse_user_status(data: object) -> None | Unset | UserStatus:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                user_status_type_1 = check_user_status(data)



                return user_status_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Unset | UserStatus, data)

        user_status = _parse_user_status(d.pop("user_status", UNSET))


        def _parse_organization_ids(data: object) -> list[UUID] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                organization_ids_type_0 = []
                _organization_ids_type_0 = data
                for organization_ids_type_0_item_data in (_organization_ids_type_0):
                    organization_ids_type_0_item = UUID(organization_ids_type_0_item_data)



                    organization_ids_type_0.append(organization_ids_type_0_item)

                return organization_ids_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[UUID] | None | Unset, data)

        organization_ids = _parse_organization_ids(d.pop("organization_ids", UNSET))


        def _parse_organization_id(data: object) -> None | Unset | UUID:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                organization_id_type_0 = UUID(data)



                return organization_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Unset | UUID, data)

        organization_id = _parse_organization_id(d.pop("organization_id", UNSET))


        def _parse_service_account(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        service_account = _parse_service_account(d.pop("service_account", UNSET))


        def _parse_roles(data: object) -> list[str] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                roles_type_0 = cast(list[str], data)

                return roles_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[str] | None | Unset, data)

        roles = _parse_roles(d.pop("roles", UNSET))


        create_user_request_with_orgs = cls(
            username=username,
            email=email,
            name=name,
            password=password,
            login_type=login_type,
            user_status=user_status,
            organization_ids=organization_ids,
            organization_id=organization_id,
            service_account=service_account,
            roles=roles,
        )


        create_user_request_with_orgs.additional_properties = d
        return create_user_request_with_orgs

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
