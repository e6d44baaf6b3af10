from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..models.imported_reasoning_part_type import check_imported_reasoning_part_type
from ..models.imported_reasoning_part_type import ImportedReasoningPartType
from typing import cast






T = TypeVar("T", bound="ImportedReasoningPart")



@_attrs_define
class ImportedReasoningPart:
    """ What a model thought.

        Example:
            {'type': 'reasoning', 'text': 'The issue lists two changes.'}

        Attributes:
            type_ (ImportedReasoningPartType):
            text (str):
     """

    type_: ImportedReasoningPartType
    text: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)





    def to_dict(self) -> dict[str, Any]:
        type_: str = self.type_

        text = self.text


        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({
            "type": type_,
            "text": text,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        type_ = check_imported_reasoning_part_type(d.pop("type"))




        text = d.pop("text")

        imported_reasoning_part = cls(
            type_=type_,
            text=text,
        )


        imported_reasoning_part.additional_properties = d
        return imported_reasoning_part

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
