from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...types import Response, UNSET
from ... import errors

from ...models.chat import Chat
from ...models.error_response import ErrorResponse
from ...types import UNSET, Unset
from typing import cast
from uuid import UUID



def _get_kwargs(
    chat: UUID,
    *,
    if_none_match: str | Unset = UNSET,

) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(if_none_match, Unset):
        headers["If-None-Match"] = if_none_match



    

    

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/api/experimental/chats/{chat}".format(chat=quote(str(chat), safe=""),),
    }


    _kwargs["headers"] = headers
    return _kwargs



def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Any | Chat | ErrorResponse | str | None:
    if response.status_code == 200:
        response_200 = Chat.from_dict(response.json())



        return response_200

    if response.status_code == 304:
        response_304 = cast(Any, None)
        return response_304

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


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[Any | Chat | ErrorResponse | str]:
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
    if_none_match: str | Unset = UNSET,

) -> Response[Any | Chat | ErrorResponse | str]:
    """ Read a chat

     The chat with its files and, for a root, its sub-chats.

    Checks, in order:
    1. the caller may read the chat: its owner, an admin of its organization, a site owner, or someone
    with whom
       its root is shared (else 404)

    `files` has the linked attachments. `children` has the sub-chats with the same `archived` value,
    newest created
    first, each with its `has_unread`; `has_unread` of the chat itself is false here.

    Args:
        chat (UUID):
        if_none_match (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | Chat | ErrorResponse | str]
     """


    kwargs = _get_kwargs(
        chat=chat,
if_none_match=if_none_match,

    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)

def sync(
    chat: UUID,
    *,
    client: AuthenticatedClient | Client,
    if_none_match: str | Unset = UNSET,

) -> Any | Chat | ErrorResponse | str | None:
    """ Read a chat

     The chat with its files and, for a root, its sub-chats.

    Checks, in order:
    1. the caller may read the chat: its owner, an admin of its organization, a site owner, or someone
    with whom
       its root is shared (else 404)

    `files` has the linked attachments. `children` has the sub-chats with the same `archived` value,
    newest created
    first, each with its `has_unread`; `has_unread` of the chat itself is false here.

    Args:
        chat (UUID):
        if_none_match (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | Chat | ErrorResponse | str
     """


    return sync_detailed(
        chat=chat,
client=client,
if_none_match=if_none_match,

    ).parsed

async def asyncio_detailed(
    chat: UUID,
    *,
    client: AuthenticatedClient | Client,
    if_none_match: str | Unset = UNSET,

) -> Response[Any | Chat | ErrorResponse | str]:
    """ Read a chat

     The chat with its files and, for a root, its sub-chats.

    Checks, in order:
    1. the caller may read the chat: its owner, an admin of its organization, a site owner, or someone
    with whom
       its root is shared (else 404)

    `files` has the linked attachments. `children` has the sub-chats with the same `archived` value,
    newest created
    first, each with its `has_unread`; `has_unread` of the chat itself is false here.

    Args:
        chat (UUID):
        if_none_match (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | Chat | ErrorResponse | str]
     """


    kwargs = _get_kwargs(
        chat=chat,
if_none_match=if_none_match,

    )

    response = await client.get_async_httpx_client().request(
        **kwargs
    )

    return _build_response(client=client, response=response)

async def asyncio(
    chat: UUID,
    *,
    client: AuthenticatedClient | Client,
    if_none_match: str | Unset = UNSET,

) -> Any | Chat | ErrorResponse | str | None:
    """ Read a chat

     The chat with its files and, for a root, its sub-chats.

    Checks, in order:
    1. the caller may read the chat: its owner, an admin of its organization, a site owner, or someone
    with whom
       its root is shared (else 404)

    `files` has the linked attachments. `children` has the sub-chats with the same `archived` value,
    newest created
    first, each with its `has_unread`; `has_unread` of the chat itself is false here.

    Args:
        chat (UUID):
        if_none_match (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | Chat | ErrorResponse | str
     """


    return (await asyncio_detailed(
        chat=chat,
client=client,
if_none_match=if_none_match,

    )).parsed
