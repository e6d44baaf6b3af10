from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...types import Response, UNSET
from ... import errors

from ...models.api_key import APIKey
from ...models.error_response import ErrorResponse
from typing import cast



def _get_kwargs(
    user: str,
    keyname: str,

) -> dict[str, Any]:
    

    

    

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/api/v2/users/{user}/keys/tokens/{keyname}".format(user=quote(str(user), safe=""),keyname=quote(str(keyname), safe=""),),
    }


    return _kwargs



def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> APIKey | ErrorResponse | str | None:
    if response.status_code == 200:
        response_200 = APIKey.from_dict(response.json())



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


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[APIKey | ErrorResponse | str]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    user: str,
    keyname: str,
    *,
    client: AuthenticatedClient | Client,

) -> Response[APIKey | ErrorResponse | str]:
    """ Get a token by its name

     One token of the user, without its secret. A token called `tokenconfig` is reached by its id only.

    Checks, in order:
    1. the parameters fit their schemas (400);
    2. the user exists, has a token of this name, and the caller may read it (404).

    Args:
        user (str):
        keyname (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[APIKey | ErrorResponse | str]
     """


    kwargs = _get_kwargs(
        user=user,
keyname=keyname,

    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)

def sync(
    user: str,
    keyname: str,
    *,
    client: AuthenticatedClient | Client,

) -> APIKey | ErrorResponse | str | None:
    """ Get a token by its name

     One token of the user, without its secret. A token called `tokenconfig` is reached by its id only.

    Checks, in order:
    1. the parameters fit their schemas (400);
    2. the user exists, has a token of this name, and the caller may read it (404).

    Args:
        user (str):
        keyname (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        APIKey | ErrorResponse | str
     """


    return sync_detailed(
        user=user,
keyname=keyname,
client=client,

    ).parsed

async def asyncio_detailed(
    user: str,
    keyname: str,
    *,
    client: AuthenticatedClient | Client,

) -> Response[APIKey | ErrorResponse | str]:
    """ Get a token by its name

     One token of the user, without its secret. A token called `tokenconfig` is reached by its id only.

    Checks, in order:
    1. the parameters fit their schemas (400);
    2. the user exists, has a token of this name, and the caller may read it (404).

    Args:
        user (str):
        keyname (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[APIKey | ErrorResponse | str]
     """


    kwargs = _get_kwargs(
        user=user,
keyname=keyname,

    )

    response = await client.get_async_httpx_client().request(
        **kwargs
    )

    return _build_response(client=client, response=response)

async def asyncio(
    user: str,
    keyname: str,
    *,
    client: AuthenticatedClient | Client,

) -> APIKey | ErrorResponse | str | None:
    """ Get a token by its name

     One token of the user, without its secret. A token called `tokenconfig` is reached by its id only.

    Checks, in order:
    1. the parameters fit their schemas (400);
    2. the user exists, has a token of this name, and the caller may read it (404).

    Args:
        user (str):
        keyname (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        APIKey | ErrorResponse | str
     """


    return (await asyncio_detailed(
        user=user,
keyname=keyname,
client=client,

    )).parsed
