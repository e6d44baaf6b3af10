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
    group: UUID,

) -> dict[str, Any]:
    

    

    

    _kwargs: dict[str, Any] = {
        "method": "delete",
        "url": "/api/v2/groups/{group}".format(group=quote(str(group), safe=""),),
    }


    return _kwargs



def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> ErrorResponse | str | None:
    if response.status_code == 200:
        response_200 = ErrorResponse.from_dict(response.json())



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
    group: UUID,
    *,
    client: AuthenticatedClient | Client,

) -> Response[ErrorResponse | str]:
    """ Delete a group

     Removes a group. Chats that were shared with it are shared with its members no longer.

    Checks, in order:
    1. the group exists and the caller may read it (404);
    2. the caller may delete it: `owner`, `user-admin`, `organization-admin`, `organization-user-admin`
    (403);
    3. it is not the implied group of all members (400).

    Args:
        group (UUID):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | str]
     """


    kwargs = _get_kwargs(
        group=group,

    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)

def sync(
    group: UUID,
    *,
    client: AuthenticatedClient | Client,

) -> ErrorResponse | str | None:
    """ Delete a group

     Removes a group. Chats that were shared with it are shared with its members no longer.

    Checks, in order:
    1. the group exists and the caller may read it (404);
    2. the caller may delete it: `owner`, `user-admin`, `organization-admin`, `organization-user-admin`
    (403);
    3. it is not the implied group of all members (400).

    Args:
        group (UUID):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | str
     """


    return sync_detailed(
        group=group,
client=client,

    ).parsed

async def asyncio_detailed(
    group: UUID,
    *,
    client: AuthenticatedClient | Client,

) -> Response[ErrorResponse | str]:
    """ Delete a group

     Removes a group. Chats that were shared with it are shared with its members no longer.

    Checks, in order:
    1. the group exists and the caller may read it (404);
    2. the caller may delete it: `owner`, `user-admin`, `organization-admin`, `organization-user-admin`
    (403);
    3. it is not the implied group of all members (400).

    Args:
        group (UUID):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | str]
     """


    kwargs = _get_kwargs(
        group=group,

    )

    response = await client.get_async_httpx_client().request(
        **kwargs
    )

    return _build_response(client=client, response=response)

async def asyncio(
    group: UUID,
    *,
    client: AuthenticatedClient | Client,

) -> ErrorResponse | str | None:
    """ Delete a group

     Removes a group. Chats that were shared with it are shared with its members no longer.

    Checks, in order:
    1. the group exists and the caller may read it (404);
    2. the caller may delete it: `owner`, `user-admin`, `organization-admin`, `organization-user-admin`
    (403);
    3. it is not the implied group of all members (400).

    Args:
        group (UUID):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | str
     """


    return (await asyncio_detailed(
        group=group,
client=client,

    )).parsed
