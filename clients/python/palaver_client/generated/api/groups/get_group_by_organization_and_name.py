from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...types import Response, UNSET
from ... import errors

from ...models.error_response import ErrorResponse
from ...models.group import Group
from typing import cast



def _get_kwargs(
    organization: str,
    group_name: str,

) -> dict[str, Any]:
    

    

    

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/api/v2/organizations/{organization}/groups/{group_name}".format(organization=quote(str(organization), safe=""),group_name=quote(str(group_name), safe=""),),
    }


    return _kwargs



def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> ErrorResponse | Group | str | None:
    if response.status_code == 200:
        response_200 = Group.from_dict(response.json())



        return response_200

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


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[ErrorResponse | Group | str]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    organization: str,
    group_name: str,
    *,
    client: AuthenticatedClient | Client,

) -> Response[ErrorResponse | Group | str]:
    """ Get a group by its name

     As `get-group`, by organization and name; upper and lower case are the same.

    Checks, in order:
    1. the organization exists and the caller may read it (404);
    2. the group exists and the caller may read it (404).

    Args:
        organization (str):
        group_name (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | Group | str]
     """


    kwargs = _get_kwargs(
        organization=organization,
group_name=group_name,

    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)

def sync(
    organization: str,
    group_name: str,
    *,
    client: AuthenticatedClient | Client,

) -> ErrorResponse | Group | str | None:
    """ Get a group by its name

     As `get-group`, by organization and name; upper and lower case are the same.

    Checks, in order:
    1. the organization exists and the caller may read it (404);
    2. the group exists and the caller may read it (404).

    Args:
        organization (str):
        group_name (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | Group | str
     """


    return sync_detailed(
        organization=organization,
group_name=group_name,
client=client,

    ).parsed

async def asyncio_detailed(
    organization: str,
    group_name: str,
    *,
    client: AuthenticatedClient | Client,

) -> Response[ErrorResponse | Group | str]:
    """ Get a group by its name

     As `get-group`, by organization and name; upper and lower case are the same.

    Checks, in order:
    1. the organization exists and the caller may read it (404);
    2. the group exists and the caller may read it (404).

    Args:
        organization (str):
        group_name (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | Group | str]
     """


    kwargs = _get_kwargs(
        organization=organization,
group_name=group_name,

    )

    response = await client.get_async_httpx_client().request(
        **kwargs
    )

    return _build_response(client=client, response=response)

async def asyncio(
    organization: str,
    group_name: str,
    *,
    client: AuthenticatedClient | Client,

) -> ErrorResponse | Group | str | None:
    """ Get a group by its name

     As `get-group`, by organization and name; upper and lower case are the same.

    Checks, in order:
    1. the organization exists and the caller may read it (404);
    2. the group exists and the caller may read it (404).

    Args:
        organization (str):
        group_name (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | Group | str
     """


    return (await asyncio_detailed(
        organization=organization,
group_name=group_name,
client=client,

    )).parsed
