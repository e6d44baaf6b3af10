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
from ..models.mcp_server_config_transport import check_mcp_server_config_transport
from ..models.mcp_server_config_transport import MCPServerConfigTransport
from ..types import UNSET, Unset
from typing import cast
from uuid import UUID
import datetime

if TYPE_CHECKING:
  from ..models.mcp_tool_approvals import MCPToolApprovals





T = TypeVar("T", bound="MCPServerConfig")



@_attrs_define
class MCPServerConfig:
    """ An MCP server. For callers without the right to read the deployment's configuration `url`, `transport`,
    `api_key_header` and all `oauth2_…` values are emptied.

        Example:
            {'id': '5b8f2c60-7e1d-4a39-b4c2-d96e03f1a875', 'display_name': 'GitHub', 'slug': 'github', 'description':
                'Issues, pull requests and code search.', 'icon_url': '/icon/github.svg', 'transport': 'streamable_http', 'url':
                'https://mcp.example.com/github', 'auth_type': 'api_key', 'has_oauth2_secret': False, 'api_key_header':
                'Authorization', 'has_api_key': True, 'has_custom_headers': False, 'tool_allow_list': [], 'tool_deny_list':
                ['delete_repository'], 'tool_approvals': {'default': 'auto', 'tools': {'create_issue': 'ask'}}, 'availability':
                'default_on', 'enabled': True, 'model_intent': False, 'allow_in_plan_mode': False, 'forward_coder_headers':
                False, 'created_at': '2026-08-01T10:03:00.75Z', 'updated_at': '2026-08-01T10:03:00.75Z', 'auth_connected': True}

        Attributes:
            id (UUID): Id.
            display_name (str): Label.
            slug (str): Unique short name; prefix of the tools' names.
            description (str): Free text.
            icon_url (str): Icon URL.
            transport (MCPServerConfigTransport): How the server is spoken to; empty when hidden.
            url (str): Address of the server; empty when hidden.
            auth_type (MCPAuthType): How requests to the server are authenticated: not at all; by the chat owner's own
                OAuth2 token, for which the
                owner connects (`connect-mcp-server-oauth2`); by one key, or by headers, for all; by the token that the
                deployment's OpenID provider gave for the chat's owner; by a token that the deployment gets for itself (OAuth2
                client credentials).
                 Example: api_key.
            has_oauth2_secret (bool): A client secret is stored.
            has_api_key (bool): A key is stored.
            has_custom_headers (bool): Headers are stored.
            tool_allow_list (list[str]): When not empty, only these tools are offered.
            tool_deny_list (list[str]): Tools that are never offered.
            tool_approvals (MCPToolApprovals): What calls of a server's tools need. Example: {'default': 'ask', 'tools':
                {'list_files': 'auto', 'delete_everything': 'deny'}}.
            availability (MCPAvailability): Which chats use the server: `force_on` every chat, `default_on` the ones whose
                client does not deselect it,
                `default_off` the ones that choose it.
                 Example: default_on.
            enabled (bool): Switched on.
            model_intent (bool): Adds an argument `model_intent` to the tools.
            allow_in_plan_mode (bool): The tools stay available in plan mode.
            forward_coder_headers (bool): Requests carry headers that name the owner and the chat.
            created_at (datetime.datetime): Creation time.
            updated_at (datetime.datetime): Time of the last change.
            auth_connected (bool): The caller can use the server: false only for OAuth2 without a usable token.
            oauth2_client_id (str | Unset): OAuth2 client id.
            oauth2_auth_url (str | Unset): OAuth2 authorization URL.
            oauth2_token_url (str | Unset): OAuth2 token URL.
            oauth2_revocation_url (str | Unset): OAuth2 revocation URL.
            oauth2_scopes (str | Unset): OAuth2 scopes, separated by spaces.
            api_key_header (str | Unset): Header that carries the key.
     """

    id: UUID
    display_name: str
    slug: str
    description: str
    icon_url: str
    transport: MCPServerConfigTransport
    url: str
    auth_type: MCPAuthType
    has_oauth2_secret: bool
    has_api_key: bool
    has_custom_headers: bool
    tool_allow_list: list[str]
    tool_deny_list: list[str]
    tool_approvals: MCPToolApprovals
    availability: MCPAvailability
    enabled: bool
    model_intent: bool
    allow_in_plan_mode: bool
    forward_coder_headers: bool
    created_at: datetime.datetime
    updated_at: datetime.datetime
    auth_connected: bool
    oauth2_client_id: str | Unset = UNSET
    oauth2_auth_url: str | Unset = UNSET
    oauth2_token_url: str | Unset = UNSET
    oauth2_revocation_url: str | Unset = UNSET
    oauth2_scopes: str | Unset = UNSET
    api_key_header: str | Unset = UNSET





    def to_dict(self) -> dict[str, Any]:
        from ..models.mcp_tool_approvals import MCPToolApprovals # noqa: PLC0415
        id = str(self.id)

        display_name = self.display_name

        slug = self.slug

        description = self.description

        icon_url = self.icon_url

        transport: str = self.transport

        url = self.url

        auth_type: str = self.auth_type

        has_oauth2_secret = self.has_oauth2_secret

        has_api_key = self.has_api_key

        has_custom_headers = self.has_custom_headers

        tool_allow_list = self.tool_allow_list



        tool_deny_list = self.tool_deny_list



        tool_approvals = self.tool_approvals.to_dict()

        availability: str = self.availability

        enabled = self.enabled

        model_intent = self.model_intent

        allow_in_plan_mode = self.allow_in_plan_mode

        forward_coder_headers = self.forward_coder_headers

        created_at = self.created_at.isoformat()

        updated_at = self.updated_at.isoformat()

        auth_connected = self.auth_connected

        oauth2_client_id = self.oauth2_client_id

        oauth2_auth_url = self.oauth2_auth_url

        oauth2_token_url = self.oauth2_token_url

        oauth2_revocation_url = self.oauth2_revocation_url

        oauth2_scopes = self.oauth2_scopes

        api_key_header = self.api_key_header


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "id": id,
            "display_name": display_name,
            "slug": slug,
            "description": description,
            "icon_url": icon_url,
            "transport": transport,
            "url": url,
            "auth_type": auth_type,
            "has_oauth2_secret": has_oauth2_secret,
            "has_api_key": has_api_key,
            "has_custom_headers": has_custom_headers,
            "tool_allow_list": tool_allow_list,
            "tool_deny_list": tool_deny_list,
            "tool_approvals": tool_approvals,
            "availability": availability,
            "enabled": enabled,
            "model_intent": model_intent,
            "allow_in_plan_mode": allow_in_plan_mode,
            "forward_coder_headers": forward_coder_headers,
            "created_at": created_at,
            "updated_at": updated_at,
            "auth_connected": auth_connected,
        })
        if oauth2_client_id is not UNSET:
            field_dict["oauth2_client_id"] = oauth2_client_id
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

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.mcp_tool_approvals import MCPToolApprovals # noqa: PLC0415
        d = dict(src_dict)
        id = UUID(d.pop("id"))




        display_name = d.pop("display_name")

        slug = d.pop("slug")

        description = d.pop("description")

        icon_url = d.pop("icon_url")

        transport = check_mcp_server_config_transport(d.pop("transport"))




        url = d.pop("url")

        auth_type = check_mcp_auth_type(d.pop("auth_type"))




        has_oauth2_secret = d.pop("has_oauth2_secret")

        has_api_key = d.pop("has_api_key")

        has_custom_headers = d.pop("has_custom_headers")

        tool_allow_list = cast(list[str], d.pop("tool_allow_list"))


        tool_deny_list = cast(list[str], d.pop("tool_deny_list"))


        tool_approvals = MCPToolApprovals.from_dict(d.pop("tool_approvals"))




        availability = check_mcp_availability(d.pop("availability"))




        enabled = d.pop("enabled")

        model_intent = d.pop("model_intent")

        allow_in_plan_mode = d.pop("allow_in_plan_mode")

        forward_coder_headers = d.pop("forward_coder_headers")

        created_at = datetime.datetime.fromisoformat(d.pop("created_at"))




        updated_at = datetime.datetime.fromisoformat(d.pop("updated_at"))




        auth_connected = d.pop("auth_connected")

        oauth2_client_id = d.pop("oauth2_client_id", UNSET)

        oauth2_auth_url = d.pop("oauth2_auth_url", UNSET)

        oauth2_token_url = d.pop("oauth2_token_url", UNSET)

        oauth2_revocation_url = d.pop("oauth2_revocation_url", UNSET)

        oauth2_scopes = d.pop("oauth2_scopes", UNSET)

        api_key_header = d.pop("api_key_header", UNSET)

        mcp_server_config = cls(
            id=id,
            display_name=display_name,
            slug=slug,
            description=description,
            icon_url=icon_url,
            transport=transport,
            url=url,
            auth_type=auth_type,
            has_oauth2_secret=has_oauth2_secret,
            has_api_key=has_api_key,
            has_custom_headers=has_custom_headers,
            tool_allow_list=tool_allow_list,
            tool_deny_list=tool_deny_list,
            tool_approvals=tool_approvals,
            availability=availability,
            enabled=enabled,
            model_intent=model_intent,
            allow_in_plan_mode=allow_in_plan_mode,
            forward_coder_headers=forward_coder_headers,
            created_at=created_at,
            updated_at=updated_at,
            auth_connected=auth_connected,
            oauth2_client_id=oauth2_client_id,
            oauth2_auth_url=oauth2_auth_url,
            oauth2_token_url=oauth2_token_url,
            oauth2_revocation_url=oauth2_revocation_url,
            oauth2_scopes=oauth2_scopes,
            api_key_header=api_key_header,
        )

        return mcp_server_config

