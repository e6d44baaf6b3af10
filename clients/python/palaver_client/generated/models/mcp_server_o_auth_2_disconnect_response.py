from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..types import UNSET, Unset






T = TypeVar("T", bound="MCPServerOAuth2DisconnectResponse")



@_attrs_define
class MCPServerOAuth2DisconnectResponse:
    """ What became of a connection.

        Example:
            {'token_revoked': True}

        Attributes:
            token_revoked (bool): The authorization server has confirmed the revocation.
            token_revocation_error (str | Unset): Why it has not.
     """

    token_revoked: bool
    token_revocation_error: str | Unset = UNSET





    def to_dict(self) -> dict[str, Any]:
        token_revoked = self.token_revoked

        token_revocation_error = self.token_revocation_error


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "token_revoked": token_revoked,
        })
        if token_revocation_error is not UNSET:
            field_dict["token_revocation_error"] = token_revocation_error

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        token_revoked = d.pop("token_revoked")

        token_revocation_error = d.pop("token_revocation_error", UNSET)

        mcp_server_o_auth_2_disconnect_response = cls(
            token_revoked=token_revoked,
            token_revocation_error=token_revocation_error,
        )

        return mcp_server_o_auth_2_disconnect_response

