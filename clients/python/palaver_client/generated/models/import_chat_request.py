from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..types import UNSET, Unset
from typing import cast
from uuid import UUID

if TYPE_CHECKING:
  from ..models.imported_chat import ImportedChat





T = TypeVar("T", bound="ImportChatRequest")



@_attrs_define
class ImportChatRequest:
    """ An exported chat, and where it shall be.

        Example:
            {'organization_id': '0d4c7b1e-93f2-4a8d-b6c5-17e2f08a9b34', 'export': {'format': 'palaver-chat', 'version': 1,
                'chat': {'title': 'Release notes 2.4'}, 'messages': [{'role': 'user', 'content': [{'type': 'text', 'text':
                'Draft the release notes for version 2.4.'}]}, {'role': 'assistant', 'content': [{'type': 'text', 'text':
                'Version 2.4 starts faster and fixes the export.'}]}]}}

        Attributes:
            organization_id (UUID):
            export (ImportedChat): A `ChatExport`, as far as an import reads it. Example: {'format': 'palaver-chat',
                'version': 1, 'chat': {'title': 'Release notes 2.4'}, 'messages': [{'role': 'user', 'content': [{'type': 'text',
                'text': 'Draft the release notes for version 2.4.'}]}]}.
            model_config_id (None | Unset | UUID): The model to go on with; absent, as the nil UUID, takes the default.
            title (None | str | Unset): Absent: that of the export. Rules as in `ForkChatRequest`.
     """

    organization_id: UUID
    export: ImportedChat
    model_config_id: None | Unset | UUID = UNSET
    title: None | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)





    def to_dict(self) -> dict[str, Any]:
        from ..models.imported_chat import ImportedChat # noqa: PLC0415
        organization_id = str(self.organization_id)

        export = self.export.to_dict()

        model_config_id: None | str | Unset
        if isinstance(self.model_config_id, Unset):
            model_config_id = UNSET
        elif isinstance(self.model_config_id, UUID):
            model_config_id = str(self.model_config_id)
        else:
            model_config_id = self.model_config_id

        title: None | str | Unset
        if isinstance(self.title, Unset):
            title = UNSET
        else:
            title = self.title


        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({
            "organization_id": organization_id,
            "export": export,
        })
        if model_config_id is not UNSET:
            field_dict["model_config_id"] = model_config_id
        if title is not UNSET:
            field_dict["title"] = title

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.imported_chat import ImportedChat # noqa: PLC0415
        d = dict(src_dict)
        organization_id = UUID(d.pop("organization_id"))




        export = ImportedChat.from_dict(d.pop("export"))




        def _parse_model_config_id(data: object) -> None | Unset | UUID:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                model_config_id_type_0 = UUID(data)



                return model_config_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Unset | UUID, data)

        model_config_id = _parse_model_config_id(d.pop("model_config_id", UNSET))


        def _parse_title(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        title = _parse_title(d.pop("title", UNSET))


        import_chat_request = cls(
            organization_id=organization_id,
            export=export,
            model_config_id=model_config_id,
            title=title,
        )


        import_chat_request.additional_properties = d
        return import_chat_request

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
