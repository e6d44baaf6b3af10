from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...types import Response, UNSET
from ... import errors

from ...models.assignable_roles import AssignableRoles
from ...models.error_response import ErrorResponse
from typing import cast



def _get_kwargs(
    organization: str,

) -> dict[str, Any]:
    

    

    

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/api/v2/organizations/{organization}/members/roles".format(organization=quote(str(organization), safe=""),),
    }


    return _kwargs



def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> ErrorResponse | list[AssignableRoles] | str | None:
    if response.status_code == 200:
        response_200 = []
        _response_200 = response.json()
        for response_200_item_data in (_response_200):
            response_200_item = AssignableRoles.from_dict(response_200_item_data)



            response_200.append(response_200_item)

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


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[ErrorResponse | list[AssignableRoles] | str]:
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

) -> Response[ErrorResponse | list[AssignableRoles] | str]:
    """ List organization roles

     The roles that members of the organization can have, with what they allow there, derived from the
    policy, and
    whether the caller may give and take them.

    Checks, in order:
    1. the organization exists and the caller may read it (404);
    2. the caller may read its roles (403).

    Args:
        organization (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | list[AssignableRoles] | str]
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

) -> ErrorResponse | list[AssignableRoles] | str | None:
    """ List organization roles

     The roles that members of the organization can have, with what they allow there, derived from the
    policy, and
    whether the caller may give and take them.

    Checks, in order:
    1. the organization exists and the caller may read it (404);
    2. the caller may read its roles (403).

    Args:
        organization (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | list[AssignableRoles] | str
     """


    return sync_detailed(
        organization=organization,
client=client,

    ).parsed

async def asyncio_detailed(
    organization: str,
    *,
    client: AuthenticatedClient | Client,

) -> Response[ErrorResponse | list[AssignableRoles] | str]:
    """ List organization roles

     The roles that members of the organization can have, with what they allow there, derived from the
    policy, and
    whether the caller may give and take them.

    Checks, in order:
    1. the organization exists and the caller may read it (404);
    2. the caller may read its roles (403).

    Args:
        organization (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | list[AssignableRoles] | str]
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

) -> ErrorResponse | list[AssignableRoles] | str | None:
    """ List organization roles

     The roles that members of the organization can have, with what they allow there, derived from the
    policy, and
    whether the caller may give and take them.

    Checks, in order:
    1. the organization exists and the caller may read it (404);
    2. the caller may read its roles (403).

    Args:
        organization (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | list[AssignableRoles] | str
     """


    return (await asyncio_detailed(
        organization=organization,
client=client,

    )).parsed
