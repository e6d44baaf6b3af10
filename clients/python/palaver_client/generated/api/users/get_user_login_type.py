from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...types import Response, UNSET
from ... import errors

from ...models.error_response import ErrorResponse
from ...models.user_login_type import UserLoginType
from typing import cast



def _get_kwargs(
    user: str,

) -> dict[str, Any]:
    

    

    

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/api/v2/users/{user}/login-type".format(user=quote(str(user), safe=""),),
    }


    return _kwargs



def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> ErrorResponse | UserLoginType | str | None:
    if response.status_code == 200:
        response_200 = UserLoginType.from_dict(response.json())



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


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[ErrorResponse | UserLoginType | str]:
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

) -> Response[ErrorResponse | UserLoginType | str]:
    """ Get how a user logs in

     Answers the caller's own login type.

    Checks, in order:
    1. `{user}` is a UUID, a username or `me` (400);
    2. the user exists and the caller may read it (404);
    3. the user is the caller (403).

    Args:
        user (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | UserLoginType | str]
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

) -> ErrorResponse | UserLoginType | str | None:
    """ Get how a user logs in

     Answers the caller's own login type.

    Checks, in order:
    1. `{user}` is a UUID, a username or `me` (400);
    2. the user exists and the caller may read it (404);
    3. the user is the caller (403).

    Args:
        user (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | UserLoginType | str
     """


    return sync_detailed(
        user=user,
client=client,

    ).parsed

async def asyncio_detailed(
    user: str,
    *,
    client: AuthenticatedClient | Client,

) -> Response[ErrorResponse | UserLoginType | str]:
    """ Get how a user logs in

     Answers the caller's own login type.

    Checks, in order:
    1. `{user}` is a UUID, a username or `me` (400);
    2. the user exists and the caller may read it (404);
    3. the user is the caller (403).

    Args:
        user (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | UserLoginType | str]
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

) -> ErrorResponse | UserLoginType | str | None:
    """ Get how a user logs in

     Answers the caller's own login type.

    Checks, in order:
    1. `{user}` is a UUID, a username or `me` (400);
    2. the user exists and the caller may read it (404);
    3. the user is the caller (403).

    Args:
        user (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | UserLoginType | str
     """


    return (await asyncio_detailed(
        user=user,
client=client,

    )).parsed
