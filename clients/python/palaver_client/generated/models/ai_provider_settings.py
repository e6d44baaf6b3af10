from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..models.ai_provider_settings_type import AIProviderSettingsType
from ..models.ai_provider_settings_type import check_ai_provider_settings_type
from ..models.ai_provider_settings_version import AIProviderSettingsVersion
from ..models.ai_provider_settings_version import check_ai_provider_settings_version
from ..types import UNSET, Unset
from typing import cast






T = TypeVar("T", bound="AIProviderSettings")



@_attrs_define
class AIProviderSettings:
    """ Settings that one provider type needs; only `bedrock` has some. `access_key`, `access_key_secret` and
    `external_id` are written and never returned.

        Example:
            {'_type': 'bedrock', '_version': 1, 'region': 'eu-central-1'}

        Attributes:
            field_type_ (AIProviderSettingsType): Kind of the settings.
            field_version (AIProviderSettingsVersion): Version of their form.
            region (None | str | Unset): AWS region.
            model (None | str | Unset): Model for demanding work.
            small_fast_model (None | str | Unset): Model for small work.
            access_key (None | str | Unset): Access key id.
            access_key_secret (None | str | Unset): Secret of the access key.
            role_arn (None | str | Unset): Role to assume.
            external_id (None | str | Unset): External id for the role.
            protocol (None | str | Unset): Protocol to speak.
     """

    field_type_: AIProviderSettingsType
    field_version: AIProviderSettingsVersion
    region: None | str | Unset = UNSET
    model: None | str | Unset = UNSET
    small_fast_model: None | str | Unset = UNSET
    access_key: None | str | Unset = UNSET
    access_key_secret: None | str | Unset = UNSET
    role_arn: None | str | Unset = UNSET
    external_id: None | str | Unset = UNSET
    protocol: None | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)





    def to_dict(self) -> dict[str, Any]:
        field_type_: str = self.field_type_

        field_version: int = self.field_version

        region: None | str | Unset
        if isinstance(self.region, Unset):
            region = UNSET
        else:
            region = self.region

        model: None | str | Unset
        if isinstance(self.model, Unset):
            model = UNSET
        else:
            model = self.model

        small_fast_model: None | str | Unset
        if isinstance(self.small_fast_model, Unset):
            small_fast_model = UNSET
        else:
            small_fast_model = self.small_fast_model

        access_key: None | str | Unset
        if isinstance(self.access_key, Unset):
            access_key = UNSET
        else:
            access_key = self.access_key

        access_key_secret: None | str | Unset
        if isinstance(self.access_key_secret, Unset):
            access_key_secret = UNSET
        else:
            access_key_secret = self.access_key_secret

        role_arn: None | str | Unset
        if isinstance(self.role_arn, Unset):
            role_arn = UNSET
        else:
            role_arn = self.role_arn

        external_id: None | str | Unset
        if isinstance(self.external_id, Unset):
            external_id = UNSET
        else:
            external_id = self.external_id

        protocol: None | str | Unset
        if isinstance(self.protocol, Unset):
            protocol = UNSET
        else:
            protocol = self.protocol


        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({
            "_type": field_type_,
            "_version": field_version,
        })
        if region is not UNSET:
            field_dict["region"] = region
        if model is not UNSET:
            field_dict["model"] = model
        if small_fast_model is not UNSET:
            field_dict["small_fast_model"] = small_fast_model
        if access_key is not UNSET:
            field_dict["access_key"] = access_key
        if access_key_secret is not UNSET:
            field_dict["access_key_secret"] = access_key_secret
        if role_arn is not UNSET:
            field_dict["role_arn"] = role_arn
        if external_id is not UNSET:
            field_dict["external_id"] = external_id
        if protocol is not UNSET:
            field_dict["protocol"] = protocol

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        field_type_ = check_ai_provider_settings_type(d.pop("_type"))




        field_version = check_ai_provider_settings_version(d.pop("_version"))




        def _parse_region(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        region = _parse_region(d.pop("region", UNSET))


        def _parse_model(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        model = _parse_model(d.pop("model", UNSET))


        def _parse_small_fast_model(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        small_fast_model = _parse_small_fast_model(d.pop("small_fast_model", UNSET))


        def _parse_access_key(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        access_key = _parse_access_key(d.pop("access_key", UNSET))


        def _parse_access_key_secret(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        access_key_secret = _parse_access_key_secret(d.pop("access_key_secret", UNSET))


        def _parse_role_arn(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        role_arn = _parse_role_arn(d.pop("role_arn", UNSET))


        def _parse_external_id(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        external_id = _parse_external_id(d.pop("external_id", UNSET))


        def _parse_protocol(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        protocol = _parse_protocol(d.pop("protocol", UNSET))


        ai_provider_settings = cls(
            field_type_=field_type_,
            field_version=field_version,
            region=region,
            model=model,
            small_fast_model=small_fast_model,
            access_key=access_key,
            access_key_secret=access_key_secret,
            role_arn=role_arn,
            external_id=external_id,
            protocol=protocol,
        )


        ai_provider_settings.additional_properties = d
        return ai_provider_settings

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
