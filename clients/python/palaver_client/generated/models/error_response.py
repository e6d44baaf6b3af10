from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..types import UNSET, Unset
from typing import cast

if TYPE_CHECKING:
  from ..models.validation_error import ValidationError





T = TypeVar("T", bound="ErrorResponse")



@_attrs_define
class ErrorResponse:
    """ The body of every error, and of some confirmations.

        Example:
            {'message': 'Resource not found or you do not have access to this resource'}

        Attributes:
            message (str): What happened, for people.
            detail (str | Unset): More about it, often technical.
            validations (list[ValidationError] | Unset): The fields at fault.
     """

    message: str
    detail: str | Unset = UNSET
    validations: list[ValidationError] | Unset = UNSET





    def to_dict(self) -> dict[str, Any]:
        from ..models.validation_error import ValidationError # noqa: PLC0415
        message = self.message

        detail = self.detail

        validations: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.validations, Unset):
            validations = []
            for validations_item_data in self.validations:
                validations_item = validations_item_data.to_dict()
                validations.append(validations_item)




        field_dict: dict[str, Any] = {}

        field_dict.update({
            "message": message,
        })
        if detail is not UNSET:
            field_dict["detail"] = detail
        if validations is not UNSET:
            field_dict["validations"] = validations

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.validation_error import ValidationError # noqa: PLC0415
        d = dict(src_dict)
        message = d.pop("message")

        detail = d.pop("detail", UNSET)

        _validations = d.pop("validations", UNSET)
        validations: list[ValidationError] | Unset = UNSET
        if _validations is not UNSET:
            validations = []
            for validations_item_data in _validations:
                validations_item = ValidationError.from_dict(validations_item_data)



                validations.append(validations_item)


        error_response = cls(
            message=message,
            detail=detail,
            validations=validations,
        )

        return error_response

