from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..models.chat_attachment_media_type import ChatAttachmentMediaType
from ..models.chat_attachment_media_type import check_chat_attachment_media_type
from typing import cast
from uuid import UUID
import datetime






T = TypeVar("T", bound="ChatFileMetadata")



@_attrs_define
class ChatFileMetadata:
    """ An attachment without its bytes.

        Example:
            {'id': 'c4e91d2a-6b38-4f75-a1d0-8e27f59b3c64', 'owner_id': '1f0c2d3e-4b5a-4678-9a0b-c1d2e3f40516',
                'organization_id': '0d4c7b1e-93f2-4a8d-b6c5-17e2f08a9b34', 'name': 'notes.md', 'mime_type': 'text/markdown',
                'created_at': '2026-08-01T09:58:41.7Z'}

        Attributes:
            id (UUID):
            owner_id (UUID): Who uploaded it.
            organization_id (UUID):
            name (str): The file name, at most 255 bytes.
            mime_type (ChatAttachmentMediaType): The types of attachments that can be stored and put into a prompt.
            created_at (datetime.datetime):
     """

    id: UUID
    owner_id: UUID
    organization_id: UUID
    name: str
    mime_type: ChatAttachmentMediaType
    created_at: datetime.datetime





    def to_dict(self) -> dict[str, Any]:
        id = str(self.id)

        owner_id = str(self.owner_id)

        organization_id = str(self.organization_id)

        name = self.name

        mime_type: str = self.mime_type

        created_at = self.created_at.isoformat()


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "id": id,
            "owner_id": owner_id,
            "organization_id": organization_id,
            "name": name,
            "mime_type": mime_type,
            "created_at": created_at,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = UUID(d.pop("id"))




        owner_id = UUID(d.pop("owner_id"))




        organization_id = UUID(d.pop("organization_id"))




        name = d.pop("name")

        mime_type = check_chat_attachment_media_type(d.pop("mime_type"))




        created_at = datetime.datetime.fromisoformat(d.pop("created_at"))




        chat_file_metadata = cls(
            id=id,
            owner_id=owner_id,
            organization_id=organization_id,
            name=name,
            mime_type=mime_type,
            created_at=created_at,
        )

        return chat_file_metadata

