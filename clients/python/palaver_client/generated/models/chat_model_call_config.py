from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..types import UNSET, Unset
from typing import cast

if TYPE_CHECKING:
  from ..models.chat_model_cost import ChatModelCost
  from ..models.chat_model_open_ai_config import ChatModelOpenAIConfig
  from ..models.chat_model_provider_options import ChatModelProviderOptions
  from ..models.chat_model_reasoning_effort_config import ChatModelReasoningEffortConfig





T = TypeVar("T", bound="ChatModelCallConfig")



@_attrs_define
class ChatModelCallConfig:
    """ Defaults for each call of a model. Unknown keys are ignored and not stored.

        Example:
            {'max_output_tokens': 32000, 'temperature': 0.7, 'reasoning_effort': {'default': 'medium', 'max': 'high'},
                'cost': {'input': '3', 'output': '15'}}

        Attributes:
            max_output_tokens (int | None | Unset): Most tokens that an answer may have.
            temperature (float | None | Unset): Sampling temperature.
            top_p (float | None | Unset): Nucleus sampling.
            top_k (int | None | Unset): Top-k sampling.
            presence_penalty (float | None | Unset): Presence penalty.
            frequency_penalty (float | None | Unset): Frequency penalty.
            reasoning_effort (ChatModelReasoningEffortConfig | None | Unset):
            openai_config (ChatModelOpenAIConfig | None | Unset):
            provider_options (ChatModelProviderOptions | None | Unset):
            cost (ChatModelCost | None | Unset): The model's price, where the built-in price list does not know it or is
                wrong.
     """

    max_output_tokens: int | None | Unset = UNSET
    temperature: float | None | Unset = UNSET
    top_p: float | None | Unset = UNSET
    top_k: int | None | Unset = UNSET
    presence_penalty: float | None | Unset = UNSET
    frequency_penalty: float | None | Unset = UNSET
    reasoning_effort: ChatModelReasoningEffortConfig | None | Unset = UNSET
    openai_config: ChatModelOpenAIConfig | None | Unset = UNSET
    provider_options: ChatModelProviderOptions | None | Unset = UNSET
    cost: ChatModelCost | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)





    def to_dict(self) -> dict[str, Any]:
        from ..models.chat_model_cost import ChatModelCost # noqa: PLC0415
        from ..models.chat_model_open_ai_config import ChatModelOpenAIConfig # noqa: PLC0415
        from ..models.chat_model_provider_options import ChatModelProviderOptions # noqa: PLC0415
        from ..models.chat_model_reasoning_effort_config import ChatModelReasoningEffortConfig # noqa: PLC0415
        max_output_tokens: int | None | Unset
        if isinstance(self.max_output_tokens, Unset):
            max_output_tokens = UNSET
        else:
            max_output_tokens = self.max_output_tokens

        temperature: float | None | Unset
        if isinstance(self.temperature, Unset):
            temperature = UNSET
        else:
            temperature = self.temperature

        top_p: float | None | Unset
        if isinstance(self.top_p, Unset):
            top_p = UNSET
        else:
            top_p = self.top_p

        top_k: int | None | Unset
        if isinstance(self.top_k, Unset):
            top_k = UNSET
        else:
            top_k = self.top_k

        presence_penalty: float | None | Unset
        if isinstance(self.presence_penalty, Unset):
            presence_penalty = UNSET
        else:
            presence_penalty = self.presence_penalty

        frequency_penalty: float | None | Unset
        if isinstance(self.frequency_penalty, Unset):
            frequency_penalty = UNSET
        else:
            frequency_penalty = self.frequency_penalty

        reasoning_effort: dict[str, Any] | None | Unset
        if isinstance(self.reasoning_effort, Unset):
            reasoning_effort = UNSET
        elif isinstance(self.reasoning_effort, ChatModelReasoningEffortConfig):
            reasoning_effort = self.reasoning_effort.to_dict()
        else:
            reasoning_effort = self.reasoning_effort

        openai_config: dict[str, Any] | None | Unset
        if isinstance(self.openai_config, Unset):
            openai_config = UNSET
        elif isinstance(self.openai_config, ChatModelOpenAIConfig):
            openai_config = self.openai_config.to_dict()
        else:
            openai_config = self.openai_config

        provider_options: dict[str, Any] | None | Unset
        if isinstance(self.provider_options, Unset):
            provider_options = UNSET
        elif isinstance(self.provider_options, ChatModelProviderOptions):
            provider_options = self.provider_options.to_dict()
        else:
            provider_options = self.provider_options

        cost: dict[str, Any] | None | Unset
        if isinstance(self.cost, Unset):
            cost = UNSET
        elif isinstance(self.cost, ChatModelCost):
            cost = self.cost.to_dict()
        else:
            cost = self.cost


        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({
        })
        if max_output_tokens is not UNSET:
            field_dict["max_output_tokens"] = max_output_tokens
        if temperature is not UNSET:
            field_dict["temperature"] = temperature
        if top_p is not UNSET:
            field_dict["top_p"] = top_p
        if top_k is not UNSET:
            field_dict["top_k"] = top_k
        if presence_penalty is not UNSET:
            field_dict["presence_penalty"] = presence_penalty
        if frequency_penalty is not UNSET:
            field_dict["frequency_penalty"] = frequency_penalty
        if reasoning_effort is not UNSET:
            field_dict["reasoning_effort"] = reasoning_effort
        if openai_config is not UNSET:
            field_dict["openai_config"] = openai_config
        if provider_options is not UNSET:
            field_dict["provider_options"] = provider_options
        if cost is not UNSET:
            field_dict["cost"] = cost

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.chat_model_cost import ChatModelCost # noqa: PLC0415
        from ..models.chat_model_open_ai_config import ChatModelOpenAIConfig # noqa: PLC0415
        from ..models.chat_model_provider_options import ChatModelProviderOptions # noqa: PLC0415
        from ..models.chat_model_reasoning_effort_config import ChatModelReasoningEffortConfig # noqa: PLC0415
        d = dict(src_dict)
        def _parse_max_output_tokens(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        max_output_tokens = _parse_max_output_tokens(d.pop("max_output_tokens", UNSET))


        def _parse_temperature(data: object) -> float | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(float | None | Unset, data)

        temperature = _parse_temperature(d.pop("temperature", UNSET))


        def _parse_top_p(data: object) -> float | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(float | None | Unset, data)

        top_p = _parse_top_p(d.pop("top_p", UNSET))


        def _parse_top_k(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        top_k = _parse_top_k(d.pop("top_k", UNSET))


        def _parse_presence_penalty(data: object) -> float | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(float | None | Unset, data)

        presence_penalty = _parse_presence_penalty(d.pop("presence_penalty", UNSET))


        def _parse_frequency_penalty(data: object) -> float | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(float | None | Unset, data)

        frequency_penalty = _parse_frequency_penalty(d.pop("frequency_penalty", UNSET))


        def _parse_reasoning_effort(data: object) -> ChatModelReasoningEffortConfig | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                reasoning_effort_type_1 = ChatModelReasoningEffortConfig.from_dict(data)



                return reasoning_effort_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(ChatModelReasoningEffortConfig | None | Unset, data)

        reasoning_effort = _parse_reasoning_effort(d.pop("reasoning_effort", UNSET))


        def _parse_openai_config(data: object) -> ChatModelOpenAIConfig | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                openai_config_type_1 = ChatModelOpenAIConfig.from_dict(data)



                return openai_config_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(ChatModelOpenAIConfig | None | Unset, data)

        openai_config = _parse_openai_config(d.pop("openai_config", UNSET))


        def _parse_provider_options(data: object) -> ChatModelProviderOptions | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                provider_options_type_1 = ChatModelProviderOptions.from_dict(data)



                return provider_options_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(ChatModelProviderOptions | None | Unset, data)

        provider_options = _parse_provider_options(d.pop("provider_options", UNSET))


        def _parse_cost(data: object) -> ChatModelCost | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                cost_type_1 = ChatModelCost.from_dict(data)



                return cost_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(ChatModelCost | None | Unset, data)

        cost = _parse_cost(d.pop("cost", UNSET))


        chat_model_call_config = cls(
            max_output_tokens=max_output_tokens,
            temperature=temperature,
            top_p=top_p,
            top_k=top_k,
            presence_penalty=presence_penalty,
            frequency_penalty=frequency_penalty,
            reasoning_effort=reasoning_effort,
            openai_config=openai_config,
            provider_options=provider_options,
            cost=cost,
        )


        chat_model_call_config.additional_properties = d
        return chat_model_call_config

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
