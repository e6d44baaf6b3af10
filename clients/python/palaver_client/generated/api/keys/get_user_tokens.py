from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...types import Response, UNSET
from ... import errors

from ...models.api_key_with_owner import APIKeyWithOwner
from ...models.error_response import ErrorResponse
from ...types import UNSET, Unset
from typing import cast



def _get_kwargs(
    user: str,
    *,
    include_all: bool | Unset = False,
    include_expired: bool | Unset = False,

) -> dict[str, Any]:
    

    

    params: dict[str, Any] = {}

    params["include_all"] = include_all

    params["include_expired"] = include_expired


    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}


    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/api/v2/users/{user}/keys/tokens".format(user=quote(str(user), safe=""),),
        "params": params,
    }


    return _kwargs



def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> ErrorResponse | list[APIKeyWithOwner] | None | str | None:
    if response.status_code == 200:
        def _parse_response_200(data: object) -> list[APIKeyWithOwner] | None:
            if data is None:
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                response_200_type_0 = []
                _response_200_type_0 = data
                for response_200_type_0_item_data in (_response_200_type_0):
                    response_200_type_0_item = APIKeyWithOwner.from_dict(response_200_type_0_item_data)



                    response_200_type_0.append(response_200_type_0_item)

                return response_200_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[APIKeyWithOwner] | None, data)

        response_200 = _parse_response_200(response.json())

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


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[ErrorResponse | list[APIKeyWithOwner] | None | str]:
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
    include_all: bool | Unset = False,
    include_expired: bool | Unset = False,

) -> Response[ErrorResponse | list[APIKeyWithOwner] | None | str]:
    """ List tokens

     The user's tokens that the caller may read, oldest first; `null` when there is none. Sessions are
    not listed. An
    `owner` may read everyone's tokens, everybody the own.

    Checks, in order:
    1. `{user}` is a UUID, a username or `me` (400);
    2. the user exists and the caller may read it (404).

    Args:
        user (str):
        include_all (bool | Unset):  Default: False.
        include_expired (bool | Unset):  Default: False.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | list[APIKeyWithOwner] | None | str]
     """


    kwargs = _get_kwargs(
        user=user,
include_all=include_all,
include_expired=include_expired,

    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)

def sync(
    user: str,
    *,
    client: AuthenticatedClient | Client,
    include_all: bool | Unset = False,
    include_expired: bool | Unset = False,

) -> ErrorResponse | list[APIKeyWithOwner] | None | str | None:
    """ List tokens

     The user's tokens that the caller may read, oldest first; `null` when there is none. Sessions are
    not listed. An
    `owner` may read everyone's tokens, everybody the own.

    Checks, in order:
    1. `{user}` is a UUID, a username or `me` (400);
    2. the user exists and the caller may read it (404).

    Args:
        user (str):
        include_all (bool | Unset):  Default: False.
        include_expired (bool | Unset):  Default: False.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | list[APIKeyWithOwner] | None | str
     """


    return sync_detailed(
        user=user,
client=client,
include_all=include_all,
include_expired=include_expired,

    ).parsed

async def asyncio_detailed(
    user: str,
    *,
    client: AuthenticatedClient | Client,
    include_all: bool | Unset = False,
    include_expired: bool | Unset = False,

) -> Response[ErrorResponse | list[APIKeyWithOwner] | None | str]:
    """ List tokens

     The user's tokens that the caller may read, oldest first; `null` when there is none. Sessions are
    not listed. An
    `owner` may read everyone's tokens, everybody the own.

    Checks, in order:
    1. `{user}` is a UUID, a username or `me` (400);
    2. the user exists and the caller may read it (404).

    Args:
        user (str):
        include_all (bool | Unset):  Default: False.
        include_expired (bool | Unset):  Default: False.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | list[APIKeyWithOwner] | None | str]
     """


    kwargs = _get_kwargs(
        user=user,
include_all=include_all,
include_expired=include_expired,

    )

    response = await client.get_async_httpx_client().request(
        **kwargs
    )

    return _build_response(client=client, response=response)

async def asyncio(
    user: str,
    *,
    client: AuthenticatedClient | Client,
    include_all: bool | Unset = False,
    include_expired: bool | Unset = False,

) -> ErrorResponse | list[APIKeyWithOwner] | None | str | None:
    """ List tokens

     The user's tokens that the caller may read, oldest first; `null` when there is none. Sessions are
    not listed. An
    `owner` may read everyone's tokens, everybody the own.

    Checks, in order:
    1. `{user}` is a UUID, a username or `me` (400);
    2. the user exists and the caller may read it (404).

    Args:
        user (str):
        include_all (bool | Unset):  Default: False.
        include_expired (bool | Unset):  Default: False.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | list[APIKeyWithOwner] | None | str
     """


    return (await asyncio_detailed(
        user=user,
client=client,
include_all=include_all,
include_expired=include_expired,

    )).parsed
