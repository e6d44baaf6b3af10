from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..models.reasoning_effort import check_reasoning_effort
from ..models.reasoning_effort import ReasoningEffort
from ..types import UNSET, Unset
from typing import cast
from uuid import UUID
import datetime

if TYPE_CHECKING:
  from ..models.chat_model_call_config import ChatModelCallConfig





T = TypeVar("T", bound="ChatModelConfig")



@_attrs_define
class ChatModelConfig:
    """ A model that chats may use, with its defaults.

        Example:
            {'id': 'aa3e7c91-5d20-4b6f-9e84-c07f1a2b3d4e', 'ai_provider_id': 'd83f5b02-1c7e-49a6-8b3d-f2a90e64c715',
                'model': 'claude-sonnet-4-5', 'display_name': 'Claude Sonnet 4.5', 'enabled': True, 'is_default': True,
                'context_limit': 200000, 'compression_threshold': 70, 'created_at': '2026-08-01T10:02:10.5Z', 'updated_at':
                '2026-08-01T10:02:10.5Z'}

        Attributes:
            id (UUID): Id.
            ai_provider_id (UUID): The provider; the nil UUID when it is gone.
            model (str): The provider's name of the model.
            display_name (str): Label.
            enabled (bool): Can be chosen.
            is_default (bool): Used when nothing else is chosen.
            context_limit (int): Context window in tokens.
            compression_threshold (int): Percentage of the context window that triggers compaction.
            created_at (datetime.datetime): Creation time.
            updated_at (datetime.datetime): Time of the last change.
            model_config (ChatModelCallConfig | Unset): Defaults for each call of a model. Unknown keys are ignored and not
                stored. Example: {'max_output_tokens': 32000, 'temperature': 0.7, 'reasoning_effort': {'default': 'medium',
                'max': 'high'}, 'cost': {'input': '3', 'output': '15'}}.
            reasoning_efforts (list[ReasoningEffort] | Unset): The efforts that can be chosen for this model.
     """

    id: UUID
    ai_provider_id: UUID
    model: str
    display_name: str
    enabled: bool
    is_default: bool
    context_limit: int
    compression_threshold: int
    created_at: datetime.datetime
    updated_at: datetime.datetime
    model_config: ChatModelCallConfig | Unset = UNSET
    reasoning_efforts: list[ReasoningEffort] | Unset = UNSET





    def to_dict(self) -> dict[str, Any]:
        from ..models.chat_model_call_config import ChatModelCallConfig # noqa: PLC0415
        id = str(self.id)

        ai_provider_id = str(self.ai_provider_id)

        model = self.model

        display_name = self.display_name

        enabled = self.enabled

        is_default = self.is_default

        context_limit = self.context_limit

        compression_threshold = self.compression_threshold

        created_at = self.created_at.isoformat()

        updated_at = self.updated_at.isoformat()

        model_config: dict[str, Any] | Unset = UNSET
        if not isinstance(self.model_config, Unset):
            model_config = self.model_config.to_dict()

        reasoning_efforts: list[str] | Unset = UNSET
        if not isinstance(self.reasoning_efforts, Unset):
            reasoning_efforts = []
            for reasoning_efforts_item_data in self.reasoning_efforts:
                reasoning_efforts_item: str = reasoning_efforts_item_data
                reasoning_efforts.append(reasoning_efforts_item)




        field_dict: dict[str, Any] = {}

        field_dict.update({
            "id": id,
            "ai_provider_id": ai_provider_id,
            "model": model,
            "display_name": display_name,
            "enabled": enabled,
            "is_default": is_default,
            "context_limit": context_limit,
            "compression_threshold": compression_threshold,
            "created_at": created_at,
            "updated_at": updated_at,
        })
        if model_config is not UNSET:
            field_dict["model_config"] = model_config
        if reasoning_efforts is not UNSET:
            field_dict["reasoning_efforts"] = reasoning_efforts

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.chat_model_call_config import ChatModelCallConfig # noqa: PLC0415
        d = dict(src_dict)
        id = UUID(d.pop("id"))




        ai_provider_id = UUID(d.pop("ai_provider_id"))




        model = d.pop("model")

        display_name = d.pop("display_name")

        enabled = d.pop("enabled")

        is_default = d.pop("is_default")

        context_limit = d.pop("context_limit")

        compression_threshold = d.pop("compression_threshold")

        created_at = datetime.datetime.fromisoformat(d.pop("created_at"))




        updated_at = datetime.datetime.fromisoformat(d.pop("updated_at"))




        _model_config = d.pop("model_config", UNSET)
        model_config: ChatModelCallConfig | Unset
        if isinstance(_model_config,  Unset):
            model_config = UNSET
        else:
            model_config = ChatModelCallConfig.from_dict(_model_config)




        _reasoning_efforts = d.pop("reasoning_efforts", UNSET)
        reasoning_efforts: list[ReasoningEffort] | Unset = UNSET
        if _reasoning_efforts is not UNSET:
            reasoning_efforts = []
            for reasoning_efforts_item_data in _reasoning_efforts:
                reasoning_efforts_item = check_reasoning_effort(reasoning_efforts_item_data)



                reasoning_efforts.append(reasoning_efforts_item)


        chat_model_config = cls(
            id=id,
            ai_provider_id=ai_provider_id,
            model=model,
            display_name=display_name,
            enabled=enabled,
            is_default=is_default,
            context_limit=context_limit,
            compression_threshold=compression_threshold,
            created_at=created_at,
            updated_at=updated_at,
            model_config=model_config,
            reasoning_efforts=reasoning_efforts,
        )

        return chat_model_config

