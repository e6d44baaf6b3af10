from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from typing import cast

if TYPE_CHECKING:
  from ..models.ai_provider_summary import AIProviderSummary





T = TypeVar("T", bound="UserAIProviderKeyConfig")



@_attrs_define
class UserAIProviderKeyConfig:
    """ A provider, and whether a user has a key of it.

        Example:
            {'provider': {'id': 'd83f5b02-1c7e-49a6-8b3d-f2a90e64c715', 'type': 'anthropic', 'name': 'anthropic',
                'display_name': 'Anthropic', 'icon': '', 'enabled': True, 'deleted': False}, 'has_user_api_key': True,
                'has_provider_api_key': False, 'byok_enabled': True}

        Attributes:
            provider (AIProviderSummary): A provider without its keys and settings. Example: {'id':
                'd83f5b02-1c7e-49a6-8b3d-f2a90e64c715', 'type': 'anthropic', 'name': 'anthropic', 'display_name': 'Anthropic',
                'icon': '', 'enabled': True, 'deleted': False}.
            has_user_api_key (bool): The user has stored a key.
            has_provider_api_key (bool): The provider has a key for everybody.
            byok_enabled (bool): Users may store keys.
     """

    provider: AIProviderSummary
    has_user_api_key: bool
    has_provider_api_key: bool
    byok_enabled: bool





    def to_dict(self) -> dict[str, Any]:
        from ..models.ai_provider_summary import AIProviderSummary # noqa: PLC0415
        provider = self.provider.to_dict()

        has_user_api_key = self.has_user_api_key

        has_provider_api_key = self.has_provider_api_key

        byok_enabled = self.byok_enabled


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "provider": provider,
            "has_user_api_key": has_user_api_key,
            "has_provider_api_key": has_provider_api_key,
            "byok_enabled": byok_enabled,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.ai_provider_summary import AIProviderSummary # noqa: PLC0415
        d = dict(src_dict)
        provider = AIProviderSummary.from_dict(d.pop("provider"))




        has_user_api_key = d.pop("has_user_api_key")

        has_provider_api_key = d.pop("has_provider_api_key")

        byok_enabled = d.pop("byok_enabled")

        user_ai_provider_key_config = cls(
            provider=provider,
            has_user_api_key=has_user_api_key,
            has_provider_api_key=has_provider_api_key,
            byok_enabled=byok_enabled,
        )

        return user_ai_provider_key_config

