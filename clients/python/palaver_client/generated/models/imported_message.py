from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..models.imported_message_role import check_imported_message_role
from ..models.imported_message_role import ImportedMessageRole
from ..types import UNSET, Unset
from typing import cast

if TYPE_CHECKING:
  from ..models.imported_file_part import ImportedFilePart
  from ..models.imported_file_reference_part import ImportedFileReferencePart
  from ..models.imported_reasoning_part import ImportedReasoningPart
  from ..models.imported_source_part import ImportedSourcePart
  from ..models.imported_text_part import ImportedTextPart
  from ..models.imported_tool_call_part import ImportedToolCallPart
  from ..models.imported_tool_result_part import ImportedToolResultPart





T = TypeVar("T", bound="ImportedMessage")



@_attrs_define
class ImportedMessage:
    """ What an import takes over of a message.

        Example:
            {'role': 'user', 'content': [{'type': 'text', 'text': 'Draft the release notes for version 2.4.'}]}

        Attributes:
            role (ImportedMessageRole):
            content (list[ImportedFilePart | ImportedFileReferencePart | ImportedReasoningPart | ImportedSourcePart |
                ImportedTextPart | ImportedToolCallPart | ImportedToolResultPart]):
            compaction (bool | None | Unset): The message tells of a compaction, and only people.
     """

    role: ImportedMessageRole
    content: list[ImportedFilePart | ImportedFileReferencePart | ImportedReasoningPart | ImportedSourcePart | ImportedTextPart | ImportedToolCallPart | ImportedToolResultPart]
    compaction: bool | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)





    def to_dict(self) -> dict[str, Any]:
        from ..models.imported_file_part import ImportedFilePart # noqa: PLC0415
        from ..models.imported_file_reference_part import ImportedFileReferencePart # noqa: PLC0415
        from ..models.imported_reasoning_part import ImportedReasoningPart # noqa: PLC0415
        from ..models.imported_source_part import ImportedSourcePart # noqa: PLC0415
        from ..models.imported_text_part import ImportedTextPart # noqa: PLC0415
        from ..models.imported_tool_call_part import ImportedToolCallPart # noqa: PLC0415
        from ..models.imported_tool_result_part import ImportedToolResultPart # noqa: PLC0415
        role: str = self.role

        content = []
        for content_item_data in self.content:
            content_item: dict[str, Any]
            if isinstance(content_item_data, ImportedTextPart):
                content_item = content_item_data.to_dict()
            elif isinstance(content_item_data, ImportedReasoningPart):
                content_item = content_item_data.to_dict()
            elif isinstance(content_item_data, ImportedToolCallPart):
                content_item = content_item_data.to_dict()
            elif isinstance(content_item_data, ImportedToolResultPart):
                content_item = content_item_data.to_dict()
            elif isinstance(content_item_data, ImportedSourcePart):
                content_item = content_item_data.to_dict()
            elif isinstance(content_item_data, ImportedFilePart):
                content_item = content_item_data.to_dict()
            else:
                content_item = content_item_data.to_dict()

            content.append(content_item)



        compaction: bool | None | Unset
        if isinstance(self.compaction, Unset):
            compaction = UNSET
        else:
            compaction = self.compaction


        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({
            "role": role,
            "content": content,
        })
        if compaction is not UNSET:
            field_dict["compaction"] = compaction

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.imported_file_part import ImportedFilePart # noqa: PLC0415
        from ..models.imported_file_reference_part import ImportedFileReferencePart # noqa: PLC0415
        from ..models.imported_reasoning_part import ImportedReasoningPart # noqa: PLC0415
        from ..models.imported_source_part import ImportedSourcePart # noqa: PLC0415
        from ..models.imported_text_part import ImportedTextPart # noqa: PLC0415
        from ..models.imported_tool_call_part import ImportedToolCallPart # noqa: PLC0415
        from ..models.imported_tool_result_part import ImportedToolResultPart # noqa: PLC0415
        d = dict(src_dict)
        role = check_imported_message_role(d.pop("role"))




        content = []
        _content = d.pop("content")
        for content_item_data in (_content):
            def _parse_content_item(data: object) -> ImportedFilePart | ImportedFileReferencePart | ImportedReasoningPart | ImportedSourcePart | ImportedTextPart | ImportedToolCallPart | ImportedToolResultPart:
                try:
                    if not isinstance(data, dict):
                        raise TypeError()
                    componentsschemas_imported_part_type_0 = ImportedTextPart.from_dict(data)



                    return componentsschemas_imported_part_type_0
                except (TypeError, ValueError, AttributeError, KeyError):
                    pass
                try:
                    if not isinstance(data, dict):
                        raise TypeError()
                    componentsschemas_imported_part_type_1 = ImportedReasoningPart.from_dict(data)



                    return componentsschemas_imported_part_type_1
                except (TypeError, ValueError, AttributeError, KeyError):
                    pass
                try:
                    if not isinstance(data, dict):
                        raise TypeError()
                    componentsschemas_imported_part_type_2 = ImportedToolCallPart.from_dict(data)



                    return componentsschemas_imported_part_type_2
                except (TypeError, ValueError, AttributeError, KeyError):
                    pass
                try:
                    if not isinstance(data, dict):
                        raise TypeError()
                    componentsschemas_imported_part_type_3 = ImportedToolResultPart.from_dict(data)



                    return componentsschemas_imported_part_type_3
                except (TypeError, ValueError, AttributeError, KeyError):
                    pass
                try:
                    if not isinstance(data, dict):
                        raise TypeError()
                    componentsschemas_imported_part_type_4 = ImportedSourcePart.from_dict(data)



                    return componentsschemas_imported_part_type_4
                except (TypeError, ValueError, AttributeError, KeyError):
                    pass
                try:
                    if not isinstance(data, dict):
                        raise TypeError()
                    componentsschemas_imported_part_type_5 = ImportedFilePart.from_dict(data)



                    return componentsschemas_imported_part_type_5
                except (TypeError, ValueError, AttributeError, KeyError):
                    pass
                if not isinstance(data, dict):
                    raise TypeError()
                componentsschemas_imported_part_type_6 = ImportedFileReferencePart.from_dict(data)



                return componentsschemas_imported_part_type_6

            content_item = _parse_content_item(content_item_data)

            content.append(content_item)


        def _parse_compaction(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        compaction = _parse_compaction(d.pop("compaction", UNSET))


        imported_message = cls(
            role=role,
            content=content,
            compaction=compaction,
        )


        imported_message.additional_properties = d
        return imported_message

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
