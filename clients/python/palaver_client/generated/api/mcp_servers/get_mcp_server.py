from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...types import Response, UNSET
from ... import errors

from ...models.error_response import ErrorResponse
from ...models.mcp_server_config import MCPServerConfig
from ...types import UNSET, Unset
from typing import cast
from uuid import UUID



def _get_kwargs(
    mcp_server: UUID,
    *,
    if_none_match: str | Unset = UNSET,

) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(if_none_match, Unset):
        headers["If-None-Match"] = if_none_match



    

    

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/api/experimental/mcp/servers/{mcp_server}".format(mcp_server=quote(str(mcp_server), safe=""),),
    }


    _kwargs["headers"] = headers
    return _kwargs



def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Any | ErrorResponse | MCPServerConfig | str | None:
    if response.status_code == 200:
        response_200 = MCPServerConfig.from_dict(response.json())



        return response_200

    if response.status_code == 304:
        response_304 = cast(Any, None)
        return response_304

    if response.status_code == 400:
        response_400 = ErrorResponse.from_dict(response.json())



        return response_400

    if response.status_code == 401:
        response_401 = ErrorResponse.from_dict(response.json())



        return response_401

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


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[Any | ErrorResponse | MCPServerConfig | str]:
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
    if_none_match: str | Unset = UNSET,

) -> Response[Any | ErrorResponse | MCPServerConfig | str]:
    """ Get an MCP server config

     Answers one MCP server, in full or with its values emptied as in `list-mcp-servers`.

    Checks, in order:
    1. `{mcpServer}` is a UUID (400);
    2. the server exists, and is enabled unless the caller may read the deployment's configuration
    (404).

    Args:
        mcp_server (UUID):
        if_none_match (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | ErrorResponse | MCPServerConfig | str]
     """


    kwargs = _get_kwargs(
        mcp_server=mcp_server,
if_none_match=if_none_match,

    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)

def sync(
    mcp_server: UUID,
    *,
    client: AuthenticatedClient | Client,
    if_none_match: str | Unset = UNSET,

) -> Any | ErrorResponse | MCPServerConfig | str | None:
    """ Get an MCP server config

     Answers one MCP server, in full or with its values emptied as in `list-mcp-servers`.

    Checks, in order:
    1. `{mcpServer}` is a UUID (400);
    2. the server exists, and is enabled unless the caller may read the deployment's configuration
    (404).

    Args:
        mcp_server (UUID):
        if_none_match (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | ErrorResponse | MCPServerConfig | str
     """


    return sync_detailed(
        mcp_server=mcp_server,
client=client,
if_none_match=if_none_match,

    ).parsed

async def asyncio_detailed(
    mcp_server: UUID,
    *,
    client: AuthenticatedClient | Client,
    if_none_match: str | Unset = UNSET,

) -> Response[Any | ErrorResponse | MCPServerConfig | str]:
    """ Get an MCP server config

     Answers one MCP server, in full or with its values emptied as in `list-mcp-servers`.

    Checks, in order:
    1. `{mcpServer}` is a UUID (400);
    2. the server exists, and is enabled unless the caller may read the deployment's configuration
    (404).

    Args:
        mcp_server (UUID):
        if_none_match (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | ErrorResponse | MCPServerConfig | str]
     """


    kwargs = _get_kwargs(
        mcp_server=mcp_server,
if_none_match=if_none_match,

    )

    response = await client.get_async_httpx_client().request(
        **kwargs
    )

    return _build_response(client=client, response=response)

async def asyncio(
    mcp_server: UUID,
    *,
    client: AuthenticatedClient | Client,
    if_none_match: str | Unset = UNSET,

) -> Any | ErrorResponse | MCPServerConfig | str | None:
    """ Get an MCP server config

     Answers one MCP server, in full or with its values emptied as in `list-mcp-servers`.

    Checks, in order:
    1. `{mcpServer}` is a UUID (400);
    2. the server exists, and is enabled unless the caller may read the deployment's configuration
    (404).

    Args:
        mcp_server (UUID):
        if_none_match (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | ErrorResponse | MCPServerConfig | str
     """


    return (await asyncio_detailed(
        mcp_server=mcp_server,
client=client,
if_none_match=if_none_match,

    )).parsed
