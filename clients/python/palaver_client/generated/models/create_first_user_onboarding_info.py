from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..types import UNSET, Unset
from typing import cast






T = TypeVar("T", bound="CreateFirstUserOnboardingInfo")



@_attrs_define
class CreateFirstUserOnboardingInfo:
    """ Ignored; accepted so that existing clients work.

        Example:
            {'newsletter_marketing': False, 'newsletter_releases': False}

        Attributes:
            newsletter_marketing (bool | None | Unset): Wish for marketing mail.
            newsletter_releases (bool | None | Unset): Wish for release mail.
     """

    newsletter_marketing: bool | None | Unset = UNSET
    newsletter_releases: bool | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)





    def to_dict(self) -> dict[str, Any]:
        newsletter_marketing: bool | None | Unset
        if isinstance(self.newsletter_marketing, Unset):
            newsletter_marketing = UNSET
        else:
            newsletter_marketing = self.newsletter_marketing

        newsletter_releases: bool | None | Unset
        if isinstance(self.newsletter_releases, Unset):
            newsletter_releases = UNSET
        else:
            newsletter_releases = self.newsletter_releases


        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({
        })
        if newsletter_marketing is not UNSET:
            field_dict["newsletter_marketing"] = newsletter_marketing
        if newsletter_releases is not UNSET:
            field_dict["newsletter_releases"] = newsletter_releases

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        def _parse_newsletter_marketing(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        newsletter_marketing = _parse_newsletter_marketing(d.pop("newsletter_marketing", UNSET))


        def _parse_newsletter_releases(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        newsletter_releases = _parse_newsletter_releases(d.pop("newsletter_releases", UNSET))


        create_first_user_onboarding_info = cls(
            newsletter_marketing=newsletter_marketing,
            newsletter_releases=newsletter_releases,
        )


        create_first_user_onboarding_info.additional_properties = d
        return create_first_user_onboarding_info

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
