from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from typing import cast
from uuid import UUID
import datetime

if TYPE_CHECKING:
  from ..models.chat_export_chat_labels import ChatExportChatLabels





T = TypeVar("T", bound="ChatExportChat")



@_attrs_define
class ChatExportChat:
    """ The chat that was exported.

        Example:
            {'id': '9c5b3a7e-2f14-4d68-8a90-6b1e0d7c4f25', 'title': 'Release notes 2.4', 'created_at':
                '2026-08-01T10:00:00.123Z', 'labels': {'team': 'docs'}}

        Attributes:
            id (UUID):
            title (str):
            created_at (datetime.datetime):
            labels (ChatExportChatLabels):
     """

    id: UUID
    title: str
    created_at: datetime.datetime
    labels: ChatExportChatLabels





    def to_dict(self) -> dict[str, Any]:
        from ..models.chat_export_chat_labels import ChatExportChatLabels # noqa: PLC0415
        id = str(self.id)

        title = self.title

        created_at = self.created_at.isoformat()

        labels = self.labels.to_dict()


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "id": id,
            "title": title,
            "created_at": created_at,
            "labels": labels,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.chat_export_chat_labels import ChatExportChatLabels # noqa: PLC0415
        d = dict(src_dict)
        id = UUID(d.pop("id"))




        title = d.pop("title")

        created_at = datetime.datetime.fromisoformat(d.pop("created_at"))




        labels = ChatExportChatLabels.from_dict(d.pop("labels"))




        chat_export_chat = cls(
            id=id,
            title=title,
            created_at=created_at,
            labels=labels,
        )

        return chat_export_chat

