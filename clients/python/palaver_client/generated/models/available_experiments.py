from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..models.experiment import check_experiment
from ..models.experiment import Experiment
from typing import cast






T = TypeVar("T", bound="AvailableExperiments")



@_attrs_define
class AvailableExperiments:
    """ Experiments that can be switched on without risk.

        Example:
            {'safe': []}

        Attributes:
            safe (list[Experiment]): Experiment names.
     """

    safe: list[Experiment]





    def to_dict(self) -> dict[str, Any]:
        safe = []
        for safe_item_data in self.safe:
            safe_item: str = safe_item_data
            safe.append(safe_item)




        field_dict: dict[str, Any] = {}

        field_dict.update({
            "safe": safe,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        safe = []
        _safe = d.pop("safe")
        for safe_item_data in (_safe):
            safe_item = check_experiment(safe_item_data)



            safe.append(safe_item)


        available_experiments = cls(
            safe=safe,
        )

        return available_experiments

