from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..models.mcp_tool_approval import check_mcp_tool_approval
from ..models.mcp_tool_approval import MCPToolApproval
from typing import cast

if TYPE_CHECKING:
  from ..models.mcp_tool_approvals_tools import MCPToolApprovalsTools





T = TypeVar("T", bound="MCPToolApprovals")



@_attrs_define
class MCPToolApprovals:
    """ What calls of a server's tools need.

        Example:
            {'default': 'ask', 'tools': {'list_files': 'auto', 'delete_everything': 'deny'}}

        Attributes:
            default (MCPToolApproval): What a call of a tool needs: nothing, its chat owner's approval (`decide-chat-tool-
                calls`), or it is refused, and
                the tool not offered.
                 Example: ask.
            tools (MCPToolApprovalsTools): By the server's own name of a tool, what differs from the default.
     """

    default: MCPToolApproval
    tools: MCPToolApprovalsTools





    def to_dict(self) -> dict[str, Any]:
        from ..models.mcp_tool_approvals_tools import MCPToolApprovalsTools # noqa: PLC0415
        default: str = self.default

        tools = self.tools.to_dict()


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "default": default,
            "tools": tools,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.mcp_tool_approvals_tools import MCPToolApprovalsTools # noqa: PLC0415
        d = dict(src_dict)
        default = check_mcp_tool_approval(d.pop("default"))




        tools = MCPToolApprovalsTools.from_dict(d.pop("tools"))




        mcp_tool_approvals = cls(
            default=default,
            tools=tools,
        )

        return mcp_tool_approvals

