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
import datetime






T = TypeVar("T", bound="ChatStreamRetry")



@_attrs_define
class ChatStreamRetry:
    """ A failed attempt and the next one.

        Example:
            {'attempt': 1, 'delay_ms': 1000, 'error': 'Anthropic is temporarily overloaded.', 'kind': 'overloaded',
                'provider': 'anthropic', 'status_code': 529, 'retrying_at': '2026-08-01T10:00:05.3Z'}

        Attributes:
            attempt (int): The attempt that failed.
            delay_ms (int): Milliseconds until the next one.
            error (str): Text for users.
            retrying_at (datetime.datetime): When the next attempt is planned.
            kind (ChatErrorKind | Unset): `generic`: anything else. `overloaded`: the provider is out of capacity.
                `rate_limit`: it throttles.
                `timeout`: no answer in time, or it broke off. `stream_silence_timeout`: the stream fell silent. `auth`:
                credentials refused. `config`: model or settings refused. `usage_limit`: quota used up. `missing_key`: no API
                key. `provider_disabled`: switched off by an administrator. `content_filter`: blocked by the provider's policy.
            provider (str | Unset): The provider's name.
            status_code (int | Unset): HTTP status of the provider's answer.
     """

    attempt: int
    delay_ms: int
    error: str
    retrying_at: datetime.datetime
    kind: ChatErrorKind | Unset = UNSET
    provider: str | Unset = UNSET
    status_code: int | Unset = UNSET





    def to_dict(self) -> dict[str, Any]:
        attempt = self.attempt

        delay_ms = self.delay_ms

        error = self.error

        retrying_at = self.retrying_at.isoformat()

        kind: str | Unset = UNSET
        if not isinstance(self.kind, Unset):
            kind = self.kind


        provider = self.provider

        status_code = self.status_code


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "attempt": attempt,
            "delay_ms": delay_ms,
            "error": error,
            "retrying_at": retrying_at,
        })
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
        attempt = d.pop("attempt")

        delay_ms = d.pop("delay_ms")

        error = d.pop("error")

        retrying_at = datetime.datetime.fromisoformat(d.pop("retrying_at"))




        _kind = d.pop("kind", UNSET)
        kind: ChatErrorKind | Unset
        if isinstance(_kind,  Unset):
            kind = UNSET
        else:
            kind = check_chat_error_kind(_kind)




        provider = d.pop("provider", UNSET)

        status_code = d.pop("status_code", UNSET)

        chat_stream_retry = cls(
            attempt=attempt,
            delay_ms=delay_ms,
            error=error,
            retrying_at=retrying_at,
            kind=kind,
            provider=provider,
            status_code=status_code,
        )

        return chat_stream_retry

