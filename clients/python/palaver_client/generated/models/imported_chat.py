from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..types import UNSET, Unset
from typing import cast

if TYPE_CHECKING:
  from ..models.imported_chat_facts import ImportedChatFacts
  from ..models.imported_file import ImportedFile
  from ..models.imported_message import ImportedMessage





T = TypeVar("T", bound="ImportedChat")



@_attrs_define
class ImportedChat:
    """ A `ChatExport`, as far as an import reads it.

        Example:
            {'format': 'palaver-chat', 'version': 1, 'chat': {'title': 'Release notes 2.4'}, 'messages': [{'role': 'user',
                'content': [{'type': 'text', 'text': 'Draft the release notes for version 2.4.'}]}]}

        Attributes:
            format_ (str):
            version (int):
            chat (ImportedChatFacts): What an import takes over of the chat. Example: {'title': 'Release notes 2.4',
                'labels': {'team': 'docs'}}.
            messages (list[ImportedMessage]):
            files (list[ImportedFile] | None | Unset):
     """

    format_: str
    version: int
    chat: ImportedChatFacts
    messages: list[ImportedMessage]
    files: list[ImportedFile] | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)





    def to_dict(self) -> dict[str, Any]:
        from ..models.imported_chat_facts import ImportedChatFacts # noqa: PLC0415
        from ..models.imported_file import ImportedFile # noqa: PLC0415
        from ..models.imported_message import ImportedMessage # noqa: PLC0415
        format_ = self.format_

        version = self.version

        chat = self.chat.to_dict()

        messages = []
        for messages_item_data in self.messages:
            messages_item = messages_item_data.to_dict()
            messages.append(messages_item)



        files: list[dict[str, Any]] | None | Unset
        if isinstance(self.files, Unset):
            files = UNSET
        elif isinstance(self.files, list):
            files = []
            for files_type_0_item_data in self.files:
                files_type_0_item = files_type_0_item_data.to_dict()
                files.append(files_type_0_item)


        else:
            files = self.files


        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({
            "format": format_,
            "version": version,
            "chat": chat,
            "messages": messages,
        })
        if files is not UNSET:
            field_dict["files"] = files

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.imported_chat_facts import ImportedChatFacts # noqa: PLC0415
        from ..models.imported_file import ImportedFile # noqa: PLC0415
        from ..models.imported_message import ImportedMessage # noqa: PLC0415
        d = dict(src_dict)
        format_ = d.pop("format")

        version = d.pop("version")

        chat = ImportedChatFacts.from_dict(d.pop("chat"))




        messages = []
        _messages = d.pop("messages")
        for messages_item_data in (_messages):
            messages_item = ImportedMessage.from_dict(messages_item_data)



            messages.append(messages_item)


        def _parse_files(data: object) -> list[ImportedFile] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                files_type_0 = []
                _files_type_0 = data
                for files_type_0_item_data in (_files_type_0):
                    files_type_0_item = ImportedFile.from_dict(files_type_0_item_data)



                    files_type_0.append(files_type_0_item)

                return files_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[ImportedFile] | None | Unset, data)

        files = _parse_files(d.pop("files", UNSET))


        imported_chat = cls(
            format_=format_,
            version=version,
            chat=chat,
            messages=messages,
            files=files,
        )


        imported_chat.additional_properties = d
        return imported_chat

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
