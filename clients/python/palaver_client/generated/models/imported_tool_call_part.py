from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..models.imported_tool_call_part_type import check_imported_tool_call_part_type
from ..models.imported_tool_call_part_type import ImportedToolCallPartType
from ..types import UNSET, Unset
from typing import cast






T = TypeVar("T", bound="ImportedToolCallPart")



@_attrs_define
class ImportedToolCallPart:
    """ A model asked for a tool.

        Example:
            {'type': 'tool-call', 'tool_call_id': 'call_1', 'tool_name': 'github__list_issues', 'args': {'milestone':
                '2.4'}}

        Attributes:
            type_ (ImportedToolCallPartType):
            tool_call_id (str):
            tool_name (str):
            args (Any | Unset): The input, any JSON.
            provider_executed (bool | None | Unset): The provider ran the tool itself.
     """

    type_: ImportedToolCallPartType
    tool_call_id: str
    tool_name: str
    args: Any | Unset = UNSET
    provider_executed: bool | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)





    def to_dict(self) -> dict[str, Any]:
        type_: str = self.type_

        tool_call_id = self.tool_call_id

        tool_name = self.tool_name

        args = self.args

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
        if args is not UNSET:
            field_dict["args"] = args
        if provider_executed is not UNSET:
            field_dict["provider_executed"] = provider_executed

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        type_ = check_imported_tool_call_part_type(d.pop("type"))




        tool_call_id = d.pop("tool_call_id")

        tool_name = d.pop("tool_name")

        args = d.pop("args", UNSET)

        def _parse_provider_executed(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        provider_executed = _parse_provider_executed(d.pop("provider_executed", UNSET))


        imported_tool_call_part = cls(
            type_=type_,
            tool_call_id=tool_call_id,
            tool_name=tool_name,
            args=args,
            provider_executed=provider_executed,
        )


        imported_tool_call_part.additional_properties = d
        return imported_tool_call_part

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
