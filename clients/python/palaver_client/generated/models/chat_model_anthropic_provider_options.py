from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..models.chat_model_anthropic_thinking_display import ChatModelAnthropicThinkingDisplay
from ..models.chat_model_anthropic_thinking_display import check_chat_model_anthropic_thinking_display
from ..types import UNSET, Unset
from typing import cast

if TYPE_CHECKING:
  from ..models.chat_model_anthropic_thinking_options import ChatModelAnthropicThinkingOptions





T = TypeVar("T", bound="ChatModelAnthropicProviderOptions")



@_attrs_define
class ChatModelAnthropicProviderOptions:
    """ Options of Anthropic models.

        Example:
            {'send_reasoning': True, 'thinking': {'budget_tokens': 8192}, 'thinking_display': 'summarized'}

        Attributes:
            send_reasoning (bool | None | Unset): Send earlier thinking back to the model.
            thinking (ChatModelAnthropicThinkingOptions | None | Unset):
            thinking_display (ChatModelAnthropicThinkingDisplay | None | Unset):
            disable_parallel_tool_use (bool | None | Unset): Allow one tool call at a time only.
            web_search_enabled (bool | None | Unset): Offer the provider's web search.
            allowed_domains (list[str] | None | Unset): Domains that web search may use.
            blocked_domains (list[str] | None | Unset): Domains that web search may not use; excludes `allowed_domains`.
            context_1m_enabled (bool | None | Unset): Ask for the context of a million tokens.
     """

    send_reasoning: bool | None | Unset = UNSET
    thinking: ChatModelAnthropicThinkingOptions | None | Unset = UNSET
    thinking_display: ChatModelAnthropicThinkingDisplay | None | Unset = UNSET
    disable_parallel_tool_use: bool | None | Unset = UNSET
    web_search_enabled: bool | None | Unset = UNSET
    allowed_domains: list[str] | None | Unset = UNSET
    blocked_domains: list[str] | None | Unset = UNSET
    context_1m_enabled: bool | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)





    def to_dict(self) -> dict[str, Any]:
        from ..models.chat_model_anthropic_thinking_options import ChatModelAnthropicThinkingOptions # noqa: PLC0415
        send_reasoning: bool | None | Unset
        if isinstance(self.send_reasoning, Unset):
            send_reasoning = UNSET
        else:
            send_reasoning = self.send_reasoning

        thinking: dict[str, Any] | None | Unset
        if isinstance(self.thinking, Unset):
            thinking = UNSET
        elif isinstance(self.thinking, ChatModelAnthropicThinkingOptions):
            thinking = self.thinking.to_dict()
        else:
            thinking = self.thinking

        thinking_display: None | str | Unset
        if isinstance(self.thinking_display, Unset):
            thinking_display = UNSET
        elif isinstance(self.thinking_display, str):
            thinking_display = self.thinking_display
        else:
            thinking_display = self.thinking_display

        disable_parallel_tool_use: bool | None | Unset
        if isinstance(self.disable_parallel_tool_use, Unset):
            disable_parallel_tool_use = UNSET
        else:
            disable_parallel_tool_use = self.disable_parallel_tool_use

        web_search_enabled: bool | None | Unset
        if isinstance(self.web_search_enabled, Unset):
            web_search_enabled = UNSET
        else:
            web_search_enabled = self.web_search_enabled

        allowed_domains: list[str] | None | Unset
        if isinstance(self.allowed_domains, Unset):
            allowed_domains = UNSET
        elif isinstance(self.allowed_domains, list):
            allowed_domains = self.allowed_domains


        else:
            allowed_domains = self.allowed_domains

        blocked_domains: list[str] | None | Unset
        if isinstance(self.blocked_domains, Unset):
            blocked_domains = UNSET
        elif isinstance(self.blocked_domains, list):
            blocked_domains = self.blocked_domains


        else:
            blocked_domains = self.blocked_domains

        context_1m_enabled: bool | None | Unset
        if isinstance(self.context_1m_enabled, Unset):
            context_1m_enabled = UNSET
        else:
            context_1m_enabled = self.context_1m_enabled


        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({
        })
        if send_reasoning is not UNSET:
            field_dict["send_reasoning"] = send_reasoning
        if thinking is not UNSET:
            field_dict["thinking"] = thinking
        if thinking_display is not UNSET:
            field_dict["thinking_display"] = thinking_display
        if disable_parallel_tool_use is not UNSET:
            field_dict["disable_parallel_tool_use"] = disable_parallel_tool_use
        if web_search_enabled is not UNSET:
            field_dict["web_search_enabled"] = web_search_enabled
        if allowed_domains is not UNSET:
            field_dict["allowed_domains"] = allowed_domains
        if blocked_domains is not UNSET:
            field_dict["blocked_domains"] = blocked_domains
        if context_1m_enabled is not UNSET:
            field_dict["context_1m_enabled"] = context_1m_enabled

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.chat_model_anthropic_thinking_options import ChatModelAnthropicThinkingOptions # noqa: PLC0415
        d = dict(src_dict)
        def _parse_send_reasoning(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        send_reasoning = _parse_send_reasoning(d.pop("send_reasoning", UNSET))


        def _parse_thinking(data: object) -> ChatModelAnthropicThinkingOptions | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                thinking_type_1 = ChatModelAnthropicThinkingOptions.from_dict(data)



                return thinking_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(ChatModelAnthropicThinkingOptions | None | Unset, data)

        thinking = _parse_thinking(d.pop("thinking", UNSET))


        def _parse_thinking_display(data: object) -> ChatModelAnthropicThinkingDisplay | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                thinking_display_type_1 = check_chat_model_anthropic_thinking_display(data)



                return thinking_display_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(ChatModelAnthropicThinkingDisplay | None | Unset, data)

        thinking_display = _parse_thinking_display(d.pop("thinking_display", UNSET))


        def _parse_disable_parallel_tool_use(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        disable_parallel_tool_use = _parse_disable_parallel_tool_use(d.pop("disable_parallel_tool_use", UNSET))


        def _parse_web_search_enabled(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        web_search_enabled = _parse_web_search_enabled(d.pop("web_search_enabled", UNSET))


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


        def _parse_blocked_domains(data: object) -> list[str] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                blocked_domains_type_0 = cast(list[str], data)

                return blocked_domains_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[str] | None | Unset, data)

        blocked_domains = _parse_blocked_domains(d.pop("blocked_domains", UNSET))


        def _parse_context_1m_enabled(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        context_1m_enabled = _parse_context_1m_enabled(d.pop("context_1m_enabled", UNSET))


        chat_model_anthropic_provider_options = cls(
            send_reasoning=send_reasoning,
            thinking=thinking,
            thinking_display=thinking_display,
            disable_parallel_tool_use=disable_parallel_tool_use,
            web_search_enabled=web_search_enabled,
            allowed_domains=allowed_domains,
            blocked_domains=blocked_domains,
            context_1m_enabled=context_1m_enabled,
        )


        chat_model_anthropic_provider_options.additional_properties = d
        return chat_model_anthropic_provider_options

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
