from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...types import Response, UNSET
from ... import errors

from ...models.error_response import ErrorResponse
from ...types import UNSET, Unset
from typing import cast
from uuid import UUID



def _get_kwargs(
    mcp_server: UUID,
    *,
    code: str | Unset = UNSET,
    state: str | Unset = UNSET,
    error: str | Unset = UNSET,
    error_description: str | Unset = UNSET,

) -> dict[str, Any]:
    

    

    params: dict[str, Any] = {}

    params["code"] = code

    params["state"] = state

    params["error"] = error

    params["error_description"] = error_description


    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}


    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/api/experimental/mcp/servers/{mcp_server}/oauth2/callback".format(mcp_server=quote(str(mcp_server), safe=""),),
        "params": params,
    }


    return _kwargs



def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> ErrorResponse | str | None:
    if response.status_code == 200:
        response_200 = response.text
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

    if response.status_code == 428:
        response_428 = response.text
        return response_428

    if response.status_code == 429:
        response_429 = ErrorResponse.from_dict(response.json())



        return response_429

    if response.status_code == 500:
        response_500 = ErrorResponse.from_dict(response.json())



        return response_500

    if response.status_code == 502:
        response_502 = ErrorResponse.from_dict(response.json())



        return response_502

    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[ErrorResponse | str]:
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
    code: str | Unset = UNSET,
    state: str | Unset = UNSET,
    error: str | Unset = UNSET,
    error_description: str | Unset = UNSET,

) -> Response[ErrorResponse | str]:
    """ Come back from an MCP server's authorization server

     Where the authorization server sends the browser that `connect-mcp-server-oauth2` sent away. The
    code is
    exchanged for tokens, which are stored encrypted as the caller's own for this server; they are
    renewed before
    they end. The page that is answered posts `{type: "mcp-oauth2-complete", serverID: "<id>"}` to the
    page of this
    origin that opened it, and closes.

    Checks, in order:
    1. the parameters fit (400);
    2. the token's scopes allow it (403);
    3. the server exists (404), is enabled (400) and is of auth type `oauth2` (400);
    4. the authorization server sends no error (400) but a code (400);
    5. `state` is the one of a connection to this server that this session of the caller began at most
    ten minutes
       ago and that has not come back before (400);
    6. the authorization server gives tokens for the code (502).

    Args:
        mcp_server (UUID):
        code (str | Unset):
        state (str | Unset):
        error (str | Unset):
        error_description (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | str]
     """


    kwargs = _get_kwargs(
        mcp_server=mcp_server,
code=code,
state=state,
error=error,
error_description=error_description,

    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)

def sync(
    mcp_server: UUID,
    *,
    client: AuthenticatedClient | Client,
    code: str | Unset = UNSET,
    state: str | Unset = UNSET,
    error: str | Unset = UNSET,
    error_description: str | Unset = UNSET,

) -> ErrorResponse | str | None:
    """ Come back from an MCP server's authorization server

     Where the authorization server sends the browser that `connect-mcp-server-oauth2` sent away. The
    code is
    exchanged for tokens, which are stored encrypted as the caller's own for this server; they are
    renewed before
    they end. The page that is answered posts `{type: "mcp-oauth2-complete", serverID: "<id>"}` to the
    page of this
    origin that opened it, and closes.

    Checks, in order:
    1. the parameters fit (400);
    2. the token's scopes allow it (403);
    3. the server exists (404), is enabled (400) and is of auth type `oauth2` (400);
    4. the authorization server sends no error (400) but a code (400);
    5. `state` is the one of a connection to this server that this session of the caller began at most
    ten minutes
       ago and that has not come back before (400);
    6. the authorization server gives tokens for the code (502).

    Args:
        mcp_server (UUID):
        code (str | Unset):
        state (str | Unset):
        error (str | Unset):
        error_description (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | str
     """


    return sync_detailed(
        mcp_server=mcp_server,
client=client,
code=code,
state=state,
error=error,
error_description=error_description,

    ).parsed

async def asyncio_detailed(
    mcp_server: UUID,
    *,
    client: AuthenticatedClient | Client,
    code: str | Unset = UNSET,
    state: str | Unset = UNSET,
    error: str | Unset = UNSET,
    error_description: str | Unset = UNSET,

) -> Response[ErrorResponse | str]:
    """ Come back from an MCP server's authorization server

     Where the authorization server sends the browser that `connect-mcp-server-oauth2` sent away. The
    code is
    exchanged for tokens, which are stored encrypted as the caller's own for this server; they are
    renewed before
    they end. The page that is answered posts `{type: "mcp-oauth2-complete", serverID: "<id>"}` to the
    page of this
    origin that opened it, and closes.

    Checks, in order:
    1. the parameters fit (400);
    2. the token's scopes allow it (403);
    3. the server exists (404), is enabled (400) and is of auth type `oauth2` (400);
    4. the authorization server sends no error (400) but a code (400);
    5. `state` is the one of a connection to this server that this session of the caller began at most
    ten minutes
       ago and that has not come back before (400);
    6. the authorization server gives tokens for the code (502).

    Args:
        mcp_server (UUID):
        code (str | Unset):
        state (str | Unset):
        error (str | Unset):
        error_description (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | str]
     """


    kwargs = _get_kwargs(
        mcp_server=mcp_server,
code=code,
state=state,
error=error,
error_description=error_description,

    )

    response = await client.get_async_httpx_client().request(
        **kwargs
    )

    return _build_response(client=client, response=response)

async def asyncio(
    mcp_server: UUID,
    *,
    client: AuthenticatedClient | Client,
    code: str | Unset = UNSET,
    state: str | Unset = UNSET,
    error: str | Unset = UNSET,
    error_description: str | Unset = UNSET,

) -> ErrorResponse | str | None:
    """ Come back from an MCP server's authorization server

     Where the authorization server sends the browser that `connect-mcp-server-oauth2` sent away. The
    code is
    exchanged for tokens, which are stored encrypted as the caller's own for this server; they are
    renewed before
    they end. The page that is answered posts `{type: "mcp-oauth2-complete", serverID: "<id>"}` to the
    page of this
    origin that opened it, and closes.

    Checks, in order:
    1. the parameters fit (400);
    2. the token's scopes allow it (403);
    3. the server exists (404), is enabled (400) and is of auth type `oauth2` (400);
    4. the authorization server sends no error (400) but a code (400);
    5. `state` is the one of a connection to this server that this session of the caller began at most
    ten minutes
       ago and that has not come back before (400);
    6. the authorization server gives tokens for the code (502).

    Args:
        mcp_server (UUID):
        code (str | Unset):
        state (str | Unset):
        error (str | Unset):
        error_description (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | str
     """


    return (await asyncio_detailed(
        mcp_server=mcp_server,
client=client,
code=code,
state=state,
error=error,
error_description=error_description,

    )).parsed
