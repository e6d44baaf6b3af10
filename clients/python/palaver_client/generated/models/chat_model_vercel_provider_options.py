from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..types import UNSET, Unset
from typing import cast

if TYPE_CHECKING:
  from ..models.chat_model_reasoning_options import ChatModelReasoningOptions
  from ..models.chat_model_vercel_gateway_provider_options import ChatModelVercelGatewayProviderOptions
  from ..models.chat_model_vercel_provider_options_extra_body_type_0 import ChatModelVercelProviderOptionsExtraBodyType0
  from ..models.chat_model_vercel_provider_options_logit_bias_type_0 import ChatModelVercelProviderOptionsLogitBiasType0





T = TypeVar("T", bound="ChatModelVercelProviderOptions")



@_attrs_define
class ChatModelVercelProviderOptions:
    """ Options of the Vercel gateway.

        Example:
            {'providerOptions': {'order': ['anthropic']}}

        Attributes:
            reasoning (ChatModelReasoningOptions | None | Unset):
            provider_options (ChatModelVercelGatewayProviderOptions | None | Unset):
            user (None | str | Unset): End user's id for the provider.
            logit_bias (ChatModelVercelProviderOptionsLogitBiasType0 | None | Unset): Bias by token id.
            logprobs (bool | None | Unset): Return log probabilities.
            top_logprobs (int | None | Unset): Number of likely tokens to return.
            parallel_tool_calls (bool | None | Unset): Allow several tool calls at once.
            extra_body (ChatModelVercelProviderOptionsExtraBodyType0 | None | Unset): More fields for the request.
     """

    reasoning: ChatModelReasoningOptions | None | Unset = UNSET
    provider_options: ChatModelVercelGatewayProviderOptions | None | Unset = UNSET
    user: None | str | Unset = UNSET
    logit_bias: ChatModelVercelProviderOptionsLogitBiasType0 | None | Unset = UNSET
    logprobs: bool | None | Unset = UNSET
    top_logprobs: int | None | Unset = UNSET
    parallel_tool_calls: bool | None | Unset = UNSET
    extra_body: ChatModelVercelProviderOptionsExtraBodyType0 | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)





    def to_dict(self) -> dict[str, Any]:
        from ..models.chat_model_reasoning_options import ChatModelReasoningOptions # noqa: PLC0415
        from ..models.chat_model_vercel_gateway_provider_options import ChatModelVercelGatewayProviderOptions # noqa: PLC0415
        from ..models.chat_model_vercel_provider_options_extra_body_type_0 import ChatModelVercelProviderOptionsExtraBodyType0 # noqa: PLC0415
        from ..models.chat_model_vercel_provider_options_logit_bias_type_0 import ChatModelVercelProviderOptionsLogitBiasType0 # noqa: PLC0415
        reasoning: dict[str, Any] | None | Unset
        if isinstance(self.reasoning, Unset):
            reasoning = UNSET
        elif isinstance(self.reasoning, ChatModelReasoningOptions):
            reasoning = self.reasoning.to_dict()
        else:
            reasoning = self.reasoning

        provider_options: dict[str, Any] | None | Unset
        if isinstance(self.provider_options, Unset):
            provider_options = UNSET
        elif isinstance(self.provider_options, ChatModelVercelGatewayProviderOptions):
            provider_options = self.provider_options.to_dict()
        else:
            provider_options = self.provider_options

        user: None | str | Unset
        if isinstance(self.user, Unset):
            user = UNSET
        else:
            user = self.user

        logit_bias: dict[str, Any] | None | Unset
        if isinstance(self.logit_bias, Unset):
            logit_bias = UNSET
        elif isinstance(self.logit_bias, ChatModelVercelProviderOptionsLogitBiasType0):
            logit_bias = self.logit_bias.to_dict()
        else:
            logit_bias = self.logit_bias

        logprobs: bool | None | Unset
        if isinstance(self.logprobs, Unset):
            logprobs = UNSET
        else:
            logprobs = self.logprobs

        top_logprobs: int | None | Unset
        if isinstance(self.top_logprobs, Unset):
            top_logprobs = UNSET
        else:
            top_logprobs = self.top_logprobs

        parallel_tool_calls: bool | None | Unset
        if isinstance(self.parallel_tool_calls, Unset):
            parallel_tool_calls = UNSET
        else:
            parallel_tool_calls = self.parallel_tool_calls

        extra_body: dict[str, Any] | None | Unset
        if isinstance(self.extra_body, Unset):
            extra_body = UNSET
        elif isinstance(self.extra_body, ChatModelVercelProviderOptionsExtraBodyType0):
            extra_body = self.extra_body.to_dict()
        else:
            extra_body = self.extra_body


        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({
        })
        if reasoning is not UNSET:
            field_dict["reasoning"] = reasoning
        if provider_options is not UNSET:
            field_dict["providerOptions"] = provider_options
        if user is not UNSET:
            field_dict["user"] = user
        if logit_bias is not UNSET:
            field_dict["logit_bias"] = logit_bias
        if logprobs is not UNSET:
            field_dict["logprobs"] = logprobs
        if top_logprobs is not UNSET:
            field_dict["top_logprobs"] = top_logprobs
        if parallel_tool_calls is not UNSET:
            field_dict["parallel_tool_calls"] = parallel_tool_calls
        if extra_body is not UNSET:
            field_dict["extra_body"] = extra_body

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.chat_model_reasoning_options import ChatModelReasoningOptions # noqa: PLC0415
        from ..models.chat_model_vercel_gateway_provider_options import ChatModelVercelGatewayProviderOptions # noqa: PLC0415
        from ..models.chat_model_vercel_provider_options_extra_body_type_0 import ChatModelVercelProviderOptionsExtraBodyType0 # noqa: PLC0415
        from ..models.chat_model_vercel_provider_options_logit_bias_type_0 import ChatModelVercelProviderOptionsLogitBiasType0 # noqa: PLC0415
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


        def _parse_provider_options(data: object) -> ChatModelVercelGatewayProviderOptions | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                provider_options_type_1 = ChatModelVercelGatewayProviderOptions.from_dict(data)



                return provider_options_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(ChatModelVercelGatewayProviderOptions | None | Unset, data)

        provider_options = _parse_provider_options(d.pop("providerOptions", UNSET))


        def _parse_user(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        user = _parse_user(d.pop("user", UNSET))


        def _parse_logit_bias(data: object) -> ChatModelVercelProviderOptionsLogitBiasType0 | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                logit_bias_type_0 = ChatModelVercelProviderOptionsLogitBiasType0.from_dict(data)



                return logit_bias_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(ChatModelVercelProviderOptionsLogitBiasType0 | None | Unset, data)

        logit_bias = _parse_logit_bias(d.pop("logit_bias", UNSET))


        def _parse_logprobs(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        logprobs = _parse_logprobs(d.pop("logprobs", UNSET))


        def _parse_top_logprobs(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        top_logprobs = _parse_top_logprobs(d.pop("top_logprobs", UNSET))


        def _parse_parallel_tool_calls(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        parallel_tool_calls = _parse_parallel_tool_calls(d.pop("parallel_tool_calls", UNSET))


        def _parse_extra_body(data: object) -> ChatModelVercelProviderOptionsExtraBodyType0 | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                extra_body_type_0 = ChatModelVercelProviderOptionsExtraBodyType0.from_dict(data)



                return extra_body_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(ChatModelVercelProviderOptionsExtraBodyType0 | None | Unset, data)

        extra_body = _parse_extra_body(d.pop("extra_body", UNSET))


        chat_model_vercel_provider_options = cls(
            reasoning=reasoning,
            provider_options=provider_options,
            user=user,
            logit_bias=logit_bias,
            logprobs=logprobs,
            top_logprobs=top_logprobs,
            parallel_tool_calls=parallel_tool_calls,
            extra_body=extra_body,
        )


        chat_model_vercel_provider_options.additional_properties = d
        return chat_model_vercel_provider_options

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
