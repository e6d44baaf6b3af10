from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from typing import cast
from uuid import UUID
import datetime






T = TypeVar("T", bound="AIProviderKey")



@_attrs_define
class AIProviderKey:
    """ A stored key; its text is never returned.

        Example:
            {'id': '3c6f1e80-9a47-4d25-8be1-70f5c2d9a648', 'masked': 'sk-a...cdef', 'created_at': '2026-08-01T10:01:20Z'}

        Attributes:
            id (UUID): Id, to keep the key in an update.
            masked (str): The key's text, shortened.
            created_at (datetime.datetime): Time of storing.
     """

    id: UUID
    masked: str
    created_at: datetime.datetime





    def to_dict(self) -> dict[str, Any]:
        id = str(self.id)

        masked = self.masked

        created_at = self.created_at.isoformat()


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "id": id,
            "masked": masked,
            "created_at": created_at,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = UUID(d.pop("id"))




        masked = d.pop("masked")

        created_at = datetime.datetime.fromisoformat(d.pop("created_at"))




        ai_provider_key = cls(
            id=id,
            masked=masked,
            created_at=created_at,
        )

        return ai_provider_key

