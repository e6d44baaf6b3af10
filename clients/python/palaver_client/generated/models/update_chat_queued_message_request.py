from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..models.reasoning_effort_choice import check_reasoning_effort_choice
from ..models.reasoning_effort_choice import ReasoningEffortChoice
from ..types import UNSET, Unset
from typing import cast
from uuid import UUID

if TYPE_CHECKING:
  from ..models.chat_input_file_part import ChatInputFilePart
  from ..models.chat_input_file_reference_part import ChatInputFileReferencePart
  from ..models.chat_input_text_part import ChatInputTextPart





T = TypeVar("T", bound="UpdateChatQueuedMessageRequest")



@_attrs_define
class UpdateChatQueuedMessageRequest:
    """ What is to change of a message that waits. Only the keys that are present and not null act.

        Example:
            {'held': True}

        Attributes:
            content (list[ChatInputFilePart | ChatInputFileReferencePart | ChatInputTextPart] | None | Unset):
            model_config_id (None | Unset | UUID): Absent keeps the model of the entry, as does the nil UUID.
            reasoning_effort (None | ReasoningEffortChoice | Unset): Absent keeps the effort of the entry, as does the empty
                string.
            position (int | None | Unset): The place in the queue; 1 is the first.
            held (bool | None | Unset): Whether the entry is passed over until it is released.
     """

    content: list[ChatInputFilePart | ChatInputFileReferencePart | ChatInputTextPart] | None | Unset = UNSET
    model_config_id: None | Unset | UUID = UNSET
    reasoning_effort: None | ReasoningEffortChoice | Unset = UNSET
    position: int | None | Unset = UNSET
    held: bool | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)





    def to_dict(self) -> dict[str, Any]:
        from ..models.chat_input_file_part import ChatInputFilePart # noqa: PLC0415
        from ..models.chat_input_file_reference_part import ChatInputFileReferencePart # noqa: PLC0415
        from ..models.chat_input_text_part import ChatInputTextPart # noqa: PLC0415
        content: list[dict[str, Any]] | None | Unset
        if isinstance(self.content, Unset):
            content = UNSET
        elif isinstance(self.content, list):
            content = []
            for content_type_0_item_data in self.content:
                content_type_0_item: dict[str, Any]
                if isinstance(content_type_0_item_data, ChatInputTextPart):
                    content_type_0_item = content_type_0_item_data.to_dict()
                elif isinstance(content_type_0_item_data, ChatInputFilePart):
                    content_type_0_item = content_type_0_item_data.to_dict()
                else:
                    content_type_0_item = content_type_0_item_data.to_dict()

                content.append(content_type_0_item)


        else:
            content = self.content

        model_config_id: None | str | Unset
        if isinstance(self.model_config_id, Unset):
            model_config_id = UNSET
        elif isinstance(self.model_config_id, UUID):
            model_config_id = str(self.model_config_id)
        else:
            model_config_id = self.model_config_id

        reasoning_effort: None | str | Unset
        if isinstance(self.reasoning_effort, Unset):
            reasoning_effort = UNSET
        elif isinstance(self.reasoning_effort, str):
            reasoning_effort = self.reasoning_effort
        else:
            reasoning_effort = self.reasoning_effort

        position: int | None | Unset
        if isinstance(self.position, Unset):
            position = UNSET
        else:
            position = self.position

        held: bool | None | Unset
        if isinstance(self.held, Unset):
            held = UNSET
        else:
            held = self.held


        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({
        })
        if content is not UNSET:
            field_dict["content"] = content
        if model_config_id is not UNSET:
            field_dict["model_config_id"] = model_config_id
        if reasoning_effort is not UNSET:
            field_dict["reasoning_effort"] = reasoning_effort
        if position is not UNSET:
            field_dict["position"] = position
        if held is not UNSET:
            field_dict["held"] = held

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.chat_input_file_part import ChatInputFilePart # noqa: PLC0415
        from ..models.chat_input_file_reference_part import ChatInputFileReferencePart # noqa: PLC0415
        from ..models.chat_input_text_part import ChatInputTextPart # noqa: PLC0415
        d = dict(src_dict)
        def _parse_content(data: object) -> list[ChatInputFilePart | ChatInputFileReferencePart | ChatInputTextPart] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                content_type_0 = []
                _content_type_0 = data
                for content_type_0_item_data in (_content_type_0):
                    def _parse_content_type_0_item(data: object) -> ChatInputFilePart | ChatInputFileReferencePart | ChatInputTextPart:
                        try:
                            if not isinstance(data, dict):
                                raise TypeError()
                            componentsschemas_chat_input_part_type_0 = ChatInputTextPart.from_dict(data)



                            return componentsschemas_chat_input_part_type_0
                        except (TypeError, ValueError, AttributeError, KeyError):
                            pass
                        try:
                            if not isinstance(data, dict):
                                raise TypeError()
                            componentsschemas_chat_input_part_type_1 = ChatInputFilePart.from_dict(data)



                            return componentsschemas_chat_input_part_type_1
                        except (TypeError, ValueError, AttributeError, KeyError):
                            pass
                        if not isinstance(data, dict):
                            raise TypeError()
                        componentsschemas_chat_input_part_type_2 = ChatInputFileReferencePart.from_dict(data)



                        return componentsschemas_chat_input_part_type_2

                    content_type_0_item = _parse_content_type_0_item(content_type_0_item_data)

                    content_type_0.append(content_type_0_item)

                return content_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[ChatInputFilePart | ChatInputFileReferencePart | ChatInputTextPart] | None | Unset, data)

        content = _parse_content(d.pop("content", UNSET))


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


        def _parse_reasoning_effort(data: object) -> None | ReasoningEffortChoice | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                reasoning_effort_type_1 = check_reasoning_effort_choice(data)



                return reasoning_effort_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | ReasoningEffortChoice | Unset, data)

        reasoning_effort = _parse_reasoning_effort(d.pop("reasoning_effort", UNSET))


        def _parse_position(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        position = _parse_position(d.pop("position", UNSET))


        def _parse_held(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        held = _parse_held(d.pop("held", UNSET))


        update_chat_queued_message_request = cls(
            content=content,
            model_config_id=model_config_id,
            reasoning_effort=reasoning_effort,
            position=position,
            held=held,
        )


        update_chat_queued_message_request.additional_properties = d
        return update_chat_queued_message_request

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
