from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..models.chat_export_format import ChatExportFormat
from ..models.chat_export_format import check_chat_export_format
from ..models.chat_export_version import ChatExportVersion
from ..models.chat_export_version import check_chat_export_version
from typing import cast
import datetime

if TYPE_CHECKING:
  from ..models.chat_export_chat import ChatExportChat
  from ..models.chat_export_file import ChatExportFile
  from ..models.chat_export_message import ChatExportMessage





T = TypeVar("T", bound="ChatExport")



@_attrs_define
class ChatExport:
    """ A chat as a file, version 1. Later versions add fields, or raise `version`.

        Example:
            {'format': 'palaver-chat', 'version': 1, 'exported_at': '2026-08-01T12:00:00.5Z', 'chat': {'id':
                '9c5b3a7e-2f14-4d68-8a90-6b1e0d7c4f25', 'title': 'Release notes 2.4', 'created_at': '2026-08-01T10:00:00.123Z',
                'labels': {'team': 'docs'}}, 'messages': [{'id': 42, 'created_by': '1f0c2d3e-4b5a-4678-9a0b-c1d2e3f40516',
                'created_at': '2026-08-01T10:00:00.123Z', 'role': 'user', 'content': [{'type': 'text', 'text': 'Draft the
                release notes from these notes.'}, {'type': 'file', 'file_id': 'c4e91d2a-6b38-4f75-a1d0-8e27f59b3c64',
                'media_type': 'text/markdown', 'name': 'notes.md'}]}, {'id': 43, 'model_config_id':
                'aa3e7c91-5d20-4b6f-9e84-c07f1a2b3d4e', 'created_at': '2026-08-01T10:00:09.481Z', 'role': 'assistant',
                'content': [{'type': 'text', 'text': 'Version 2.4 starts faster and fixes the export.'}], 'usage':
                {'input_tokens': 812, 'output_tokens': 64, 'total_tokens': 876}}], 'files': [{'id':
                'c4e91d2a-6b38-4f75-a1d0-8e27f59b3c64', 'name': 'notes.md', 'media_type': 'text/markdown', 'size': 14, 'data':
                'IyAyLjQKLSBmYXN0ZXI='}]}

        Attributes:
            format_ (ChatExportFormat):
            version (ChatExportVersion):
            exported_at (datetime.datetime):
            chat (ChatExportChat): The chat that was exported. Example: {'id': '9c5b3a7e-2f14-4d68-8a90-6b1e0d7c4f25',
                'title': 'Release notes 2.4', 'created_at': '2026-08-01T10:00:00.123Z', 'labels': {'team': 'docs'}}.
            messages (list[ChatExportMessage]): The history that clients see, oldest first.
            files (list[ChatExportFile]): The attachments that the chat links.
     """

    format_: ChatExportFormat
    version: ChatExportVersion
    exported_at: datetime.datetime
    chat: ChatExportChat
    messages: list[ChatExportMessage]
    files: list[ChatExportFile]





    def to_dict(self) -> dict[str, Any]:
        from ..models.chat_export_chat import ChatExportChat # noqa: PLC0415
        from ..models.chat_export_file import ChatExportFile # noqa: PLC0415
        from ..models.chat_export_message import ChatExportMessage # noqa: PLC0415
        format_: str = self.format_

        version: int = self.version

        exported_at = self.exported_at.isoformat()

        chat = self.chat.to_dict()

        messages = []
        for messages_item_data in self.messages:
            messages_item = messages_item_data.to_dict()
            messages.append(messages_item)



        files = []
        for files_item_data in self.files:
            files_item = files_item_data.to_dict()
            files.append(files_item)




        field_dict: dict[str, Any] = {}

        field_dict.update({
            "format": format_,
            "version": version,
            "exported_at": exported_at,
            "chat": chat,
            "messages": messages,
            "files": files,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.chat_export_chat import ChatExportChat # noqa: PLC0415
        from ..models.chat_export_file import ChatExportFile # noqa: PLC0415
        from ..models.chat_export_message import ChatExportMessage # noqa: PLC0415
        d = dict(src_dict)
        format_ = check_chat_export_format(d.pop("format"))




        version = check_chat_export_version(d.pop("version"))




        exported_at = datetime.datetime.fromisoformat(d.pop("exported_at"))




        chat = ChatExportChat.from_dict(d.pop("chat"))




        messages = []
        _messages = d.pop("messages")
        for messages_item_data in (_messages):
            messages_item = ChatExportMessage.from_dict(messages_item_data)



            messages.append(messages_item)


        files = []
        _files = d.pop("files")
        for files_item_data in (_files):
            files_item = ChatExportFile.from_dict(files_item_data)



            files.append(files_item)


        chat_export = cls(
            format_=format_,
            version=version,
            exported_at=exported_at,
            chat=chat,
            messages=messages,
            files=files,
        )

        return chat_export

