from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..models.chat_tool_call_part_type import ChatToolCallPartType
from ..models.chat_tool_call_part_type import check_chat_tool_call_part_type
from ..types import UNSET, Unset
from typing import cast
from uuid import UUID
import datetime






T = TypeVar("T", bound="ChatToolCallPart")



@_attrs_define
class ChatToolCallPart:
    """ The model asks for a tool; live, a piece of the input in `args_delta`.

        Example:
            {'type': 'tool-call', 'tool_call_id': 'call_1', 'tool_name': 'github__list_issues', 'args': {'milestone':
                '2.4'}}

        Attributes:
            type_ (ChatToolCallPartType):
            tool_call_id (str): Links the call and its result.
            tool_name (str):
            mcp_server_config_id (None | Unset | UUID): The MCP server of the tool.
            args (Any | Unset): The whole input, any JSON.
            args_delta (str | Unset): A piece of the input's text; live only.
            parsed_commands (list[list[str]] | Unset): Per shell command, the program and its first argument.
            provider_executed (bool | Unset): The provider runs the tool itself.
            hook_rewritten (bool | Unset): The input was replaced.
            created_at (datetime.datetime | Unset): When the call was made.
     """

    type_: ChatToolCallPartType
    tool_call_id: str
    tool_name: str
    mcp_server_config_id: None | Unset | UUID = UNSET
    args: Any | Unset = UNSET
    args_delta: str | Unset = UNSET
    parsed_commands: list[list[str]] | Unset = UNSET
    provider_executed: bool | Unset = UNSET
    hook_rewritten: bool | Unset = UNSET
    created_at: datetime.datetime | Unset = UNSET





    def to_dict(self) -> dict[str, Any]:
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

        args = self.args

        args_delta = self.args_delta

        parsed_commands: list[list[str]] | Unset = UNSET
        if not isinstance(self.parsed_commands, Unset):
            parsed_commands = []
            for parsed_commands_item_data in self.parsed_commands:
                parsed_commands_item = parsed_commands_item_data


                parsed_commands.append(parsed_commands_item)



        provider_executed = self.provider_executed

        hook_rewritten = self.hook_rewritten

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
        if args is not UNSET:
            field_dict["args"] = args
        if args_delta is not UNSET:
            field_dict["args_delta"] = args_delta
        if parsed_commands is not UNSET:
            field_dict["parsed_commands"] = parsed_commands
        if provider_executed is not UNSET:
            field_dict["provider_executed"] = provider_executed
        if hook_rewritten is not UNSET:
            field_dict["hook_rewritten"] = hook_rewritten
        if created_at is not UNSET:
            field_dict["created_at"] = created_at

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        type_ = check_chat_tool_call_part_type(d.pop("type"))




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


        args = d.pop("args", UNSET)

        args_delta = d.pop("args_delta", UNSET)

        _parsed_commands = d.pop("parsed_commands", UNSET)
        parsed_commands: list[list[str]] | Unset = UNSET
        if _parsed_commands is not UNSET:
            parsed_commands = []
            for parsed_commands_item_data in _parsed_commands:
                parsed_commands_item = cast(list[str], parsed_commands_item_data)

                parsed_commands.append(parsed_commands_item)


        provider_executed = d.pop("provider_executed", UNSET)

        hook_rewritten = d.pop("hook_rewritten", UNSET)

        _created_at = d.pop("created_at", UNSET)
        created_at: datetime.datetime | Unset
        if isinstance(_created_at,  Unset):
            created_at = UNSET
        else:
            created_at = datetime.datetime.fromisoformat(_created_at)




        chat_tool_call_part = cls(
            type_=type_,
            tool_call_id=tool_call_id,
            tool_name=tool_name,
            mcp_server_config_id=mcp_server_config_id,
            args=args,
            args_delta=args_delta,
            parsed_commands=parsed_commands,
            provider_executed=provider_executed,
            hook_rewritten=hook_rewritten,
            created_at=created_at,
        )

        return chat_tool_call_part

