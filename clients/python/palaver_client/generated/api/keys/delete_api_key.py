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
    keyid: str,

) -> dict[str, Any]:
    

    

    

    _kwargs: dict[str, Any] = {
        "method": "delete",
        "url": "/api/v2/users/{user}/keys/{keyid}".format(user=quote(str(user), safe=""),keyid=quote(str(keyid), safe=""),),
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
    user: str,
    keyid: str,
    *,
    client: AuthenticatedClient | Client,

) -> Response[Any | ErrorResponse | str]:
    """ Delete a session or token

     Ends the key: it is refused from now on, on other replicas within ten seconds.

    Checks, in order:
    1. the parameters fit their schemas (400);
    2. the user exists, has this key, and the caller may delete it (404).

    Args:
        user (str):
        keyid (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | ErrorResponse | str]
     """


    kwargs = _get_kwargs(
        user=user,
keyid=keyid,

    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)

def sync(
    user: str,
    keyid: str,
    *,
    client: AuthenticatedClient | Client,

) -> Any | ErrorResponse | str | None:
    """ Delete a session or token

     Ends the key: it is refused from now on, on other replicas within ten seconds.

    Checks, in order:
    1. the parameters fit their schemas (400);
    2. the user exists, has this key, and the caller may delete it (404).

    Args:
        user (str):
        keyid (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | ErrorResponse | str
     """


    return sync_detailed(
        user=user,
keyid=keyid,
client=client,

    ).parsed

async def asyncio_detailed(
    user: str,
    keyid: str,
    *,
    client: AuthenticatedClient | Client,

) -> Response[Any | ErrorResponse | str]:
    """ Delete a session or token

     Ends the key: it is refused from now on, on other replicas within ten seconds.

    Checks, in order:
    1. the parameters fit their schemas (400);
    2. the user exists, has this key, and the caller may delete it (404).

    Args:
        user (str):
        keyid (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | ErrorResponse | str]
     """


    kwargs = _get_kwargs(
        user=user,
keyid=keyid,

    )

    response = await client.get_async_httpx_client().request(
        **kwargs
    )

    return _build_response(client=client, response=response)

async def asyncio(
    user: str,
    keyid: str,
    *,
    client: AuthenticatedClient | Client,

) -> Any | ErrorResponse | str | None:
    """ Delete a session or token

     Ends the key: it is refused from now on, on other replicas within ten seconds.

    Checks, in order:
    1. the parameters fit their schemas (400);
    2. the user exists, has this key, and the caller may delete it (404).

    Args:
        user (str):
        keyid (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | ErrorResponse | str
     """


    return (await asyncio_detailed(
        user=user,
keyid=keyid,
client=client,

    )).parsed
