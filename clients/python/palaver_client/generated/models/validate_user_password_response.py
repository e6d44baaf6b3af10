from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset







T = TypeVar("T", bound="ValidateUserPasswordResponse")



@_attrs_define
class ValidateUserPasswordResponse:
    """ Whether a password would be accepted.

        Example:
            {'valid': True, 'details': ''}

        Attributes:
            valid (bool): It would be.
            details (str): Why not; empty when it would be.
     """

    valid: bool
    details: str





    def to_dict(self) -> dict[str, Any]:
        valid = self.valid

        details = self.details


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "valid": valid,
            "details": details,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        valid = d.pop("valid")

        details = d.pop("details")

        validate_user_password_response = cls(
            valid=valid,
            details=details,
        )

        return validate_user_password_response

