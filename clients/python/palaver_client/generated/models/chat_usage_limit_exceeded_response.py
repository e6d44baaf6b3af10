from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..types import UNSET, Unset
from typing import cast
import datetime

if TYPE_CHECKING:
  from ..models.validation_error import ValidationError





T = TypeVar("T", bound="ChatUsageLimitExceededResponse")



@_attrs_define
class ChatUsageLimitExceededResponse:
    """ The refusal of somebody who has spent the limit.

        Example:
            {'message': 'Chat usage limit exceeded.', 'spent_micros': 25001200, 'limit_micros': 25000000, 'resets_at':
                '2026-09-01T00:00:00Z'}

        Attributes:
            message (str):
            spent_micros (int):
            limit_micros (int):
            resets_at (datetime.datetime): The end of the period.
            detail (str | Unset):
            validations (list[ValidationError] | Unset):
     """

    message: str
    spent_micros: int
    limit_micros: int
    resets_at: datetime.datetime
    detail: str | Unset = UNSET
    validations: list[ValidationError] | Unset = UNSET





    def to_dict(self) -> dict[str, Any]:
        from ..models.validation_error import ValidationError # noqa: PLC0415
        message = self.message

        spent_micros = self.spent_micros

        limit_micros = self.limit_micros

        resets_at = self.resets_at.isoformat()

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
            "spent_micros": spent_micros,
            "limit_micros": limit_micros,
            "resets_at": resets_at,
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

        spent_micros = d.pop("spent_micros")

        limit_micros = d.pop("limit_micros")

        resets_at = datetime.datetime.fromisoformat(d.pop("resets_at"))




        detail = d.pop("detail", UNSET)

        _validations = d.pop("validations", UNSET)
        validations: list[ValidationError] | Unset = UNSET
        if _validations is not UNSET:
            validations = []
            for validations_item_data in _validations:
                validations_item = ValidationError.from_dict(validations_item_data)



                validations.append(validations_item)


        chat_usage_limit_exceeded_response = cls(
            message=message,
            spent_micros=spent_micros,
            limit_micros=limit_micros,
            resets_at=resets_at,
            detail=detail,
            validations=validations,
        )

        return chat_usage_limit_exceeded_response

