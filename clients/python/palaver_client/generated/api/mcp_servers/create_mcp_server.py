from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...types import Response, UNSET
from ... import errors

from ...models.create_mcp_server_config_request import CreateMCPServerConfigRequest
from ...models.error_response import ErrorResponse
from ...models.mcp_server_config import MCPServerConfig
from typing import cast



def _get_kwargs(
    *,
    body: CreateMCPServerConfigRequest,

) -> dict[str, Any]:
    headers: dict[str, Any] = {}


    

    

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/api/experimental/mcp/servers",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs



def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> ErrorResponse | MCPServerConfig | str | None:
    if response.status_code == 201:
        response_201 = MCPServerConfig.from_dict(response.json())



        return response_201

    if response.status_code == 400:
        response_400 = ErrorResponse.from_dict(response.json())



        return response_400

    if response.status_code == 401:
        response_401 = ErrorResponse.from_dict(response.json())



        return response_401

    if response.status_code == 403:
        response_403 = ErrorResponse.from_dict(response.json())



        return response_403

    if response.status_code == 409:
        response_409 = ErrorResponse.from_dict(response.json())



        return response_409

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
    *,
    client: AuthenticatedClient | Client,
    body: CreateMCPServerConfigRequest,

) -> Response[ErrorResponse | MCPServerConfig | str]:
    """ Create an MCP server config

     Adds an MCP server whose tools chats may use. `slug` is unique and becomes the prefix of its tools'
    names. Text
    fields are trimmed. Secrets are stored encrypted and never returned; the `has_…` fields tell what is
    stored.
    Needs the site role `owner`.

    Checks, in order:
    1. the body fits its schema (400);
    2. the caller may change the deployment's configuration (403);
    3. `oauth2_revocation_url` is an https URL; a loopback host may use http (400);
    4. the fields that `auth_type` needs are there: for `oauth2` all or none of client id, authorization
    URL and
       token URL; for `client_credentials` client id, client secret and token URL; for `api_key` both
    header and
       value; for `custom_headers` at least one header (400);
    5. header names and values can be sent over HTTP (400);
    6. no other server has this slug (409);
    7. for `oauth2` without manual data: the server leads to an authorization server that registers
    clients (400).

    Discovery: the server's protected resource metadata (RFC 9728) name its authorization server, whose
    metadata
    (RFC 8414) have to offer PKCE with S256 and registration (RFC 7591). What is found is stored as if
    it had been
    given; scopes that were given stay. It takes half a minute at most, and goes where the server may
    connect to.

    Args:
        body (CreateMCPServerConfigRequest): An MCP server to add. Example: {'display_name':
            'GitHub', 'slug': 'github', 'transport': 'streamable_http', 'url':
            'https://mcp.example.com/github', 'auth_type': 'api_key', 'api_key_header':
            'Authorization', 'api_key_value': 'Bearer ghp_example0123456789', 'availability':
            'default_on', 'enabled': True}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | MCPServerConfig | str]
     """


    kwargs = _get_kwargs(
        body=body,

    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)

def sync(
    *,
    client: AuthenticatedClient | Client,
    body: CreateMCPServerConfigRequest,

) -> ErrorResponse | MCPServerConfig | str | None:
    """ Create an MCP server config

     Adds an MCP server whose tools chats may use. `slug` is unique and becomes the prefix of its tools'
    names. Text
    fields are trimmed. Secrets are stored encrypted and never returned; the `has_…` fields tell what is
    stored.
    Needs the site role `owner`.

    Checks, in order:
    1. the body fits its schema (400);
    2. the caller may change the deployment's configuration (403);
    3. `oauth2_revocation_url` is an https URL; a loopback host may use http (400);
    4. the fields that `auth_type` needs are there: for `oauth2` all or none of client id, authorization
    URL and
       token URL; for `client_credentials` client id, client secret and token URL; for `api_key` both
    header and
       value; for `custom_headers` at least one header (400);
    5. header names and values can be sent over HTTP (400);
    6. no other server has this slug (409);
    7. for `oauth2` without manual data: the server leads to an authorization server that registers
    clients (400).

    Discovery: the server's protected resource metadata (RFC 9728) name its authorization server, whose
    metadata
    (RFC 8414) have to offer PKCE with S256 and registration (RFC 7591). What is found is stored as if
    it had been
    given; scopes that were given stay. It takes half a minute at most, and goes where the server may
    connect to.

    Args:
        body (CreateMCPServerConfigRequest): An MCP server to add. Example: {'display_name':
            'GitHub', 'slug': 'github', 'transport': 'streamable_http', 'url':
            'https://mcp.example.com/github', 'auth_type': 'api_key', 'api_key_header':
            'Authorization', 'api_key_value': 'Bearer ghp_example0123456789', 'availability':
            'default_on', 'enabled': True}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | MCPServerConfig | str
     """


    return sync_detailed(
        client=client,
body=body,

    ).parsed

async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: CreateMCPServerConfigRequest,

) -> Response[ErrorResponse | MCPServerConfig | str]:
    """ Create an MCP server config

     Adds an MCP server whose tools chats may use. `slug` is unique and becomes the prefix of its tools'
    names. Text
    fields are trimmed. Secrets are stored encrypted and never returned; the `has_…` fields tell what is
    stored.
    Needs the site role `owner`.

    Checks, in order:
    1. the body fits its schema (400);
    2. the caller may change the deployment's configuration (403);
    3. `oauth2_revocation_url` is an https URL; a loopback host may use http (400);
    4. the fields that `auth_type` needs are there: for `oauth2` all or none of client id, authorization
    URL and
       token URL; for `client_credentials` client id, client secret and token URL; for `api_key` both
    header and
       value; for `custom_headers` at least one header (400);
    5. header names and values can be sent over HTTP (400);
    6. no other server has this slug (409);
    7. for `oauth2` without manual data: the server leads to an authorization server that registers
    clients (400).

    Discovery: the server's protected resource metadata (RFC 9728) name its authorization server, whose
    metadata
    (RFC 8414) have to offer PKCE with S256 and registration (RFC 7591). What is found is stored as if
    it had been
    given; scopes that were given stay. It takes half a minute at most, and goes where the server may
    connect to.

    Args:
        body (CreateMCPServerConfigRequest): An MCP server to add. Example: {'display_name':
            'GitHub', 'slug': 'github', 'transport': 'streamable_http', 'url':
            'https://mcp.example.com/github', 'auth_type': 'api_key', 'api_key_header':
            'Authorization', 'api_key_value': 'Bearer ghp_example0123456789', 'availability':
            'default_on', 'enabled': True}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | MCPServerConfig | str]
     """


    kwargs = _get_kwargs(
        body=body,

    )

    response = await client.get_async_httpx_client().request(
        **kwargs
    )

    return _build_response(client=client, response=response)

async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    body: CreateMCPServerConfigRequest,

) -> ErrorResponse | MCPServerConfig | str | None:
    """ Create an MCP server config

     Adds an MCP server whose tools chats may use. `slug` is unique and becomes the prefix of its tools'
    names. Text
    fields are trimmed. Secrets are stored encrypted and never returned; the `has_…` fields tell what is
    stored.
    Needs the site role `owner`.

    Checks, in order:
    1. the body fits its schema (400);
    2. the caller may change the deployment's configuration (403);
    3. `oauth2_revocation_url` is an https URL; a loopback host may use http (400);
    4. the fields that `auth_type` needs are there: for `oauth2` all or none of client id, authorization
    URL and
       token URL; for `client_credentials` client id, client secret and token URL; for `api_key` both
    header and
       value; for `custom_headers` at least one header (400);
    5. header names and values can be sent over HTTP (400);
    6. no other server has this slug (409);
    7. for `oauth2` without manual data: the server leads to an authorization server that registers
    clients (400).

    Discovery: the server's protected resource metadata (RFC 9728) name its authorization server, whose
    metadata
    (RFC 8414) have to offer PKCE with S256 and registration (RFC 7591). What is found is stored as if
    it had been
    given; scopes that were given stay. It takes half a minute at most, and goes where the server may
    connect to.

    Args:
        body (CreateMCPServerConfigRequest): An MCP server to add. Example: {'display_name':
            'GitHub', 'slug': 'github', 'transport': 'streamable_http', 'url':
            'https://mcp.example.com/github', 'auth_type': 'api_key', 'api_key_header':
            'Authorization', 'api_key_value': 'Bearer ghp_example0123456789', 'availability':
            'default_on', 'enabled': True}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | MCPServerConfig | str
     """


    return (await asyncio_detailed(
        client=client,
body=body,

    )).parsed
