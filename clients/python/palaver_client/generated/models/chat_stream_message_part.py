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





T = TypeVar("T", bound="ChatStreamMessagePart")



@_attrs_define
class ChatStreamMessagePart:
    """ A live piece and its place.

        Example:
            {'role': 'assistant', 'part': {'type': 'text', 'text': 'Version 2.4'}, 'history_version': 12,
                'generation_attempt': 1, 'seq': 1}

        Attributes:
            part (ChatContextFilePart | ChatFilePart | ChatFileReferencePart | ChatHookNoticePart | ChatReasoningPart |
                ChatSkillPart | ChatSourcePart | ChatTextPart | ChatToolCallPart | ChatToolResultPart): One part of a message,
                stored or live. Example: {'type': 'text', 'text': 'Version 2.4 starts faster and fixes the export.'}.
            role (ChatMessageRole | Unset): Who a message is from. Clients never see `system` messages.
            history_version (int | Unset): The history that the attempt stands on.
            generation_attempt (int | Unset): The attempt; absent for 0.
            seq (int | Unset): Counts the parts of an attempt without a gap.
     """

    part: ChatContextFilePart | ChatFilePart | ChatFileReferencePart | ChatHookNoticePart | ChatReasoningPart | ChatSkillPart | ChatSourcePart | ChatTextPart | ChatToolCallPart | ChatToolResultPart
    role: ChatMessageRole | Unset = UNSET
    history_version: int | Unset = UNSET
    generation_attempt: int | Unset = UNSET
    seq: int | Unset = UNSET





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
        part: dict[str, Any]
        if isinstance(self.part, ChatTextPart):
            part = self.part.to_dict()
        elif isinstance(self.part, ChatReasoningPart):
            part = self.part.to_dict()
        elif isinstance(self.part, ChatToolCallPart):
            part = self.part.to_dict()
        elif isinstance(self.part, ChatToolResultPart):
            part = self.part.to_dict()
        elif isinstance(self.part, ChatSourcePart):
            part = self.part.to_dict()
        elif isinstance(self.part, ChatFilePart):
            part = self.part.to_dict()
        elif isinstance(self.part, ChatFileReferencePart):
            part = self.part.to_dict()
        elif isinstance(self.part, ChatContextFilePart):
            part = self.part.to_dict()
        elif isinstance(self.part, ChatSkillPart):
            part = self.part.to_dict()
        else:
            part = self.part.to_dict()


        role: str | Unset = UNSET
        if not isinstance(self.role, Unset):
            role = self.role


        history_version = self.history_version

        generation_attempt = self.generation_attempt

        seq = self.seq


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "part": part,
        })
        if role is not UNSET:
            field_dict["role"] = role
        if history_version is not UNSET:
            field_dict["history_version"] = history_version
        if generation_attempt is not UNSET:
            field_dict["generation_attempt"] = generation_attempt
        if seq is not UNSET:
            field_dict["seq"] = seq

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
        def _parse_part(data: object) -> ChatContextFilePart | ChatFilePart | ChatFileReferencePart | ChatHookNoticePart | ChatReasoningPart | ChatSkillPart | ChatSourcePart | ChatTextPart | ChatToolCallPart | ChatToolResultPart:
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

        part = _parse_part(d.pop("part"))


        _role = d.pop("role", UNSET)
        role: ChatMessageRole | Unset
        if isinstance(_role,  Unset):
            role = UNSET
        else:
            role = check_chat_message_role(_role)




        history_version = d.pop("history_version", UNSET)

        generation_attempt = d.pop("generation_attempt", UNSET)

        seq = d.pop("seq", UNSET)

        chat_stream_message_part = cls(
            part=part,
            role=role,
            history_version=history_version,
            generation_attempt=generation_attempt,
            seq=seq,
        )

        return chat_stream_message_part

