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
    user: str,

) -> dict[str, Any]:
    

    

    

    _kwargs: dict[str, Any] = {
        "method": "delete",
        "url": "/api/v2/organizations/{organization}/members/{user}".format(organization=quote(str(organization), safe=""),user=quote(str(user), safe=""),),
    }


    return _kwargs



def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Any | ErrorResponse | str | None:
    if response.status_code == 204:
        response_204 = cast(Any, None)
        return response_204

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


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[Any | ErrorResponse | str]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    organization: str,
    user: str,
    *,
    client: AuthenticatedClient | Client,

) -> Response[Any | ErrorResponse | str]:
    """ Remove a member

     Ends a membership, its roles, and the user's places in the organization's groups. From then on the
    user neither
    reads nor continues chats there, the own ones included; administrators still read those. Turns that
    run are
    interrupted and no further step is taken: the credentials of a former member are not used. Who is
    added again
    has the chats and the shares back.

    Checks, in order:
    1. the parameters fit their schemas (400);
    2. the organization exists and the caller may read it (404);
    3. the user exists and is a member (404);
    4. the user is somebody other than the caller (400);
    5. the caller may remove members: `owner`, `user-admin`, `organization-admin`, `organization-user-
    admin` (404).

    Args:
        organization (str):
        user (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | ErrorResponse | str]
     """


    kwargs = _get_kwargs(
        organization=organization,
user=user,

    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)

def sync(
    organization: str,
    user: str,
    *,
    client: AuthenticatedClient | Client,

) -> Any | ErrorResponse | str | None:
    """ Remove a member

     Ends a membership, its roles, and the user's places in the organization's groups. From then on the
    user neither
    reads nor continues chats there, the own ones included; administrators still read those. Turns that
    run are
    interrupted and no further step is taken: the credentials of a former member are not used. Who is
    added again
    has the chats and the shares back.

    Checks, in order:
    1. the parameters fit their schemas (400);
    2. the organization exists and the caller may read it (404);
    3. the user exists and is a member (404);
    4. the user is somebody other than the caller (400);
    5. the caller may remove members: `owner`, `user-admin`, `organization-admin`, `organization-user-
    admin` (404).

    Args:
        organization (str):
        user (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | ErrorResponse | str
     """


    return sync_detailed(
        organization=organization,
user=user,
client=client,

    ).parsed

async def asyncio_detailed(
    organization: str,
    user: str,
    *,
    client: AuthenticatedClient | Client,

) -> Response[Any | ErrorResponse | str]:
    """ Remove a member

     Ends a membership, its roles, and the user's places in the organization's groups. From then on the
    user neither
    reads nor continues chats there, the own ones included; administrators still read those. Turns that
    run are
    interrupted and no further step is taken: the credentials of a former member are not used. Who is
    added again
    has the chats and the shares back.

    Checks, in order:
    1. the parameters fit their schemas (400);
    2. the organization exists and the caller may read it (404);
    3. the user exists and is a member (404);
    4. the user is somebody other than the caller (400);
    5. the caller may remove members: `owner`, `user-admin`, `organization-admin`, `organization-user-
    admin` (404).

    Args:
        organization (str):
        user (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | ErrorResponse | str]
     """


    kwargs = _get_kwargs(
        organization=organization,
user=user,

    )

    response = await client.get_async_httpx_client().request(
        **kwargs
    )

    return _build_response(client=client, response=response)

async def asyncio(
    organization: str,
    user: str,
    *,
    client: AuthenticatedClient | Client,

) -> Any | ErrorResponse | str | None:
    """ Remove a member

     Ends a membership, its roles, and the user's places in the organization's groups. From then on the
    user neither
    reads nor continues chats there, the own ones included; administrators still read those. Turns that
    run are
    interrupted and no further step is taken: the credentials of a former member are not used. Who is
    added again
    has the chats and the shares back.

    Checks, in order:
    1. the parameters fit their schemas (400);
    2. the organization exists and the caller may read it (404);
    3. the user exists and is a member (404);
    4. the user is somebody other than the caller (400);
    5. the caller may remove members: `owner`, `user-admin`, `organization-admin`, `organization-user-
    admin` (404).

    Args:
        organization (str):
        user (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | ErrorResponse | str
     """


    return (await asyncio_detailed(
        organization=organization,
user=user,
client=client,

    )).parsed
