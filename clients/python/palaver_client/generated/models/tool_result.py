from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..types import UNSET, Unset
from typing import cast






T = TypeVar("T", bound="ToolResult")



@_attrs_define
class ToolResult:
    """ The outcome of one call of a client-side tool.

        Example:
            {'tool_call_id': 'call_2', 'output': {'date': '2026-08-14'}}

        Attributes:
            tool_call_id (str): The call that it answers.
            output (Any | Unset): Any JSON value, null too, stored as it is. It must be there; a check behind the schema
                says so.
            is_error (bool | None | Unset): The tool failed.
     """

    tool_call_id: str
    output: Any | Unset = UNSET
    is_error: bool | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)





    def to_dict(self) -> dict[str, Any]:
        tool_call_id = self.tool_call_id

        output = self.output

        is_error: bool | None | Unset
        if isinstance(self.is_error, Unset):
            is_error = UNSET
        else:
            is_error = self.is_error


        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({
            "tool_call_id": tool_call_id,
        })
        if output is not UNSET:
            field_dict["output"] = output
        if is_error is not UNSET:
            field_dict["is_error"] = is_error

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        tool_call_id = d.pop("tool_call_id")

        output = d.pop("output", UNSET)

        def _parse_is_error(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        is_error = _parse_is_error(d.pop("is_error", UNSET))


        tool_result = cls(
            tool_call_id=tool_call_id,
            output=output,
            is_error=is_error,
        )


        tool_result.additional_properties = d
        return tool_result

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
