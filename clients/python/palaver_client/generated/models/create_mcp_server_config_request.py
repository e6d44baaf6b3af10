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
  from ..models.create_mcp_server_config_request_custom_headers_type_0 import CreateMCPServerConfigRequestCustomHeadersType0
  from ..models.mcp_tool_approvals_choice import MCPToolApprovalsChoice





T = TypeVar("T", bound="CreateMCPServerConfigRequest")



@_attrs_define
class CreateMCPServerConfigRequest:
    """ An MCP server to add.

        Example:
            {'display_name': 'GitHub', 'slug': 'github', 'transport': 'streamable_http', 'url':
                'https://mcp.example.com/github', 'auth_type': 'api_key', 'api_key_header': 'Authorization', 'api_key_value':
                'Bearer ghp_example0123456789', 'availability': 'default_on', 'enabled': True}

        Attributes:
            display_name (str): Label.
            slug (str): Unique short name; prefix of the tools' names.
            transport (MCPTransport): How the server is spoken to. Example: streamable_http.
            url (str): Address of the server.
            auth_type (MCPAuthType): How requests to the server are authenticated: not at all; by the chat owner's own
                OAuth2 token, for which the
                owner connects (`connect-mcp-server-oauth2`); by one key, or by headers, for all; by the token that the
                deployment's OpenID provider gave for the chat's owner; by a token that the deployment gets for itself (OAuth2
                client credentials).
                 Example: api_key.
            availability (MCPAvailability): Which chats use the server: `force_on` every chat, `default_on` the ones whose
                client does not deselect it,
                `default_off` the ones that choose it.
                 Example: default_on.
            description (None | str | Unset): Free text.
            icon_url (None | str | Unset): Icon URL.
            oauth2_client_id (None | str | Unset): OAuth2 client id.
            oauth2_client_secret (None | str | Unset): OAuth2 client secret.
            oauth2_auth_url (None | str | Unset): OAuth2 authorization URL.
            oauth2_token_url (None | str | Unset): OAuth2 token URL.
            oauth2_revocation_url (None | str | Unset): OAuth2 revocation URL; https, or http for a loopback host.
            oauth2_scopes (None | str | Unset): OAuth2 scopes, separated by spaces.
            api_key_header (None | str | Unset): Header that carries the key; for `api_key`.
            api_key_value (None | str | Unset): The key; for `api_key`.
            custom_headers (CreateMCPServerConfigRequestCustomHeadersType0 | None | Unset): Headers by name; for
                `custom_headers`.
            tool_allow_list (list[str] | None | Unset): When not empty, only these tools are offered.
            tool_deny_list (list[str] | None | Unset): Tools that are never offered.
            tool_approvals (MCPToolApprovalsChoice | None | Unset):
            enabled (bool | None | Unset): Switched on; false when absent.
            model_intent (bool | None | Unset): Add an argument `model_intent` to the tools.
            allow_in_plan_mode (bool | None | Unset): Keep the tools available in plan mode.
            forward_coder_headers (bool | None | Unset): Send headers that name the owner and the chat.
     """

    display_name: str
    slug: str
    transport: MCPTransport
    url: str
    auth_type: MCPAuthType
    availability: MCPAvailability
    description: None | str | Unset = UNSET
    icon_url: None | str | Unset = UNSET
    oauth2_client_id: None | str | Unset = UNSET
    oauth2_client_secret: None | str | Unset = UNSET
    oauth2_auth_url: None | str | Unset = UNSET
    oauth2_token_url: None | str | Unset = UNSET
    oauth2_revocation_url: None | str | Unset = UNSET
    oauth2_scopes: None | str | Unset = UNSET
    api_key_header: None | str | Unset = UNSET
    api_key_value: None | str | Unset = UNSET
    custom_headers: CreateMCPServerConfigRequestCustomHeadersType0 | None | Unset = UNSET
    tool_allow_list: list[str] | None | Unset = UNSET
    tool_deny_list: list[str] | None | Unset = UNSET
    tool_approvals: MCPToolApprovalsChoice | None | Unset = UNSET
    enabled: bool | None | Unset = UNSET
    model_intent: bool | None | Unset = UNSET
    allow_in_plan_mode: bool | None | Unset = UNSET
    forward_coder_headers: bool | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)





    def to_dict(self) -> dict[str, Any]:
        from ..models.create_mcp_server_config_request_custom_headers_type_0 import CreateMCPServerConfigRequestCustomHeadersType0 # noqa: PLC0415
        from ..models.mcp_tool_approvals_choice import MCPToolApprovalsChoice # noqa: PLC0415
        display_name = self.display_name

        slug = self.slug

        transport: str = self.transport

        url = self.url

        auth_type: str = self.auth_type

        availability: str = self.availability

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
        elif isinstance(self.custom_headers, CreateMCPServerConfigRequestCustomHeadersType0):
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
            "display_name": display_name,
            "slug": slug,
            "transport": transport,
            "url": url,
            "auth_type": auth_type,
            "availability": availability,
        })
        if description is not UNSET:
            field_dict["description"] = description
        if icon_url is not UNSET:
            field_dict["icon_url"] = icon_url
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
        from ..models.create_mcp_server_config_request_custom_headers_type_0 import CreateMCPServerConfigRequestCustomHeadersType0 # noqa: PLC0415
        from ..models.mcp_tool_approvals_choice import MCPToolApprovalsChoice # noqa: PLC0415
        d = dict(src_dict)
        display_name = d.pop("display_name")

        slug = d.pop("slug")

        transport = check_mcp_transport(d.pop("transport"))




        url = d.pop("url")

        auth_type = check_mcp_auth_type(d.pop("auth_type"))




        availability = check_mcp_availability(d.pop("availability"))




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


        def _parse_custom_headers(data: object) -> CreateMCPServerConfigRequestCustomHeadersType0 | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                custom_headers_type_0 = CreateMCPServerConfigRequestCustomHeadersType0.from_dict(data)



                return custom_headers_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(CreateMCPServerConfigRequestCustomHeadersType0 | None | Unset, data)

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


        create_mcp_server_config_request = cls(
            display_name=display_name,
            slug=slug,
            transport=transport,
            url=url,
            auth_type=auth_type,
            availability=availability,
            description=description,
            icon_url=icon_url,
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
            enabled=enabled,
            model_intent=model_intent,
            allow_in_plan_mode=allow_in_plan_mode,
            forward_coder_headers=forward_coder_headers,
        )


        create_mcp_server_config_request.additional_properties = d
        return create_mcp_server_config_request

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
