from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...types import Response, UNSET
from ... import errors

from ...models.chat_queued_message_conflict import ChatQueuedMessageConflict
from ...models.chat_usage_limit_exceeded_response import ChatUsageLimitExceededResponse
from ...models.create_chat_message_response import CreateChatMessageResponse
from ...models.error_response import ErrorResponse
from ...models.update_chat_queued_message_request import UpdateChatQueuedMessageRequest
from ...types import UNSET, Unset
from typing import cast
from uuid import UUID



def _get_kwargs(
    chat: UUID,
    queued_message: int,
    *,
    body: UpdateChatQueuedMessageRequest,
    if_match: str | Unset = UNSET,

) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(if_match, Unset):
        headers["If-Match"] = if_match



    

    

    _kwargs: dict[str, Any] = {
        "method": "patch",
        "url": "/api/experimental/chats/{chat}/queue/{queued_message}".format(chat=quote(str(chat), safe=""),queued_message=quote(str(queued_message), safe=""),),
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs



def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> ChatQueuedMessageConflict | ChatUsageLimitExceededResponse | CreateChatMessageResponse | ErrorResponse | str | None:
    if response.status_code == 200:
        response_200 = CreateChatMessageResponse.from_dict(response.json())



        return response_200

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

    if response.status_code == 409:
        def _parse_response_409(data: object) -> ChatQueuedMessageConflict | ChatUsageLimitExceededResponse:
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                response_409_type_0 = ChatUsageLimitExceededResponse.from_dict(data)



                return response_409_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            if not isinstance(data, dict):
                raise TypeError()
            response_409_type_1 = ChatQueuedMessageConflict.from_dict(data)



            return response_409_type_1

        response_409 = _parse_response_409(response.json())

        return response_409

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


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[ChatQueuedMessageConflict | ChatUsageLimitExceededResponse | CreateChatMessageResponse | ErrorResponse | str]:
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
    body: UpdateChatQueuedMessageRequest,
    if_match: str | Unset = UNSET,

) -> Response[ChatQueuedMessageConflict | ChatUsageLimitExceededResponse | CreateChatMessageResponse | ErrorResponse | str]:
    """ Change a message that waits

     Gives an entry of the queue other content, model or effort, another place, or has it held: a held
    entry keeps
    its place and is passed over when the next message is taken, so that a chat also rests beside it.
    Only the keys
    that are present and not null act, all of them or none.

    `held: false` releases the entry. In a chat that is `waiting` the message joins the history at once
    and the chat
    runs; in one in `error` it waits, like all entries there. `position` counts from 1, entries that are
    held
    included; one behind the last is the last. `promote-chat-queued-message` takes a held entry all the
    same, a
    message that is sent while the chat is idle goes before it, and an edit of the history leaves it in
    the queue.

    Every change raises the entry's `version`. With `If-Match` nothing is done unless the entry has that
    version:
    else, as when it is not in the queue any more, the answer is 409 with where the message is now.

    Checks, in order:
    1. a chat processor is configured (500)
    2. the caller may update the chat (else 404)
    3. the caller owns the chat (403), for the reason given at `send-chat-message`
    4. with `held: false`: the caller has not spent its limit (409)
    5. the chat is not archived (400)
    6. the queue has had the entry (404), has it still, and `If-Match` names its version (409)
    7. each file of `content` exists and is readable by the caller, and its type can be a prompt input
    (400)
    8. `model_config_id` is known and enabled, its provider enabled, a key available (400)
    9. the state machine takes the change (409)

    Files are linked to the chat, all or none, at most 50 per chat; `warnings` tells when they were not.

    Args:
        chat (UUID):
        queued_message (int):
        if_match (str | Unset):
        body (UpdateChatQueuedMessageRequest): What is to change of a message that waits. Only the
            keys that are present and not null act. Example: {'held': True}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ChatQueuedMessageConflict | ChatUsageLimitExceededResponse | CreateChatMessageResponse | ErrorResponse | str]
     """


    kwargs = _get_kwargs(
        chat=chat,
queued_message=queued_message,
body=body,
if_match=if_match,

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
    body: UpdateChatQueuedMessageRequest,
    if_match: str | Unset = UNSET,

) -> ChatQueuedMessageConflict | ChatUsageLimitExceededResponse | CreateChatMessageResponse | ErrorResponse | str | None:
    """ Change a message that waits

     Gives an entry of the queue other content, model or effort, another place, or has it held: a held
    entry keeps
    its place and is passed over when the next message is taken, so that a chat also rests beside it.
    Only the keys
    that are present and not null act, all of them or none.

    `held: false` releases the entry. In a chat that is `waiting` the message joins the history at once
    and the chat
    runs; in one in `error` it waits, like all entries there. `position` counts from 1, entries that are
    held
    included; one behind the last is the last. `promote-chat-queued-message` takes a held entry all the
    same, a
    message that is sent while the chat is idle goes before it, and an edit of the history leaves it in
    the queue.

    Every change raises the entry's `version`. With `If-Match` nothing is done unless the entry has that
    version:
    else, as when it is not in the queue any more, the answer is 409 with where the message is now.

    Checks, in order:
    1. a chat processor is configured (500)
    2. the caller may update the chat (else 404)
    3. the caller owns the chat (403), for the reason given at `send-chat-message`
    4. with `held: false`: the caller has not spent its limit (409)
    5. the chat is not archived (400)
    6. the queue has had the entry (404), has it still, and `If-Match` names its version (409)
    7. each file of `content` exists and is readable by the caller, and its type can be a prompt input
    (400)
    8. `model_config_id` is known and enabled, its provider enabled, a key available (400)
    9. the state machine takes the change (409)

    Files are linked to the chat, all or none, at most 50 per chat; `warnings` tells when they were not.

    Args:
        chat (UUID):
        queued_message (int):
        if_match (str | Unset):
        body (UpdateChatQueuedMessageRequest): What is to change of a message that waits. Only the
            keys that are present and not null act. Example: {'held': True}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ChatQueuedMessageConflict | ChatUsageLimitExceededResponse | CreateChatMessageResponse | ErrorResponse | str
     """


    return sync_detailed(
        chat=chat,
queued_message=queued_message,
client=client,
body=body,
if_match=if_match,

    ).parsed

async def asyncio_detailed(
    chat: UUID,
    queued_message: int,
    *,
    client: AuthenticatedClient | Client,
    body: UpdateChatQueuedMessageRequest,
    if_match: str | Unset = UNSET,

) -> Response[ChatQueuedMessageConflict | ChatUsageLimitExceededResponse | CreateChatMessageResponse | ErrorResponse | str]:
    """ Change a message that waits

     Gives an entry of the queue other content, model or effort, another place, or has it held: a held
    entry keeps
    its place and is passed over when the next message is taken, so that a chat also rests beside it.
    Only the keys
    that are present and not null act, all of them or none.

    `held: false` releases the entry. In a chat that is `waiting` the message joins the history at once
    and the chat
    runs; in one in `error` it waits, like all entries there. `position` counts from 1, entries that are
    held
    included; one behind the last is the last. `promote-chat-queued-message` takes a held entry all the
    same, a
    message that is sent while the chat is idle goes before it, and an edit of the history leaves it in
    the queue.

    Every change raises the entry's `version`. With `If-Match` nothing is done unless the entry has that
    version:
    else, as when it is not in the queue any more, the answer is 409 with where the message is now.

    Checks, in order:
    1. a chat processor is configured (500)
    2. the caller may update the chat (else 404)
    3. the caller owns the chat (403), for the reason given at `send-chat-message`
    4. with `held: false`: the caller has not spent its limit (409)
    5. the chat is not archived (400)
    6. the queue has had the entry (404), has it still, and `If-Match` names its version (409)
    7. each file of `content` exists and is readable by the caller, and its type can be a prompt input
    (400)
    8. `model_config_id` is known and enabled, its provider enabled, a key available (400)
    9. the state machine takes the change (409)

    Files are linked to the chat, all or none, at most 50 per chat; `warnings` tells when they were not.

    Args:
        chat (UUID):
        queued_message (int):
        if_match (str | Unset):
        body (UpdateChatQueuedMessageRequest): What is to change of a message that waits. Only the
            keys that are present and not null act. Example: {'held': True}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ChatQueuedMessageConflict | ChatUsageLimitExceededResponse | CreateChatMessageResponse | ErrorResponse | str]
     """


    kwargs = _get_kwargs(
        chat=chat,
queued_message=queued_message,
body=body,
if_match=if_match,

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
    body: UpdateChatQueuedMessageRequest,
    if_match: str | Unset = UNSET,

) -> ChatQueuedMessageConflict | ChatUsageLimitExceededResponse | CreateChatMessageResponse | ErrorResponse | str | None:
    """ Change a message that waits

     Gives an entry of the queue other content, model or effort, another place, or has it held: a held
    entry keeps
    its place and is passed over when the next message is taken, so that a chat also rests beside it.
    Only the keys
    that are present and not null act, all of them or none.

    `held: false` releases the entry. In a chat that is `waiting` the message joins the history at once
    and the chat
    runs; in one in `error` it waits, like all entries there. `position` counts from 1, entries that are
    held
    included; one behind the last is the last. `promote-chat-queued-message` takes a held entry all the
    same, a
    message that is sent while the chat is idle goes before it, and an edit of the history leaves it in
    the queue.

    Every change raises the entry's `version`. With `If-Match` nothing is done unless the entry has that
    version:
    else, as when it is not in the queue any more, the answer is 409 with where the message is now.

    Checks, in order:
    1. a chat processor is configured (500)
    2. the caller may update the chat (else 404)
    3. the caller owns the chat (403), for the reason given at `send-chat-message`
    4. with `held: false`: the caller has not spent its limit (409)
    5. the chat is not archived (400)
    6. the queue has had the entry (404), has it still, and `If-Match` names its version (409)
    7. each file of `content` exists and is readable by the caller, and its type can be a prompt input
    (400)
    8. `model_config_id` is known and enabled, its provider enabled, a key available (400)
    9. the state machine takes the change (409)

    Files are linked to the chat, all or none, at most 50 per chat; `warnings` tells when they were not.

    Args:
        chat (UUID):
        queued_message (int):
        if_match (str | Unset):
        body (UpdateChatQueuedMessageRequest): What is to change of a message that waits. Only the
            keys that are present and not null act. Example: {'held': True}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ChatQueuedMessageConflict | ChatUsageLimitExceededResponse | CreateChatMessageResponse | ErrorResponse | str
     """


    return (await asyncio_detailed(
        chat=chat,
queued_message=queued_message,
client=client,
body=body,
if_match=if_match,

    )).parsed
