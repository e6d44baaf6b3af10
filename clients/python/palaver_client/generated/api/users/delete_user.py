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
    user: str,

) -> dict[str, Any]:
    

    

    

    _kwargs: dict[str, Any] = {
        "method": "delete",
        "url": "/api/v2/users/{user}".format(user=quote(str(user), safe=""),),
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
    user: str,
    *,
    client: AuthenticatedClient | Client,

) -> Response[ErrorResponse | str]:
    """ Delete a user

     Deletes the account: all its keys end at once, it leaves its organizations, and its username and
    e-mail address
    are free again. Its chats stay where they are, without anyone who could go on with them. Site roles
    `owner` and
    `user-admin` may do this.

    Checks, in order:
    1. `{user}` is a UUID, a username or `me` (400);
    2. the user exists and the caller may read it (404);
    3. the user is somebody other than the caller (403);
    4. the caller may delete users (403);
    5. another owner remains who is not suspended (409).

    Args:
        user (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | str]
     """


    kwargs = _get_kwargs(
        user=user,

    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)

def sync(
    user: str,
    *,
    client: AuthenticatedClient | Client,

) -> ErrorResponse | str | None:
    """ Delete a user

     Deletes the account: all its keys end at once, it leaves its organizations, and its username and
    e-mail address
    are free again. Its chats stay where they are, without anyone who could go on with them. Site roles
    `owner` and
    `user-admin` may do this.

    Checks, in order:
    1. `{user}` is a UUID, a username or `me` (400);
    2. the user exists and the caller may read it (404);
    3. the user is somebody other than the caller (403);
    4. the caller may delete users (403);
    5. another owner remains who is not suspended (409).

    Args:
        user (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | str
     """


    return sync_detailed(
        user=user,
client=client,

    ).parsed

async def asyncio_detailed(
    user: str,
    *,
    client: AuthenticatedClient | Client,

) -> Response[ErrorResponse | str]:
    """ Delete a user

     Deletes the account: all its keys end at once, it leaves its organizations, and its username and
    e-mail address
    are free again. Its chats stay where they are, without anyone who could go on with them. Site roles
    `owner` and
    `user-admin` may do this.

    Checks, in order:
    1. `{user}` is a UUID, a username or `me` (400);
    2. the user exists and the caller may read it (404);
    3. the user is somebody other than the caller (403);
    4. the caller may delete users (403);
    5. another owner remains who is not suspended (409).

    Args:
        user (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | str]
     """


    kwargs = _get_kwargs(
        user=user,

    )

    response = await client.get_async_httpx_client().request(
        **kwargs
    )

    return _build_response(client=client, response=response)

async def asyncio(
    user: str,
    *,
    client: AuthenticatedClient | Client,

) -> ErrorResponse | str | None:
    """ Delete a user

     Deletes the account: all its keys end at once, it leaves its organizations, and its username and
    e-mail address
    are free again. Its chats stay where they are, without anyone who could go on with them. Site roles
    `owner` and
    `user-admin` may do this.

    Checks, in order:
    1. `{user}` is a UUID, a username or `me` (400);
    2. the user exists and the caller may read it (404);
    3. the user is somebody other than the caller (403);
    4. the caller may delete users (403);
    5. another owner remains who is not suspended (409).

    Args:
        user (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | str
     """


    return (await asyncio_detailed(
        user=user,
client=client,

    )).parsed
