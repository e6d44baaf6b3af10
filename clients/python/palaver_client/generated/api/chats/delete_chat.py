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

) -> dict[str, Any]:
    

    

    

    _kwargs: dict[str, Any] = {
        "method": "delete",
        "url": "/api/experimental/chats/{chat}".format(chat=quote(str(chat), safe=""),),
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
    chat: UUID,
    *,
    client: AuthenticatedClient | Client,

) -> Response[Any | ErrorResponse | str]:
    """ Delete a chat for good

     Deletes a root chat with its sub-chats and everything that belongs to them: history, queue, access
    list, links
    to files, and the files themselves where no other chat links them. A running turn is cancelled, and
    whoever
    watches the chat is told so: streams end, and the owner's watch gets `deleted` for every member.
    Answers that
    are kept for an `Idempotency-Key` and show the chat are forgotten. What its turns have cost stays in
    the
    account. Nothing brings it back; to put a chat out of the way, archive it with `update-chat`.

    Checks, in order:
    1. the caller may read the chat (else 404)
    2. the caller may delete it (403): its owner, an admin of its organization, a site owner
    3. the chat is a root (400)

    Args:
        chat (UUID):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | ErrorResponse | str]
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

) -> Any | ErrorResponse | str | None:
    """ Delete a chat for good

     Deletes a root chat with its sub-chats and everything that belongs to them: history, queue, access
    list, links
    to files, and the files themselves where no other chat links them. A running turn is cancelled, and
    whoever
    watches the chat is told so: streams end, and the owner's watch gets `deleted` for every member.
    Answers that
    are kept for an `Idempotency-Key` and show the chat are forgotten. What its turns have cost stays in
    the
    account. Nothing brings it back; to put a chat out of the way, archive it with `update-chat`.

    Checks, in order:
    1. the caller may read the chat (else 404)
    2. the caller may delete it (403): its owner, an admin of its organization, a site owner
    3. the chat is a root (400)

    Args:
        chat (UUID):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | ErrorResponse | str
     """


    return sync_detailed(
        chat=chat,
client=client,

    ).parsed

async def asyncio_detailed(
    chat: UUID,
    *,
    client: AuthenticatedClient | Client,

) -> Response[Any | ErrorResponse | str]:
    """ Delete a chat for good

     Deletes a root chat with its sub-chats and everything that belongs to them: history, queue, access
    list, links
    to files, and the files themselves where no other chat links them. A running turn is cancelled, and
    whoever
    watches the chat is told so: streams end, and the owner's watch gets `deleted` for every member.
    Answers that
    are kept for an `Idempotency-Key` and show the chat are forgotten. What its turns have cost stays in
    the
    account. Nothing brings it back; to put a chat out of the way, archive it with `update-chat`.

    Checks, in order:
    1. the caller may read the chat (else 404)
    2. the caller may delete it (403): its owner, an admin of its organization, a site owner
    3. the chat is a root (400)

    Args:
        chat (UUID):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | ErrorResponse | str]
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

) -> Any | ErrorResponse | str | None:
    """ Delete a chat for good

     Deletes a root chat with its sub-chats and everything that belongs to them: history, queue, access
    list, links
    to files, and the files themselves where no other chat links them. A running turn is cancelled, and
    whoever
    watches the chat is told so: streams end, and the owner's watch gets `deleted` for every member.
    Answers that
    are kept for an `Idempotency-Key` and show the chat are forgotten. What its turns have cost stays in
    the
    account. Nothing brings it back; to put a chat out of the way, archive it with `update-chat`.

    Checks, in order:
    1. the caller may read the chat (else 404)
    2. the caller may delete it (403): its owner, an admin of its organization, a site owner
    3. the chat is a root (400)

    Args:
        chat (UUID):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | ErrorResponse | str
     """


    return (await asyncio_detailed(
        chat=chat,
client=client,

    )).parsed
