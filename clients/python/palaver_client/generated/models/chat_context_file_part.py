from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..models.chat_context_file_part_type import ChatContextFilePartType
from ..models.chat_context_file_part_type import check_chat_context_file_part_type
from ..types import UNSET, Unset
from typing import cast
from uuid import UUID






T = TypeVar("T", bound="ChatContextFilePart")



@_attrs_define
class ChatContextFilePart:
    """ An instruction file of a workspace; only in histories that came from elsewhere.

        Example:
            {'type': 'context-file', 'context_file_path': '/home/alice/AGENTS.md'}

        Attributes:
            type_ (ChatContextFilePartType):
            context_file_path (str):
            context_file_truncated (bool | Unset): The file was cut at 64 KiB.
            context_file_agent_id (None | Unset | UUID):
     """

    type_: ChatContextFilePartType
    context_file_path: str
    context_file_truncated: bool | Unset = UNSET
    context_file_agent_id: None | Unset | UUID = UNSET





    def to_dict(self) -> dict[str, Any]:
        type_: str = self.type_

        context_file_path = self.context_file_path

        context_file_truncated = self.context_file_truncated

        context_file_agent_id: None | str | Unset
        if isinstance(self.context_file_agent_id, Unset):
            context_file_agent_id = UNSET
        elif isinstance(self.context_file_agent_id, UUID):
            context_file_agent_id = str(self.context_file_agent_id)
        else:
            context_file_agent_id = self.context_file_agent_id


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "type": type_,
            "context_file_path": context_file_path,
        })
        if context_file_truncated is not UNSET:
            field_dict["context_file_truncated"] = context_file_truncated
        if context_file_agent_id is not UNSET:
            field_dict["context_file_agent_id"] = context_file_agent_id

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        type_ = check_chat_context_file_part_type(d.pop("type"))




        context_file_path = d.pop("context_file_path")

        context_file_truncated = d.pop("context_file_truncated", UNSET)

        def _parse_context_file_agent_id(data: object) -> None | Unset | UUID:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                context_file_agent_id_type_0 = UUID(data)



                return context_file_agent_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Unset | UUID, data)

        context_file_agent_id = _parse_context_file_agent_id(d.pop("context_file_agent_id", UNSET))


        chat_context_file_part = cls(
            type_=type_,
            context_file_path=context_file_path,
            context_file_truncated=context_file_truncated,
            context_file_agent_id=context_file_agent_id,
        )

        return chat_context_file_part

