from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...types import Response, UNSET
from ... import errors

from ...models.error_response import ErrorResponse
from typing import cast



def _get_kwargs(
    organization: str,

) -> dict[str, Any]:
    

    

    

    _kwargs: dict[str, Any] = {
        "method": "delete",
        "url": "/api/v2/organizations/{organization}".format(organization=quote(str(organization), safe=""),),
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

    if response.status_code == 409:
        response_409 = ErrorResponse.from_dict(response.json())



        return response_409

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
    organization: str,
    *,
    client: AuthenticatedClient | Client,

) -> Response[ErrorResponse | str]:
    """ Delete an organization

     Removes an organization for good, with its groups, the caller's membership, and files that no chat
    used. It must
    be empty: no chat, archived ones included, and no member but the caller.

    Checks, in order:
    1. the organization exists and the caller may read it (404);
    2. the caller may delete it: a site owner (403);
    3. it is not the organization that exists from the start (400);
    4. nothing and nobody else is left in it (409).

    Args:
        organization (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | str]
     """


    kwargs = _get_kwargs(
        organization=organization,

    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)

def sync(
    organization: str,
    *,
    client: AuthenticatedClient | Client,

) -> ErrorResponse | str | None:
    """ Delete an organization

     Removes an organization for good, with its groups, the caller's membership, and files that no chat
    used. It must
    be empty: no chat, archived ones included, and no member but the caller.

    Checks, in order:
    1. the organization exists and the caller may read it (404);
    2. the caller may delete it: a site owner (403);
    3. it is not the organization that exists from the start (400);
    4. nothing and nobody else is left in it (409).

    Args:
        organization (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | str
     """


    return sync_detailed(
        organization=organization,
client=client,

    ).parsed

async def asyncio_detailed(
    organization: str,
    *,
    client: AuthenticatedClient | Client,

) -> Response[ErrorResponse | str]:
    """ Delete an organization

     Removes an organization for good, with its groups, the caller's membership, and files that no chat
    used. It must
    be empty: no chat, archived ones included, and no member but the caller.

    Checks, in order:
    1. the organization exists and the caller may read it (404);
    2. the caller may delete it: a site owner (403);
    3. it is not the organization that exists from the start (400);
    4. nothing and nobody else is left in it (409).

    Args:
        organization (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | str]
     """


    kwargs = _get_kwargs(
        organization=organization,

    )

    response = await client.get_async_httpx_client().request(
        **kwargs
    )

    return _build_response(client=client, response=response)

async def asyncio(
    organization: str,
    *,
    client: AuthenticatedClient | Client,

) -> ErrorResponse | str | None:
    """ Delete an organization

     Removes an organization for good, with its groups, the caller's membership, and files that no chat
    used. It must
    be empty: no chat, archived ones included, and no member but the caller.

    Checks, in order:
    1. the organization exists and the caller may read it (404);
    2. the caller may delete it: a site owner (403);
    3. it is not the organization that exists from the start (400);
    4. nothing and nobody else is left in it (409).

    Args:
        organization (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | str
     """


    return (await asyncio_detailed(
        organization=organization,
client=client,

    )).parsed
