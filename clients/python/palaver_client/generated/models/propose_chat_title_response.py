from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset







T = TypeVar("T", bound="ProposeChatTitleResponse")



@_attrs_define
class ProposeChatTitleResponse:
    """ A title that a model suggests.

        Example:
            {'title': 'Release notes 2.4'}

        Attributes:
            title (str): The suggestion. Not stored.
     """

    title: str





    def to_dict(self) -> dict[str, Any]:
        title = self.title


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "title": title,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        title = d.pop("title")

        propose_chat_title_response = cls(
            title=title,
        )

        return propose_chat_title_response

