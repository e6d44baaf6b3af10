from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..models.chat_personal_model_override_context import ChatPersonalModelOverrideContext
from ..models.chat_personal_model_override_context import check_chat_personal_model_override_context
from ..models.chat_personal_model_override_mode import ChatPersonalModelOverrideMode
from ..models.chat_personal_model_override_mode import check_chat_personal_model_override_mode
from ..types import UNSET, Unset
from typing import cast






T = TypeVar("T", bound="ChatPersonalModelOverride")



@_attrs_define
class ChatPersonalModelOverride:
    """ A user's choice for one kind of chat.

        Example:
            {'context': 'root', 'mode': 'chat_default', 'model_config_id': '', 'is_set': False, 'is_malformed': False}

        Attributes:
            context (ChatPersonalModelOverrideContext): A kind of chat for which a user may choose a model.
            mode (ChatPersonalModelOverrideMode): Whose choice counts: the chat's, the deployment's, or the model that is
                named.
            model_config_id (str): Id of the model config; empty unless the mode is model.
            is_set (bool): The user has stored a choice.
            is_malformed (bool): What is stored cannot be read; it counts as not set.
            reasoning_effort (str | Unset): Effort, where one is set.
     """

    context: ChatPersonalModelOverrideContext
    mode: ChatPersonalModelOverrideMode
    model_config_id: str
    is_set: bool
    is_malformed: bool
    reasoning_effort: str | Unset = UNSET





    def to_dict(self) -> dict[str, Any]:
        context: str = self.context

        mode: str = self.mode

        model_config_id = self.model_config_id

        is_set = self.is_set

        is_malformed = self.is_malformed

        reasoning_effort = self.reasoning_effort


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "context": context,
            "mode": mode,
            "model_config_id": model_config_id,
            "is_set": is_set,
            "is_malformed": is_malformed,
        })
        if reasoning_effort is not UNSET:
            field_dict["reasoning_effort"] = reasoning_effort

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        context = check_chat_personal_model_override_context(d.pop("context"))




        mode = check_chat_personal_model_override_mode(d.pop("mode"))




        model_config_id = d.pop("model_config_id")

        is_set = d.pop("is_set")

        is_malformed = d.pop("is_malformed")

        reasoning_effort = d.pop("reasoning_effort", UNSET)

        chat_personal_model_override = cls(
            context=context,
            mode=mode,
            model_config_id=model_config_id,
            is_set=is_set,
            is_malformed=is_malformed,
            reasoning_effort=reasoning_effort,
        )

        return chat_personal_model_override

