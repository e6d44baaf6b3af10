from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from uuid import UUID






T = TypeVar("T", bound="ChatMCPSignIn")



@_attrs_define
class ChatMCPSignIn:
    """ An MCP server that the chat's owner has to sign in to.

        Example:
            {'mcp_server_config_id': '5b8f2c60-7e1d-4a39-b4c2-d96e03f1a875', 'slug': 'github', 'display_name': 'GitHub'}

        Attributes:
            mcp_server_config_id (UUID):
            slug (str):
            display_name (str):
     """

    mcp_server_config_id: UUID
    slug: str
    display_name: str





    def to_dict(self) -> dict[str, Any]:
        mcp_server_config_id = str(self.mcp_server_config_id)

        slug = self.slug

        display_name = self.display_name


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "mcp_server_config_id": mcp_server_config_id,
            "slug": slug,
            "display_name": display_name,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        mcp_server_config_id = UUID(d.pop("mcp_server_config_id"))




        slug = d.pop("slug")

        display_name = d.pop("display_name")

        chat_mcp_sign_in = cls(
            mcp_server_config_id=mcp_server_config_id,
            slug=slug,
            display_name=display_name,
        )

        return chat_mcp_sign_in

