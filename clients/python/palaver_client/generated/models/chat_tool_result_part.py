from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..models.chat_tool_result_part_type import ChatToolResultPartType
from ..models.chat_tool_result_part_type import check_chat_tool_result_part_type
from ..types import UNSET, Unset
from typing import cast
from uuid import UUID
import datetime

if TYPE_CHECKING:
  from ..models.tool_call_outcome import ToolCallOutcome





T = TypeVar("T", bound="ChatToolResultPart")



@_attrs_define
class ChatToolResultPart:
    """ What a tool call gave; live, a piece of the output in `result_delta`.

        Example:
            {'type': 'tool-result', 'tool_call_id': 'call_1', 'tool_name': 'github__list_issues', 'result': {'issues':
                ['Faster start', 'Export fixed']}}

        Attributes:
            type_ (ChatToolResultPartType):
            tool_call_id (str): Links the call and its result.
            tool_name (str):
            mcp_server_config_id (None | Unset | UUID): The MCP server of the tool.
            result (Any | Unset): The whole output, any JSON.
            result_delta (str | Unset): A piece of the output; live only.
            result_reset (bool | Unset): Drop the live output shown so far; live only.
            is_error (bool | Unset): The tool failed.
            is_media (bool | Unset): The result holds binary media.
            provider_executed (bool | Unset): The provider ran the tool itself.
            approval (ToolCallOutcome | Unset): What was decided about a call. Example: {'decision': 'approve', 'args':
                {'path': 'notes/old.md'}, 'decided_by': '1f0c2d3e-4b5a-4678-9a0b-c1d2e3f40516', 'decided_at':
                '2026-08-01T10:02:11.52Z'}.
            created_at (datetime.datetime | Unset): When the result was there.
     """

    type_: ChatToolResultPartType
    tool_call_id: str
    tool_name: str
    mcp_server_config_id: None | Unset | UUID = UNSET
    result: Any | Unset = UNSET
    result_delta: str | Unset = UNSET
    result_reset: bool | Unset = UNSET
    is_error: bool | Unset = UNSET
    is_media: bool | Unset = UNSET
    provider_executed: bool | Unset = UNSET
    approval: ToolCallOutcome | Unset = UNSET
    created_at: datetime.datetime | Unset = UNSET





    def to_dict(self) -> dict[str, Any]:
        from ..models.tool_call_outcome import ToolCallOutcome # noqa: PLC0415
        type_: str = self.type_

        tool_call_id = self.tool_call_id

        tool_name = self.tool_name

        mcp_server_config_id: None | str | Unset
        if isinstance(self.mcp_server_config_id, Unset):
            mcp_server_config_id = UNSET
        elif isinstance(self.mcp_server_config_id, UUID):
            mcp_server_config_id = str(self.mcp_server_config_id)
        else:
            mcp_server_config_id = self.mcp_server_config_id

        result = self.result

        result_delta = self.result_delta

        result_reset = self.result_reset

        is_error = self.is_error

        is_media = self.is_media

        provider_executed = self.provider_executed

        approval: dict[str, Any] | Unset = UNSET
        if not isinstance(self.approval, Unset):
            approval = self.approval.to_dict()

        created_at: str | Unset = UNSET
        if not isinstance(self.created_at, Unset):
            created_at = self.created_at.isoformat()


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "type": type_,
            "tool_call_id": tool_call_id,
            "tool_name": tool_name,
        })
        if mcp_server_config_id is not UNSET:
            field_dict["mcp_server_config_id"] = mcp_server_config_id
        if result is not UNSET:
            field_dict["result"] = result
        if result_delta is not UNSET:
            field_dict["result_delta"] = result_delta
        if result_reset is not UNSET:
            field_dict["result_reset"] = result_reset
        if is_error is not UNSET:
            field_dict["is_error"] = is_error
        if is_media is not UNSET:
            field_dict["is_media"] = is_media
        if provider_executed is not UNSET:
            field_dict["provider_executed"] = provider_executed
        if approval is not UNSET:
            field_dict["approval"] = approval
        if created_at is not UNSET:
            field_dict["created_at"] = created_at

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.tool_call_outcome import ToolCallOutcome # noqa: PLC0415
        d = dict(src_dict)
        type_ = check_chat_tool_result_part_type(d.pop("type"))




        tool_call_id = d.pop("tool_call_id")

        tool_name = d.pop("tool_name")

        def _parse_mcp_server_config_id(data: object) -> None | Unset | UUID:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                mcp_server_config_id_type_0 = UUID(data)



                return mcp_server_config_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Unset | UUID, data)

        mcp_server_config_id = _parse_mcp_server_config_id(d.pop("mcp_server_config_id", UNSET))


        result = d.pop("result", UNSET)

        result_delta = d.pop("result_delta", UNSET)

        result_reset = d.pop("result_reset", UNSET)

        is_error = d.pop("is_error", UNSET)

        is_media = d.pop("is_media", UNSET)

        provider_executed = d.pop("provider_executed", UNSET)

        _approval = d.pop("approval", UNSET)
        approval: ToolCallOutcome | Unset
        if isinstance(_approval,  Unset):
            approval = UNSET
        else:
            approval = ToolCallOutcome.from_dict(_approval)




        _created_at = d.pop("created_at", UNSET)
        created_at: datetime.datetime | Unset
        if isinstance(_created_at,  Unset):
            created_at = UNSET
        else:
            created_at = datetime.datetime.fromisoformat(_created_at)




        chat_tool_result_part = cls(
            type_=type_,
            tool_call_id=tool_call_id,
            tool_name=tool_name,
            mcp_server_config_id=mcp_server_config_id,
            result=result,
            result_delta=result_delta,
            result_reset=result_reset,
            is_error=is_error,
            is_media=is_media,
            provider_executed=provider_executed,
            approval=approval,
            created_at=created_at,
        )

        return chat_tool_result_part

