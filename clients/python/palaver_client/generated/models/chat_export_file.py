from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..types import UNSET, Unset
from uuid import UUID






T = TypeVar("T", bound="ChatExportFile")



@_attrs_define
class ChatExportFile:
    """ An attachment.

        Example:
            {'id': 'c4e91d2a-6b38-4f75-a1d0-8e27f59b3c64', 'name': 'notes.md', 'media_type': 'text/markdown', 'size': 14}

        Attributes:
            id (UUID): What file parts of the messages name.
            name (str):
            media_type (str):
            size (int): Bytes.
            data (str | Unset): The bytes in base64, where they came along.
     """

    id: UUID
    name: str
    media_type: str
    size: int
    data: str | Unset = UNSET





    def to_dict(self) -> dict[str, Any]:
        id = str(self.id)

        name = self.name

        media_type = self.media_type

        size = self.size

        data = self.data


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "id": id,
            "name": name,
            "media_type": media_type,
            "size": size,
        })
        if data is not UNSET:
            field_dict["data"] = data

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = UUID(d.pop("id"))




        name = d.pop("name")

        media_type = d.pop("media_type")

        size = d.pop("size")

        data = d.pop("data", UNSET)

        chat_export_file = cls(
            id=id,
            name=name,
            media_type=media_type,
            size=size,
            data=data,
        )

        return chat_export_file

