from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...types import Response, UNSET
from ... import errors

from ...models.chat import Chat
from ...models.error_response import ErrorResponse
from ...models.fork_chat_request import ForkChatRequest
from ...types import UNSET, Unset
from typing import cast
from uuid import UUID



def _get_kwargs(
    chat: UUID,
    *,
    body: ForkChatRequest,
    idempotency_key: str | Unset = UNSET,

) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key



    

    

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/api/experimental/chats/{chat}/fork".format(chat=quote(str(chat), safe=""),),
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs



def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Chat | ErrorResponse | str | None:
    if response.status_code == 201:
        response_201 = Chat.from_dict(response.json())



        return response_201

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

    if response.status_code == 413:
        response_413 = ErrorResponse.from_dict(response.json())



        return response_413

    if response.status_code == 422:
        response_422 = ErrorResponse.from_dict(response.json())



        return response_422

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
    body: ForkChatRequest,
    idempotency_key: str | Unset = UNSET,

) -> Response[Chat | ErrorResponse | str]:
    """ Fork a chat at a message

     Makes a new chat of the caller that begins with the history of this one, up to and including a
    message that
    clients may see. The fork is idle: nothing is run again, no model is called and nothing is
    accounted; it goes on
    with the next message. Both chats then go their own ways, and one may be deleted without the other.
    A sub-chat
    can be forked, too; the fork is a root.

    The fork has the source's plan mode, MCP servers, model and effort, links the files that its
    messages name, and
    tells in `forked_from` where it comes from. Its owner has read it. The owner of the source also gets
    its system
    prompt, labels and dynamic tools. For others, who cannot see these, the fork begins with the
    deployment's system
    prompt of today.

    Checks, in order:
    1. the caller may read the chat (else 404)
    2. the caller is a member of its organization and may create chats there (403)
    3. `Idempotency-Key`: the same request was answered before (its answer), or another one had the key
    (422)
    4. `title`: at most 200 characters after trimming (400)
    5. the message is in the history that clients see (404)

    Args:
        chat (UUID):
        idempotency_key (str | Unset):
        body (ForkChatRequest): Where to fork, and how to call the fork. Example: {'message_id':
            44, 'title': 'Release notes 2.4, shorter'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Chat | ErrorResponse | str]
     """


    kwargs = _get_kwargs(
        chat=chat,
body=body,
idempotency_key=idempotency_key,

    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)

def sync(
    chat: UUID,
    *,
    client: AuthenticatedClient | Client,
    body: ForkChatRequest,
    idempotency_key: str | Unset = UNSET,

) -> Chat | ErrorResponse | str | None:
    """ Fork a chat at a message

     Makes a new chat of the caller that begins with the history of this one, up to and including a
    message that
    clients may see. The fork is idle: nothing is run again, no model is called and nothing is
    accounted; it goes on
    with the next message. Both chats then go their own ways, and one may be deleted without the other.
    A sub-chat
    can be forked, too; the fork is a root.

    The fork has the source's plan mode, MCP servers, model and effort, links the files that its
    messages name, and
    tells in `forked_from` where it comes from. Its owner has read it. The owner of the source also gets
    its system
    prompt, labels and dynamic tools. For others, who cannot see these, the fork begins with the
    deployment's system
    prompt of today.

    Checks, in order:
    1. the caller may read the chat (else 404)
    2. the caller is a member of its organization and may create chats there (403)
    3. `Idempotency-Key`: the same request was answered before (its answer), or another one had the key
    (422)
    4. `title`: at most 200 characters after trimming (400)
    5. the message is in the history that clients see (404)

    Args:
        chat (UUID):
        idempotency_key (str | Unset):
        body (ForkChatRequest): Where to fork, and how to call the fork. Example: {'message_id':
            44, 'title': 'Release notes 2.4, shorter'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Chat | ErrorResponse | str
     """


    return sync_detailed(
        chat=chat,
client=client,
body=body,
idempotency_key=idempotency_key,

    ).parsed

async def asyncio_detailed(
    chat: UUID,
    *,
    client: AuthenticatedClient | Client,
    body: ForkChatRequest,
    idempotency_key: str | Unset = UNSET,

) -> Response[Chat | ErrorResponse | str]:
    """ Fork a chat at a message

     Makes a new chat of the caller that begins with the history of this one, up to and including a
    message that
    clients may see. The fork is idle: nothing is run again, no model is called and nothing is
    accounted; it goes on
    with the next message. Both chats then go their own ways, and one may be deleted without the other.
    A sub-chat
    can be forked, too; the fork is a root.

    The fork has the source's plan mode, MCP servers, model and effort, links the files that its
    messages name, and
    tells in `forked_from` where it comes from. Its owner has read it. The owner of the source also gets
    its system
    prompt, labels and dynamic tools. For others, who cannot see these, the fork begins with the
    deployment's system
    prompt of today.

    Checks, in order:
    1. the caller may read the chat (else 404)
    2. the caller is a member of its organization and may create chats there (403)
    3. `Idempotency-Key`: the same request was answered before (its answer), or another one had the key
    (422)
    4. `title`: at most 200 characters after trimming (400)
    5. the message is in the history that clients see (404)

    Args:
        chat (UUID):
        idempotency_key (str | Unset):
        body (ForkChatRequest): Where to fork, and how to call the fork. Example: {'message_id':
            44, 'title': 'Release notes 2.4, shorter'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Chat | ErrorResponse | str]
     """


    kwargs = _get_kwargs(
        chat=chat,
body=body,
idempotency_key=idempotency_key,

    )

    response = await client.get_async_httpx_client().request(
        **kwargs
    )

    return _build_response(client=client, response=response)

async def asyncio(
    chat: UUID,
    *,
    client: AuthenticatedClient | Client,
    body: ForkChatRequest,
    idempotency_key: str | Unset = UNSET,

) -> Chat | ErrorResponse | str | None:
    """ Fork a chat at a message

     Makes a new chat of the caller that begins with the history of this one, up to and including a
    message that
    clients may see. The fork is idle: nothing is run again, no model is called and nothing is
    accounted; it goes on
    with the next message. Both chats then go their own ways, and one may be deleted without the other.
    A sub-chat
    can be forked, too; the fork is a root.

    The fork has the source's plan mode, MCP servers, model and effort, links the files that its
    messages name, and
    tells in `forked_from` where it comes from. Its owner has read it. The owner of the source also gets
    its system
    prompt, labels and dynamic tools. For others, who cannot see these, the fork begins with the
    deployment's system
    prompt of today.

    Checks, in order:
    1. the caller may read the chat (else 404)
    2. the caller is a member of its organization and may create chats there (403)
    3. `Idempotency-Key`: the same request was answered before (its answer), or another one had the key
    (422)
    4. `title`: at most 200 characters after trimming (400)
    5. the message is in the history that clients see (404)

    Args:
        chat (UUID):
        idempotency_key (str | Unset):
        body (ForkChatRequest): Where to fork, and how to call the fork. Example: {'message_id':
            44, 'title': 'Release notes 2.4, shorter'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Chat | ErrorResponse | str
     """


    return (await asyncio_detailed(
        chat=chat,
client=client,
body=body,
idempotency_key=idempotency_key,

    )).parsed
