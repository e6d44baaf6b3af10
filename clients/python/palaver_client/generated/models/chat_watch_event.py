from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..models.chat_watch_event_kind import ChatWatchEventKind
from ..models.chat_watch_event_kind import check_chat_watch_event_kind
from ..types import UNSET, Unset
from typing import cast

if TYPE_CHECKING:
  from ..models.chat import Chat
  from ..models.chat_stream_tool_call import ChatStreamToolCall





T = TypeVar("T", bound="ChatWatchEvent")



@_attrs_define
class ChatWatchEvent:
    """ One event of a watch; kinds are told at `watch-chat-events-for-a-user-via-websockets`.

        Example:
            {'kind': 'title_change', 'chat': {'id': '9c5b3a7e-2f14-4d68-8a90-6b1e0d7c4f25', 'organization_id':
                '0d4c7b1e-93f2-4a8d-b6c5-17e2f08a9b34', 'owner_id': '1f0c2d3e-4b5a-4678-9a0b-c1d2e3f40516', 'owner_username':
                'alice', 'owner_name': 'Alice Moreau', 'root_chat_id': '9c5b3a7e-2f14-4d68-8a90-6b1e0d7c4f25',
                'last_model_config_id': 'aa3e7c91-5d20-4b6f-9e84-c07f1a2b3d4e', 'title': 'Release notes 2.4', 'status':
                'waiting', 'last_turn_summary': None, 'summary': None, 'created_at': '2026-08-01T10:00:00.123Z', 'updated_at':
                '2026-08-01T10:00:09.481Z', 'archived': False, 'shared': False, 'pin_order': 0, 'mcp_server_ids': [], 'labels':
                {}, 'has_unread': False, 'client_type': 'api', 'children': []}}

        Attributes:
            kind (ChatWatchEventKind): What has changed. `diff_status_change` and `context_dirty` need workspaces, which are
                not there.
            chat (Chat): A chat. Example: {'id': '9c5b3a7e-2f14-4d68-8a90-6b1e0d7c4f25', 'organization_id':
                '0d4c7b1e-93f2-4a8d-b6c5-17e2f08a9b34', 'owner_id': '1f0c2d3e-4b5a-4678-9a0b-c1d2e3f40516', 'owner_username':
                'alice', 'owner_name': 'Alice Moreau', 'root_chat_id': '9c5b3a7e-2f14-4d68-8a90-6b1e0d7c4f25',
                'last_model_config_id': 'aa3e7c91-5d20-4b6f-9e84-c07f1a2b3d4e', 'title': 'Release notes 2.4', 'status':
                'waiting', 'last_turn_summary': None, 'summary': None, 'created_at': '2026-08-01T10:00:00.123Z', 'updated_at':
                '2026-08-01T10:00:09.481Z', 'archived': False, 'shared': False, 'pin_order': 0, 'mcp_server_ids': [], 'labels':
                {}, 'has_unread': False, 'client_type': 'api', 'children': []}.
            tool_calls (list[ChatStreamToolCall] | Unset): Reserved; not filled.
     """

    kind: ChatWatchEventKind
    chat: Chat
    tool_calls: list[ChatStreamToolCall] | Unset = UNSET





    def to_dict(self) -> dict[str, Any]:
        from ..models.chat import Chat # noqa: PLC0415
        from ..models.chat_stream_tool_call import ChatStreamToolCall # noqa: PLC0415
        kind: str = self.kind

        chat = self.chat.to_dict()

        tool_calls: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.tool_calls, Unset):
            tool_calls = []
            for tool_calls_item_data in self.tool_calls:
                tool_calls_item = tool_calls_item_data.to_dict()
                tool_calls.append(tool_calls_item)




        field_dict: dict[str, Any] = {}

        field_dict.update({
            "kind": kind,
            "chat": chat,
        })
        if tool_calls is not UNSET:
            field_dict["tool_calls"] = tool_calls

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.chat import Chat # noqa: PLC0415
        from ..models.chat_stream_tool_call import ChatStreamToolCall # noqa: PLC0415
        d = dict(src_dict)
        kind = check_chat_watch_event_kind(d.pop("kind"))




        chat = Chat.from_dict(d.pop("chat"))




        _tool_calls = d.pop("tool_calls", UNSET)
        tool_calls: list[ChatStreamToolCall] | Unset = UNSET
        if _tool_calls is not UNSET:
            tool_calls = []
            for tool_calls_item_data in _tool_calls:
                tool_calls_item = ChatStreamToolCall.from_dict(tool_calls_item_data)



                tool_calls.append(tool_calls_item)


        chat_watch_event = cls(
            kind=kind,
            chat=chat,
            tool_calls=tool_calls,
        )

        return chat_watch_event

