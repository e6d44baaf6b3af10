from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...types import Response, UNSET
from ... import errors

from ...models.chat_usage_limit_exceeded_response import ChatUsageLimitExceededResponse
from ...models.edit_chat_message_request import EditChatMessageRequest
from ...models.edit_chat_message_response import EditChatMessageResponse
from ...models.error_response import ErrorResponse
from ...types import UNSET, Unset
from typing import cast
from uuid import UUID



def _get_kwargs(
    chat: UUID,
    message: int,
    *,
    body: EditChatMessageRequest,
    idempotency_key: str | Unset = UNSET,

) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key



    

    

    _kwargs: dict[str, Any] = {
        "method": "patch",
        "url": "/api/experimental/chats/{chat}/messages/{message}".format(chat=quote(str(chat), safe=""),message=quote(str(message), safe=""),),
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs



def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> ChatUsageLimitExceededResponse | ErrorResponse | EditChatMessageResponse | ErrorResponse | str | None:
    if response.status_code == 200:
        response_200 = EditChatMessageResponse.from_dict(response.json())



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
        def _parse_response_409(data: object) -> ChatUsageLimitExceededResponse | ErrorResponse:
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                response_409_type_0 = ChatUsageLimitExceededResponse.from_dict(data)



                return response_409_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            if not isinstance(data, dict):
                raise TypeError()
            response_409_type_1 = ErrorResponse.from_dict(data)



            return response_409_type_1

        response_409 = _parse_response_409(response.json())

        return response_409

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


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[ChatUsageLimitExceededResponse | ErrorResponse | EditChatMessageResponse | ErrorResponse | str]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    chat: UUID,
    message: int,
    *,
    client: AuthenticatedClient | Client,
    body: EditChatMessageRequest,
    idempotency_key: str | Unset = UNSET,

) -> Response[ChatUsageLimitExceededResponse | ErrorResponse | EditChatMessageResponse | ErrorResponse | str]:
    """ Replace a message and go on from there

     A new user message takes the place of an earlier one: that one and everything behind it are removed,
    the queue
    is emptied, a running turn is stopped, and the chat runs. Streams get `history_reset` and the whole
    history.

    Checks, in order:
    1. a chat processor is configured (500)
    2. the caller may update the chat (else 404)
    3. the caller owns the chat (403), for the reason given at `send-chat-message`
    4. `Idempotency-Key`: the same request was answered before (its answer), or another one had the key
    (422)
    5. the chat is not archived (400; looked at again under the lock)
    6. each file of `content` exists and is readable by the caller, and its type can be a prompt input
    (400)
    7. `model_config_id` is known and enabled, its provider enabled, a key available (400)
    8. the caller has not spent its limit (409)
    9. the message is in the chat and was not removed (404)
    10. it is a user's message (400)
    11. the state machine takes the edit (409)
    12. without `model_config_id`: the model of the original is usable, or a default model exists (400)

    It is possible in every state of a chat that is not archived. Calls of tools in front of the message
    that
    nobody has answered get cancel results. The replacement has a new id and keeps the model, the effort
    and the
    visibility of the original unless they are given; the nil UUID as `model_config_id` counts as
    absent.
    `deleted_message_ids` has the removed messages that clients could see. Files are linked to the chat,
    all or
    none, at most 50 per chat; `warnings` tells when they were not.

    Args:
        chat (UUID):
        message (int):
        idempotency_key (str | Unset):
        body (EditChatMessageRequest): What takes the place of a user message. Example:
            {'content': [{'type': 'text', 'text': 'Shorten the first paragraph.'}]}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ChatUsageLimitExceededResponse | ErrorResponse | EditChatMessageResponse | ErrorResponse | str]
     """


    kwargs = _get_kwargs(
        chat=chat,
message=message,
body=body,
idempotency_key=idempotency_key,

    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)

def sync(
    chat: UUID,
    message: int,
    *,
    client: AuthenticatedClient | Client,
    body: EditChatMessageRequest,
    idempotency_key: str | Unset = UNSET,

) -> ChatUsageLimitExceededResponse | ErrorResponse | EditChatMessageResponse | ErrorResponse | str | None:
    """ Replace a message and go on from there

     A new user message takes the place of an earlier one: that one and everything behind it are removed,
    the queue
    is emptied, a running turn is stopped, and the chat runs. Streams get `history_reset` and the whole
    history.

    Checks, in order:
    1. a chat processor is configured (500)
    2. the caller may update the chat (else 404)
    3. the caller owns the chat (403), for the reason given at `send-chat-message`
    4. `Idempotency-Key`: the same request was answered before (its answer), or another one had the key
    (422)
    5. the chat is not archived (400; looked at again under the lock)
    6. each file of `content` exists and is readable by the caller, and its type can be a prompt input
    (400)
    7. `model_config_id` is known and enabled, its provider enabled, a key available (400)
    8. the caller has not spent its limit (409)
    9. the message is in the chat and was not removed (404)
    10. it is a user's message (400)
    11. the state machine takes the edit (409)
    12. without `model_config_id`: the model of the original is usable, or a default model exists (400)

    It is possible in every state of a chat that is not archived. Calls of tools in front of the message
    that
    nobody has answered get cancel results. The replacement has a new id and keeps the model, the effort
    and the
    visibility of the original unless they are given; the nil UUID as `model_config_id` counts as
    absent.
    `deleted_message_ids` has the removed messages that clients could see. Files are linked to the chat,
    all or
    none, at most 50 per chat; `warnings` tells when they were not.

    Args:
        chat (UUID):
        message (int):
        idempotency_key (str | Unset):
        body (EditChatMessageRequest): What takes the place of a user message. Example:
            {'content': [{'type': 'text', 'text': 'Shorten the first paragraph.'}]}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ChatUsageLimitExceededResponse | ErrorResponse | EditChatMessageResponse | ErrorResponse | str
     """


    return sync_detailed(
        chat=chat,
message=message,
client=client,
body=body,
idempotency_key=idempotency_key,

    ).parsed

async def asyncio_detailed(
    chat: UUID,
    message: int,
    *,
    client: AuthenticatedClient | Client,
    body: EditChatMessageRequest,
    idempotency_key: str | Unset = UNSET,

) -> Response[ChatUsageLimitExceededResponse | ErrorResponse | EditChatMessageResponse | ErrorResponse | str]:
    """ Replace a message and go on from there

     A new user message takes the place of an earlier one: that one and everything behind it are removed,
    the queue
    is emptied, a running turn is stopped, and the chat runs. Streams get `history_reset` and the whole
    history.

    Checks, in order:
    1. a chat processor is configured (500)
    2. the caller may update the chat (else 404)
    3. the caller owns the chat (403), for the reason given at `send-chat-message`
    4. `Idempotency-Key`: the same request was answered before (its answer), or another one had the key
    (422)
    5. the chat is not archived (400; looked at again under the lock)
    6. each file of `content` exists and is readable by the caller, and its type can be a prompt input
    (400)
    7. `model_config_id` is known and enabled, its provider enabled, a key available (400)
    8. the caller has not spent its limit (409)
    9. the message is in the chat and was not removed (404)
    10. it is a user's message (400)
    11. the state machine takes the edit (409)
    12. without `model_config_id`: the model of the original is usable, or a default model exists (400)

    It is possible in every state of a chat that is not archived. Calls of tools in front of the message
    that
    nobody has answered get cancel results. The replacement has a new id and keeps the model, the effort
    and the
    visibility of the original unless they are given; the nil UUID as `model_config_id` counts as
    absent.
    `deleted_message_ids` has the removed messages that clients could see. Files are linked to the chat,
    all or
    none, at most 50 per chat; `warnings` tells when they were not.

    Args:
        chat (UUID):
        message (int):
        idempotency_key (str | Unset):
        body (EditChatMessageRequest): What takes the place of a user message. Example:
            {'content': [{'type': 'text', 'text': 'Shorten the first paragraph.'}]}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ChatUsageLimitExceededResponse | ErrorResponse | EditChatMessageResponse | ErrorResponse | str]
     """


    kwargs = _get_kwargs(
        chat=chat,
message=message,
body=body,
idempotency_key=idempotency_key,

    )

    response = await client.get_async_httpx_client().request(
        **kwargs
    )

    return _build_response(client=client, response=response)

async def asyncio(
    chat: UUID,
    message: int,
    *,
    client: AuthenticatedClient | Client,
    body: EditChatMessageRequest,
    idempotency_key: str | Unset = UNSET,

) -> ChatUsageLimitExceededResponse | ErrorResponse | EditChatMessageResponse | ErrorResponse | str | None:
    """ Replace a message and go on from there

     A new user message takes the place of an earlier one: that one and everything behind it are removed,
    the queue
    is emptied, a running turn is stopped, and the chat runs. Streams get `history_reset` and the whole
    history.

    Checks, in order:
    1. a chat processor is configured (500)
    2. the caller may update the chat (else 404)
    3. the caller owns the chat (403), for the reason given at `send-chat-message`
    4. `Idempotency-Key`: the same request was answered before (its answer), or another one had the key
    (422)
    5. the chat is not archived (400; looked at again under the lock)
    6. each file of `content` exists and is readable by the caller, and its type can be a prompt input
    (400)
    7. `model_config_id` is known and enabled, its provider enabled, a key available (400)
    8. the caller has not spent its limit (409)
    9. the message is in the chat and was not removed (404)
    10. it is a user's message (400)
    11. the state machine takes the edit (409)
    12. without `model_config_id`: the model of the original is usable, or a default model exists (400)

    It is possible in every state of a chat that is not archived. Calls of tools in front of the message
    that
    nobody has answered get cancel results. The replacement has a new id and keeps the model, the effort
    and the
    visibility of the original unless they are given; the nil UUID as `model_config_id` counts as
    absent.
    `deleted_message_ids` has the removed messages that clients could see. Files are linked to the chat,
    all or
    none, at most 50 per chat; `warnings` tells when they were not.

    Args:
        chat (UUID):
        message (int):
        idempotency_key (str | Unset):
        body (EditChatMessageRequest): What takes the place of a user message. Example:
            {'content': [{'type': 'text', 'text': 'Shorten the first paragraph.'}]}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ChatUsageLimitExceededResponse | ErrorResponse | EditChatMessageResponse | ErrorResponse | str
     """


    return (await asyncio_detailed(
        chat=chat,
message=message,
client=client,
body=body,
idempotency_key=idempotency_key,

    )).parsed
