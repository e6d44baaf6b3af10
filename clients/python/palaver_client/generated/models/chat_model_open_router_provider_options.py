from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..types import UNSET, Unset
from typing import cast

if TYPE_CHECKING:
  from ..models.chat_model_open_router_provider import ChatModelOpenRouterProvider
  from ..models.chat_model_open_router_provider_options_extra_body_type_0 import ChatModelOpenRouterProviderOptionsExtraBodyType0
  from ..models.chat_model_open_router_provider_options_logit_bias_type_0 import ChatModelOpenRouterProviderOptionsLogitBiasType0
  from ..models.chat_model_reasoning_options import ChatModelReasoningOptions





T = TypeVar("T", bound="ChatModelOpenRouterProviderOptions")



@_attrs_define
class ChatModelOpenRouterProviderOptions:
    """ Options of OpenRouter.

        Example:
            {'reasoning': {'enabled': True}, 'provider': {'order': ['anthropic']}}

        Attributes:
            reasoning (ChatModelReasoningOptions | None | Unset):
            extra_body (ChatModelOpenRouterProviderOptionsExtraBodyType0 | None | Unset): More fields for the request.
            include_usage (bool | None | Unset): Ask for usage and cost.
            logit_bias (ChatModelOpenRouterProviderOptionsLogitBiasType0 | None | Unset): Bias by token id.
            log_probs (bool | None | Unset): Return log probabilities.
            parallel_tool_calls (bool | None | Unset): Allow several tool calls at once.
            user (None | str | Unset): End user's id for the provider.
            provider (ChatModelOpenRouterProvider | None | Unset):
     """

    reasoning: ChatModelReasoningOptions | None | Unset = UNSET
    extra_body: ChatModelOpenRouterProviderOptionsExtraBodyType0 | None | Unset = UNSET
    include_usage: bool | None | Unset = UNSET
    logit_bias: ChatModelOpenRouterProviderOptionsLogitBiasType0 | None | Unset = UNSET
    log_probs: bool | None | Unset = UNSET
    parallel_tool_calls: bool | None | Unset = UNSET
    user: None | str | Unset = UNSET
    provider: ChatModelOpenRouterProvider | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)





    def to_dict(self) -> dict[str, Any]:
        from ..models.chat_model_open_router_provider import ChatModelOpenRouterProvider # noqa: PLC0415
        from ..models.chat_model_open_router_provider_options_extra_body_type_0 import ChatModelOpenRouterProviderOptionsExtraBodyType0 # noqa: PLC0415
        from ..models.chat_model_open_router_provider_options_logit_bias_type_0 import ChatModelOpenRouterProviderOptionsLogitBiasType0 # noqa: PLC0415
        from ..models.chat_model_reasoning_options import ChatModelReasoningOptions # noqa: PLC0415
        reasoning: dict[str, Any] | None | Unset
        if isinstance(self.reasoning, Unset):
            reasoning = UNSET
        elif isinstance(self.reasoning, ChatModelReasoningOptions):
            reasoning = self.reasoning.to_dict()
        else:
            reasoning = self.reasoning

        extra_body: dict[str, Any] | None | Unset
        if isinstance(self.extra_body, Unset):
            extra_body = UNSET
        elif isinstance(self.extra_body, ChatModelOpenRouterProviderOptionsExtraBodyType0):
            extra_body = self.extra_body.to_dict()
        else:
            extra_body = self.extra_body

        include_usage: bool | None | Unset
        if isinstance(self.include_usage, Unset):
            include_usage = UNSET
        else:
            include_usage = self.include_usage

        logit_bias: dict[str, Any] | None | Unset
        if isinstance(self.logit_bias, Unset):
            logit_bias = UNSET
        elif isinstance(self.logit_bias, ChatModelOpenRouterProviderOptionsLogitBiasType0):
            logit_bias = self.logit_bias.to_dict()
        else:
            logit_bias = self.logit_bias

        log_probs: bool | None | Unset
        if isinstance(self.log_probs, Unset):
            log_probs = UNSET
        else:
            log_probs = self.log_probs

        parallel_tool_calls: bool | None | Unset
        if isinstance(self.parallel_tool_calls, Unset):
            parallel_tool_calls = UNSET
        else:
            parallel_tool_calls = self.parallel_tool_calls

        user: None | str | Unset
        if isinstance(self.user, Unset):
            user = UNSET
        else:
            user = self.user

        provider: dict[str, Any] | None | Unset
        if isinstance(self.provider, Unset):
            provider = UNSET
        elif isinstance(self.provider, ChatModelOpenRouterProvider):
            provider = self.provider.to_dict()
        else:
            provider = self.provider


        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({
        })
        if reasoning is not UNSET:
            field_dict["reasoning"] = reasoning
        if extra_body is not UNSET:
            field_dict["extra_body"] = extra_body
        if include_usage is not UNSET:
            field_dict["include_usage"] = include_usage
        if logit_bias is not UNSET:
            field_dict["logit_bias"] = logit_bias
        if log_probs is not UNSET:
            field_dict["log_probs"] = log_probs
        if parallel_tool_calls is not UNSET:
            field_dict["parallel_tool_calls"] = parallel_tool_calls
        if user is not UNSET:
            field_dict["user"] = user
        if provider is not UNSET:
            field_dict["provider"] = provider

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.chat_model_open_router_provider import ChatModelOpenRouterProvider # noqa: PLC0415
        from ..models.chat_model_open_router_provider_options_extra_body_type_0 import ChatModelOpenRouterProviderOptionsExtraBodyType0 # noqa: PLC0415
        from ..models.chat_model_open_router_provider_options_logit_bias_type_0 import ChatModelOpenRouterProviderOptionsLogitBiasType0 # noqa: PLC0415
        from ..models.chat_model_reasoning_options import ChatModelReasoningOptions # noqa: PLC0415
        d = dict(src_dict)
        def _parse_reasoning(data: object) -> ChatModelReasoningOptions | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                reasoning_type_1 = ChatModelReasoningOptions.from_dict(data)



                return reasoning_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(ChatModelReasoningOptions | None | Unset, data)

        reasoning = _parse_reasoning(d.pop("reasoning", UNSET))


        def _parse_extra_body(data: object) -> ChatModelOpenRouterProviderOptionsExtraBodyType0 | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                extra_body_type_0 = ChatModelOpenRouterProviderOptionsExtraBodyType0.from_dict(data)



                return extra_body_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(ChatModelOpenRouterProviderOptionsExtraBodyType0 | None | Unset, data)

        extra_body = _parse_extra_body(d.pop("extra_body", UNSET))


        def _parse_include_usage(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        include_usage = _parse_include_usage(d.pop("include_usage", UNSET))


        def _parse_logit_bias(data: object) -> ChatModelOpenRouterProviderOptionsLogitBiasType0 | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                logit_bias_type_0 = ChatModelOpenRouterProviderOptionsLogitBiasType0.from_dict(data)



                return logit_bias_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(ChatModelOpenRouterProviderOptionsLogitBiasType0 | None | Unset, data)

        logit_bias = _parse_logit_bias(d.pop("logit_bias", UNSET))


        def _parse_log_probs(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        log_probs = _parse_log_probs(d.pop("log_probs", UNSET))


        def _parse_parallel_tool_calls(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        parallel_tool_calls = _parse_parallel_tool_calls(d.pop("parallel_tool_calls", UNSET))


        def _parse_user(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        user = _parse_user(d.pop("user", UNSET))


        def _parse_provider(data: object) -> ChatModelOpenRouterProvider | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                provider_type_1 = ChatModelOpenRouterProvider.from_dict(data)



                return provider_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(ChatModelOpenRouterProvider | None | Unset, data)

        provider = _parse_provider(d.pop("provider", UNSET))


        chat_model_open_router_provider_options = cls(
            reasoning=reasoning,
            extra_body=extra_body,
            include_usage=include_usage,
            logit_bias=logit_bias,
            log_probs=log_probs,
            parallel_tool_calls=parallel_tool_calls,
            user=user,
            provider=provider,
        )


        chat_model_open_router_provider_options.additional_properties = d
        return chat_model_open_router_provider_options

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
