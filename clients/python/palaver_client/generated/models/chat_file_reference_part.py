from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..models.chat_file_reference_part_type import ChatFileReferencePartType
from ..models.chat_file_reference_part_type import check_chat_file_reference_part_type
from typing import cast






T = TypeVar("T", bound="ChatFileReferencePart")



@_attrs_define
class ChatFileReferencePart:
    """ An excerpt of a file of the client's own.

        Example:
            {'type': 'file-reference', 'file_name': 'CHANGELOG.md', 'start_line': 1, 'end_line': 2, 'content': '# 2.4\\n-
                faster'}

        Attributes:
            type_ (ChatFileReferencePartType):
            file_name (str):
            start_line (int): 0: not told.
            end_line (int): 0: not told.
            content (str): The excerpt, may be empty.
     """

    type_: ChatFileReferencePartType
    file_name: str
    start_line: int
    end_line: int
    content: str





    def to_dict(self) -> dict[str, Any]:
        type_: str = self.type_

        file_name = self.file_name

        start_line = self.start_line

        end_line = self.end_line

        content = self.content


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "type": type_,
            "file_name": file_name,
            "start_line": start_line,
            "end_line": end_line,
            "content": content,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        type_ = check_chat_file_reference_part_type(d.pop("type"))




        file_name = d.pop("file_name")

        start_line = d.pop("start_line")

        end_line = d.pop("end_line")

        content = d.pop("content")

        chat_file_reference_part = cls(
            type_=type_,
            file_name=file_name,
            start_line=start_line,
            end_line=end_line,
            content=content,
        )

        return chat_file_reference_part

