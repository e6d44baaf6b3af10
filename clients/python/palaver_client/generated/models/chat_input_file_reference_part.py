from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..models.chat_input_file_reference_part_type import ChatInputFileReferencePartType
from ..models.chat_input_file_reference_part_type import check_chat_input_file_reference_part_type
from ..types import UNSET, Unset
from typing import cast






T = TypeVar("T", bound="ChatInputFileReferencePart")



@_attrs_define
class ChatInputFileReferencePart:
    """ An excerpt of a file of the client's own.

        Example:
            {'type': 'file-reference', 'file_name': 'CHANGELOG.md', 'start_line': 1, 'end_line': 2, 'content': '# 2.4\\n-
                faster'}

        Attributes:
            type_ (ChatInputFileReferencePartType):
            file_name (str):
            start_line (int | None | Unset): First line.
            end_line (int | None | Unset): Last line.
            content (None | str | Unset): The excerpt.
     """

    type_: ChatInputFileReferencePartType
    file_name: str
    start_line: int | None | Unset = UNSET
    end_line: int | None | Unset = UNSET
    content: None | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)





    def to_dict(self) -> dict[str, Any]:
        type_: str = self.type_

        file_name = self.file_name

        start_line: int | None | Unset
        if isinstance(self.start_line, Unset):
            start_line = UNSET
        else:
            start_line = self.start_line

        end_line: int | None | Unset
        if isinstance(self.end_line, Unset):
            end_line = UNSET
        else:
            end_line = self.end_line

        content: None | str | Unset
        if isinstance(self.content, Unset):
            content = UNSET
        else:
            content = self.content


        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({
            "type": type_,
            "file_name": file_name,
        })
        if start_line is not UNSET:
            field_dict["start_line"] = start_line
        if end_line is not UNSET:
            field_dict["end_line"] = end_line
        if content is not UNSET:
            field_dict["content"] = content

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        type_ = check_chat_input_file_reference_part_type(d.pop("type"))




        file_name = d.pop("file_name")

        def _parse_start_line(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        start_line = _parse_start_line(d.pop("start_line", UNSET))


        def _parse_end_line(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        end_line = _parse_end_line(d.pop("end_line", UNSET))


        def _parse_content(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        content = _parse_content(d.pop("content", UNSET))


        chat_input_file_reference_part = cls(
            type_=type_,
            file_name=file_name,
            start_line=start_line,
            end_line=end_line,
            content=content,
        )


        chat_input_file_reference_part.additional_properties = d
        return chat_input_file_reference_part

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
