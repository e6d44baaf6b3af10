from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...types import Response, UNSET
from ... import errors

from ...models.chat_usage_limit_exceeded_response import ChatUsageLimitExceededResponse
from ...models.error_response import ErrorResponse
from typing import cast
from uuid import UUID



def _get_kwargs(
    chat: UUID,
    queued_message: int,

) -> dict[str, Any]:
    

    

    

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/api/experimental/chats/{chat}/queue/{queued_message}/promote".format(chat=quote(str(chat), safe=""),queued_message=quote(str(queued_message), safe=""),),
    }


    return _kwargs



def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> ChatUsageLimitExceededResponse | ErrorResponse | ErrorResponse | str | None:
    if response.status_code == 202:
        response_202 = ErrorResponse.from_dict(response.json())



        return response_202

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


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[ChatUsageLimitExceededResponse | ErrorResponse | ErrorResponse | str]:
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

) -> Response[ChatUsageLimitExceededResponse | ErrorResponse | ErrorResponse | str]:
    """ Let a queued message go next

     In a running or interrupting chat the entry becomes the head of the queue and the turn is
    interrupted; the
    message follows when the interruption is done. In a failed chat or one that waits for tool results
    it joins
    the history at once and the chat runs.

    Checks, in order:
    1. a chat processor is configured (500)
    2. the caller may update the chat (else 404)
    3. the caller owns the chat (403), for the reason given at `send-chat-message`
    4. the chat is not archived (400; looked at again under the lock)
    5. the caller has not spent its limit (409)
    6. the chat has a queue to promote from (409)
    7. the entry is in it (404)

    Args:
        chat (UUID):
        queued_message (int):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ChatUsageLimitExceededResponse | ErrorResponse | ErrorResponse | str]
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

) -> ChatUsageLimitExceededResponse | ErrorResponse | ErrorResponse | str | None:
    """ Let a queued message go next

     In a running or interrupting chat the entry becomes the head of the queue and the turn is
    interrupted; the
    message follows when the interruption is done. In a failed chat or one that waits for tool results
    it joins
    the history at once and the chat runs.

    Checks, in order:
    1. a chat processor is configured (500)
    2. the caller may update the chat (else 404)
    3. the caller owns the chat (403), for the reason given at `send-chat-message`
    4. the chat is not archived (400; looked at again under the lock)
    5. the caller has not spent its limit (409)
    6. the chat has a queue to promote from (409)
    7. the entry is in it (404)

    Args:
        chat (UUID):
        queued_message (int):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ChatUsageLimitExceededResponse | ErrorResponse | ErrorResponse | str
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

) -> Response[ChatUsageLimitExceededResponse | ErrorResponse | ErrorResponse | str]:
    """ Let a queued message go next

     In a running or interrupting chat the entry becomes the head of the queue and the turn is
    interrupted; the
    message follows when the interruption is done. In a failed chat or one that waits for tool results
    it joins
    the history at once and the chat runs.

    Checks, in order:
    1. a chat processor is configured (500)
    2. the caller may update the chat (else 404)
    3. the caller owns the chat (403), for the reason given at `send-chat-message`
    4. the chat is not archived (400; looked at again under the lock)
    5. the caller has not spent its limit (409)
    6. the chat has a queue to promote from (409)
    7. the entry is in it (404)

    Args:
        chat (UUID):
        queued_message (int):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ChatUsageLimitExceededResponse | ErrorResponse | ErrorResponse | str]
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

) -> ChatUsageLimitExceededResponse | ErrorResponse | ErrorResponse | str | None:
    """ Let a queued message go next

     In a running or interrupting chat the entry becomes the head of the queue and the turn is
    interrupted; the
    message follows when the interruption is done. In a failed chat or one that waits for tool results
    it joins
    the history at once and the chat runs.

    Checks, in order:
    1. a chat processor is configured (500)
    2. the caller may update the chat (else 404)
    3. the caller owns the chat (403), for the reason given at `send-chat-message`
    4. the chat is not archived (400; looked at again under the lock)
    5. the caller has not spent its limit (409)
    6. the chat has a queue to promote from (409)
    7. the entry is in it (404)

    Args:
        chat (UUID):
        queued_message (int):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ChatUsageLimitExceededResponse | ErrorResponse | ErrorResponse | str
     """


    return (await asyncio_detailed(
        chat=chat,
queued_message=queued_message,
client=client,

    )).parsed
