from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..models.chat_source_part_type import ChatSourcePartType
from ..models.chat_source_part_type import check_chat_source_part_type
from ..types import UNSET, Unset
from typing import cast






T = TypeVar("T", bound="ChatSourcePart")



@_attrs_define
class ChatSourcePart:
    """ A link that the model cites.

        Example:
            {'type': 'source', 'source_id': 'src_1', 'url': 'https://example.com/changes', 'title': 'Changes in 2.4'}

        Attributes:
            type_ (ChatSourcePartType):
            url (str):
            source_id (str | Unset):
            title (str | Unset):
     """

    type_: ChatSourcePartType
    url: str
    source_id: str | Unset = UNSET
    title: str | Unset = UNSET





    def to_dict(self) -> dict[str, Any]:
        type_: str = self.type_

        url = self.url

        source_id = self.source_id

        title = self.title


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "type": type_,
            "url": url,
        })
        if source_id is not UNSET:
            field_dict["source_id"] = source_id
        if title is not UNSET:
            field_dict["title"] = title

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        type_ = check_chat_source_part_type(d.pop("type"))




        url = d.pop("url")

        source_id = d.pop("source_id", UNSET)

        title = d.pop("title", UNSET)

        chat_source_part = cls(
            type_=type_,
            url=url,
            source_id=source_id,
            title=title,
        )

        return chat_source_part

