from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset







T = TypeVar("T", bound="ChatSystemPromptResponse")



@_attrs_define
class ChatSystemPromptResponse:
    """ The deployment's system prompt.

        Example:
            {'system_prompt': '', 'include_default_system_prompt': True, 'default_system_prompt': 'You are a careful
                assistant.'}

        Attributes:
            system_prompt (str): Custom text.
            include_default_system_prompt (bool): The built-in text goes before it.
            default_system_prompt (str): The built-in text.
     """

    system_prompt: str
    include_default_system_prompt: bool
    default_system_prompt: str





    def to_dict(self) -> dict[str, Any]:
        system_prompt = self.system_prompt

        include_default_system_prompt = self.include_default_system_prompt

        default_system_prompt = self.default_system_prompt


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "system_prompt": system_prompt,
            "include_default_system_prompt": include_default_system_prompt,
            "default_system_prompt": default_system_prompt,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        system_prompt = d.pop("system_prompt")

        include_default_system_prompt = d.pop("include_default_system_prompt")

        default_system_prompt = d.pop("default_system_prompt")

        chat_system_prompt_response = cls(
            system_prompt=system_prompt,
            include_default_system_prompt=include_default_system_prompt,
            default_system_prompt=default_system_prompt,
        )

        return chat_system_prompt_response

