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





T = TypeVar("T", bound="ChatDebugRunSummary")



@_attrs_define
class ChatDebugRunSummary:
    """ A recorded run, in lists.

        Example:
            {'id': '4e9d2b61-70c5-4f38-9a1e-b8d3c6f20754', 'chat_id': '9c5b3a7e-2f14-4d68-8a90-6b1e0d7c4f25', 'kind':
                'chat_turn', 'status': 'completed', 'provider': 'anthropic', 'model': 'claude-sonnet-4-5', 'summary': {'steps':
                1, 'attempts': 1, 'input_tokens': 812, 'output_tokens': 64, 'cost_micros': 3396}, 'started_at':
                '2026-08-01T10:01:00.104Z', 'updated_at': '2026-08-01T10:01:03.5Z', 'finished_at': '2026-08-01T10:01:03.021Z'}

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
    provider: str | Unset = UNSET
    model: str | Unset = UNSET
    finished_at: datetime.datetime | Unset = UNSET





    def to_dict(self) -> dict[str, Any]:
        from ..models.chat_debug_run_facts import ChatDebugRunFacts # noqa: PLC0415
        id = str(self.id)

        chat_id = str(self.chat_id)

        kind: str = self.kind

        status: str = self.status

        summary = self.summary.to_dict()

        started_at = self.started_at.isoformat()

        updated_at = self.updated_at.isoformat()

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
        })
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
        d = dict(src_dict)
        id = UUID(d.pop("id"))




        chat_id = UUID(d.pop("chat_id"))




        kind = check_chat_debug_run_kind(d.pop("kind"))




        status = check_chat_debug_status(d.pop("status"))




        summary = ChatDebugRunFacts.from_dict(d.pop("summary"))




        started_at = datetime.datetime.fromisoformat(d.pop("started_at"))




        updated_at = datetime.datetime.fromisoformat(d.pop("updated_at"))




        provider = d.pop("provider", UNSET)

        model = d.pop("model", UNSET)

        _finished_at = d.pop("finished_at", UNSET)
        finished_at: datetime.datetime | Unset
        if isinstance(_finished_at,  Unset):
            finished_at = UNSET
        else:
            finished_at = datetime.datetime.fromisoformat(_finished_at)




        chat_debug_run_summary = cls(
            id=id,
            chat_id=chat_id,
            kind=kind,
            status=status,
            summary=summary,
            started_at=started_at,
            updated_at=updated_at,
            provider=provider,
            model=model,
            finished_at=finished_at,
        )

        return chat_debug_run_summary

