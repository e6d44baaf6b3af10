from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset







T = TypeVar("T", bound="Permission")



@_attrs_define
class Permission:
    """ One thing that a role allows.

        Example:
            {'negate': False, 'resource_type': 'chat', 'action': 'read'}

        Attributes:
            negate (bool): Takes the permission away; always false.
            resource_type (str): What may be acted on.
            action (str): What may be done.
     """

    negate: bool
    resource_type: str
    action: str





    def to_dict(self) -> dict[str, Any]:
        negate = self.negate

        resource_type = self.resource_type

        action = self.action


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "negate": negate,
            "resource_type": resource_type,
            "action": action,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        negate = d.pop("negate")

        resource_type = d.pop("resource_type")

        action = d.pop("action")

        permission = cls(
            negate=negate,
            resource_type=resource_type,
            action=action,
        )

        return permission

