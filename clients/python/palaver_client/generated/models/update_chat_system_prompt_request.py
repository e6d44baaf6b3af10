from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..types import UNSET, Unset
from typing import cast






T = TypeVar("T", bound="UpdateChatSystemPromptRequest")



@_attrs_define
class UpdateChatSystemPromptRequest:
    """ A new system prompt.

        Example:
            {'system_prompt': 'Answer in British English.'}

        Attributes:
            system_prompt (None | str | Unset): Custom text, at most 131072 bytes once it is cleaned; absent and empty clear
                it.
            include_default_system_prompt (bool | None | Unset): Let the built-in text go before it; absent leaves it as it
                is.
     """

    system_prompt: None | str | Unset = UNSET
    include_default_system_prompt: bool | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)





    def to_dict(self) -> dict[str, Any]:
        system_prompt: None | str | Unset
        if isinstance(self.system_prompt, Unset):
            system_prompt = UNSET
        else:
            system_prompt = self.system_prompt

        include_default_system_prompt: bool | None | Unset
        if isinstance(self.include_default_system_prompt, Unset):
            include_default_system_prompt = UNSET
        else:
            include_default_system_prompt = self.include_default_system_prompt


        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({
        })
        if system_prompt is not UNSET:
            field_dict["system_prompt"] = system_prompt
        if include_default_system_prompt is not UNSET:
            field_dict["include_default_system_prompt"] = include_default_system_prompt

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        def _parse_system_prompt(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        system_prompt = _parse_system_prompt(d.pop("system_prompt", UNSET))


        def _parse_include_default_system_prompt(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        include_default_system_prompt = _parse_include_default_system_prompt(d.pop("include_default_system_prompt", UNSET))


        update_chat_system_prompt_request = cls(
            system_prompt=system_prompt,
            include_default_system_prompt=include_default_system_prompt,
        )


        update_chat_system_prompt_request.additional_properties = d
        return update_chat_system_prompt_request

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
