from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from typing import cast

if TYPE_CHECKING:
  from ..models.chat_prompt import ChatPrompt





T = TypeVar("T", bound="ChatPromptsResponse")



@_attrs_define
class ChatPromptsResponse:
    """ Earlier prompts, newest first.

        Example:
            {'prompts': [{'id': 45, 'text': 'Shorten the second paragraph.'}]}

        Attributes:
            prompts (list[ChatPrompt]):
     """

    prompts: list[ChatPrompt]





    def to_dict(self) -> dict[str, Any]:
        from ..models.chat_prompt import ChatPrompt # noqa: PLC0415
        prompts = []
        for prompts_item_data in self.prompts:
            prompts_item = prompts_item_data.to_dict()
            prompts.append(prompts_item)




        field_dict: dict[str, Any] = {}

        field_dict.update({
            "prompts": prompts,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.chat_prompt import ChatPrompt # noqa: PLC0415
        d = dict(src_dict)
        prompts = []
        _prompts = d.pop("prompts")
        for prompts_item_data in (_prompts):
            prompts_item = ChatPrompt.from_dict(prompts_item_data)



            prompts.append(prompts_item)


        chat_prompts_response = cls(
            prompts=prompts,
        )

        return chat_prompts_response

