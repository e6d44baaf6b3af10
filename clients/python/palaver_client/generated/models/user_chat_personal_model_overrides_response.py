from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from typing import cast

if TYPE_CHECKING:
  from ..models.chat_personal_model_override import ChatPersonalModelOverride
  from ..models.chat_personal_model_override_deployment_defaults import ChatPersonalModelOverrideDeploymentDefaults





T = TypeVar("T", bound="UserChatPersonalModelOverridesResponse")



@_attrs_define
class UserChatPersonalModelOverridesResponse:
    """ The caller's choices of models.

        Example:
            {'enabled': True, 'root': {'context': 'root', 'mode': 'model', 'model_config_id':
                'aa3e7c91-5d20-4b6f-9e84-c07f1a2b3d4e', 'reasoning_effort': 'low', 'is_set': True, 'is_malformed': False},
                'general': {'context': 'general', 'mode': 'deployment_default', 'model_config_id': '', 'is_set': False,
                'is_malformed': False}, 'explore': {'context': 'explore', 'mode': 'deployment_default', 'model_config_id': '',
                'is_set': False, 'is_malformed': False}, 'deployment_defaults': {'general': {'context': 'general',
                'model_config_id': '', 'is_malformed': False}, 'explore': {'context': 'explore', 'model_config_id': '',
                'is_malformed': False}}}

        Attributes:
            enabled (bool): An administrator lets users choose.
            root (ChatPersonalModelOverride): A user's choice for one kind of chat. Example: {'context': 'root', 'mode':
                'chat_default', 'model_config_id': '', 'is_set': False, 'is_malformed': False}.
            general (ChatPersonalModelOverride): A user's choice for one kind of chat. Example: {'context': 'root', 'mode':
                'chat_default', 'model_config_id': '', 'is_set': False, 'is_malformed': False}.
            explore (ChatPersonalModelOverride): A user's choice for one kind of chat. Example: {'context': 'root', 'mode':
                'chat_default', 'model_config_id': '', 'is_set': False, 'is_malformed': False}.
            deployment_defaults (ChatPersonalModelOverrideDeploymentDefaults): What deployment_default stands for. Example:
                {'general': {'context': 'general', 'model_config_id': '', 'is_malformed': False}, 'explore': {'context':
                'explore', 'model_config_id': '', 'is_malformed': False}}.
     """

    enabled: bool
    root: ChatPersonalModelOverride
    general: ChatPersonalModelOverride
    explore: ChatPersonalModelOverride
    deployment_defaults: ChatPersonalModelOverrideDeploymentDefaults





    def to_dict(self) -> dict[str, Any]:
        from ..models.chat_personal_model_override import ChatPersonalModelOverride # noqa: PLC0415
        from ..models.chat_personal_model_override_deployment_defaults import ChatPersonalModelOverrideDeploymentDefaults # noqa: PLC0415
        enabled = self.enabled

        root = self.root.to_dict()

        general = self.general.to_dict()

        explore = self.explore.to_dict()

        deployment_defaults = self.deployment_defaults.to_dict()


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "enabled": enabled,
            "root": root,
            "general": general,
            "explore": explore,
            "deployment_defaults": deployment_defaults,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.chat_personal_model_override import ChatPersonalModelOverride # noqa: PLC0415
        from ..models.chat_personal_model_override_deployment_defaults import ChatPersonalModelOverrideDeploymentDefaults # noqa: PLC0415
        d = dict(src_dict)
        enabled = d.pop("enabled")

        root = ChatPersonalModelOverride.from_dict(d.pop("root"))




        general = ChatPersonalModelOverride.from_dict(d.pop("general"))




        explore = ChatPersonalModelOverride.from_dict(d.pop("explore"))




        deployment_defaults = ChatPersonalModelOverrideDeploymentDefaults.from_dict(d.pop("deployment_defaults"))




        user_chat_personal_model_overrides_response = cls(
            enabled=enabled,
            root=root,
            general=general,
            explore=explore,
            deployment_defaults=deployment_defaults,
        )

        return user_chat_personal_model_overrides_response

