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
    user: str,
    ai_provider: UUID,

) -> dict[str, Any]:
    

    

    

    _kwargs: dict[str, Any] = {
        "method": "delete",
        "url": "/api/experimental/users/{user}/ai-provider-keys/{ai_provider}".format(user=quote(str(user), safe=""),ai_provider=quote(str(ai_provider), safe=""),),
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
    user: str,
    ai_provider: UUID,
    *,
    client: AuthenticatedClient | Client,

) -> Response[Any | ErrorResponse | str]:
    """ Erase a user's key of an AI provider

     Erases the key; the user's chats go on with the provider's own, if it has one. Succeeds also where
    there is no
    key.

    Checks, in order:
    1. `{user}` is a UUID, a username or `me`; `{aiProvider}` is a UUID (400);
    2. the user exists, and is the caller, or the caller is an owner of the site (404; 403 for who may
    read users).

    Args:
        user (str):
        ai_provider (UUID):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | ErrorResponse | str]
     """


    kwargs = _get_kwargs(
        user=user,
ai_provider=ai_provider,

    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)

def sync(
    user: str,
    ai_provider: UUID,
    *,
    client: AuthenticatedClient | Client,

) -> Any | ErrorResponse | str | None:
    """ Erase a user's key of an AI provider

     Erases the key; the user's chats go on with the provider's own, if it has one. Succeeds also where
    there is no
    key.

    Checks, in order:
    1. `{user}` is a UUID, a username or `me`; `{aiProvider}` is a UUID (400);
    2. the user exists, and is the caller, or the caller is an owner of the site (404; 403 for who may
    read users).

    Args:
        user (str):
        ai_provider (UUID):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | ErrorResponse | str
     """


    return sync_detailed(
        user=user,
ai_provider=ai_provider,
client=client,

    ).parsed

async def asyncio_detailed(
    user: str,
    ai_provider: UUID,
    *,
    client: AuthenticatedClient | Client,

) -> Response[Any | ErrorResponse | str]:
    """ Erase a user's key of an AI provider

     Erases the key; the user's chats go on with the provider's own, if it has one. Succeeds also where
    there is no
    key.

    Checks, in order:
    1. `{user}` is a UUID, a username or `me`; `{aiProvider}` is a UUID (400);
    2. the user exists, and is the caller, or the caller is an owner of the site (404; 403 for who may
    read users).

    Args:
        user (str):
        ai_provider (UUID):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | ErrorResponse | str]
     """


    kwargs = _get_kwargs(
        user=user,
ai_provider=ai_provider,

    )

    response = await client.get_async_httpx_client().request(
        **kwargs
    )

    return _build_response(client=client, response=response)

async def asyncio(
    user: str,
    ai_provider: UUID,
    *,
    client: AuthenticatedClient | Client,

) -> Any | ErrorResponse | str | None:
    """ Erase a user's key of an AI provider

     Erases the key; the user's chats go on with the provider's own, if it has one. Succeeds also where
    there is no
    key.

    Checks, in order:
    1. `{user}` is a UUID, a username or `me`; `{aiProvider}` is a UUID (400);
    2. the user exists, and is the caller, or the caller is an owner of the site (404; 403 for who may
    read users).

    Args:
        user (str):
        ai_provider (UUID):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | ErrorResponse | str
     """


    return (await asyncio_detailed(
        user=user,
ai_provider=ai_provider,
client=client,

    )).parsed
