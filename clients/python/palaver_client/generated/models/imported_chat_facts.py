from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..types import UNSET, Unset
from typing import cast

if TYPE_CHECKING:
  from ..models.imported_chat_facts_labels_type_0 import ImportedChatFactsLabelsType0





T = TypeVar("T", bound="ImportedChatFacts")



@_attrs_define
class ImportedChatFacts:
    """ What an import takes over of the chat.

        Example:
            {'title': 'Release notes 2.4', 'labels': {'team': 'docs'}}

        Attributes:
            title (str):
            labels (ImportedChatFactsLabelsType0 | None | Unset):
     """

    title: str
    labels: ImportedChatFactsLabelsType0 | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)





    def to_dict(self) -> dict[str, Any]:
        from ..models.imported_chat_facts_labels_type_0 import ImportedChatFactsLabelsType0 # noqa: PLC0415
        title = self.title

        labels: dict[str, Any] | None | Unset
        if isinstance(self.labels, Unset):
            labels = UNSET
        elif isinstance(self.labels, ImportedChatFactsLabelsType0):
            labels = self.labels.to_dict()
        else:
            labels = self.labels


        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({
            "title": title,
        })
        if labels is not UNSET:
            field_dict["labels"] = labels

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.imported_chat_facts_labels_type_0 import ImportedChatFactsLabelsType0 # noqa: PLC0415
        d = dict(src_dict)
        title = d.pop("title")

        def _parse_labels(data: object) -> ImportedChatFactsLabelsType0 | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                labels_type_0 = ImportedChatFactsLabelsType0.from_dict(data)



                return labels_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(ImportedChatFactsLabelsType0 | None | Unset, data)

        labels = _parse_labels(d.pop("labels", UNSET))


        imported_chat_facts = cls(
            title=title,
            labels=labels,
        )


        imported_chat_facts.additional_properties = d
        return imported_chat_facts

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
