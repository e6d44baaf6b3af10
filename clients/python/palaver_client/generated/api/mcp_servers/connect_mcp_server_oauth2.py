from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...types import Response, UNSET
from ... import errors

from ...models.error_response import ErrorResponse
from typing import cast
from uuid import UUID



def _get_kwargs(
    mcp_server: UUID,

) -> dict[str, Any]:
    

    

    

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/api/experimental/mcp/servers/{mcp_server}/oauth2/connect".format(mcp_server=quote(str(mcp_server), safe=""),),
    }


    return _kwargs



def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Any | ErrorResponse | str | None:
    if response.status_code == 307:
        response_307 = cast(Any, None)
        return response_307

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


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[Any | ErrorResponse | str]:
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

) -> Response[Any | ErrorResponse | str]:
    """ Connect the caller to an MCP server

     For browsers. Sends the caller to the server's authorization server (authorization code, PKCE with
    S256), which
    sends it back to `callback-mcp-server-oauth2`. Two cookies bind the answer to the caller's session;
    they are
    good for ten minutes, for one return and for that operation of this server only. Any authenticated
    user may
    connect; a token needs the scope `api_key:update`.

    Checks, in order:
    1. `{mcpServer}` is a UUID (400);
    2. the token's scopes allow it (403);
    3. the server exists (404), is enabled (400), is of auth type `oauth2` (400) and has an
    authorization URL (400).

    Args:
        mcp_server (UUID):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | ErrorResponse | str]
     """


    kwargs = _get_kwargs(
        mcp_server=mcp_server,

    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)

def sync(
    mcp_server: UUID,
    *,
    client: AuthenticatedClient | Client,

) -> Any | ErrorResponse | str | None:
    """ Connect the caller to an MCP server

     For browsers. Sends the caller to the server's authorization server (authorization code, PKCE with
    S256), which
    sends it back to `callback-mcp-server-oauth2`. Two cookies bind the answer to the caller's session;
    they are
    good for ten minutes, for one return and for that operation of this server only. Any authenticated
    user may
    connect; a token needs the scope `api_key:update`.

    Checks, in order:
    1. `{mcpServer}` is a UUID (400);
    2. the token's scopes allow it (403);
    3. the server exists (404), is enabled (400), is of auth type `oauth2` (400) and has an
    authorization URL (400).

    Args:
        mcp_server (UUID):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | ErrorResponse | str
     """


    return sync_detailed(
        mcp_server=mcp_server,
client=client,

    ).parsed

async def asyncio_detailed(
    mcp_server: UUID,
    *,
    client: AuthenticatedClient | Client,

) -> Response[Any | ErrorResponse | str]:
    """ Connect the caller to an MCP server

     For browsers. Sends the caller to the server's authorization server (authorization code, PKCE with
    S256), which
    sends it back to `callback-mcp-server-oauth2`. Two cookies bind the answer to the caller's session;
    they are
    good for ten minutes, for one return and for that operation of this server only. Any authenticated
    user may
    connect; a token needs the scope `api_key:update`.

    Checks, in order:
    1. `{mcpServer}` is a UUID (400);
    2. the token's scopes allow it (403);
    3. the server exists (404), is enabled (400), is of auth type `oauth2` (400) and has an
    authorization URL (400).

    Args:
        mcp_server (UUID):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | ErrorResponse | str]
     """


    kwargs = _get_kwargs(
        mcp_server=mcp_server,

    )

    response = await client.get_async_httpx_client().request(
        **kwargs
    )

    return _build_response(client=client, response=response)

async def asyncio(
    mcp_server: UUID,
    *,
    client: AuthenticatedClient | Client,

) -> Any | ErrorResponse | str | None:
    """ Connect the caller to an MCP server

     For browsers. Sends the caller to the server's authorization server (authorization code, PKCE with
    S256), which
    sends it back to `callback-mcp-server-oauth2`. Two cookies bind the answer to the caller's session;
    they are
    good for ten minutes, for one return and for that operation of this server only. Any authenticated
    user may
    connect; a token needs the scope `api_key:update`.

    Checks, in order:
    1. `{mcpServer}` is a UUID (400);
    2. the token's scopes allow it (403);
    3. the server exists (404), is enabled (400), is of auth type `oauth2` (400) and has an
    authorization URL (400).

    Args:
        mcp_server (UUID):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | ErrorResponse | str
     """


    return (await asyncio_detailed(
        mcp_server=mcp_server,
client=client,

    )).parsed
