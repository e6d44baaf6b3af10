from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..models.chat_error_kind import ChatErrorKind
from ..models.chat_error_kind import check_chat_error_kind
from ..types import UNSET, Unset
from typing import cast






T = TypeVar("T", bound="ChatError")



@_attrs_define
class ChatError:
    """ Why a turn failed.

        Example:
            {'message': 'Authentication with Anthropic failed. Check the API key and permissions.', 'detail': 'invalid
                x-api-key', 'kind': 'auth', 'provider': 'anthropic', 'retryable': False, 'status_code': 401}

        Attributes:
            message (str): Text for users.
            retryable (bool): The cause may pass.
            detail (str | Unset): The provider's text.
            kind (ChatErrorKind | Unset): `generic`: anything else. `overloaded`: the provider is out of capacity.
                `rate_limit`: it throttles.
                `timeout`: no answer in time, or it broke off. `stream_silence_timeout`: the stream fell silent. `auth`:
                credentials refused. `config`: model or settings refused. `usage_limit`: quota used up. `missing_key`: no API
                key. `provider_disabled`: switched off by an administrator. `content_filter`: blocked by the provider's policy.
            provider (str | Unset): The provider's name.
            status_code (int | Unset): HTTP status of the provider's answer.
     """

    message: str
    retryable: bool
    detail: str | Unset = UNSET
    kind: ChatErrorKind | Unset = UNSET
    provider: str | Unset = UNSET
    status_code: int | Unset = UNSET





    def to_dict(self) -> dict[str, Any]:
        message = self.message

        retryable = self.retryable

        detail = self.detail

        kind: str | Unset = UNSET
        if not isinstance(self.kind, Unset):
            kind = self.kind


        provider = self.provider

        status_code = self.status_code


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "message": message,
            "retryable": retryable,
        })
        if detail is not UNSET:
            field_dict["detail"] = detail
        if kind is not UNSET:
            field_dict["kind"] = kind
        if provider is not UNSET:
            field_dict["provider"] = provider
        if status_code is not UNSET:
            field_dict["status_code"] = status_code

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        message = d.pop("message")

        retryable = d.pop("retryable")

        detail = d.pop("detail", UNSET)

        _kind = d.pop("kind", UNSET)
        kind: ChatErrorKind | Unset
        if isinstance(_kind,  Unset):
            kind = UNSET
        else:
            kind = check_chat_error_kind(_kind)




        provider = d.pop("provider", UNSET)

        status_code = d.pop("status_code", UNSET)

        chat_error = cls(
            message=message,
            retryable=retryable,
            detail=detail,
            kind=kind,
            provider=provider,
            status_code=status_code,
        )

        return chat_error

