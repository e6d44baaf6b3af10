from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...types import Response, UNSET
from ... import errors

from ...models.chat_debug_run_summary import ChatDebugRunSummary
from ...models.error_response import ErrorResponse
from typing import cast
from uuid import UUID



def _get_kwargs(
    chat: UUID,

) -> dict[str, Any]:
    

    

    

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/api/experimental/chats/{chat}/debug/runs".format(chat=quote(str(chat), safe=""),),
    }


    return _kwargs



def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> ErrorResponse | list[ChatDebugRunSummary] | str | None:
    if response.status_code == 200:
        response_200 = []
        _response_200 = response.json()
        for response_200_item_data in (_response_200):
            response_200_item = ChatDebugRunSummary.from_dict(response_200_item_data)



            response_200.append(response_200_item)

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


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[ErrorResponse | list[ChatDebugRunSummary] | str]:
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

) -> Response[ErrorResponse | list[ChatDebugRunSummary] | str]:
    """ List what models were asked about a chat

     The newest 100 runs, latest start first. A turn is a run, and so are a compaction, a title, a label
    of a turn
    and a summary. Runs are recorded while debug logging is in effect for the chat's owner
    (`get-user-chat-debug-logging`), and shown for as long as the deployment keeps them
    (`get-chat-debug-retention-days`), whether or not it still is. What has just happened shows within a
    second or
    so.

    Checks, in order:
    1. the caller may read the chat (else 404)

    Args:
        chat (UUID):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | list[ChatDebugRunSummary] | str]
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

) -> ErrorResponse | list[ChatDebugRunSummary] | str | None:
    """ List what models were asked about a chat

     The newest 100 runs, latest start first. A turn is a run, and so are a compaction, a title, a label
    of a turn
    and a summary. Runs are recorded while debug logging is in effect for the chat's owner
    (`get-user-chat-debug-logging`), and shown for as long as the deployment keeps them
    (`get-chat-debug-retention-days`), whether or not it still is. What has just happened shows within a
    second or
    so.

    Checks, in order:
    1. the caller may read the chat (else 404)

    Args:
        chat (UUID):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | list[ChatDebugRunSummary] | str
     """


    return sync_detailed(
        chat=chat,
client=client,

    ).parsed

async def asyncio_detailed(
    chat: UUID,
    *,
    client: AuthenticatedClient | Client,

) -> Response[ErrorResponse | list[ChatDebugRunSummary] | str]:
    """ List what models were asked about a chat

     The newest 100 runs, latest start first. A turn is a run, and so are a compaction, a title, a label
    of a turn
    and a summary. Runs are recorded while debug logging is in effect for the chat's owner
    (`get-user-chat-debug-logging`), and shown for as long as the deployment keeps them
    (`get-chat-debug-retention-days`), whether or not it still is. What has just happened shows within a
    second or
    so.

    Checks, in order:
    1. the caller may read the chat (else 404)

    Args:
        chat (UUID):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | list[ChatDebugRunSummary] | str]
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

) -> ErrorResponse | list[ChatDebugRunSummary] | str | None:
    """ List what models were asked about a chat

     The newest 100 runs, latest start first. A turn is a run, and so are a compaction, a title, a label
    of a turn
    and a summary. Runs are recorded while debug logging is in effect for the chat's owner
    (`get-user-chat-debug-logging`), and shown for as long as the deployment keeps them
    (`get-chat-debug-retention-days`), whether or not it still is. What has just happened shows within a
    second or
    so.

    Checks, in order:
    1. the caller may read the chat (else 404)

    Args:
        chat (UUID):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | list[ChatDebugRunSummary] | str
     """


    return (await asyncio_detailed(
        chat=chat,
client=client,

    )).parsed
