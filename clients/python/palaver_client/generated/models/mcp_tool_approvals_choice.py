from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..models.mcp_tool_approval import check_mcp_tool_approval
from ..models.mcp_tool_approval import MCPToolApproval
from ..types import UNSET, Unset
from typing import cast

if TYPE_CHECKING:
  from ..models.mcp_tool_approvals_choice_tools_type_0 import MCPToolApprovalsChoiceToolsType0





T = TypeVar("T", bound="MCPToolApprovalsChoice")



@_attrs_define
class MCPToolApprovalsChoice:
    """ What calls of a server's tools need; takes the place of all that was set before.

        Example:
            {'default': 'ask', 'tools': {'list_files': 'auto', 'delete_everything': 'deny'}}

        Attributes:
            default (MCPToolApproval | None | Unset): For tools that are not named; absent is `auto`.
            tools (MCPToolApprovalsChoiceToolsType0 | None | Unset): By the server's own name of a tool. Names are trimmed;
                a blank one is dropped.
     """

    default: MCPToolApproval | None | Unset = UNSET
    tools: MCPToolApprovalsChoiceToolsType0 | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)





    def to_dict(self) -> dict[str, Any]:
        from ..models.mcp_tool_approvals_choice_tools_type_0 import MCPToolApprovalsChoiceToolsType0 # noqa: PLC0415
        default: None | str | Unset
        if isinstance(self.default, Unset):
            default = UNSET
        elif isinstance(self.default, str):
            default = self.default
        else:
            default = self.default

        tools: dict[str, Any] | None | Unset
        if isinstance(self.tools, Unset):
            tools = UNSET
        elif isinstance(self.tools, MCPToolApprovalsChoiceToolsType0):
            tools = self.tools.to_dict()
        else:
            tools = self.tools


        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({
        })
        if default is not UNSET:
            field_dict["default"] = default
        if tools is not UNSET:
            field_dict["tools"] = tools

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.mcp_tool_approvals_choice_tools_type_0 import MCPToolApprovalsChoiceToolsType0 # noqa: PLC0415
        d = dict(src_dict)
        def _parse_default(data: object) -> MCPToolApproval | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                default_type_1 = check_mcp_tool_approval(data)



                return default_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(MCPToolApproval | None | Unset, data)

        default = _parse_default(d.pop("default", UNSET))


        def _parse_tools(data: object) -> MCPToolApprovalsChoiceToolsType0 | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                tools_type_0 = MCPToolApprovalsChoiceToolsType0.from_dict(data)



                return tools_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(MCPToolApprovalsChoiceToolsType0 | None | Unset, data)

        tools = _parse_tools(d.pop("tools", UNSET))


        mcp_tool_approvals_choice = cls(
            default=default,
            tools=tools,
        )


        mcp_tool_approvals_choice.additional_properties = d
        return mcp_tool_approvals_choice

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
