from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from typing import cast
from uuid import UUID
import datetime






T = TypeVar("T", bound="ToolCallApproval")



@_attrs_define
class ToolCallApproval:
    """ What the owner is asked about a call.

        Example:
            {'id': '6f1d0a52-83c4-4e7b-9a15-d20c7b94e831', 'server_config_id': '5b8f2c60-7e1d-4a39-b4c2-d96e03f1a875',
                'tool': 'delete_file', 'expires_at': '2026-08-02T10:00:09.481Z'}

        Attributes:
            id (UUID): The question: `approval_id` of the decision.
            server_config_id (UUID): The MCP server that would run the tool.
            tool (str): The server's own name of the tool.
            expires_at (datetime.datetime): From then on the call counts as denied.
     """

    id: UUID
    server_config_id: UUID
    tool: str
    expires_at: datetime.datetime





    def to_dict(self) -> dict[str, Any]:
        id = str(self.id)

        server_config_id = str(self.server_config_id)

        tool = self.tool

        expires_at = self.expires_at.isoformat()


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "id": id,
            "server_config_id": server_config_id,
            "tool": tool,
            "expires_at": expires_at,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = UUID(d.pop("id"))




        server_config_id = UUID(d.pop("server_config_id"))




        tool = d.pop("tool")

        expires_at = datetime.datetime.fromisoformat(d.pop("expires_at"))




        tool_call_approval = cls(
            id=id,
            server_config_id=server_config_id,
            tool=tool,
            expires_at=expires_at,
        )

        return tool_call_approval

