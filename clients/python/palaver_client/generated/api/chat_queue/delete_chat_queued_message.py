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
    chat: UUID,
    queued_message: int,

) -> dict[str, Any]:
    

    

    

    _kwargs: dict[str, Any] = {
        "method": "delete",
        "url": "/api/experimental/chats/{chat}/queue/{queued_message}".format(chat=quote(str(chat), safe=""),queued_message=quote(str(queued_message), safe=""),),
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


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[Any | ErrorResponse | str]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    chat: UUID,
    queued_message: int,
    *,
    client: AuthenticatedClient | Client,

) -> Response[Any | ErrorResponse | str]:
    """ Remove a message from the queue

     Checks, in order:
    1. a chat processor is configured (500)
    2. the caller may update the chat (else 404); this is not limited to its owner
    3. the chat has a queue to delete from (409; an archived chat has none)
    4. the entry is in it (404)

    Args:
        chat (UUID):
        queued_message (int):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | ErrorResponse | str]
     """


    kwargs = _get_kwargs(
        chat=chat,
queued_message=queued_message,

    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)

def sync(
    chat: UUID,
    queued_message: int,
    *,
    client: AuthenticatedClient | Client,

) -> Any | ErrorResponse | str | None:
    """ Remove a message from the queue

     Checks, in order:
    1. a chat processor is configured (500)
    2. the caller may update the chat (else 404); this is not limited to its owner
    3. the chat has a queue to delete from (409; an archived chat has none)
    4. the entry is in it (404)

    Args:
        chat (UUID):
        queued_message (int):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | ErrorResponse | str
     """


    return sync_detailed(
        chat=chat,
queued_message=queued_message,
client=client,

    ).parsed

async def asyncio_detailed(
    chat: UUID,
    queued_message: int,
    *,
    client: AuthenticatedClient | Client,

) -> Response[Any | ErrorResponse | str]:
    """ Remove a message from the queue

     Checks, in order:
    1. a chat processor is configured (500)
    2. the caller may update the chat (else 404); this is not limited to its owner
    3. the chat has a queue to delete from (409; an archived chat has none)
    4. the entry is in it (404)

    Args:
        chat (UUID):
        queued_message (int):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | ErrorResponse | str]
     """


    kwargs = _get_kwargs(
        chat=chat,
queued_message=queued_message,

    )

    response = await client.get_async_httpx_client().request(
        **kwargs
    )

    return _build_response(client=client, response=response)

async def asyncio(
    chat: UUID,
    queued_message: int,
    *,
    client: AuthenticatedClient | Client,

) -> Any | ErrorResponse | str | None:
    """ Remove a message from the queue

     Checks, in order:
    1. a chat processor is configured (500)
    2. the caller may update the chat (else 404); this is not limited to its owner
    3. the chat has a queue to delete from (409; an archived chat has none)
    4. the entry is in it (404)

    Args:
        chat (UUID):
        queued_message (int):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | ErrorResponse | str
     """


    return (await asyncio_detailed(
        chat=chat,
queued_message=queued_message,
client=client,

    )).parsed
