from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..types import UNSET, Unset
from typing import cast
from uuid import UUID
import datetime

if TYPE_CHECKING:
  from ..models.chat_context_file_part import ChatContextFilePart
  from ..models.chat_file_part import ChatFilePart
  from ..models.chat_file_reference_part import ChatFileReferencePart
  from ..models.chat_hook_notice_part import ChatHookNoticePart
  from ..models.chat_reasoning_part import ChatReasoningPart
  from ..models.chat_skill_part import ChatSkillPart
  from ..models.chat_source_part import ChatSourcePart
  from ..models.chat_text_part import ChatTextPart
  from ..models.chat_tool_call_part import ChatToolCallPart
  from ..models.chat_tool_result_part import ChatToolResultPart





T = TypeVar("T", bound="ChatQueuedMessage")



@_attrs_define
class ChatQueuedMessage:
    """ A user message that waits for its turn.

        Example:
            {'id': 3, 'chat_id': '9c5b3a7e-2f14-4d68-8a90-6b1e0d7c4f25', 'content': [{'type': 'text', 'text': 'Shorten the
                second paragraph.'}], 'created_at': '2026-08-01T10:00:08.77Z', 'version': 1}

        Attributes:
            id (int): Id of the queue entry; not a message id.
            chat_id (UUID):
            content (list[ChatContextFilePart | ChatFilePart | ChatFileReferencePart | ChatHookNoticePart |
                ChatReasoningPart | ChatSkillPart | ChatSourcePart | ChatTextPart | ChatToolCallPart | ChatToolResultPart]):
            created_at (datetime.datetime):
            version (int): Grows with every change of the entry; `If-Match` of `update-chat-queued-message` names it.
            model_config_id (UUID | Unset): The model asked for.
            held (bool | Unset): Present and true while the entry is passed over until somebody releases it.
     """

    id: int
    chat_id: UUID
    content: list[ChatContextFilePart | ChatFilePart | ChatFileReferencePart | ChatHookNoticePart | ChatReasoningPart | ChatSkillPart | ChatSourcePart | ChatTextPart | ChatToolCallPart | ChatToolResultPart]
    created_at: datetime.datetime
    version: int
    model_config_id: UUID | Unset = UNSET
    held: bool | Unset = UNSET





    def to_dict(self) -> dict[str, Any]:
        from ..models.chat_context_file_part import ChatContextFilePart # noqa: PLC0415
        from ..models.chat_file_part import ChatFilePart # noqa: PLC0415
        from ..models.chat_file_reference_part import ChatFileReferencePart # noqa: PLC0415
        from ..models.chat_hook_notice_part import ChatHookNoticePart # noqa: PLC0415
        from ..models.chat_reasoning_part import ChatReasoningPart # noqa: PLC0415
        from ..models.chat_skill_part import ChatSkillPart # noqa: PLC0415
        from ..models.chat_source_part import ChatSourcePart # noqa: PLC0415
        from ..models.chat_text_part import ChatTextPart # noqa: PLC0415
        from ..models.chat_tool_call_part import ChatToolCallPart # noqa: PLC0415
        from ..models.chat_tool_result_part import ChatToolResultPart # noqa: PLC0415
        id = self.id

        chat_id = str(self.chat_id)

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



        created_at = self.created_at.isoformat()

        version = self.version

        model_config_id: str | Unset = UNSET
        if not isinstance(self.model_config_id, Unset):
            model_config_id = str(self.model_config_id)

        held = self.held


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "id": id,
            "chat_id": chat_id,
            "content": content,
            "created_at": created_at,
            "version": version,
        })
        if model_config_id is not UNSET:
            field_dict["model_config_id"] = model_config_id
        if held is not UNSET:
            field_dict["held"] = held

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.chat_context_file_part import ChatContextFilePart # noqa: PLC0415
        from ..models.chat_file_part import ChatFilePart # noqa: PLC0415
        from ..models.chat_file_reference_part import ChatFileReferencePart # noqa: PLC0415
        from ..models.chat_hook_notice_part import ChatHookNoticePart # noqa: PLC0415
        from ..models.chat_reasoning_part import ChatReasoningPart # noqa: PLC0415
        from ..models.chat_skill_part import ChatSkillPart # noqa: PLC0415
        from ..models.chat_source_part import ChatSourcePart # noqa: PLC0415
        from ..models.chat_text_part import ChatTextPart # noqa: PLC0415
        from ..models.chat_tool_call_part import ChatToolCallPart # noqa: PLC0415
        from ..models.chat_tool_result_part import ChatToolResultPart # noqa: PLC0415
        d = dict(src_dict)
        id = d.pop("id")

        chat_id = UUID(d.pop("chat_id"))




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


        created_at = datetime.datetime.fromisoformat(d.pop("created_at"))




        version = d.pop("version")

        _model_config_id = d.pop("model_config_id", UNSET)
        model_config_id: UUID | Unset
        if isinstance(_model_config_id,  Unset):
            model_config_id = UNSET
        else:
            model_config_id = UUID(_model_config_id)




        held = d.pop("held", UNSET)

        chat_queued_message = cls(
            id=id,
            chat_id=chat_id,
            content=content,
            created_at=created_at,
            version=version,
            model_config_id=model_config_id,
            held=held,
        )

        return chat_queued_message

