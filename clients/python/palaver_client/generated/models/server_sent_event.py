from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..types import UNSET, Unset






T = TypeVar("T", bound="ServerSentEvent")



@_attrs_define
class ServerSentEvent:
    """ One event as `text/event-stream` has it. Heartbeats are comments and no events.

        Example:
            {'id': '12.0.0', 'data':
                '{"type":"status","chat_id":"9c5b3a7e-2f14-4d68-8a90-6b1e0d7c4f25","status":{"status":"running"}}'}

        Attributes:
            data (str): A `ChatStreamEvent` as JSON; of a watch, a `ChatWatchEvent`.
            id (str | Unset): A cursor, to be sent back as `Last-Event-ID`. Opaque. A watch has none.
            event (str | Unset): Not used; the type is in `data`.
     """

    data: str
    id: str | Unset = UNSET
    event: str | Unset = UNSET





    def to_dict(self) -> dict[str, Any]:
        data = self.data

        id = self.id

        event = self.event


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "data": data,
        })
        if id is not UNSET:
            field_dict["id"] = id
        if event is not UNSET:
            field_dict["event"] = event

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        data = d.pop("data")

        id = d.pop("id", UNSET)

        event = d.pop("event", UNSET)

        server_sent_event = cls(
            data=data,
            id=id,
            event=event,
        )

        return server_sent_event

