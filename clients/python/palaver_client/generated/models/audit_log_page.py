from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from typing import cast

if TYPE_CHECKING:
  from ..models.audit_entry import AuditEntry





T = TypeVar("T", bound="AuditLogPage")



@_attrs_define
class AuditLogPage:
    """ Entries of the audit log, newest first.

        Example:
            {'entries': [], 'has_more': False}

        Attributes:
            entries (list[AuditEntry]):
            has_more (bool): Whether older entries fit the filters too.
     """

    entries: list[AuditEntry]
    has_more: bool





    def to_dict(self) -> dict[str, Any]:
        from ..models.audit_entry import AuditEntry # noqa: PLC0415
        entries = []
        for entries_item_data in self.entries:
            entries_item = entries_item_data.to_dict()
            entries.append(entries_item)



        has_more = self.has_more


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "entries": entries,
            "has_more": has_more,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.audit_entry import AuditEntry # noqa: PLC0415
        d = dict(src_dict)
        entries = []
        _entries = d.pop("entries")
        for entries_item_data in (_entries):
            entries_item = AuditEntry.from_dict(entries_item_data)



            entries.append(entries_item)


        has_more = d.pop("has_more")

        audit_log_page = cls(
            entries=entries,
            has_more=has_more,
        )

        return audit_log_page

