from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..models.imported_tool_result_part_type import check_imported_tool_result_part_type
from ..models.imported_tool_result_part_type import ImportedToolResultPartType
from ..types import UNSET, Unset
from typing import cast






T = TypeVar("T", bound="ImportedToolResultPart")



@_attrs_define
class ImportedToolResultPart:
    """ What a tool call gave.

        Example:
            {'type': 'tool-result', 'tool_call_id': 'call_1', 'tool_name': 'github__list_issues', 'result': ['Faster
                start']}

        Attributes:
            type_ (ImportedToolResultPartType):
            tool_call_id (str):
            tool_name (str):
            result (Any | Unset): The output, any JSON.
            is_error (bool | None | Unset):
            is_media (bool | None | Unset):
            provider_executed (bool | None | Unset): The provider ran the tool itself.
     """

    type_: ImportedToolResultPartType
    tool_call_id: str
    tool_name: str
    result: Any | Unset = UNSET
    is_error: bool | None | Unset = UNSET
    is_media: bool | None | Unset = UNSET
    provider_executed: bool | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)





    def to_dict(self) -> dict[str, Any]:
        type_: str = self.type_

        tool_call_id = self.tool_call_id

        tool_name = self.tool_name

        result = self.result

        is_error: bool | None | Unset
        if isinstance(self.is_error, Unset):
            is_error = UNSET
        else:
            is_error = self.is_error

        is_media: bool | None | Unset
        if isinstance(self.is_media, Unset):
            is_media = UNSET
        else:
            is_media = self.is_media

        provider_executed: bool | None | Unset
        if isinstance(self.provider_executed, Unset):
            provider_executed = UNSET
        else:
            provider_executed = self.provider_executed


        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({
            "type": type_,
            "tool_call_id": tool_call_id,
            "tool_name": tool_name,
        })
        if result is not UNSET:
            field_dict["result"] = result
        if is_error is not UNSET:
            field_dict["is_error"] = is_error
        if is_media is not UNSET:
            field_dict["is_media"] = is_media
        if provider_executed is not UNSET:
            field_dict["provider_executed"] = provider_executed

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        type_ = check_imported_tool_result_part_type(d.pop("type"))




        tool_call_id = d.pop("tool_call_id")

        tool_name = d.pop("tool_name")

        result = d.pop("result", UNSET)

        def _parse_is_error(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        is_error = _parse_is_error(d.pop("is_error", UNSET))


        def _parse_is_media(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        is_media = _parse_is_media(d.pop("is_media", UNSET))


        def _parse_provider_executed(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        provider_executed = _parse_provider_executed(d.pop("provider_executed", UNSET))


        imported_tool_result_part = cls(
            type_=type_,
            tool_call_id=tool_call_id,
            tool_name=tool_name,
            result=result,
            is_error=is_error,
            is_media=is_media,
            provider_executed=provider_executed,
        )


        imported_tool_result_part.additional_properties = d
        return imported_tool_result_part

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
