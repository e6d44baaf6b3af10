from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from uuid import UUID






T = TypeVar("T", bound="CreateFirstUserResponse")



@_attrs_define
class CreateFirstUserResponse:
    """ Ids of the first user and of its organization.

        Example:
            {'user_id': '1f0c2d3e-4b5a-4678-9a0b-c1d2e3f40516', 'organization_id': '0d4c7b1e-93f2-4a8d-b6c5-17e2f08a9b34'}

        Attributes:
            user_id (UUID): The new user.
            organization_id (UUID): The default organization.
     """

    user_id: UUID
    organization_id: UUID





    def to_dict(self) -> dict[str, Any]:
        user_id = str(self.user_id)

        organization_id = str(self.organization_id)


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "user_id": user_id,
            "organization_id": organization_id,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        user_id = UUID(d.pop("user_id"))




        organization_id = UUID(d.pop("organization_id"))




        create_first_user_response = cls(
            user_id=user_id,
            organization_id=organization_id,
        )

        return create_first_user_response

