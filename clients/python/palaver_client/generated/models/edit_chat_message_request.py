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





T = TypeVar("T", bound="EditChatMessageRequest")



@_attrs_define
class EditChatMessageRequest:
    """ What takes the place of a user message.

        Example:
            {'content': [{'type': 'text', 'text': 'Shorten the first paragraph.'}]}

        Attributes:
            content (list[ChatInputFilePart | ChatInputFileReferencePart | ChatInputTextPart]):
            model_config_id (None | Unset | UUID): Absent keeps the model of the original, as does the nil UUID.
            reasoning_effort (None | ReasoningEffortChoice | Unset): Absent keeps the effort of the original, as does the
                empty string.
     """

    content: list[ChatInputFilePart | ChatInputFileReferencePart | ChatInputTextPart]
    model_config_id: None | Unset | UUID = UNSET
    reasoning_effort: None | ReasoningEffortChoice | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)





    def to_dict(self) -> dict[str, Any]:
        from ..models.chat_input_file_part import ChatInputFilePart # noqa: PLC0415
        from ..models.chat_input_file_reference_part import ChatInputFileReferencePart # noqa: PLC0415
        from ..models.chat_input_text_part import ChatInputTextPart # noqa: PLC0415
        content = []
        for content_item_data in self.content:
            content_item: dict[str, Any]
            if isinstance(content_item_data, ChatInputTextPart):
                content_item = content_item_data.to_dict()
            elif isinstance(content_item_data, ChatInputFilePart):
                content_item = content_item_data.to_dict()
            else:
                content_item = content_item_data.to_dict()

            content.append(content_item)



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


        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({
            "content": content,
        })
        if model_config_id is not UNSET:
            field_dict["model_config_id"] = model_config_id
        if reasoning_effort is not UNSET:
            field_dict["reasoning_effort"] = reasoning_effort

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.chat_input_file_part import ChatInputFilePart # noqa: PLC0415
        from ..models.chat_input_file_reference_part import ChatInputFileReferencePart # noqa: PLC0415
        from ..models.chat_input_text_part import ChatInputTextPart # noqa: PLC0415
        d = dict(src_dict)
        content = []
        _content = d.pop("content")
        for content_item_data in (_content):
            def _parse_content_item(data: object) -> ChatInputFilePart | ChatInputFileReferencePart | ChatInputTextPart:
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

            content_item = _parse_content_item(content_item_data)

            content.append(content_item)


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


        edit_chat_message_request = cls(
            content=content,
            model_config_id=model_config_id,
            reasoning_effort=reasoning_effort,
        )


        edit_chat_message_request.additional_properties = d
        return edit_chat_message_request

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
