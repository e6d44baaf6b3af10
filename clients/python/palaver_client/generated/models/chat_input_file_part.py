from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..models.chat_input_file_part_type import ChatInputFilePartType
from ..models.chat_input_file_part_type import check_chat_input_file_part_type
from typing import cast
from uuid import UUID






T = TypeVar("T", bound="ChatInputFilePart")



@_attrs_define
class ChatInputFilePart:
    """ A file uploaded before.

        Example:
            {'type': 'file', 'file_id': 'c4e91d2a-6b38-4f75-a1d0-8e27f59b3c64'}

        Attributes:
            type_ (ChatInputFilePartType):
            file_id (UUID): The nil UUID counts as missing.
     """

    type_: ChatInputFilePartType
    file_id: UUID
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)





    def to_dict(self) -> dict[str, Any]:
        type_: str = self.type_

        file_id = str(self.file_id)


        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({
            "type": type_,
            "file_id": file_id,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        type_ = check_chat_input_file_part_type(d.pop("type"))




        file_id = UUID(d.pop("file_id"))




        chat_input_file_part = cls(
            type_=type_,
            file_id=file_id,
        )


        chat_input_file_part.additional_properties = d
        return chat_input_file_part

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
