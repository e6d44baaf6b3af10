from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset







T = TypeVar("T", bound="ValidationError")



@_attrs_define
class ValidationError:
    """ One field at fault.

        Example:
            {'field': 'name', 'detail': 'Validation failed for tag "required" with value: ""'}

        Attributes:
            field (str): JSON field or query parameter.
            detail (str): What is wrong with it.
     """

    field: str
    detail: str





    def to_dict(self) -> dict[str, Any]:
        field = self.field

        detail = self.detail


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "field": field,
            "detail": detail,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        field = d.pop("field")

        detail = d.pop("detail")

        validation_error = cls(
            field=field,
            detail=detail,
        )

        return validation_error

