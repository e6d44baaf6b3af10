from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from typing import cast

if TYPE_CHECKING:
  from ..models.chat_mcp_sign_in import ChatMCPSignIn





T = TypeVar("T", bound="ChatStreamSignInRequired")



@_attrs_define
class ChatStreamSignInRequired:
    """ Which servers want the chat's owner to sign in.

        Example:
            {'servers': [{'mcp_server_config_id': '5b8f2c60-7e1d-4a39-b4c2-d96e03f1a875', 'slug': 'github', 'display_name':
                'GitHub'}]}

        Attributes:
            servers (list[ChatMCPSignIn]):
     """

    servers: list[ChatMCPSignIn]





    def to_dict(self) -> dict[str, Any]:
        from ..models.chat_mcp_sign_in import ChatMCPSignIn # noqa: PLC0415
        servers = []
        for servers_item_data in self.servers:
            servers_item = servers_item_data.to_dict()
            servers.append(servers_item)




        field_dict: dict[str, Any] = {}

        field_dict.update({
            "servers": servers,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.chat_mcp_sign_in import ChatMCPSignIn # noqa: PLC0415
        d = dict(src_dict)
        servers = []
        _servers = d.pop("servers")
        for servers_item_data in (_servers):
            servers_item = ChatMCPSignIn.from_dict(servers_item_data)



            servers.append(servers_item)


        chat_stream_sign_in_required = cls(
            servers=servers,
        )

        return chat_stream_sign_in_required

