from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from uuid import UUID






T = TypeVar("T", bound="UploadChatFileResponse")



@_attrs_define
class UploadChatFileResponse:
    """ A stored file.

        Example:
            {'id': 'c4e91d2a-6b38-4f75-a1d0-8e27f59b3c64'}

        Attributes:
            id (UUID):
     """

    id: UUID





    def to_dict(self) -> dict[str, Any]:
        id = str(self.id)


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "id": id,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = UUID(d.pop("id"))




        upload_chat_file_response = cls(
            id=id,
        )

        return upload_chat_file_response

