from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..models.chat_model_open_ai_level import ChatModelOpenAILevel
from ..models.chat_model_open_ai_level import check_chat_model_open_ai_level
from ..models.chat_model_open_ai_reasoning_summary import ChatModelOpenAIReasoningSummary
from ..models.chat_model_open_ai_reasoning_summary import check_chat_model_open_ai_reasoning_summary
from ..models.chat_model_open_ai_service_tier import ChatModelOpenAIServiceTier
from ..models.chat_model_open_ai_service_tier import check_chat_model_open_ai_service_tier
from ..types import UNSET, Unset
from typing import cast

if TYPE_CHECKING:
  from ..models.chat_model_open_ai_provider_options_logit_bias_type_0 import ChatModelOpenAIProviderOptionsLogitBiasType0
  from ..models.chat_model_open_ai_provider_options_metadata_type_0 import ChatModelOpenAIProviderOptionsMetadataType0
  from ..models.chat_model_open_ai_provider_options_prediction_type_0 import ChatModelOpenAIProviderOptionsPredictionType0





T = TypeVar("T", bound="ChatModelOpenAIProviderOptions")



@_attrs_define
class ChatModelOpenAIProviderOptions:
    """ Options of OpenAI models.

        Example:
            {'reasoning_summary': 'auto', 'text_verbosity': 'medium', 'parallel_tool_calls': True}

        Attributes:
            include (list[str] | None | Unset): Extra output to include.
            instructions (None | str | Unset): Instructions put before the prompt.
            logit_bias (ChatModelOpenAIProviderOptionsLogitBiasType0 | None | Unset): Bias by token id.
            log_probs (bool | None | Unset): Return log probabilities.
            top_log_probs (int | None | Unset): Number of likely tokens to return.
            max_tool_calls (int | None | Unset): Most built-in tool calls of an answer.
            parallel_tool_calls (bool | None | Unset): Allow several tool calls at once.
            user (None | str | Unset): End user's id for the provider.
            reasoning_summary (ChatModelOpenAIReasoningSummary | None | Unset):
            max_completion_tokens (int | None | Unset): Most tokens of an answer, reasoning included.
            text_verbosity (ChatModelOpenAILevel | None | Unset): Length of answers.
            prediction (ChatModelOpenAIProviderOptionsPredictionType0 | None | Unset): Predicted output.
            store (bool | None | Unset): Let the provider keep the answer.
            metadata (ChatModelOpenAIProviderOptionsMetadataType0 | None | Unset): Metadata kept by the provider.
            prompt_cache_key (None | str | Unset): Key of the provider's prompt cache.
            safety_identifier (None | str | Unset): End user's id for abuse detection.
            service_tier (ChatModelOpenAIServiceTier | None | Unset):
            structured_outputs (bool | None | Unset): Use structured outputs.
            strict_json_schema (bool | None | Unset): Hold tool arguments to their schema.
            web_search_enabled (bool | None | Unset): Offer the provider's web search.
            search_context_size (ChatModelOpenAILevel | None | Unset): Context used for web search.
            allowed_domains (list[str] | None | Unset): Domains that web search may use.
     """

    include: list[str] | None | Unset = UNSET
    instructions: None | str | Unset = UNSET
    logit_bias: ChatModelOpenAIProviderOptionsLogitBiasType0 | None | Unset = UNSET
    log_probs: bool | None | Unset = UNSET
    top_log_probs: int | None | Unset = UNSET
    max_tool_calls: int | None | Unset = UNSET
    parallel_tool_calls: bool | None | Unset = UNSET
    user: None | str | Unset = UNSET
    reasoning_summary: ChatModelOpenAIReasoningSummary | None | Unset = UNSET
    max_completion_tokens: int | None | Unset = UNSET
    text_verbosity: ChatModelOpenAILevel | None | Unset = UNSET
    prediction: ChatModelOpenAIProviderOptionsPredictionType0 | None | Unset = UNSET
    store: bool | None | Unset = UNSET
    metadata: ChatModelOpenAIProviderOptionsMetadataType0 | None | Unset = UNSET
    prompt_cache_key: None | str | Unset = UNSET
    safety_identifier: None | str | Unset = UNSET
    service_tier: ChatModelOpenAIServiceTier | None | Unset = UNSET
    structured_outputs: bool | None | Unset = UNSET
    strict_json_schema: bool | None | Unset = UNSET
    web_search_enabled: bool | None | Unset = UNSET
    search_context_size: ChatModelOpenAILevel | None | Unset = UNSET
    allowed_domains: list[str] | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)





    def to_dict(self) -> dict[str, Any]:
        from ..models.chat_model_open_ai_provider_options_logit_bias_type_0 import ChatModelOpenAIProviderOptionsLogitBiasType0 # noqa: PLC0415
        from ..models.chat_model_open_ai_provider_options_metadata_type_0 import ChatModelOpenAIProviderOptionsMetadataType0 # noqa: PLC0415
        from ..models.chat_model_open_ai_provider_options_prediction_type_0 import ChatModelOpenAIProviderOptionsPredictionType0 # noqa: PLC0415
        include: list[str] | None | Unset
        if isinstance(self.include, Unset):
            include = UNSET
        elif isinstance(self.include, list):
            include = self.include


        else:
            include = self.include

        instructions: None | str | Unset
        if isinstance(self.instructions, Unset):
            instructions = UNSET
        else:
            instructions = self.instructions

        logit_bias: dict[str, Any] | None | Unset
        if isinstance(self.logit_bias, Unset):
            logit_bias = UNSET
        elif isinstance(self.logit_bias, ChatModelOpenAIProviderOptionsLogitBiasType0):
            logit_bias = self.logit_bias.to_dict()
        else:
            logit_bias = self.logit_bias

        log_probs: bool | None | Unset
        if isinstance(self.log_probs, Unset):
            log_probs = UNSET
        else:
            log_probs = self.log_probs

        top_log_probs: int | None | Unset
        if isinstance(self.top_log_probs, Unset):
            top_log_probs = UNSET
        else:
            top_log_probs = self.top_log_probs

        max_tool_calls: int | None | Unset
        if isinstance(self.max_tool_calls, Unset):
            max_tool_calls = UNSET
        else:
            max_tool_calls = self.max_tool_calls

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

        reasoning_summary: None | str | Unset
        if isinstance(self.reasoning_summary, Unset):
            reasoning_summary = UNSET
        elif isinstance(self.reasoning_summary, str):
            reasoning_summary = self.reasoning_summary
        else:
            reasoning_summary = self.reasoning_summary

        max_completion_tokens: int | None | Unset
        if isinstance(self.max_completion_tokens, Unset):
            max_completion_tokens = UNSET
        else:
            max_completion_tokens = self.max_completion_tokens

        text_verbosity: None | str | Unset
        if isinstance(self.text_verbosity, Unset):
            text_verbosity = UNSET
        elif isinstance(self.text_verbosity, str):
            text_verbosity = self.text_verbosity
        else:
            text_verbosity = self.text_verbosity

        prediction: dict[str, Any] | None | Unset
        if isinstance(self.prediction, Unset):
            prediction = UNSET
        elif isinstance(self.prediction, ChatModelOpenAIProviderOptionsPredictionType0):
            prediction = self.prediction.to_dict()
        else:
            prediction = self.prediction

        store: bool | None | Unset
        if isinstance(self.store, Unset):
            store = UNSET
        else:
            store = self.store

        metadata: dict[str, Any] | None | Unset
        if isinstance(self.metadata, Unset):
            metadata = UNSET
        elif isinstance(self.metadata, ChatModelOpenAIProviderOptionsMetadataType0):
            metadata = self.metadata.to_dict()
        else:
            metadata = self.metadata

        prompt_cache_key: None | str | Unset
        if isinstance(self.prompt_cache_key, Unset):
            prompt_cache_key = UNSET
        else:
            prompt_cache_key = self.prompt_cache_key

        safety_identifier: None | str | Unset
        if isinstance(self.safety_identifier, Unset):
            safety_identifier = UNSET
        else:
            safety_identifier = self.safety_identifier

        service_tier: None | str | Unset
        if isinstance(self.service_tier, Unset):
            service_tier = UNSET
        elif isinstance(self.service_tier, str):
            service_tier = self.service_tier
        else:
            service_tier = self.service_tier

        structured_outputs: bool | None | Unset
        if isinstance(self.structured_outputs, Unset):
            structured_outputs = UNSET
        else:
            structured_outputs = self.structured_outputs

        strict_json_schema: bool | None | Unset
        if isinstance(self.strict_json_schema, Unset):
            strict_json_schema = UNSET
        else:
            strict_json_schema = self.strict_json_schema

        web_search_enabled: bool | None | Unset
        if isinstance(self.web_search_enabled, Unset):
            web_search_enabled = UNSET
        else:
            web_search_enabled = self.web_search_enabled

        search_context_size: None | str | Unset
        if isinstance(self.search_context_size, Unset):
            search_context_size = UNSET
        elif isinstance(self.search_context_size, str):
            search_context_size = self.search_context_size
        else:
            search_context_size = self.search_context_size

        allowed_domains: list[str] | None | Unset
        if isinstance(self.allowed_domains, Unset):
            allowed_domains = UNSET
        elif isinstance(self.allowed_domains, list):
            allowed_domains = self.allowed_domains


        else:
            allowed_domains = self.allowed_domains


        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({
        })
        if include is not UNSET:
            field_dict["include"] = include
        if instructions is not UNSET:
            field_dict["instructions"] = instructions
        if logit_bias is not UNSET:
            field_dict["logit_bias"] = logit_bias
        if log_probs is not UNSET:
            field_dict["log_probs"] = log_probs
        if top_log_probs is not UNSET:
            field_dict["top_log_probs"] = top_log_probs
        if max_tool_calls is not UNSET:
            field_dict["max_tool_calls"] = max_tool_calls
        if parallel_tool_calls is not UNSET:
            field_dict["parallel_tool_calls"] = parallel_tool_calls
        if user is not UNSET:
            field_dict["user"] = user
        if reasoning_summary is not UNSET:
            field_dict["reasoning_summary"] = reasoning_summary
        if max_completion_tokens is not UNSET:
            field_dict["max_completion_tokens"] = max_completion_tokens
        if text_verbosity is not UNSET:
            field_dict["text_verbosity"] = text_verbosity
        if prediction is not UNSET:
            field_dict["prediction"] = prediction
        if store is not UNSET:
            field_dict["store"] = store
        if metadata is not UNSET:
            field_dict["metadata"] = metadata
        if prompt_cache_key is not UNSET:
            field_dict["prompt_cache_key"] = prompt_cache_key
        if safety_identifier is not UNSET:
            field_dict["safety_identifier"] = safety_identifier
        if service_tier is not UNSET:
            field_dict["service_tier"] = service_tier
        if structured_outputs is not UNSET:
            field_dict["structured_outputs"] = structured_outputs
        if strict_json_schema is not UNSET:
            field_dict["strict_json_schema"] = strict_json_schema
        if web_search_enabled is not UNSET:
            field_dict["web_search_enabled"] = web_search_enabled
        if search_context_size is not UNSET:
            field_dict["search_context_size"] = search_context_size
        if allowed_domains is not UNSET:
            field_dict["allowed_domains"] = allowed_domains

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.chat_model_open_ai_provider_options_logit_bias_type_0 import ChatModelOpenAIProviderOptionsLogitBiasType0 # noqa: PLC0415
        from ..models.chat_model_open_ai_provider_options_metadata_type_0 import ChatModelOpenAIProviderOptionsMetadataType0 # noqa: PLC0415
        from ..models.chat_model_open_ai_provider_options_prediction_type_0 import ChatModelOpenAIProviderOptionsPredictionType0 # noqa: PLC0415
        d = dict(src_dict)
        def _parse_include(data: object) -> list[str] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                include_type_0 = cast(list[str], data)

                return include_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[str] | None | Unset, data)

        include = _parse_include(d.pop("include", UNSET))


        def _parse_instructions(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        instructions = _parse_instructions(d.pop("instructions", UNSET))


        def _parse_logit_bias(data: object) -> ChatModelOpenAIProviderOptionsLogitBiasType0 | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                logit_bias_type_0 = ChatModelOpenAIProviderOptionsLogitBiasType0.from_dict(data)



                return logit_bias_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(ChatModelOpenAIProviderOptionsLogitBiasType0 | None | Unset, data)

        logit_bias = _parse_logit_bias(d.pop("logit_bias", UNSET))


        def _parse_log_probs(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        log_probs = _parse_log_probs(d.pop("log_probs", UNSET))


        def _parse_top_log_probs(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        top_log_probs = _parse_top_log_probs(d.pop("top_log_probs", UNSET))


        def _parse_max_tool_calls(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        max_tool_calls = _parse_max_tool_calls(d.pop("max_tool_calls", UNSET))


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


        def _parse_reasoning_summary(data: object) -> ChatModelOpenAIReasoningSummary | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                reasoning_summary_type_1 = check_chat_model_open_ai_reasoning_summary(data)



                return reasoning_summary_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(ChatModelOpenAIReasoningSummary | None | Unset, data)

        reasoning_summary = _parse_reasoning_summary(d.pop("reasoning_summary", UNSET))


        def _parse_max_completion_tokens(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        max_completion_tokens = _parse_max_completion_tokens(d.pop("max_completion_tokens", UNSET))


        def _parse_text_verbosity(data: object) -> ChatModelOpenAILevel | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                text_verbosity_type_1 = check_chat_model_open_ai_level(data)



                return text_verbosity_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(ChatModelOpenAILevel | None | Unset, data)

        text_verbosity = _parse_text_verbosity(d.pop("text_verbosity", UNSET))


        def _parse_prediction(data: object) -> ChatModelOpenAIProviderOptionsPredictionType0 | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                prediction_type_0 = ChatModelOpenAIProviderOptionsPredictionType0.from_dict(data)



                return prediction_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(ChatModelOpenAIProviderOptionsPredictionType0 | None | Unset, data)

        prediction = _parse_prediction(d.pop("prediction", UNSET))


        def _parse_store(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        store = _parse_store(d.pop("store", UNSET))


        def _parse_metadata(data: object) -> ChatModelOpenAIProviderOptionsMetadataType0 | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                metadata_type_0 = ChatModelOpenAIProviderOptionsMetadataType0.from_dict(data)



                return metadata_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(ChatModelOpenAIProviderOptionsMetadataType0 | None | Unset, data)

        metadata = _parse_metadata(d.pop("metadata", UNSET))


        def _parse_prompt_cache_key(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        prompt_cache_key = _parse_prompt_cache_key(d.pop("prompt_cache_key", UNSET))


        def _parse_safety_identifier(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        safety_identifier = _parse_safety_identifier(d.pop("safety_identifier", UNSET))


        def _parse_service_tier(data: object) -> ChatModelOpenAIServiceTier | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                service_tier_type_1 = check_chat_model_open_ai_service_tier(data)



                return service_tier_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(ChatModelOpenAIServiceTier | None | Unset, data)

        service_tier = _parse_service_tier(d.pop("service_tier", UNSET))


        def _parse_structured_outputs(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        structured_outputs = _parse_structured_outputs(d.pop("structured_outputs", UNSET))


        def _parse_strict_json_schema(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        strict_json_schema = _parse_strict_json_schema(d.pop("strict_json_schema", UNSET))


        def _parse_web_search_enabled(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        web_search_enabled = _parse_web_search_enabled(d.pop("web_search_enabled", UNSET))


        def _parse_search_context_size(data: object) -> ChatModelOpenAILevel | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                search_context_size_type_1 = check_chat_model_open_ai_level(data)



                return search_context_size_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(ChatModelOpenAILevel | None | Unset, data)

        search_context_size = _parse_search_context_size(d.pop("search_context_size", UNSET))


        def _parse_allowed_domains(data: object) -> list[str] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                allowed_domains_type_0 = cast(list[str], data)

                return allowed_domains_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[str] | None | Unset, data)

        allowed_domains = _parse_allowed_domains(d.pop("allowed_domains", UNSET))


        chat_model_open_ai_provider_options = cls(
            include=include,
            instructions=instructions,
            logit_bias=logit_bias,
            log_probs=log_probs,
            top_log_probs=top_log_probs,
            max_tool_calls=max_tool_calls,
            parallel_tool_calls=parallel_tool_calls,
            user=user,
            reasoning_summary=reasoning_summary,
            max_completion_tokens=max_completion_tokens,
            text_verbosity=text_verbosity,
            prediction=prediction,
            store=store,
            metadata=metadata,
            prompt_cache_key=prompt_cache_key,
            safety_identifier=safety_identifier,
            service_tier=service_tier,
            structured_outputs=structured_outputs,
            strict_json_schema=strict_json_schema,
            web_search_enabled=web_search_enabled,
            search_context_size=search_context_size,
            allowed_domains=allowed_domains,
        )


        chat_model_open_ai_provider_options.additional_properties = d
        return chat_model_open_ai_provider_options

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
