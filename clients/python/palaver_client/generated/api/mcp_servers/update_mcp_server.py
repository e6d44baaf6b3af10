from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...types import Response, UNSET
from ... import errors

from ...models.error_response import ErrorResponse
from ...models.mcp_server_config import MCPServerConfig
from ...models.update_mcp_server_config_request import UpdateMCPServerConfigRequest
from ...types import UNSET, Unset
from typing import cast
from uuid import UUID



def _get_kwargs(
    mcp_server: UUID,
    *,
    body: UpdateMCPServerConfigRequest,
    if_match: str | Unset = UNSET,

) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(if_match, Unset):
        headers["If-Match"] = if_match



    

    

    _kwargs: dict[str, Any] = {
        "method": "patch",
        "url": "/api/experimental/mcp/servers/{mcp_server}".format(mcp_server=quote(str(mcp_server), safe=""),),
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs



def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> ErrorResponse | MCPServerConfig | str | None:
    if response.status_code == 200:
        response_200 = MCPServerConfig.from_dict(response.json())



        return response_200

    if response.status_code == 400:
        response_400 = ErrorResponse.from_dict(response.json())



        return response_400

    if response.status_code == 401:
        response_401 = ErrorResponse.from_dict(response.json())



        return response_401

    if response.status_code == 403:
        response_403 = ErrorResponse.from_dict(response.json())



        return response_403

    if response.status_code == 404:
        response_404 = ErrorResponse.from_dict(response.json())



        return response_404

    if response.status_code == 409:
        response_409 = ErrorResponse.from_dict(response.json())



        return response_409

    if response.status_code == 412:
        response_412 = ErrorResponse.from_dict(response.json())



        return response_412

    if response.status_code == 413:
        response_413 = ErrorResponse.from_dict(response.json())



        return response_413

    if response.status_code == 428:
        response_428 = response.text
        return response_428

    if response.status_code == 429:
        response_429 = ErrorResponse.from_dict(response.json())



        return response_429

    if response.status_code == 500:
        response_500 = ErrorResponse.from_dict(response.json())



        return response_500

    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[ErrorResponse | MCPServerConfig | str]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    mcp_server: UUID,
    *,
    client: AuthenticatedClient | Client,
    body: UpdateMCPServerConfigRequest,
    if_match: str | Unset = UNSET,

) -> Response[ErrorResponse | MCPServerConfig | str]:
    """ Change an MCP server config

     Changes the given fields; absent ones keep their value. A changed `auth_type` clears the secrets and
    settings of
    the other types. Text fields are trimmed. A change of `url`, `auth_type`, OAuth2 client id, or of
    an OAuth2 URL erases the tokens that were given for the server as it was: its users connect anew.
    Nothing is
    discovered here. Needs the site role `owner`.

    Checks, in order:
    1. `{mcpServer}` and the body fit their schemas (400);
    2. the caller may change the deployment's configuration (403);
    3. `oauth2_revocation_url` is empty or an https URL; a loopback host may use http (400);
    4. header names and values can be sent over HTTP (400);
    5. the server exists (404);
    6. no other server has this slug (409);
    7. the config as a whole can be used (400);
    8. `If-Match`, where given, names the present ETag of `get-mcp-server` (412).

    Args:
        mcp_server (UUID):
        if_match (str | Unset):
        body (UpdateMCPServerConfigRequest): The fields to change. Example: {'availability':
            'default_on', 'tool_deny_list': ['delete_repository'], 'enabled': True}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | MCPServerConfig | str]
     """


    kwargs = _get_kwargs(
        mcp_server=mcp_server,
body=body,
if_match=if_match,

    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)

def sync(
    mcp_server: UUID,
    *,
    client: AuthenticatedClient | Client,
    body: UpdateMCPServerConfigRequest,
    if_match: str | Unset = UNSET,

) -> ErrorResponse | MCPServerConfig | str | None:
    """ Change an MCP server config

     Changes the given fields; absent ones keep their value. A changed `auth_type` clears the secrets and
    settings of
    the other types. Text fields are trimmed. A change of `url`, `auth_type`, OAuth2 client id, or of
    an OAuth2 URL erases the tokens that were given for the server as it was: its users connect anew.
    Nothing is
    discovered here. Needs the site role `owner`.

    Checks, in order:
    1. `{mcpServer}` and the body fit their schemas (400);
    2. the caller may change the deployment's configuration (403);
    3. `oauth2_revocation_url` is empty or an https URL; a loopback host may use http (400);
    4. header names and values can be sent over HTTP (400);
    5. the server exists (404);
    6. no other server has this slug (409);
    7. the config as a whole can be used (400);
    8. `If-Match`, where given, names the present ETag of `get-mcp-server` (412).

    Args:
        mcp_server (UUID):
        if_match (str | Unset):
        body (UpdateMCPServerConfigRequest): The fields to change. Example: {'availability':
            'default_on', 'tool_deny_list': ['delete_repository'], 'enabled': True}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | MCPServerConfig | str
     """


    return sync_detailed(
        mcp_server=mcp_server,
client=client,
body=body,
if_match=if_match,

    ).parsed

async def asyncio_detailed(
    mcp_server: UUID,
    *,
    client: AuthenticatedClient | Client,
    body: UpdateMCPServerConfigRequest,
    if_match: str | Unset = UNSET,

) -> Response[ErrorResponse | MCPServerConfig | str]:
    """ Change an MCP server config

     Changes the given fields; absent ones keep their value. A changed `auth_type` clears the secrets and
    settings of
    the other types. Text fields are trimmed. A change of `url`, `auth_type`, OAuth2 client id, or of
    an OAuth2 URL erases the tokens that were given for the server as it was: its users connect anew.
    Nothing is
    discovered here. Needs the site role `owner`.

    Checks, in order:
    1. `{mcpServer}` and the body fit their schemas (400);
    2. the caller may change the deployment's configuration (403);
    3. `oauth2_revocation_url` is empty or an https URL; a loopback host may use http (400);
    4. header names and values can be sent over HTTP (400);
    5. the server exists (404);
    6. no other server has this slug (409);
    7. the config as a whole can be used (400);
    8. `If-Match`, where given, names the present ETag of `get-mcp-server` (412).

    Args:
        mcp_server (UUID):
        if_match (str | Unset):
        body (UpdateMCPServerConfigRequest): The fields to change. Example: {'availability':
            'default_on', 'tool_deny_list': ['delete_repository'], 'enabled': True}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | MCPServerConfig | str]
     """


    kwargs = _get_kwargs(
        mcp_server=mcp_server,
body=body,
if_match=if_match,

    )

    response = await client.get_async_httpx_client().request(
        **kwargs
    )

    return _build_response(client=client, response=response)

async def asyncio(
    mcp_server: UUID,
    *,
    client: AuthenticatedClient | Client,
    body: UpdateMCPServerConfigRequest,
    if_match: str | Unset = UNSET,

) -> ErrorResponse | MCPServerConfig | str | None:
    """ Change an MCP server config

     Changes the given fields; absent ones keep their value. A changed `auth_type` clears the secrets and
    settings of
    the other types. Text fields are trimmed. A change of `url`, `auth_type`, OAuth2 client id, or of
    an OAuth2 URL erases the tokens that were given for the server as it was: its users connect anew.
    Nothing is
    discovered here. Needs the site role `owner`.

    Checks, in order:
    1. `{mcpServer}` and the body fit their schemas (400);
    2. the caller may change the deployment's configuration (403);
    3. `oauth2_revocation_url` is empty or an https URL; a loopback host may use http (400);
    4. header names and values can be sent over HTTP (400);
    5. the server exists (404);
    6. no other server has this slug (409);
    7. the config as a whole can be used (400);
    8. `If-Match`, where given, names the present ETag of `get-mcp-server` (412).

    Args:
        mcp_server (UUID):
        if_match (str | Unset):
        body (UpdateMCPServerConfigRequest): The fields to change. Example: {'availability':
            'default_on', 'tool_deny_list': ['delete_repository'], 'enabled': True}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | MCPServerConfig | str
     """


    return (await asyncio_detailed(
        mcp_server=mcp_server,
client=client,
body=body,
if_match=if_match,

    )).parsed
