from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..models.chat_client_type_choice import ChatClientTypeChoice
from ..models.chat_client_type_choice import check_chat_client_type_choice
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
  from ..models.create_chat_request_labels_type_0 import CreateChatRequestLabelsType0
  from ..models.dynamic_tool import DynamicTool





T = TypeVar("T", bound="CreateChatRequest")



@_attrs_define
class CreateChatRequest:
    """ A chat and its first message.

        Example:
            {'organization_id': '0d4c7b1e-93f2-4a8d-b6c5-17e2f08a9b34', 'content': [{'type': 'text', 'text': 'Draft the
                release notes for version 2.4.'}]}

        Attributes:
            organization_id (UUID): The nil UUID counts as missing.
            content (list[ChatInputFilePart | ChatInputFileReferencePart | ChatInputTextPart]):
            system_prompt (None | str | Unset): Goes before the history of this chat. At most 10000 bytes of UTF-8 (checked
                behind the schema).
            workspace_id (None | Unset | UUID): Only null and the nil UUID are accepted; there are no workspaces here.
            model_config_id (None | Unset | UUID): The model; absent means the default one.
            plan_mode (ChatPlanModeChoice | None | Unset):
            mcp_server_ids (list[UUID] | None | Unset): Tool servers for the chat, none twice.
            labels (CreateChatRequestLabelsType0 | None | Unset): At most 50. Keys match `^[a-zA-Z0-9][a-zA-Z0-9._/-]*$` and
                have at most 64 bytes, values 1 to 256 bytes
                (checked behind the schema, all broken rules are told at once).
            unsafe_dynamic_tools (list[DynamicTool] | None | Unset): Tools that the client executes. What they return goes
                to the model as it is.
            client_type (ChatClientTypeChoice | None | Unset): Absent means `api`.
            reasoning_effort (None | ReasoningEffortChoice | Unset):
     """

    organization_id: UUID
    content: list[ChatInputFilePart | ChatInputFileReferencePart | ChatInputTextPart]
    system_prompt: None | str | Unset = UNSET
    workspace_id: None | Unset | UUID = UNSET
    model_config_id: None | Unset | UUID = UNSET
    plan_mode: ChatPlanModeChoice | None | Unset = UNSET
    mcp_server_ids: list[UUID] | None | Unset = UNSET
    labels: CreateChatRequestLabelsType0 | None | Unset = UNSET
    unsafe_dynamic_tools: list[DynamicTool] | None | Unset = UNSET
    client_type: ChatClientTypeChoice | None | Unset = UNSET
    reasoning_effort: None | ReasoningEffortChoice | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)





    def to_dict(self) -> dict[str, Any]:
        from ..models.chat_input_file_part import ChatInputFilePart # noqa: PLC0415
        from ..models.chat_input_file_reference_part import ChatInputFileReferencePart # noqa: PLC0415
        from ..models.chat_input_text_part import ChatInputTextPart # noqa: PLC0415
        from ..models.create_chat_request_labels_type_0 import CreateChatRequestLabelsType0 # noqa: PLC0415
        from ..models.dynamic_tool import DynamicTool # noqa: PLC0415
        organization_id = str(self.organization_id)

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



        system_prompt: None | str | Unset
        if isinstance(self.system_prompt, Unset):
            system_prompt = UNSET
        else:
            system_prompt = self.system_prompt

        workspace_id: None | str | Unset
        if isinstance(self.workspace_id, Unset):
            workspace_id = UNSET
        elif isinstance(self.workspace_id, UUID):
            workspace_id = str(self.workspace_id)
        else:
            workspace_id = self.workspace_id

        model_config_id: None | str | Unset
        if isinstance(self.model_config_id, Unset):
            model_config_id = UNSET
        elif isinstance(self.model_config_id, UUID):
            model_config_id = str(self.model_config_id)
        else:
            model_config_id = self.model_config_id

        plan_mode: None | str | Unset
        if isinstance(self.plan_mode, Unset):
            plan_mode = UNSET
        elif isinstance(self.plan_mode, str):
            plan_mode = self.plan_mode
        else:
            plan_mode = self.plan_mode

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

        labels: dict[str, Any] | None | Unset
        if isinstance(self.labels, Unset):
            labels = UNSET
        elif isinstance(self.labels, CreateChatRequestLabelsType0):
            labels = self.labels.to_dict()
        else:
            labels = self.labels

        unsafe_dynamic_tools: list[dict[str, Any]] | None | Unset
        if isinstance(self.unsafe_dynamic_tools, Unset):
            unsafe_dynamic_tools = UNSET
        elif isinstance(self.unsafe_dynamic_tools, list):
            unsafe_dynamic_tools = []
            for unsafe_dynamic_tools_type_0_item_data in self.unsafe_dynamic_tools:
                unsafe_dynamic_tools_type_0_item = unsafe_dynamic_tools_type_0_item_data.to_dict()
                unsafe_dynamic_tools.append(unsafe_dynamic_tools_type_0_item)


        else:
            unsafe_dynamic_tools = self.unsafe_dynamic_tools

        client_type: None | str | Unset
        if isinstance(self.client_type, Unset):
            client_type = UNSET
        elif isinstance(self.client_type, str):
            client_type = self.client_type
        else:
            client_type = self.client_type

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
            "organization_id": organization_id,
            "content": content,
        })
        if system_prompt is not UNSET:
            field_dict["system_prompt"] = system_prompt
        if workspace_id is not UNSET:
            field_dict["workspace_id"] = workspace_id
        if model_config_id is not UNSET:
            field_dict["model_config_id"] = model_config_id
        if plan_mode is not UNSET:
            field_dict["plan_mode"] = plan_mode
        if mcp_server_ids is not UNSET:
            field_dict["mcp_server_ids"] = mcp_server_ids
        if labels is not UNSET:
            field_dict["labels"] = labels
        if unsafe_dynamic_tools is not UNSET:
            field_dict["unsafe_dynamic_tools"] = unsafe_dynamic_tools
        if client_type is not UNSET:
            field_dict["client_type"] = client_type
        if reasoning_effort is not UNSET:
            field_dict["reasoning_effort"] = reasoning_effort

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.chat_input_file_part import ChatInputFilePart # noqa: PLC0415
        from ..models.chat_input_file_reference_part import ChatInputFileReferencePart # noqa: PLC0415
        from ..models.chat_input_text_part import ChatInputTextPart # noqa: PLC0415
        from ..models.create_chat_request_labels_type_0 import CreateChatRequestLabelsType0 # noqa: PLC0415
        from ..models.dynamic_tool import DynamicTool # noqa: PLC0415
        d = dict(src_dict)
        organization_id = UUID(d.pop("organization_id"))




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


        def _parse_system_prompt(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        system_prompt = _parse_system_prompt(d.pop("system_prompt", UNSET))


        def _parse_workspace_id(data: object) -> None | Unset | UUID:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                workspace_id_type_0 = UUID(data)



                return workspace_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Unset | UUID, data)

        workspace_id = _parse_workspace_id(d.pop("workspace_id", UNSET))


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


        def _parse_labels(data: object) -> CreateChatRequestLabelsType0 | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                labels_type_0 = CreateChatRequestLabelsType0.from_dict(data)



                return labels_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(CreateChatRequestLabelsType0 | None | Unset, data)

        labels = _parse_labels(d.pop("labels", UNSET))


        def _parse_unsafe_dynamic_tools(data: object) -> list[DynamicTool] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                unsafe_dynamic_tools_type_0 = []
                _unsafe_dynamic_tools_type_0 = data
                for unsafe_dynamic_tools_type_0_item_data in (_unsafe_dynamic_tools_type_0):
                    unsafe_dynamic_tools_type_0_item = DynamicTool.from_dict(unsafe_dynamic_tools_type_0_item_data)



                    unsafe_dynamic_tools_type_0.append(unsafe_dynamic_tools_type_0_item)

                return unsafe_dynamic_tools_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[DynamicTool] | None | Unset, data)

        unsafe_dynamic_tools = _parse_unsafe_dynamic_tools(d.pop("unsafe_dynamic_tools", UNSET))


        def _parse_client_type(data: object) -> ChatClientTypeChoice | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                client_type_type_1 = check_chat_client_type_choice(data)



                return client_type_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(ChatClientTypeChoice | None | Unset, data)

        client_type = _parse_client_type(d.pop("client_type", UNSET))


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


        create_chat_request = cls(
            organization_id=organization_id,
            content=content,
            system_prompt=system_prompt,
            workspace_id=workspace_id,
            model_config_id=model_config_id,
            plan_mode=plan_mode,
            mcp_server_ids=mcp_server_ids,
            labels=labels,
            unsafe_dynamic_tools=unsafe_dynamic_tools,
            client_type=client_type,
            reasoning_effort=reasoning_effort,
        )


        create_chat_request.additional_properties = d
        return create_chat_request

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
