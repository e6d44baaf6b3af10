from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..types import UNSET, Unset






T = TypeVar("T", bound="BuildInfoResponse")



@_attrs_define
class BuildInfoResponse:
    """ Facts about the running server.

        Example:
            {'external_url': 'http://127.0.0.1:8000/docs', 'version': '0.1.0', 'dashboard_url': 'http://127.0.0.1:8000',
                'telemetry': False, 'workspace_proxy': False, 'agent_api_version': '', 'provisioner_api_version': '',
                'upgrade_message': '', 'deployment_id': '6e0b5d1f-82c4-4f3a-9b67-2d18c0a7e954'}

        Attributes:
            external_url (str): Where to read about this build: the documentation page of the server.
            version (str): Version of the server.
            dashboard_url (str): Base URL of the server.
            telemetry (bool): The server reports usage; always false.
            workspace_proxy (bool): Always false.
            agent_api_version (str): Empty; Palaver has no workspace agents.
            provisioner_api_version (str): Empty; Palaver has no provisioners.
            upgrade_message (str): Text for outdated clients.
            deployment_id (str): Id of this installation.
            webpush_public_key (str | Unset): Key for browser push.
     """

    external_url: str
    version: str
    dashboard_url: str
    telemetry: bool
    workspace_proxy: bool
    agent_api_version: str
    provisioner_api_version: str
    upgrade_message: str
    deployment_id: str
    webpush_public_key: str | Unset = UNSET





    def to_dict(self) -> dict[str, Any]:
        external_url = self.external_url

        version = self.version

        dashboard_url = self.dashboard_url

        telemetry = self.telemetry

        workspace_proxy = self.workspace_proxy

        agent_api_version = self.agent_api_version

        provisioner_api_version = self.provisioner_api_version

        upgrade_message = self.upgrade_message

        deployment_id = self.deployment_id

        webpush_public_key = self.webpush_public_key


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "external_url": external_url,
            "version": version,
            "dashboard_url": dashboard_url,
            "telemetry": telemetry,
            "workspace_proxy": workspace_proxy,
            "agent_api_version": agent_api_version,
            "provisioner_api_version": provisioner_api_version,
            "upgrade_message": upgrade_message,
            "deployment_id": deployment_id,
        })
        if webpush_public_key is not UNSET:
            field_dict["webpush_public_key"] = webpush_public_key

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        external_url = d.pop("external_url")

        version = d.pop("version")

        dashboard_url = d.pop("dashboard_url")

        telemetry = d.pop("telemetry")

        workspace_proxy = d.pop("workspace_proxy")

        agent_api_version = d.pop("agent_api_version")

        provisioner_api_version = d.pop("provisioner_api_version")

        upgrade_message = d.pop("upgrade_message")

        deployment_id = d.pop("deployment_id")

        webpush_public_key = d.pop("webpush_public_key", UNSET)

        build_info_response = cls(
            external_url=external_url,
            version=version,
            dashboard_url=dashboard_url,
            telemetry=telemetry,
            workspace_proxy=workspace_proxy,
            agent_api_version=agent_api_version,
            provisioner_api_version=provisioner_api_version,
            upgrade_message=upgrade_message,
            deployment_id=deployment_id,
            webpush_public_key=webpush_public_key,
        )

        return build_info_response

