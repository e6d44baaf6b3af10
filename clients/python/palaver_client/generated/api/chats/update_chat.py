from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...types import Response, UNSET
from ... import errors

from ...models.error_response import ErrorResponse
from ...models.update_chat_request import UpdateChatRequest
from ...types import UNSET, Unset
from typing import cast
from uuid import UUID



def _get_kwargs(
    chat: UUID,
    *,
    body: UpdateChatRequest,
    if_match: str | Unset = UNSET,

) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(if_match, Unset):
        headers["If-Match"] = if_match



    

    

    _kwargs: dict[str, Any] = {
        "method": "patch",
        "url": "/api/experimental/chats/{chat}".format(chat=quote(str(chat), safe=""),),
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
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

    if response.status_code == 412:
        response_412 = ErrorResponse.from_dict(response.json())



        return response_412

    if response.status_code == 413:
        response_413 = ErrorResponse.from_dict(response.json())



        return response_413

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
    body: UpdateChatRequest,
    if_match: str | Unset = UNSET,

) -> Response[Any | ErrorResponse | str]:
    """ Archive, rename, label or pin a chat

     Only the keys that are present and not null act. The steps run one after another and are not one
    transaction:
    what was written stays when a later step fails.

    Checks and steps, in order:
    1. the caller may update the chat (else 404); this is not limited to its owner
    2. a chat processor is configured (500)
    3. `title`: at most 200 characters after trimming (400); written. The same title again changes
    nothing
    4. `labels` follow their rules (400 with one validation per broken rule); written, replacing the
    whole map
    5. `archived`: the chat is a root (400) and not already so (400); its state is a known one (409) and
    no member
       of its family is active (409); written for the root and all its sub-chats at once. Archiving
    unpins
    6. `pin_order` above 0: the chat is not archived (400) and is a root (400); written. 0 unpins;
    another value
       appends when the chat is not pinned yet, else moves it there, clamped to the number of the
    owner's pins
    7. `workspace_id` is the nil UUID: there are no workspaces here (400)
    8. `plan_mode`: written; `plan` switches planning on, the empty string off
    9. `If-Match`, where given, names the present ETag of `get-chat-by-id` (412)

    Args:
        chat (UUID):
        if_match (str | Unset):
        body (UpdateChatRequest): Changes of a chat; keys that are absent or null change nothing.
            Example: {'archived': True}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | ErrorResponse | str]
     """


    kwargs = _get_kwargs(
        chat=chat,
body=body,
if_match=if_match,

    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)

def sync(
    chat: UUID,
    *,
    client: AuthenticatedClient | Client,
    body: UpdateChatRequest,
    if_match: str | Unset = UNSET,

) -> Any | ErrorResponse | str | None:
    """ Archive, rename, label or pin a chat

     Only the keys that are present and not null act. The steps run one after another and are not one
    transaction:
    what was written stays when a later step fails.

    Checks and steps, in order:
    1. the caller may update the chat (else 404); this is not limited to its owner
    2. a chat processor is configured (500)
    3. `title`: at most 200 characters after trimming (400); written. The same title again changes
    nothing
    4. `labels` follow their rules (400 with one validation per broken rule); written, replacing the
    whole map
    5. `archived`: the chat is a root (400) and not already so (400); its state is a known one (409) and
    no member
       of its family is active (409); written for the root and all its sub-chats at once. Archiving
    unpins
    6. `pin_order` above 0: the chat is not archived (400) and is a root (400); written. 0 unpins;
    another value
       appends when the chat is not pinned yet, else moves it there, clamped to the number of the
    owner's pins
    7. `workspace_id` is the nil UUID: there are no workspaces here (400)
    8. `plan_mode`: written; `plan` switches planning on, the empty string off
    9. `If-Match`, where given, names the present ETag of `get-chat-by-id` (412)

    Args:
        chat (UUID):
        if_match (str | Unset):
        body (UpdateChatRequest): Changes of a chat; keys that are absent or null change nothing.
            Example: {'archived': True}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | ErrorResponse | str
     """


    return sync_detailed(
        chat=chat,
client=client,
body=body,
if_match=if_match,

    ).parsed

async def asyncio_detailed(
    chat: UUID,
    *,
    client: AuthenticatedClient | Client,
    body: UpdateChatRequest,
    if_match: str | Unset = UNSET,

) -> Response[Any | ErrorResponse | str]:
    """ Archive, rename, label or pin a chat

     Only the keys that are present and not null act. The steps run one after another and are not one
    transaction:
    what was written stays when a later step fails.

    Checks and steps, in order:
    1. the caller may update the chat (else 404); this is not limited to its owner
    2. a chat processor is configured (500)
    3. `title`: at most 200 characters after trimming (400); written. The same title again changes
    nothing
    4. `labels` follow their rules (400 with one validation per broken rule); written, replacing the
    whole map
    5. `archived`: the chat is a root (400) and not already so (400); its state is a known one (409) and
    no member
       of its family is active (409); written for the root and all its sub-chats at once. Archiving
    unpins
    6. `pin_order` above 0: the chat is not archived (400) and is a root (400); written. 0 unpins;
    another value
       appends when the chat is not pinned yet, else moves it there, clamped to the number of the
    owner's pins
    7. `workspace_id` is the nil UUID: there are no workspaces here (400)
    8. `plan_mode`: written; `plan` switches planning on, the empty string off
    9. `If-Match`, where given, names the present ETag of `get-chat-by-id` (412)

    Args:
        chat (UUID):
        if_match (str | Unset):
        body (UpdateChatRequest): Changes of a chat; keys that are absent or null change nothing.
            Example: {'archived': True}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | ErrorResponse | str]
     """


    kwargs = _get_kwargs(
        chat=chat,
body=body,
if_match=if_match,

    )

    response = await client.get_async_httpx_client().request(
        **kwargs
    )

    return _build_response(client=client, response=response)

async def asyncio(
    chat: UUID,
    *,
    client: AuthenticatedClient | Client,
    body: UpdateChatRequest,
    if_match: str | Unset = UNSET,

) -> Any | ErrorResponse | str | None:
    """ Archive, rename, label or pin a chat

     Only the keys that are present and not null act. The steps run one after another and are not one
    transaction:
    what was written stays when a later step fails.

    Checks and steps, in order:
    1. the caller may update the chat (else 404); this is not limited to its owner
    2. a chat processor is configured (500)
    3. `title`: at most 200 characters after trimming (400); written. The same title again changes
    nothing
    4. `labels` follow their rules (400 with one validation per broken rule); written, replacing the
    whole map
    5. `archived`: the chat is a root (400) and not already so (400); its state is a known one (409) and
    no member
       of its family is active (409); written for the root and all its sub-chats at once. Archiving
    unpins
    6. `pin_order` above 0: the chat is not archived (400) and is a root (400); written. 0 unpins;
    another value
       appends when the chat is not pinned yet, else moves it there, clamped to the number of the
    owner's pins
    7. `workspace_id` is the nil UUID: there are no workspaces here (400)
    8. `plan_mode`: written; `plan` switches planning on, the empty string off
    9. `If-Match`, where given, names the present ETag of `get-chat-by-id` (412)

    Args:
        chat (UUID):
        if_match (str | Unset):
        body (UpdateChatRequest): Changes of a chat; keys that are absent or null change nothing.
            Example: {'archived': True}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | ErrorResponse | str
     """


    return (await asyncio_detailed(
        chat=chat,
client=client,
body=body,
if_match=if_match,

    )).parsed
