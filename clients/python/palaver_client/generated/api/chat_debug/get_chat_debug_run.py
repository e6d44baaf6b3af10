from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...types import Response, UNSET
from ... import errors

from ...models.chat_debug_run import ChatDebugRun
from ...models.error_response import ErrorResponse
from typing import cast
from uuid import UUID



def _get_kwargs(
    chat: UUID,
    debug_run: UUID,

) -> dict[str, Any]:
    

    

    

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/api/experimental/chats/{chat}/debug/runs/{debug_run}".format(chat=quote(str(chat), safe=""),debug_run=quote(str(debug_run), safe=""),),
    }


    return _kwargs



def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> ChatDebugRun | ErrorResponse | str | None:
    if response.status_code == 200:
        response_200 = ChatDebugRun.from_dict(response.json())



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


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[ChatDebugRun | ErrorResponse | str]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    chat: UUID,
    debug_run: UUID,
    *,
    client: AuthenticatedClient | Client,

) -> Response[ChatDebugRun | ErrorResponse | str]:
    """ Read a recorded run with its model calls

     A step is one model call, with all its attempts. Requests and answers are kept in a common form, not
    as they
    went to the provider: without headers, without API keys, without the bytes of attachments. They are
    cut where
    they are long, and say so: the end of a long text tells how much more there was, `omitted_messages`,
    `omitted_tools` and `omitted_parts` count what is left out, and `omitted: true` stands for all of a
    request or
    an answer.

    Checks, in order:
    1. the caller may read the chat (else 404)
    2. the run is one of the chat's (else 404)

    Args:
        chat (UUID):
        debug_run (UUID):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ChatDebugRun | ErrorResponse | str]
     """


    kwargs = _get_kwargs(
        chat=chat,
debug_run=debug_run,

    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)

def sync(
    chat: UUID,
    debug_run: UUID,
    *,
    client: AuthenticatedClient | Client,

) -> ChatDebugRun | ErrorResponse | str | None:
    """ Read a recorded run with its model calls

     A step is one model call, with all its attempts. Requests and answers are kept in a common form, not
    as they
    went to the provider: without headers, without API keys, without the bytes of attachments. They are
    cut where
    they are long, and say so: the end of a long text tells how much more there was, `omitted_messages`,
    `omitted_tools` and `omitted_parts` count what is left out, and `omitted: true` stands for all of a
    request or
    an answer.

    Checks, in order:
    1. the caller may read the chat (else 404)
    2. the run is one of the chat's (else 404)

    Args:
        chat (UUID):
        debug_run (UUID):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ChatDebugRun | ErrorResponse | str
     """


    return sync_detailed(
        chat=chat,
debug_run=debug_run,
client=client,

    ).parsed

async def asyncio_detailed(
    chat: UUID,
    debug_run: UUID,
    *,
    client: AuthenticatedClient | Client,

) -> Response[ChatDebugRun | ErrorResponse | str]:
    """ Read a recorded run with its model calls

     A step is one model call, with all its attempts. Requests and answers are kept in a common form, not
    as they
    went to the provider: without headers, without API keys, without the bytes of attachments. They are
    cut where
    they are long, and say so: the end of a long text tells how much more there was, `omitted_messages`,
    `omitted_tools` and `omitted_parts` count what is left out, and `omitted: true` stands for all of a
    request or
    an answer.

    Checks, in order:
    1. the caller may read the chat (else 404)
    2. the run is one of the chat's (else 404)

    Args:
        chat (UUID):
        debug_run (UUID):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ChatDebugRun | ErrorResponse | str]
     """


    kwargs = _get_kwargs(
        chat=chat,
debug_run=debug_run,

    )

    response = await client.get_async_httpx_client().request(
        **kwargs
    )

    return _build_response(client=client, response=response)

async def asyncio(
    chat: UUID,
    debug_run: UUID,
    *,
    client: AuthenticatedClient | Client,

) -> ChatDebugRun | ErrorResponse | str | None:
    """ Read a recorded run with its model calls

     A step is one model call, with all its attempts. Requests and answers are kept in a common form, not
    as they
    went to the provider: without headers, without API keys, without the bytes of attachments. They are
    cut where
    they are long, and say so: the end of a long text tells how much more there was, `omitted_messages`,
    `omitted_tools` and `omitted_parts` count what is left out, and `omitted: true` stands for all of a
    request or
    an answer.

    Checks, in order:
    1. the caller may read the chat (else 404)
    2. the run is one of the chat's (else 404)

    Args:
        chat (UUID):
        debug_run (UUID):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ChatDebugRun | ErrorResponse | str
     """


    return (await asyncio_detailed(
        chat=chat,
debug_run=debug_run,
client=client,

    )).parsed
