from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..models.mcp_auth_type import check_mcp_auth_type
from ..models.mcp_auth_type import MCPAuthType
from ..models.mcp_availability import check_mcp_availability
from ..models.mcp_availability import MCPAvailability
from ..models.mcp_transport import check_mcp_transport
from ..models.mcp_transport import MCPTransport
from ..types import UNSET, Unset
from typing import cast

if TYPE_CHECKING:
  from ..models.mcp_tool_approvals_choice import MCPToolApprovalsChoice
  from ..models.update_mcp_server_config_request_custom_headers_type_0 import UpdateMCPServerConfigRequestCustomHeadersType0





T = TypeVar("T", bound="UpdateMCPServerConfigRequest")



@_attrs_define
class UpdateMCPServerConfigRequest:
    """ The fields to change.

        Example:
            {'availability': 'default_on', 'tool_deny_list': ['delete_repository'], 'enabled': True}

        Attributes:
            display_name (None | str | Unset): Label.
            slug (None | str | Unset): Unique short name; prefix of the tools' names.
            description (None | str | Unset): Free text.
            icon_url (None | str | Unset): Icon URL.
            transport (MCPTransport | None | Unset):
            url (None | str | Unset): Address of the server.
            auth_type (MCPAuthType | None | Unset):
            oauth2_client_id (None | str | Unset): OAuth2 client id.
            oauth2_client_secret (None | str | Unset): OAuth2 client secret.
            oauth2_auth_url (None | str | Unset): OAuth2 authorization URL.
            oauth2_token_url (None | str | Unset): OAuth2 token URL.
            oauth2_revocation_url (None | str | Unset): OAuth2 revocation URL; https, or http for a loopback host; empty
                clears it.
            oauth2_scopes (None | str | Unset): OAuth2 scopes, separated by spaces.
            api_key_header (None | str | Unset): Header that carries the key; for `api_key`.
            api_key_value (None | str | Unset): The key; for `api_key`.
            custom_headers (None | Unset | UpdateMCPServerConfigRequestCustomHeadersType0): Headers by name; for
                `custom_headers`.
            tool_allow_list (list[str] | None | Unset): When not empty, only these tools are offered.
            tool_deny_list (list[str] | None | Unset): Tools that are never offered.
            tool_approvals (MCPToolApprovalsChoice | None | Unset):
            availability (MCPAvailability | None | Unset):
            enabled (bool | None | Unset): Switched on.
            model_intent (bool | None | Unset): Add an argument `model_intent` to the tools.
            allow_in_plan_mode (bool | None | Unset): Keep the tools available in plan mode.
            forward_coder_headers (bool | None | Unset): Send headers that name the owner and the chat.
     """

    display_name: None | str | Unset = UNSET
    slug: None | str | Unset = UNSET
    description: None | str | Unset = UNSET
    icon_url: None | str | Unset = UNSET
    transport: MCPTransport | None | Unset = UNSET
    url: None | str | Unset = UNSET
    auth_type: MCPAuthType | None | Unset = UNSET
    oauth2_client_id: None | str | Unset = UNSET
    oauth2_client_secret: None | str | Unset = UNSET
    oauth2_auth_url: None | str | Unset = UNSET
    oauth2_token_url: None | str | Unset = UNSET
    oauth2_revocation_url: None | str | Unset = UNSET
    oauth2_scopes: None | str | Unset = UNSET
    api_key_header: None | str | Unset = UNSET
    api_key_value: None | str | Unset = UNSET
    custom_headers: None | Unset | UpdateMCPServerConfigRequestCustomHeadersType0 = UNSET
    tool_allow_list: list[str] | None | Unset = UNSET
    tool_deny_list: list[str] | None | Unset = UNSET
    tool_approvals: MCPToolApprovalsChoice | None | Unset = UNSET
    availability: MCPAvailability | None | Unset = UNSET
    enabled: bool | None | Unset = UNSET
    model_intent: bool | None | Unset = UNSET
    allow_in_plan_mode: bool | None | Unset = UNSET
    forward_coder_headers: bool | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)





    def to_dict(self) -> dict[str, Any]:
        from ..models.mcp_tool_approvals_choice import MCPToolApprovalsChoice # noqa: PLC0415
        from ..models.update_mcp_server_config_request_custom_headers_type_0 import UpdateMCPServerConfigRequestCustomHeadersType0 # noqa: PLC0415
        display_name: None | str | Unset
        if isinstance(self.display_name, Unset):
            display_name = UNSET
        else:
            display_name = self.display_name

        slug: None | str | Unset
        if isinstance(self.slug, Unset):
            slug = UNSET
        else:
            slug = self.slug

        description: None | str | Unset
        if isinstance(self.description, Unset):
            description = UNSET
        else:
            description = self.description

        icon_url: None | str | Unset
        if isinstance(self.icon_url, Unset):
            icon_url = UNSET
        else:
            icon_url = self.icon_url

        transport: None | str | Unset
        if isinstance(self.transport, Unset):
            transport = UNSET
        elif isinstance(self.transport, str):
            transport = self.transport
        else:
            transport = self.transport

        url: None | str | Unset
        if isinstance(self.url, Unset):
            url = UNSET
        else:
            url = self.url

        auth_type: None | str | Unset
        if isinstance(self.auth_type, Unset):
            auth_type = UNSET
        elif isinstance(self.auth_type, str):
            auth_type = self.auth_type
        else:
            auth_type = self.auth_type

        oauth2_client_id: None | str | Unset
        if isinstance(self.oauth2_client_id, Unset):
            oauth2_client_id = UNSET
        else:
            oauth2_client_id = self.oauth2_client_id

        oauth2_client_secret: None | str | Unset
        if isinstance(self.oauth2_client_secret, Unset):
            oauth2_client_secret = UNSET
        else:
            oauth2_client_secret = self.oauth2_client_secret

        oauth2_auth_url: None | str | Unset
        if isinstance(self.oauth2_auth_url, Unset):
            oauth2_auth_url = UNSET
        else:
            oauth2_auth_url = self.oauth2_auth_url

        oauth2_token_url: None | str | Unset
        if isinstance(self.oauth2_token_url, Unset):
            oauth2_token_url = UNSET
        else:
            oauth2_token_url = self.oauth2_token_url

        oauth2_revocation_url: None | str | Unset
        if isinstance(self.oauth2_revocation_url, Unset):
            oauth2_revocation_url = UNSET
        else:
            oauth2_revocation_url = self.oauth2_revocation_url

        oauth2_scopes: None | str | Unset
        if isinstance(self.oauth2_scopes, Unset):
            oauth2_scopes = UNSET
        else:
            oauth2_scopes = self.oauth2_scopes

        api_key_header: None | str | Unset
        if isinstance(self.api_key_header, Unset):
            api_key_header = UNSET
        else:
            api_key_header = self.api_key_header

        api_key_value: None | str | Unset
        if isinstance(self.api_key_value, Unset):
            api_key_value = UNSET
        else:
            api_key_value = self.api_key_value

        custom_headers: dict[str, Any] | None | Unset
        if isinstance(self.custom_headers, Unset):
            custom_headers = UNSET
        elif isinstance(self.custom_headers, UpdateMCPServerConfigRequestCustomHeadersType0):
            custom_headers = self.custom_headers.to_dict()
        else:
            custom_headers = self.custom_headers

        tool_allow_list: list[str] | None | Unset
        if isinstance(self.tool_allow_list, Unset):
            tool_allow_list = UNSET
        elif isinstance(self.tool_allow_list, list):
            tool_allow_list = self.tool_allow_list


        else:
            tool_allow_list = self.tool_allow_list

        tool_deny_list: list[str] | None | Unset
        if isinstance(self.tool_deny_list, Unset):
            tool_deny_list = UNSET
        elif isinstance(self.tool_deny_list, list):
            tool_deny_list = self.tool_deny_list


        else:
            tool_deny_list = self.tool_deny_list

        tool_approvals: dict[str, Any] | None | Unset
        if isinstance(self.tool_approvals, Unset):
            tool_approvals = UNSET
        elif isinstance(self.tool_approvals, MCPToolApprovalsChoice):
            tool_approvals = self.tool_approvals.to_dict()
        else:
            tool_approvals = self.tool_approvals

        availability: None | str | Unset
        if isinstance(self.availability, Unset):
            availability = UNSET
        elif isinstance(self.availability, str):
            availability = self.availability
        else:
            availability = self.availability

        enabled: bool | None | Unset
        if isinstance(self.enabled, Unset):
            enabled = UNSET
        else:
            enabled = self.enabled

        model_intent: bool | None | Unset
        if isinstance(self.model_intent, Unset):
            model_intent = UNSET
        else:
            model_intent = self.model_intent

        allow_in_plan_mode: bool | None | Unset
        if isinstance(self.allow_in_plan_mode, Unset):
            allow_in_plan_mode = UNSET
        else:
            allow_in_plan_mode = self.allow_in_plan_mode

        forward_coder_headers: bool | None | Unset
        if isinstance(self.forward_coder_headers, Unset):
            forward_coder_headers = UNSET
        else:
            forward_coder_headers = self.forward_coder_headers


        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({
        })
        if display_name is not UNSET:
            field_dict["display_name"] = display_name
        if slug is not UNSET:
            field_dict["slug"] = slug
        if description is not UNSET:
            field_dict["description"] = description
        if icon_url is not UNSET:
            field_dict["icon_url"] = icon_url
        if transport is not UNSET:
            field_dict["transport"] = transport
        if url is not UNSET:
            field_dict["url"] = url
        if auth_type is not UNSET:
            field_dict["auth_type"] = auth_type
        if oauth2_client_id is not UNSET:
            field_dict["oauth2_client_id"] = oauth2_client_id
        if oauth2_client_secret is not UNSET:
            field_dict["oauth2_client_secret"] = oauth2_client_secret
        if oauth2_auth_url is not UNSET:
            field_dict["oauth2_auth_url"] = oauth2_auth_url
        if oauth2_token_url is not UNSET:
            field_dict["oauth2_token_url"] = oauth2_token_url
        if oauth2_revocation_url is not UNSET:
            field_dict["oauth2_revocation_url"] = oauth2_revocation_url
        if oauth2_scopes is not UNSET:
            field_dict["oauth2_scopes"] = oauth2_scopes
        if api_key_header is not UNSET:
            field_dict["api_key_header"] = api_key_header
        if api_key_value is not UNSET:
            field_dict["api_key_value"] = api_key_value
        if custom_headers is not UNSET:
            field_dict["custom_headers"] = custom_headers
        if tool_allow_list is not UNSET:
            field_dict["tool_allow_list"] = tool_allow_list
        if tool_deny_list is not UNSET:
            field_dict["tool_deny_list"] = tool_deny_list
        if tool_approvals is not UNSET:
            field_dict["tool_approvals"] = tool_approvals
        if availability is not UNSET:
            field_dict["availability"] = availability
        if enabled is not UNSET:
            field_dict["enabled"] = enabled
        if model_intent is not UNSET:
            field_dict["model_intent"] = model_intent
        if allow_in_plan_mode is not UNSET:
            field_dict["allow_in_plan_mode"] = allow_in_plan_mode
        if forward_coder_headers is not UNSET:
            field_dict["forward_coder_headers"] = forward_coder_headers

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.mcp_tool_approvals_choice import MCPToolApprovalsChoice # noqa: PLC0415
        from ..models.update_mcp_server_config_request_custom_headers_type_0 import UpdateMCPServerConfigRequestCustomHeadersType0 # noqa: PLC0415
        d = dict(src_dict)
        def _parse_display_name(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        display_name = _parse_display_name(d.pop("display_name", UNSET))


        def _parse_slug(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        slug = _parse_slug(d.pop("slug", UNSET))


        def _parse_description(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        description = _parse_description(d.pop("description", UNSET))


        def _parse_icon_url(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        icon_url = _parse_icon_url(d.pop("icon_url", UNSET))


        def _parse_transport(data: object) -> MCPTransport | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                transport_type_1 = check_mcp_transport(data)



                return transport_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(MCPTransport | None | Unset, data)

        transport = _parse_transport(d.pop("transport", UNSET))


        def _parse_url(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        url = _parse_url(d.pop("url", UNSET))


        def _parse_auth_type(data: object) -> MCPAuthType | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                auth_type_type_1 = check_mcp_auth_type(data)



                return auth_type_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(MCPAuthType | None | Unset, data)

        auth_type = _parse_auth_type(d.pop("auth_type", UNSET))


        def _parse_oauth2_client_id(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        oauth2_client_id = _parse_oauth2_client_id(d.pop("oauth2_client_id", UNSET))


        def _parse_oauth2_client_secret(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        oauth2_client_secret = _parse_oauth2_client_secret(d.pop("oauth2_client_secret", UNSET))


        def _parse_oauth2_auth_url(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        oauth2_auth_url = _parse_oauth2_auth_url(d.pop("oauth2_auth_url", UNSET))


        def _parse_oauth2_token_url(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        oauth2_token_url = _parse_oauth2_token_url(d.pop("oauth2_token_url", UNSET))


        def _parse_oauth2_revocation_url(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        oauth2_revocation_url = _parse_oauth2_revocation_url(d.pop("oauth2_revocation_url", UNSET))


        def _parse_oauth2_scopes(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        oauth2_scopes = _parse_oauth2_scopes(d.pop("oauth2_scopes", UNSET))


        def _parse_api_key_header(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        api_key_header = _parse_api_key_header(d.pop("api_key_header", UNSET))


        def _parse_api_key_value(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        api_key_value = _parse_api_key_value(d.pop("api_key_value", UNSET))


        def _parse_custom_headers(data: object) -> None | Unset | UpdateMCPServerConfigRequestCustomHeadersType0:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                custom_headers_type_0 = UpdateMCPServerConfigRequestCustomHeadersType0.from_dict(data)



                return custom_headers_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Unset | UpdateMCPServerConfigRequestCustomHeadersType0, data)

        custom_headers = _parse_custom_headers(d.pop("custom_headers", UNSET))


        def _parse_tool_allow_list(data: object) -> list[str] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                tool_allow_list_type_0 = cast(list[str], data)

                return tool_allow_list_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[str] | None | Unset, data)

        tool_allow_list = _parse_tool_allow_list(d.pop("tool_allow_list", UNSET))


        def _parse_tool_deny_list(data: object) -> list[str] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                tool_deny_list_type_0 = cast(list[str], data)

                return tool_deny_list_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[str] | None | Unset, data)

        tool_deny_list = _parse_tool_deny_list(d.pop("tool_deny_list", UNSET))


        def _parse_tool_approvals(data: object) -> MCPToolApprovalsChoice | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                tool_approvals_type_1 = MCPToolApprovalsChoice.from_dict(data)



                return tool_approvals_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(MCPToolApprovalsChoice | None | Unset, data)

        tool_approvals = _parse_tool_approvals(d.pop("tool_approvals", UNSET))


        def _parse_availability(data: object) -> MCPAvailability | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                availability_type_1 = check_mcp_availability(data)



                return availability_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(MCPAvailability | None | Unset, data)

        availability = _parse_availability(d.pop("availability", UNSET))


        def _parse_enabled(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        enabled = _parse_enabled(d.pop("enabled", UNSET))


        def _parse_model_intent(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        model_intent = _parse_model_intent(d.pop("model_intent", UNSET))


        def _parse_allow_in_plan_mode(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        allow_in_plan_mode = _parse_allow_in_plan_mode(d.pop("allow_in_plan_mode", UNSET))


        def _parse_forward_coder_headers(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        forward_coder_headers = _parse_forward_coder_headers(d.pop("forward_coder_headers", UNSET))


        update_mcp_server_config_request = cls(
            display_name=display_name,
            slug=slug,
            description=description,
            icon_url=icon_url,
            transport=transport,
            url=url,
            auth_type=auth_type,
            oauth2_client_id=oauth2_client_id,
            oauth2_client_secret=oauth2_client_secret,
            oauth2_auth_url=oauth2_auth_url,
            oauth2_token_url=oauth2_token_url,
            oauth2_revocation_url=oauth2_revocation_url,
            oauth2_scopes=oauth2_scopes,
            api_key_header=api_key_header,
            api_key_value=api_key_value,
            custom_headers=custom_headers,
            tool_allow_list=tool_allow_list,
            tool_deny_list=tool_deny_list,
            tool_approvals=tool_approvals,
            availability=availability,
            enabled=enabled,
            model_intent=model_intent,
            allow_in_plan_mode=allow_in_plan_mode,
            forward_coder_headers=forward_coder_headers,
        )


        update_mcp_server_config_request.additional_properties = d
        return update_mcp_server_config_request

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
