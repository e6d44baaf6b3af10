from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...types import Response, UNSET
from ... import errors

from ...models.error_response import ErrorResponse
from ...types import File, FileTypes
from io import BytesIO
from typing import cast
from uuid import UUID



def _get_kwargs(
    file: UUID,

) -> dict[str, Any]:
    

    

    

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/api/experimental/chats/files/{file}".format(file=quote(str(file), safe=""),),
    }


    return _kwargs



def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> ErrorResponse | File | str | None:
    if response.status_code == 200:
        response_200 = File(
             payload = BytesIO(response.content)
        )



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


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[ErrorResponse | File | str]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    file: UUID,
    *,
    client: AuthenticatedClient | Client,

) -> Response[ErrorResponse | File | str]:
    """ Download an attachment

     The bytes, with the stored type as `Content-Type`.

    Checks, in order:
    1. the caller uploaded the file, is an admin of its organization or a site owner, or may read a chat
    that links
       it (else 404)

    12 requests per minute (429).

    Args:
        file (UUID):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | File | str]
     """


    kwargs = _get_kwargs(
        file=file,

    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)

def sync(
    file: UUID,
    *,
    client: AuthenticatedClient | Client,

) -> ErrorResponse | File | str | None:
    """ Download an attachment

     The bytes, with the stored type as `Content-Type`.

    Checks, in order:
    1. the caller uploaded the file, is an admin of its organization or a site owner, or may read a chat
    that links
       it (else 404)

    12 requests per minute (429).

    Args:
        file (UUID):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | File | str
     """


    return sync_detailed(
        file=file,
client=client,

    ).parsed

async def asyncio_detailed(
    file: UUID,
    *,
    client: AuthenticatedClient | Client,

) -> Response[ErrorResponse | File | str]:
    """ Download an attachment

     The bytes, with the stored type as `Content-Type`.

    Checks, in order:
    1. the caller uploaded the file, is an admin of its organization or a site owner, or may read a chat
    that links
       it (else 404)

    12 requests per minute (429).

    Args:
        file (UUID):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | File | str]
     """


    kwargs = _get_kwargs(
        file=file,

    )

    response = await client.get_async_httpx_client().request(
        **kwargs
    )

    return _build_response(client=client, response=response)

async def asyncio(
    file: UUID,
    *,
    client: AuthenticatedClient | Client,

) -> ErrorResponse | File | str | None:
    """ Download an attachment

     The bytes, with the stored type as `Content-Type`.

    Checks, in order:
    1. the caller uploaded the file, is an admin of its organization or a site owner, or may read a chat
    that links
       it (else 404)

    12 requests per minute (429).

    Args:
        file (UUID):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | File | str
     """


    return (await asyncio_detailed(
        file=file,
client=client,

    )).parsed
