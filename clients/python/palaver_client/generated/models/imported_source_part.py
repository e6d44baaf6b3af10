from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..models.imported_source_part_type import check_imported_source_part_type
from ..models.imported_source_part_type import ImportedSourcePartType
from ..types import UNSET, Unset
from typing import cast






T = TypeVar("T", bound="ImportedSourcePart")



@_attrs_define
class ImportedSourcePart:
    """ A link that a model cited.

        Example:
            {'type': 'source', 'url': 'https://example.com/changes', 'title': 'Changes in 2.4'}

        Attributes:
            type_ (ImportedSourcePartType):
            url (str):
            source_id (None | str | Unset):
            title (None | str | Unset):
     """

    type_: ImportedSourcePartType
    url: str
    source_id: None | str | Unset = UNSET
    title: None | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)





    def to_dict(self) -> dict[str, Any]:
        type_: str = self.type_

        url = self.url

        source_id: None | str | Unset
        if isinstance(self.source_id, Unset):
            source_id = UNSET
        else:
            source_id = self.source_id

        title: None | str | Unset
        if isinstance(self.title, Unset):
            title = UNSET
        else:
            title = self.title


        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({
            "type": type_,
            "url": url,
        })
        if source_id is not UNSET:
            field_dict["source_id"] = source_id
        if title is not UNSET:
            field_dict["title"] = title

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        type_ = check_imported_source_part_type(d.pop("type"))




        url = d.pop("url")

        def _parse_source_id(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        source_id = _parse_source_id(d.pop("source_id", UNSET))


        def _parse_title(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        title = _parse_title(d.pop("title", UNSET))


        imported_source_part = cls(
            type_=type_,
            url=url,
            source_id=source_id,
            title=title,
        )


        imported_source_part.additional_properties = d
        return imported_source_part

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
