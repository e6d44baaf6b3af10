from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..models.chat_file_part_type import ChatFilePartType
from ..models.chat_file_part_type import check_chat_file_part_type
from ..types import UNSET, Unset
from typing import cast
from uuid import UUID






T = TypeVar("T", bound="ChatFilePart")



@_attrs_define
class ChatFilePart:
    """ An attachment.

        Example:
            {'type': 'file', 'file_id': 'c4e91d2a-6b38-4f75-a1d0-8e27f59b3c64', 'media_type': 'text/markdown', 'name':
                'notes.md'}

        Attributes:
            type_ (ChatFilePartType):
            file_id (None | UUID): The stored file; null when `data` has the bytes.
            media_type (str):
            name (str | Unset): The file name.
            data (str | Unset): The bytes in base64; only without `file_id`.
     """

    type_: ChatFilePartType
    file_id: None | UUID
    media_type: str
    name: str | Unset = UNSET
    data: str | Unset = UNSET





    def to_dict(self) -> dict[str, Any]:
        type_: str = self.type_

        file_id: None | str
        if isinstance(self.file_id, UUID):
            file_id = str(self.file_id)
        else:
            file_id = self.file_id

        media_type = self.media_type

        name = self.name

        data = self.data


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "type": type_,
            "file_id": file_id,
            "media_type": media_type,
        })
        if name is not UNSET:
            field_dict["name"] = name
        if data is not UNSET:
            field_dict["data"] = data

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        type_ = check_chat_file_part_type(d.pop("type"))




        def _parse_file_id(data: object) -> None | UUID:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                file_id_type_0 = UUID(data)



                return file_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | UUID, data)

        file_id = _parse_file_id(d.pop("file_id"))


        media_type = d.pop("media_type")

        name = d.pop("name", UNSET)

        data = d.pop("data", UNSET)

        chat_file_part = cls(
            type_=type_,
            file_id=file_id,
            media_type=media_type,
            name=name,
            data=data,
        )

        return chat_file_part

