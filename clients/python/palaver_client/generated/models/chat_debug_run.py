from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..models.chat_debug_run_kind import ChatDebugRunKind
from ..models.chat_debug_run_kind import check_chat_debug_run_kind
from ..models.chat_debug_status import ChatDebugStatus
from ..models.chat_debug_status import check_chat_debug_status
from ..types import UNSET, Unset
from typing import cast
from uuid import UUID
import datetime

if TYPE_CHECKING:
  from ..models.chat_debug_run_facts import ChatDebugRunFacts
  from ..models.chat_debug_step import ChatDebugStep





T = TypeVar("T", bound="ChatDebugRun")



@_attrs_define
class ChatDebugRun:
    """ A recorded run with its steps.

        Example:
            {'id': '4e9d2b61-70c5-4f38-9a1e-b8d3c6f20754', 'chat_id': '9c5b3a7e-2f14-4d68-8a90-6b1e0d7c4f25',
                'root_chat_id': '9c5b3a7e-2f14-4d68-8a90-6b1e0d7c4f25', 'kind': 'quickgen', 'status': 'in_progress', 'provider':
                'anthropic', 'model': 'claude-sonnet-4-5', 'summary': {}, 'started_at': '2026-08-01T10:01:03.104Z',
                'updated_at': '2026-08-01T10:01:03.5Z', 'steps': []}

        Attributes:
            id (UUID):
            chat_id (UUID):
            kind (ChatDebugRunKind): `chat_turn`: a turn. `title_generation`: a title. `quickgen`: a short text beside the
                turns, such as a label of
                a turn. `compaction`: a summary that stands in for the history.
            status (ChatDebugStatus): `in_progress`: goes on. `completed`: has ended as it should. `error`: has failed.
                `interrupted`: was stopped, or
                whoever worked on it is gone.
            summary (ChatDebugRunFacts): Facts about all of the run: `steps`, `attempts`, tokens, `cost_micros`, the `error`
                it ended with, `truncated`
                where there was no room for a request or an answer.
                 Example: {'steps': 1, 'attempts': 1, 'cost_micros': 0}.
            started_at (datetime.datetime):
            updated_at (datetime.datetime): Last change, or last sign of life.
            steps (list[ChatDebugStep]): In order.
            root_chat_id (UUID | Unset):
            parent_chat_id (UUID | Unset): Of a sub-chat.
            model_config_id (UUID | Unset): The model that was asked last.
            trigger_message_id (int | Unset): The message that the turn answers.
            history_tip_message_id (int | Unset): The newest message when it began.
            provider (str | Unset): Type of the provider.
            model (str | Unset): Name of the model.
            finished_at (datetime.datetime | Unset): Absent while it goes on.
     """

    id: UUID
    chat_id: UUID
    kind: ChatDebugRunKind
    status: ChatDebugStatus
    summary: ChatDebugRunFacts
    started_at: datetime.datetime
    updated_at: datetime.datetime
    steps: list[ChatDebugStep]
    root_chat_id: UUID | Unset = UNSET
    parent_chat_id: UUID | Unset = UNSET
    model_config_id: UUID | Unset = UNSET
    trigger_message_id: int | Unset = UNSET
    history_tip_message_id: int | Unset = UNSET
    provider: str | Unset = UNSET
    model: str | Unset = UNSET
    finished_at: datetime.datetime | Unset = UNSET





    def to_dict(self) -> dict[str, Any]:
        from ..models.chat_debug_run_facts import ChatDebugRunFacts # noqa: PLC0415
        from ..models.chat_debug_step import ChatDebugStep # noqa: PLC0415
        id = str(self.id)

        chat_id = str(self.chat_id)

        kind: str = self.kind

        status: str = self.status

        summary = self.summary.to_dict()

        started_at = self.started_at.isoformat()

        updated_at = self.updated_at.isoformat()

        steps = []
        for steps_item_data in self.steps:
            steps_item = steps_item_data.to_dict()
            steps.append(steps_item)



        root_chat_id: str | Unset = UNSET
        if not isinstance(self.root_chat_id, Unset):
            root_chat_id = str(self.root_chat_id)

        parent_chat_id: str | Unset = UNSET
        if not isinstance(self.parent_chat_id, Unset):
            parent_chat_id = str(self.parent_chat_id)

        model_config_id: str | Unset = UNSET
        if not isinstance(self.model_config_id, Unset):
            model_config_id = str(self.model_config_id)

        trigger_message_id = self.trigger_message_id

        history_tip_message_id = self.history_tip_message_id

        provider = self.provider

        model = self.model

        finished_at: str | Unset = UNSET
        if not isinstance(self.finished_at, Unset):
            finished_at = self.finished_at.isoformat()


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "id": id,
            "chat_id": chat_id,
            "kind": kind,
            "status": status,
            "summary": summary,
            "started_at": started_at,
            "updated_at": updated_at,
            "steps": steps,
        })
        if root_chat_id is not UNSET:
            field_dict["root_chat_id"] = root_chat_id
        if parent_chat_id is not UNSET:
            field_dict["parent_chat_id"] = parent_chat_id
        if model_config_id is not UNSET:
            field_dict["model_config_id"] = model_config_id
        if trigger_message_id is not UNSET:
            field_dict["trigger_message_id"] = trigger_message_id
        if history_tip_message_id is not UNSET:
            field_dict["history_tip_message_id"] = history_tip_message_id
        if provider is not UNSET:
            field_dict["provider"] = provider
        if model is not UNSET:
            field_dict["model"] = model
        if finished_at is not UNSET:
            field_dict["finished_at"] = finished_at

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.chat_debug_run_facts import ChatDebugRunFacts # noqa: PLC0415
        from ..models.chat_debug_step import ChatDebugStep # noqa: PLC0415
        d = dict(src_dict)
        id = UUID(d.pop("id"))




        chat_id = UUID(d.pop("chat_id"))




        kind = check_chat_debug_run_kind(d.pop("kind"))




        status = check_chat_debug_status(d.pop("status"))




        summary = ChatDebugRunFacts.from_dict(d.pop("summary"))




        started_at = datetime.datetime.fromisoformat(d.pop("started_at"))




        updated_at = datetime.datetime.fromisoformat(d.pop("updated_at"))




        steps = []
        _steps = d.pop("steps")
        for steps_item_data in (_steps):
            steps_item = ChatDebugStep.from_dict(steps_item_data)



            steps.append(steps_item)


        _root_chat_id = d.pop("root_chat_id", UNSET)
        root_chat_id: UUID | Unset
        if isinstance(_root_chat_id,  Unset):
            root_chat_id = UNSET
        else:
            root_chat_id = UUID(_root_chat_id)




        _parent_chat_id = d.pop("parent_chat_id", UNSET)
        parent_chat_id: UUID | Unset
        if isinstance(_parent_chat_id,  Unset):
            parent_chat_id = UNSET
        else:
            parent_chat_id = UUID(_parent_chat_id)




        _model_config_id = d.pop("model_config_id", UNSET)
        model_config_id: UUID | Unset
        if isinstance(_model_config_id,  Unset):
            model_config_id = UNSET
        else:
            model_config_id = UUID(_model_config_id)




        trigger_message_id = d.pop("trigger_message_id", UNSET)

        history_tip_message_id = d.pop("history_tip_message_id", UNSET)

        provider = d.pop("provider", UNSET)

        model = d.pop("model", UNSET)

        _finished_at = d.pop("finished_at", UNSET)
        finished_at: datetime.datetime | Unset
        if isinstance(_finished_at,  Unset):
            finished_at = UNSET
        else:
            finished_at = datetime.datetime.fromisoformat(_finished_at)




        chat_debug_run = cls(
            id=id,
            chat_id=chat_id,
            kind=kind,
            status=status,
            summary=summary,
            started_at=started_at,
            updated_at=updated_at,
            steps=steps,
            root_chat_id=root_chat_id,
            parent_chat_id=parent_chat_id,
            model_config_id=model_config_id,
            trigger_message_id=trigger_message_id,
            history_tip_message_id=history_tip_message_id,
            provider=provider,
            model=model,
            finished_at=finished_at,
        )

        return chat_debug_run

