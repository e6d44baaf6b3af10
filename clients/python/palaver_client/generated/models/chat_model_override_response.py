from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..models.chat_model_override_context import ChatModelOverrideContext
from ..models.chat_model_override_context import check_chat_model_override_context
from ..types import UNSET, Unset
from typing import cast






T = TypeVar("T", bound="ChatModelOverrideResponse")



@_attrs_define
class ChatModelOverrideResponse:
    """ The deployment's model for a purpose.

        Example:
            {'context': 'compaction', 'model_config_id': '', 'is_malformed': False}

        Attributes:
            context (ChatModelOverrideContext): A purpose for which the deployment may set a model.
            model_config_id (str): Id of the model config; empty when none is set.
            is_malformed (bool): What is stored cannot be read; it counts as not set.
            reasoning_effort (str | Unset): Effort, where one is set.
     """

    context: ChatModelOverrideContext
    model_config_id: str
    is_malformed: bool
    reasoning_effort: str | Unset = UNSET





    def to_dict(self) -> dict[str, Any]:
        context: str = self.context

        model_config_id = self.model_config_id

        is_malformed = self.is_malformed

        reasoning_effort = self.reasoning_effort


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "context": context,
            "model_config_id": model_config_id,
            "is_malformed": is_malformed,
        })
        if reasoning_effort is not UNSET:
            field_dict["reasoning_effort"] = reasoning_effort

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        context = check_chat_model_override_context(d.pop("context"))




        model_config_id = d.pop("model_config_id")

        is_malformed = d.pop("is_malformed")

        reasoning_effort = d.pop("reasoning_effort", UNSET)

        chat_model_override_response = cls(
            context=context,
            model_config_id=model_config_id,
            is_malformed=is_malformed,
            reasoning_effort=reasoning_effort,
        )

        return chat_model_override_response

