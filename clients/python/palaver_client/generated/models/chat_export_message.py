from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..models.chat_message_role import ChatMessageRole
from ..models.chat_message_role import check_chat_message_role
from ..types import UNSET, Unset
from typing import cast
from uuid import UUID
import datetime

if TYPE_CHECKING:
  from ..models.chat_context_file_part import ChatContextFilePart
  from ..models.chat_file_part import ChatFilePart
  from ..models.chat_file_reference_part import ChatFileReferencePart
  from ..models.chat_hook_notice_part import ChatHookNoticePart
  from ..models.chat_message_usage import ChatMessageUsage
  from ..models.chat_reasoning_part import ChatReasoningPart
  from ..models.chat_skill_part import ChatSkillPart
  from ..models.chat_source_part import ChatSourcePart
  from ..models.chat_text_part import ChatTextPart
  from ..models.chat_tool_call_part import ChatToolCallPart
  from ..models.chat_tool_result_part import ChatToolResultPart





T = TypeVar("T", bound="ChatExportMessage")



@_attrs_define
class ChatExportMessage:
    """ A message of the history.

        Example:
            {'id': 43, 'created_at': '2026-08-01T10:00:09.481Z', 'role': 'assistant', 'content': [{'type': 'text', 'text':
                'Version 2.4 starts faster and fixes the export.'}]}

        Attributes:
            id (int):
            created_at (datetime.datetime):
            role (ChatMessageRole): Who a message is from. Clients never see `system` messages.
            content (list[ChatContextFilePart | ChatFilePart | ChatFileReferencePart | ChatHookNoticePart |
                ChatReasoningPart | ChatSkillPart | ChatSourcePart | ChatTextPart | ChatToolCallPart | ChatToolResultPart]):
            created_by (UUID | Unset): The user who wrote it; absent for others.
            model_config_id (UUID | Unset): The model used or asked for.
            usage (ChatMessageUsage | Unset): Tokens; a zero is left out. Example: {'input_tokens': 812, 'output_tokens':
                64, 'total_tokens': 876}.
            compaction (bool | Unset): Present and true on messages that tell of a compaction.
     """

    id: int
    created_at: datetime.datetime
    role: ChatMessageRole
    content: list[ChatContextFilePart | ChatFilePart | ChatFileReferencePart | ChatHookNoticePart | ChatReasoningPart | ChatSkillPart | ChatSourcePart | ChatTextPart | ChatToolCallPart | ChatToolResultPart]
    created_by: UUID | Unset = UNSET
    model_config_id: UUID | Unset = UNSET
    usage: ChatMessageUsage | Unset = UNSET
    compaction: bool | Unset = UNSET





    def to_dict(self) -> dict[str, Any]:
        from ..models.chat_context_file_part import ChatContextFilePart # noqa: PLC0415
        from ..models.chat_file_part import ChatFilePart # noqa: PLC0415
        from ..models.chat_file_reference_part import ChatFileReferencePart # noqa: PLC0415
        from ..models.chat_hook_notice_part import ChatHookNoticePart # noqa: PLC0415
        from ..models.chat_message_usage import ChatMessageUsage # noqa: PLC0415
        from ..models.chat_reasoning_part import ChatReasoningPart # noqa: PLC0415
        from ..models.chat_skill_part import ChatSkillPart # noqa: PLC0415
        from ..models.chat_source_part import ChatSourcePart # noqa: PLC0415
        from ..models.chat_text_part import ChatTextPart # noqa: PLC0415
        from ..models.chat_tool_call_part import ChatToolCallPart # noqa: PLC0415
        from ..models.chat_tool_result_part import ChatToolResultPart # noqa: PLC0415
        id = self.id

        created_at = self.created_at.isoformat()

        role: str = self.role

        content = []
        for content_item_data in self.content:
            content_item: dict[str, Any]
            if isinstance(content_item_data, ChatTextPart):
                content_item = content_item_data.to_dict()
            elif isinstance(content_item_data, ChatReasoningPart):
                content_item = content_item_data.to_dict()
            elif isinstance(content_item_data, ChatToolCallPart):
                content_item = content_item_data.to_dict()
            elif isinstance(content_item_data, ChatToolResultPart):
                content_item = content_item_data.to_dict()
            elif isinstance(content_item_data, ChatSourcePart):
                content_item = content_item_data.to_dict()
            elif isinstance(content_item_data, ChatFilePart):
                content_item = content_item_data.to_dict()
            elif isinstance(content_item_data, ChatFileReferencePart):
                content_item = content_item_data.to_dict()
            elif isinstance(content_item_data, ChatContextFilePart):
                content_item = content_item_data.to_dict()
            elif isinstance(content_item_data, ChatSkillPart):
                content_item = content_item_data.to_dict()
            else:
                content_item = content_item_data.to_dict()

            content.append(content_item)



        created_by: str | Unset = UNSET
        if not isinstance(self.created_by, Unset):
            created_by = str(self.created_by)

        model_config_id: str | Unset = UNSET
        if not isinstance(self.model_config_id, Unset):
            model_config_id = str(self.model_config_id)

        usage: dict[str, Any] | Unset = UNSET
        if not isinstance(self.usage, Unset):
            usage = self.usage.to_dict()

        compaction = self.compaction


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "id": id,
            "created_at": created_at,
            "role": role,
            "content": content,
        })
        if created_by is not UNSET:
            field_dict["created_by"] = created_by
        if model_config_id is not UNSET:
            field_dict["model_config_id"] = model_config_id
        if usage is not UNSET:
            field_dict["usage"] = usage
        if compaction is not UNSET:
            field_dict["compaction"] = compaction

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.chat_context_file_part import ChatContextFilePart # noqa: PLC0415
        from ..models.chat_file_part import ChatFilePart # noqa: PLC0415
        from ..models.chat_file_reference_part import ChatFileReferencePart # noqa: PLC0415
        from ..models.chat_hook_notice_part import ChatHookNoticePart # noqa: PLC0415
        from ..models.chat_message_usage import ChatMessageUsage # noqa: PLC0415
        from ..models.chat_reasoning_part import ChatReasoningPart # noqa: PLC0415
        from ..models.chat_skill_part import ChatSkillPart # noqa: PLC0415
        from ..models.chat_source_part import ChatSourcePart # noqa: PLC0415
        from ..models.chat_text_part import ChatTextPart # noqa: PLC0415
        from ..models.chat_tool_call_part import ChatToolCallPart # noqa: PLC0415
        from ..models.chat_tool_result_part import ChatToolResultPart # noqa: PLC0415
        d = dict(src_dict)
        id = d.pop("id")

        created_at = datetime.datetime.fromisoformat(d.pop("created_at"))




        role = check_chat_message_role(d.pop("role"))




        content = []
        _content = d.pop("content")
        for content_item_data in (_content):
            def _parse_content_item(data: object) -> ChatContextFilePart | ChatFilePart | ChatFileReferencePart | ChatHookNoticePart | ChatReasoningPart | ChatSkillPart | ChatSourcePart | ChatTextPart | ChatToolCallPart | ChatToolResultPart:
                try:
                    if not isinstance(data, dict):
                        raise TypeError()
                    componentsschemas_chat_message_part_type_0 = ChatTextPart.from_dict(data)



                    return componentsschemas_chat_message_part_type_0
                except (TypeError, ValueError, AttributeError, KeyError):
                    pass
                try:
                    if not isinstance(data, dict):
                        raise TypeError()
                    componentsschemas_chat_message_part_type_1 = ChatReasoningPart.from_dict(data)



                    return componentsschemas_chat_message_part_type_1
                except (TypeError, ValueError, AttributeError, KeyError):
                    pass
                try:
                    if not isinstance(data, dict):
                        raise TypeError()
                    componentsschemas_chat_message_part_type_2 = ChatToolCallPart.from_dict(data)



                    return componentsschemas_chat_message_part_type_2
                except (TypeError, ValueError, AttributeError, KeyError):
                    pass
                try:
                    if not isinstance(data, dict):
                        raise TypeError()
                    componentsschemas_chat_message_part_type_3 = ChatToolResultPart.from_dict(data)



                    return componentsschemas_chat_message_part_type_3
                except (TypeError, ValueError, AttributeError, KeyError):
                    pass
                try:
                    if not isinstance(data, dict):
                        raise TypeError()
                    componentsschemas_chat_message_part_type_4 = ChatSourcePart.from_dict(data)



                    return componentsschemas_chat_message_part_type_4
                except (TypeError, ValueError, AttributeError, KeyError):
                    pass
                try:
                    if not isinstance(data, dict):
                        raise TypeError()
                    componentsschemas_chat_message_part_type_5 = ChatFilePart.from_dict(data)



                    return componentsschemas_chat_message_part_type_5
                except (TypeError, ValueError, AttributeError, KeyError):
                    pass
                try:
                    if not isinstance(data, dict):
                        raise TypeError()
                    componentsschemas_chat_message_part_type_6 = ChatFileReferencePart.from_dict(data)



                    return componentsschemas_chat_message_part_type_6
                except (TypeError, ValueError, AttributeError, KeyError):
                    pass
                try:
                    if not isinstance(data, dict):
                        raise TypeError()
                    componentsschemas_chat_message_part_type_7 = ChatContextFilePart.from_dict(data)



                    return componentsschemas_chat_message_part_type_7
                except (TypeError, ValueError, AttributeError, KeyError):
                    pass
                try:
                    if not isinstance(data, dict):
                        raise TypeError()
                    componentsschemas_chat_message_part_type_8 = ChatSkillPart.from_dict(data)



                    return componentsschemas_chat_message_part_type_8
                except (TypeError, ValueError, AttributeError, KeyError):
                    pass
                if not isinstance(data, dict):
                    raise TypeError()
                componentsschemas_chat_message_part_type_9 = ChatHookNoticePart.from_dict(data)



                return componentsschemas_chat_message_part_type_9

            content_item = _parse_content_item(content_item_data)

            content.append(content_item)


        _created_by = d.pop("created_by", UNSET)
        created_by: UUID | Unset
        if isinstance(_created_by,  Unset):
            created_by = UNSET
        else:
            created_by = UUID(_created_by)




        _model_config_id = d.pop("model_config_id", UNSET)
        model_config_id: UUID | Unset
        if isinstance(_model_config_id,  Unset):
            model_config_id = UNSET
        else:
            model_config_id = UUID(_model_config_id)




        _usage = d.pop("usage", UNSET)
        usage: ChatMessageUsage | Unset
        if isinstance(_usage,  Unset):
            usage = UNSET
        else:
            usage = ChatMessageUsage.from_dict(_usage)




        compaction = d.pop("compaction", UNSET)

        chat_export_message = cls(
            id=id,
            created_at=created_at,
            role=role,
            content=content,
            created_by=created_by,
            model_config_id=model_config_id,
            usage=usage,
            compaction=compaction,
        )

        return chat_export_message

