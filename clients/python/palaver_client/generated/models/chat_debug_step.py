from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..models.chat_debug_status import ChatDebugStatus
from ..models.chat_debug_status import check_chat_debug_status
from ..models.chat_debug_step_operation import ChatDebugStepOperation
from ..models.chat_debug_step_operation import check_chat_debug_step_operation
from ..types import UNSET, Unset
from typing import cast
from uuid import UUID
import datetime

if TYPE_CHECKING:
  from ..models.chat_debug_step_attempts_item import ChatDebugStepAttemptsItem
  from ..models.chat_debug_step_error import ChatDebugStepError
  from ..models.chat_debug_step_metadata import ChatDebugStepMetadata
  from ..models.chat_debug_step_normalized_request import ChatDebugStepNormalizedRequest
  from ..models.chat_debug_step_normalized_response import ChatDebugStepNormalizedResponse
  from ..models.chat_debug_step_usage import ChatDebugStepUsage





T = TypeVar("T", bound="ChatDebugStep")



@_attrs_define
class ChatDebugStep:
    """ One model call of a recorded run.

        Example:
            {'id': '0c84f6d1-52ab-4e97-b3d0-7f19a5c8e264', 'run_id': '4e9d2b61-70c5-4f38-9a1e-b8d3c6f20754', 'chat_id':
                '9c5b3a7e-2f14-4d68-8a90-6b1e0d7c4f25', 'step_number': 1, 'operation': 'stream', 'status': 'in_progress',
                'history_tip_message_id': 45, 'normalized_request': {'provider': 'anthropic', 'model': 'claude-sonnet-4-5',
                'options': {}, 'messages': [{'role': 'user', 'content': [{'type': 'text', 'text': 'Shorten the second
                paragraph.'}]}], 'tools': []}, 'attempts': [{'number': 1, 'status': 'in_progress', 'started_at':
                '2026-08-01T10:01:00.104Z'}], 'metadata': {}, 'started_at': '2026-08-01T10:01:00.104Z', 'updated_at':
                '2026-08-01T10:01:00.6Z'}

        Attributes:
            id (UUID):
            run_id (UUID):
            chat_id (UUID):
            step_number (int): From 1 on.
            operation (ChatDebugStepOperation): How the answer was taken: `stream`, part by part, or `generate`, as a whole.
            status (ChatDebugStatus): `in_progress`: goes on. `completed`: has ended as it should. `error`: has failed.
                `interrupted`: was stopped, or
                whoever worked on it is gone.
            normalized_request (ChatDebugStepNormalizedRequest): The request: `provider`, `model`, `options` as configured,
                `reasoning_effort`, `tools`, and `messages` of
                `role` and `content`.
            attempts (list[ChatDebugStepAttemptsItem]): The tries, each with `number`, `status` and `started_at`, once it is
                over `finished_at` and `duration_ms`,
                and if it failed `error` (as in ChatError), `response_status` and `retry_delay_ms`.
            metadata (ChatDebugStepMetadata): What else is known: `reasoning_effort`, `finish_reason`, `cost_micros`.
            started_at (datetime.datetime):
            updated_at (datetime.datetime): Last change.
            history_tip_message_id (int | Unset): The newest message that was sent along.
            assistant_message_id (int | Unset): The message that holds the answer.
            normalized_response (ChatDebugStepNormalizedResponse | Unset): The answer: its `content` and its
                `finish_reason`. Absent while there is none.
            usage (ChatDebugStepUsage | Unset): Tokens, as in ChatMessageUsage.
            error (ChatDebugStepError | Unset): Why it failed, as in ChatError.
            finished_at (datetime.datetime | Unset): Absent while it goes on.
     """

    id: UUID
    run_id: UUID
    chat_id: UUID
    step_number: int
    operation: ChatDebugStepOperation
    status: ChatDebugStatus
    normalized_request: ChatDebugStepNormalizedRequest
    attempts: list[ChatDebugStepAttemptsItem]
    metadata: ChatDebugStepMetadata
    started_at: datetime.datetime
    updated_at: datetime.datetime
    history_tip_message_id: int | Unset = UNSET
    assistant_message_id: int | Unset = UNSET
    normalized_response: ChatDebugStepNormalizedResponse | Unset = UNSET
    usage: ChatDebugStepUsage | Unset = UNSET
    error: ChatDebugStepError | Unset = UNSET
    finished_at: datetime.datetime | Unset = UNSET





    def to_dict(self) -> dict[str, Any]:
        from ..models.chat_debug_step_attempts_item import ChatDebugStepAttemptsItem # noqa: PLC0415
        from ..models.chat_debug_step_error import ChatDebugStepError # noqa: PLC0415
        from ..models.chat_debug_step_metadata import ChatDebugStepMetadata # noqa: PLC0415
        from ..models.chat_debug_step_normalized_request import ChatDebugStepNormalizedRequest # noqa: PLC0415
        from ..models.chat_debug_step_normalized_response import ChatDebugStepNormalizedResponse # noqa: PLC0415
        from ..models.chat_debug_step_usage import ChatDebugStepUsage # noqa: PLC0415
        id = str(self.id)

        run_id = str(self.run_id)

        chat_id = str(self.chat_id)

        step_number = self.step_number

        operation: str = self.operation

        status: str = self.status

        normalized_request = self.normalized_request.to_dict()

        attempts = []
        for attempts_item_data in self.attempts:
            attempts_item = attempts_item_data.to_dict()
            attempts.append(attempts_item)



        metadata = self.metadata.to_dict()

        started_at = self.started_at.isoformat()

        updated_at = self.updated_at.isoformat()

        history_tip_message_id = self.history_tip_message_id

        assistant_message_id = self.assistant_message_id

        normalized_response: dict[str, Any] | Unset = UNSET
        if not isinstance(self.normalized_response, Unset):
            normalized_response = self.normalized_response.to_dict()

        usage: dict[str, Any] | Unset = UNSET
        if not isinstance(self.usage, Unset):
            usage = self.usage.to_dict()

        error: dict[str, Any] | Unset = UNSET
        if not isinstance(self.error, Unset):
            error = self.error.to_dict()

        finished_at: str | Unset = UNSET
        if not isinstance(self.finished_at, Unset):
            finished_at = self.finished_at.isoformat()


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "id": id,
            "run_id": run_id,
            "chat_id": chat_id,
            "step_number": step_number,
            "operation": operation,
            "status": status,
            "normalized_request": normalized_request,
            "attempts": attempts,
            "metadata": metadata,
            "started_at": started_at,
            "updated_at": updated_at,
        })
        if history_tip_message_id is not UNSET:
            field_dict["history_tip_message_id"] = history_tip_message_id
        if assistant_message_id is not UNSET:
            field_dict["assistant_message_id"] = assistant_message_id
        if normalized_response is not UNSET:
            field_dict["normalized_response"] = normalized_response
        if usage is not UNSET:
            field_dict["usage"] = usage
        if error is not UNSET:
            field_dict["error"] = error
        if finished_at is not UNSET:
            field_dict["finished_at"] = finished_at

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.chat_debug_step_attempts_item import ChatDebugStepAttemptsItem # noqa: PLC0415
        from ..models.chat_debug_step_error import ChatDebugStepError # noqa: PLC0415
        from ..models.chat_debug_step_metadata import ChatDebugStepMetadata # noqa: PLC0415
        from ..models.chat_debug_step_normalized_request import ChatDebugStepNormalizedRequest # noqa: PLC0415
        from ..models.chat_debug_step_normalized_response import ChatDebugStepNormalizedResponse # noqa: PLC0415
        from ..models.chat_debug_step_usage import ChatDebugStepUsage # noqa: PLC0415
        d = dict(src_dict)
        id = UUID(d.pop("id"))




        run_id = UUID(d.pop("run_id"))




        chat_id = UUID(d.pop("chat_id"))




        step_number = d.pop("step_number")

        operation = check_chat_debug_step_operation(d.pop("operation"))




        status = check_chat_debug_status(d.pop("status"))




        normalized_request = ChatDebugStepNormalizedRequest.from_dict(d.pop("normalized_request"))




        attempts = []
        _attempts = d.pop("attempts")
        for attempts_item_data in (_attempts):
            attempts_item = ChatDebugStepAttemptsItem.from_dict(attempts_item_data)



            attempts.append(attempts_item)


        metadata = ChatDebugStepMetadata.from_dict(d.pop("metadata"))




        started_at = datetime.datetime.fromisoformat(d.pop("started_at"))




        updated_at = datetime.datetime.fromisoformat(d.pop("updated_at"))




        history_tip_message_id = d.pop("history_tip_message_id", UNSET)

        assistant_message_id = d.pop("assistant_message_id", UNSET)

        _normalized_response = d.pop("normalized_response", UNSET)
        normalized_response: ChatDebugStepNormalizedResponse | Unset
        if isinstance(_normalized_response,  Unset):
            normalized_response = UNSET
        else:
            normalized_response = ChatDebugStepNormalizedResponse.from_dict(_normalized_response)




        _usage = d.pop("usage", UNSET)
        usage: ChatDebugStepUsage | Unset
        if isinstance(_usage,  Unset):
            usage = UNSET
        else:
            usage = ChatDebugStepUsage.from_dict(_usage)




        _error = d.pop("error", UNSET)
        error: ChatDebugStepError | Unset
        if isinstance(_error,  Unset):
            error = UNSET
        else:
            error = ChatDebugStepError.from_dict(_error)




        _finished_at = d.pop("finished_at", UNSET)
        finished_at: datetime.datetime | Unset
        if isinstance(_finished_at,  Unset):
            finished_at = UNSET
        else:
            finished_at = datetime.datetime.fromisoformat(_finished_at)




        chat_debug_step = cls(
            id=id,
            run_id=run_id,
            chat_id=chat_id,
            step_number=step_number,
            operation=operation,
            status=status,
            normalized_request=normalized_request,
            attempts=attempts,
            metadata=metadata,
            started_at=started_at,
            updated_at=updated_at,
            history_tip_message_id=history_tip_message_id,
            assistant_message_id=assistant_message_id,
            normalized_response=normalized_response,
            usage=usage,
            error=error,
            finished_at=finished_at,
        )

        return chat_debug_step

