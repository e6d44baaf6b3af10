from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..models.chat_busy_behavior import ChatBusyBehavior
from ..models.chat_busy_behavior import check_chat_busy_behavior
from ..models.chat_plan_mode_choice import ChatPlanModeChoice
from ..models.chat_plan_mode_choice import check_chat_plan_mode_choice
from ..models.reasoning_effort_choice import check_reasoning_effort_choice
from ..models.reasoning_effort_choice import ReasoningEffortChoice
from ..types import UNSET, Unset
from typing import cast
from uuid import UUID

if TYPE_CHECKING:
  from ..models.chat_input_file_part import ChatInputFilePart
  from ..models.chat_input_file_reference_part import ChatInputFileReferencePart
  from ..models.chat_input_text_part import ChatInputTextPart





T = TypeVar("T", bound="CreateChatMessageRequest")



@_attrs_define
class CreateChatMessageRequest:
    """ A message for a chat.

        Example:
            {'content': [{'type': 'text', 'text': 'Shorten the second paragraph.'}], 'busy_behavior': 'queue'}

        Attributes:
            content (list[ChatInputFilePart | ChatInputFileReferencePart | ChatInputTextPart]):
            mcp_server_ids (list[UUID] | None | Unset): The chat's tool servers from now on, none twice; null or absent
                keeps them, `[]` clears them.
            plan_mode (ChatPlanModeChoice | None | Unset): Absent keeps the chat's planning mode.
            busy_behavior (ChatBusyBehavior | None | Unset):
            model_config_id (None | Unset | UUID): The model for this turn; the nil UUID counts as absent.
            reasoning_effort (None | ReasoningEffortChoice | Unset):
     """

    content: list[ChatInputFilePart | ChatInputFileReferencePart | ChatInputTextPart]
    mcp_server_ids: list[UUID] | None | Unset = UNSET
    plan_mode: ChatPlanModeChoice | None | Unset = UNSET
    busy_behavior: ChatBusyBehavior | None | Unset = UNSET
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



        mcp_server_ids: list[str] | None | Unset
        if isinstance(self.mcp_server_ids, Unset):
            mcp_server_ids = UNSET
        elif isinstance(self.mcp_server_ids, list):
            mcp_server_ids = []
            for mcp_server_ids_type_0_item_data in self.mcp_server_ids:
                mcp_server_ids_type_0_item = str(mcp_server_ids_type_0_item_data)
                mcp_server_ids.append(mcp_server_ids_type_0_item)


        else:
            mcp_server_ids = self.mcp_server_ids

        plan_mode: None | str | Unset
        if isinstance(self.plan_mode, Unset):
            plan_mode = UNSET
        elif isinstance(self.plan_mode, str):
            plan_mode = self.plan_mode
        else:
            plan_mode = self.plan_mode

        busy_behavior: None | str | Unset
        if isinstance(self.busy_behavior, Unset):
            busy_behavior = UNSET
        elif isinstance(self.busy_behavior, str):
            busy_behavior = self.busy_behavior
        else:
            busy_behavior = self.busy_behavior

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
        if mcp_server_ids is not UNSET:
            field_dict["mcp_server_ids"] = mcp_server_ids
        if plan_mode is not UNSET:
            field_dict["plan_mode"] = plan_mode
        if busy_behavior is not UNSET:
            field_dict["busy_behavior"] = busy_behavior
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


        def _parse_mcp_server_ids(data: object) -> list[UUID] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                mcp_server_ids_type_0 = []
                _mcp_server_ids_type_0 = data
                for mcp_server_ids_type_0_item_data in (_mcp_server_ids_type_0):
                    mcp_server_ids_type_0_item = UUID(mcp_server_ids_type_0_item_data)



                    mcp_server_ids_type_0.append(mcp_server_ids_type_0_item)

                return mcp_server_ids_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[UUID] | None | Unset, data)

        mcp_server_ids = _parse_mcp_server_ids(d.pop("mcp_server_ids", UNSET))


        def _parse_plan_mode(data: object) -> ChatPlanModeChoice | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                plan_mode_type_1 = check_chat_plan_mode_choice(data)



                return plan_mode_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(ChatPlanModeChoice | None | Unset, data)

        plan_mode = _parse_plan_mode(d.pop("plan_mode", UNSET))


        def _parse_busy_behavior(data: object) -> ChatBusyBehavior | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                busy_behavior_type_1 = check_chat_busy_behavior(data)



                return busy_behavior_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(ChatBusyBehavior | None | Unset, data)

        busy_behavior = _parse_busy_behavior(d.pop("busy_behavior", UNSET))


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


        create_chat_message_request = cls(
            content=content,
            mcp_server_ids=mcp_server_ids,
            plan_mode=plan_mode,
            busy_behavior=busy_behavior,
            model_config_id=model_config_id,
            reasoning_effort=reasoning_effort,
        )


        create_chat_message_request.additional_properties = d
        return create_chat_message_request

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
