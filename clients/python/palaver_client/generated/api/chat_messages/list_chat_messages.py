from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...types import Response, UNSET
from ... import errors

from ...models.chat_messages_response import ChatMessagesResponse
from ...models.error_response import ErrorResponse
from ...types import UNSET, Unset
from typing import cast
from uuid import UUID



def _get_kwargs(
    chat: UUID,
    *,
    before_id: int | Unset = 0,
    after_id: int | Unset = 0,
    limit: int | Unset = 50,

) -> dict[str, Any]:
    

    

    params: dict[str, Any] = {}

    params["before_id"] = before_id

    params["after_id"] = after_id

    params["limit"] = limit


    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}


    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/api/experimental/chats/{chat}/messages".format(chat=quote(str(chat), safe=""),),
        "params": params,
    }


    return _kwargs



def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> ChatMessagesResponse | ErrorResponse | str | None:
    if response.status_code == 200:
        response_200 = ChatMessagesResponse.from_dict(response.json())



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


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[ChatMessagesResponse | ErrorResponse | str]:
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
    before_id: int | Unset = 0,
    after_id: int | Unset = 0,
    limit: int | Unset = 50,

) -> Response[ChatMessagesResponse | ErrorResponse | str]:
    """ Read the history of a chat

     Messages that clients may see, newest first; oldest first when `after_id` is given alone. With both
    cursors:
    the messages between them, newest first. `queued_messages` is filled, in queue order, only when
    neither cursor
    is given.

    Checks, in order:
    1. the caller may read the chat (else 404)
    2. `after_id` is less than `before_id` when both are above 0 (400)

    Args:
        chat (UUID):
        before_id (int | Unset):  Default: 0.
        after_id (int | Unset):  Default: 0.
        limit (int | Unset):  Default: 50.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ChatMessagesResponse | ErrorResponse | str]
     """


    kwargs = _get_kwargs(
        chat=chat,
before_id=before_id,
after_id=after_id,
limit=limit,

    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)

def sync(
    chat: UUID,
    *,
    client: AuthenticatedClient | Client,
    before_id: int | Unset = 0,
    after_id: int | Unset = 0,
    limit: int | Unset = 50,

) -> ChatMessagesResponse | ErrorResponse | str | None:
    """ Read the history of a chat

     Messages that clients may see, newest first; oldest first when `after_id` is given alone. With both
    cursors:
    the messages between them, newest first. `queued_messages` is filled, in queue order, only when
    neither cursor
    is given.

    Checks, in order:
    1. the caller may read the chat (else 404)
    2. `after_id` is less than `before_id` when both are above 0 (400)

    Args:
        chat (UUID):
        before_id (int | Unset):  Default: 0.
        after_id (int | Unset):  Default: 0.
        limit (int | Unset):  Default: 50.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ChatMessagesResponse | ErrorResponse | str
     """


    return sync_detailed(
        chat=chat,
client=client,
before_id=before_id,
after_id=after_id,
limit=limit,

    ).parsed

async def asyncio_detailed(
    chat: UUID,
    *,
    client: AuthenticatedClient | Client,
    before_id: int | Unset = 0,
    after_id: int | Unset = 0,
    limit: int | Unset = 50,

) -> Response[ChatMessagesResponse | ErrorResponse | str]:
    """ Read the history of a chat

     Messages that clients may see, newest first; oldest first when `after_id` is given alone. With both
    cursors:
    the messages between them, newest first. `queued_messages` is filled, in queue order, only when
    neither cursor
    is given.

    Checks, in order:
    1. the caller may read the chat (else 404)
    2. `after_id` is less than `before_id` when both are above 0 (400)

    Args:
        chat (UUID):
        before_id (int | Unset):  Default: 0.
        after_id (int | Unset):  Default: 0.
        limit (int | Unset):  Default: 50.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ChatMessagesResponse | ErrorResponse | str]
     """


    kwargs = _get_kwargs(
        chat=chat,
before_id=before_id,
after_id=after_id,
limit=limit,

    )

    response = await client.get_async_httpx_client().request(
        **kwargs
    )

    return _build_response(client=client, response=response)

async def asyncio(
    chat: UUID,
    *,
    client: AuthenticatedClient | Client,
    before_id: int | Unset = 0,
    after_id: int | Unset = 0,
    limit: int | Unset = 50,

) -> ChatMessagesResponse | ErrorResponse | str | None:
    """ Read the history of a chat

     Messages that clients may see, newest first; oldest first when `after_id` is given alone. With both
    cursors:
    the messages between them, newest first. `queued_messages` is filled, in queue order, only when
    neither cursor
    is given.

    Checks, in order:
    1. the caller may read the chat (else 404)
    2. `after_id` is less than `before_id` when both are above 0 (400)

    Args:
        chat (UUID):
        before_id (int | Unset):  Default: 0.
        after_id (int | Unset):  Default: 0.
        limit (int | Unset):  Default: 50.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ChatMessagesResponse | ErrorResponse | str
     """


    return (await asyncio_detailed(
        chat=chat,
client=client,
before_id=before_id,
after_id=after_id,
limit=limit,

    )).parsed
