from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..models.chat_plan_mode_choice import ChatPlanModeChoice
from ..models.chat_plan_mode_choice import check_chat_plan_mode_choice
from ..types import UNSET, Unset
from typing import cast
from uuid import UUID

if TYPE_CHECKING:
  from ..models.update_chat_request_labels_type_0 import UpdateChatRequestLabelsType0





T = TypeVar("T", bound="UpdateChatRequest")



@_attrs_define
class UpdateChatRequest:
    """ Changes of a chat; keys that are absent or null change nothing.

        Example:
            {'archived': True}

        Attributes:
            title (None | str | Unset): Trimmed; at most 200 characters then (checked behind the schema). U+0000 is dropped.
            archived (bool | None | Unset): Archive or unarchive the chat and its sub-chats.
            workspace_id (None | Unset | UUID): Only the nil UUID is accepted, and changes nothing; there are no workspaces
                here.
            pin_order (int | None | Unset): 0 unpins; another value pins the chat or moves it there.
            labels (None | Unset | UpdateChatRequestLabelsType0): All labels from now on, `{}` for none; rules as in
                `CreateChatRequest`.
            plan_mode (ChatPlanModeChoice | None | Unset):
     """

    title: None | str | Unset = UNSET
    archived: bool | None | Unset = UNSET
    workspace_id: None | Unset | UUID = UNSET
    pin_order: int | None | Unset = UNSET
    labels: None | Unset | UpdateChatRequestLabelsType0 = UNSET
    plan_mode: ChatPlanModeChoice | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)





    def to_dict(self) -> dict[str, Any]:
        from ..models.update_chat_request_labels_type_0 import UpdateChatRequestLabelsType0 # noqa: PLC0415
        title: None | str | Unset
        if isinstance(self.title, Unset):
            title = UNSET
        else:
            title = self.title

        archived: bool | None | Unset
        if isinstance(self.archived, Unset):
            archived = UNSET
        else:
            archived = self.archived

        workspace_id: None | str | Unset
        if isinstance(self.workspace_id, Unset):
            workspace_id = UNSET
        elif isinstance(self.workspace_id, UUID):
            workspace_id = str(self.workspace_id)
        else:
            workspace_id = self.workspace_id

        pin_order: int | None | Unset
        if isinstance(self.pin_order, Unset):
            pin_order = UNSET
        else:
            pin_order = self.pin_order

        labels: dict[str, Any] | None | Unset
        if isinstance(self.labels, Unset):
            labels = UNSET
        elif isinstance(self.labels, UpdateChatRequestLabelsType0):
            labels = self.labels.to_dict()
        else:
            labels = self.labels

        plan_mode: None | str | Unset
        if isinstance(self.plan_mode, Unset):
            plan_mode = UNSET
        elif isinstance(self.plan_mode, str):
            plan_mode = self.plan_mode
        else:
            plan_mode = self.plan_mode


        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({
        })
        if title is not UNSET:
            field_dict["title"] = title
        if archived is not UNSET:
            field_dict["archived"] = archived
        if workspace_id is not UNSET:
            field_dict["workspace_id"] = workspace_id
        if pin_order is not UNSET:
            field_dict["pin_order"] = pin_order
        if labels is not UNSET:
            field_dict["labels"] = labels
        if plan_mode is not UNSET:
            field_dict["plan_mode"] = plan_mode

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.update_chat_request_labels_type_0 import UpdateChatRequestLabelsType0 # noqa: PLC0415
        d = dict(src_dict)
        def _parse_title(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        title = _parse_title(d.pop("title", UNSET))


        def _parse_archived(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        archived = _parse_archived(d.pop("archived", UNSET))


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


        def _parse_pin_order(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        pin_order = _parse_pin_order(d.pop("pin_order", UNSET))


        def _parse_labels(data: object) -> None | Unset | UpdateChatRequestLabelsType0:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                labels_type_0 = UpdateChatRequestLabelsType0.from_dict(data)



                return labels_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Unset | UpdateChatRequestLabelsType0, data)

        labels = _parse_labels(d.pop("labels", UNSET))


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


        update_chat_request = cls(
            title=title,
            archived=archived,
            workspace_id=workspace_id,
            pin_order=pin_order,
            labels=labels,
            plan_mode=plan_mode,
        )


        update_chat_request.additional_properties = d
        return update_chat_request

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
