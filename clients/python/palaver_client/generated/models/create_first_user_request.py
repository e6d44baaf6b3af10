from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..types import UNSET, Unset
from typing import cast

if TYPE_CHECKING:
  from ..models.create_first_user_onboarding_info import CreateFirstUserOnboardingInfo
  from ..models.create_first_user_trial_info import CreateFirstUserTrialInfo





T = TypeVar("T", bound="CreateFirstUserRequest")



@_attrs_define
class CreateFirstUserRequest:
    """ The first user of the server.

        Example:
            {'email': 'alice@example.com', 'username': 'alice', 'name': 'Alice Moreau', 'password': 'Correct-
                Horse-7-Staple'}

        Attributes:
            email (str): E-mail address.
            username (str): Unique login name; not `new` or `create`.
            password (str): Password; at least 52 bits of entropy.
            name (None | str | Unset): Real name, without outer white space.
            trial (bool | None | Unset): Ignored.
            trial_info (CreateFirstUserTrialInfo | None | Unset):
            onboarding_info (CreateFirstUserOnboardingInfo | None | Unset):
     """

    email: str
    username: str
    password: str
    name: None | str | Unset = UNSET
    trial: bool | None | Unset = UNSET
    trial_info: CreateFirstUserTrialInfo | None | Unset = UNSET
    onboarding_info: CreateFirstUserOnboardingInfo | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)





    def to_dict(self) -> dict[str, Any]:
        from ..models.create_first_user_onboarding_info import CreateFirstUserOnboardingInfo # noqa: PLC0415
        from ..models.create_first_user_trial_info import CreateFirstUserTrialInfo # noqa: PLC0415
        email = self.email

        username = self.username

        password = self.password

        name: None | str | Unset
        if isinstance(self.name, Unset):
            name = UNSET
        else:
            name = self.name

        trial: bool | None | Unset
        if isinstance(self.trial, Unset):
            trial = UNSET
        else:
            trial = self.trial

        trial_info: dict[str, Any] | None | Unset
        if isinstance(self.trial_info, Unset):
            trial_info = UNSET
        elif isinstance(self.trial_info, CreateFirstUserTrialInfo):
            trial_info = self.trial_info.to_dict()
        else:
            trial_info = self.trial_info

        onboarding_info: dict[str, Any] | None | Unset
        if isinstance(self.onboarding_info, Unset):
            onboarding_info = UNSET
        elif isinstance(self.onboarding_info, CreateFirstUserOnboardingInfo):
            onboarding_info = self.onboarding_info.to_dict()
        else:
            onboarding_info = self.onboarding_info


        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({
            "email": email,
            "username": username,
            "password": password,
        })
        if name is not UNSET:
            field_dict["name"] = name
        if trial is not UNSET:
            field_dict["trial"] = trial
        if trial_info is not UNSET:
            field_dict["trial_info"] = trial_info
        if onboarding_info is not UNSET:
            field_dict["onboarding_info"] = onboarding_info

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.create_first_user_onboarding_info import CreateFirstUserOnboardingInfo # noqa: PLC0415
        from ..models.create_first_user_trial_info import CreateFirstUserTrialInfo # noqa: PLC0415
        d = dict(src_dict)
        email = d.pop("email")

        username = d.pop("username")

        password = d.pop("password")

        def _parse_name(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        name = _parse_name(d.pop("name", UNSET))


        def _parse_trial(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        trial = _parse_trial(d.pop("trial", UNSET))


        def _parse_trial_info(data: object) -> CreateFirstUserTrialInfo | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                trial_info_type_1 = CreateFirstUserTrialInfo.from_dict(data)



                return trial_info_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(CreateFirstUserTrialInfo | None | Unset, data)

        trial_info = _parse_trial_info(d.pop("trial_info", UNSET))


        def _parse_onboarding_info(data: object) -> CreateFirstUserOnboardingInfo | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                onboarding_info_type_1 = CreateFirstUserOnboardingInfo.from_dict(data)



                return onboarding_info_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(CreateFirstUserOnboardingInfo | None | Unset, data)

        onboarding_info = _parse_onboarding_info(d.pop("onboarding_info", UNSET))


        create_first_user_request = cls(
            email=email,
            username=username,
            password=password,
            name=name,
            trial=trial,
            trial_info=trial_info,
            onboarding_info=onboarding_info,
        )


        create_first_user_request.additional_properties = d
        return create_first_user_request

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
