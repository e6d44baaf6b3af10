from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...types import Response, UNSET
from ... import errors

from ...models.chat import Chat
from ...models.error_response import ErrorResponse
from typing import cast
from uuid import UUID



def _get_kwargs(
    chat: UUID,

) -> dict[str, Any]:
    

    

    

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/api/experimental/chats/{chat}/reconcile-invalid".format(chat=quote(str(chat), safe=""),),
    }


    return _kwargs



def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Chat | ErrorResponse | str | None:
    if response.status_code == 200:
        response_200 = Chat.from_dict(response.json())



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


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[Chat | ErrorResponse | str]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    chat: UUID,
    *,
    client: AuthenticatedClient | Client,

) -> Response[Chat | ErrorResponse | str]:
    """ Repair a chat whose state is none

     What is stored of a chat may be no known state, after a fault or a restored backup; every other
    operation then
    refuses the chat. This one turns it into a failed chat (`error`) that is not archived and keeps its
    queue; a
    message or an edit leads on. Calls of client-side tools that wait for an answer get cancel results.

    Checks, in order:
    1. a chat processor is configured (500)
    2. the caller may update the chat (else 404); this is not limited to its owner
    3. the state of the chat is invalid (409)

    Args:
        chat (UUID):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Chat | ErrorResponse | str]
     """


    kwargs = _get_kwargs(
        chat=chat,

    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)

def sync(
    chat: UUID,
    *,
    client: AuthenticatedClient | Client,

) -> Chat | ErrorResponse | str | None:
    """ Repair a chat whose state is none

     What is stored of a chat may be no known state, after a fault or a restored backup; every other
    operation then
    refuses the chat. This one turns it into a failed chat (`error`) that is not archived and keeps its
    queue; a
    message or an edit leads on. Calls of client-side tools that wait for an answer get cancel results.

    Checks, in order:
    1. a chat processor is configured (500)
    2. the caller may update the chat (else 404); this is not limited to its owner
    3. the state of the chat is invalid (409)

    Args:
        chat (UUID):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Chat | ErrorResponse | str
     """


    return sync_detailed(
        chat=chat,
client=client,

    ).parsed

async def asyncio_detailed(
    chat: UUID,
    *,
    client: AuthenticatedClient | Client,

) -> Response[Chat | ErrorResponse | str]:
    """ Repair a chat whose state is none

     What is stored of a chat may be no known state, after a fault or a restored backup; every other
    operation then
    refuses the chat. This one turns it into a failed chat (`error`) that is not archived and keeps its
    queue; a
    message or an edit leads on. Calls of client-side tools that wait for an answer get cancel results.

    Checks, in order:
    1. a chat processor is configured (500)
    2. the caller may update the chat (else 404); this is not limited to its owner
    3. the state of the chat is invalid (409)

    Args:
        chat (UUID):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Chat | ErrorResponse | str]
     """


    kwargs = _get_kwargs(
        chat=chat,

    )

    response = await client.get_async_httpx_client().request(
        **kwargs
    )

    return _build_response(client=client, response=response)

async def asyncio(
    chat: UUID,
    *,
    client: AuthenticatedClient | Client,

) -> Chat | ErrorResponse | str | None:
    """ Repair a chat whose state is none

     What is stored of a chat may be no known state, after a fault or a restored backup; every other
    operation then
    refuses the chat. This one turns it into a failed chat (`error`) that is not archived and keeps its
    queue; a
    message or an edit leads on. Calls of client-side tools that wait for an answer get cancel results.

    Checks, in order:
    1. a chat processor is configured (500)
    2. the caller may update the chat (else 404); this is not limited to its owner
    3. the state of the chat is invalid (409)

    Args:
        chat (UUID):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Chat | ErrorResponse | str
     """


    return (await asyncio_detailed(
        chat=chat,
client=client,

    )).parsed
