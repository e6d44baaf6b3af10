from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..models.chat_skill_part_type import ChatSkillPartType
from ..models.chat_skill_part_type import check_chat_skill_part_type
from ..types import UNSET, Unset
from typing import cast






T = TypeVar("T", bound="ChatSkillPart")



@_attrs_define
class ChatSkillPart:
    """ A skill of a workspace; only in histories that came from elsewhere.

        Example:
            {'type': 'skill', 'skill_name': 'release', 'skill_description': 'How releases are made'}

        Attributes:
            type_ (ChatSkillPartType):
            skill_name (str):
            skill_description (str | Unset):
     """

    type_: ChatSkillPartType
    skill_name: str
    skill_description: str | Unset = UNSET





    def to_dict(self) -> dict[str, Any]:
        type_: str = self.type_

        skill_name = self.skill_name

        skill_description = self.skill_description


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "type": type_,
            "skill_name": skill_name,
        })
        if skill_description is not UNSET:
            field_dict["skill_description"] = skill_description

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        type_ = check_chat_skill_part_type(d.pop("type"))




        skill_name = d.pop("skill_name")

        skill_description = d.pop("skill_description", UNSET)

        chat_skill_part = cls(
            type_=type_,
            skill_name=skill_name,
            skill_description=skill_description,
        )

        return chat_skill_part

