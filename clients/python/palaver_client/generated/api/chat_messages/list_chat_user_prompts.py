from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...types import Response, UNSET
from ... import errors

from ...models.chat_prompts_response import ChatPromptsResponse
from ...models.error_response import ErrorResponse
from ...types import UNSET, Unset
from typing import cast
from uuid import UUID



def _get_kwargs(
    chat: UUID,
    *,
    limit: int | Unset = 0,

) -> dict[str, Any]:
    

    

    params: dict[str, Any] = {}

    params["limit"] = limit


    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}


    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/api/experimental/chats/{chat}/prompts".format(chat=quote(str(chat), safe=""),),
        "params": params,
    }


    return _kwargs



def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> ChatPromptsResponse | ErrorResponse | str | None:
    if response.status_code == 200:
        response_200 = ChatPromptsResponse.from_dict(response.json())



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


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[ChatPromptsResponse | ErrorResponse | str]:
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
    limit: int | Unset = 0,

) -> Response[ChatPromptsResponse | ErrorResponse | str]:
    """ Read what the user has asked

     The texts of the user messages of the history, newest first, for a client to offer again: the text
    parts of
    each joined without a separator; messages without any text are left out.

    Checks, in order:
    1. the caller may read the chat (else 404)

    Args:
        chat (UUID):
        limit (int | Unset):  Default: 0.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ChatPromptsResponse | ErrorResponse | str]
     """


    kwargs = _get_kwargs(
        chat=chat,
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
    limit: int | Unset = 0,

) -> ChatPromptsResponse | ErrorResponse | str | None:
    """ Read what the user has asked

     The texts of the user messages of the history, newest first, for a client to offer again: the text
    parts of
    each joined without a separator; messages without any text are left out.

    Checks, in order:
    1. the caller may read the chat (else 404)

    Args:
        chat (UUID):
        limit (int | Unset):  Default: 0.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ChatPromptsResponse | ErrorResponse | str
     """


    return sync_detailed(
        chat=chat,
client=client,
limit=limit,

    ).parsed

async def asyncio_detailed(
    chat: UUID,
    *,
    client: AuthenticatedClient | Client,
    limit: int | Unset = 0,

) -> Response[ChatPromptsResponse | ErrorResponse | str]:
    """ Read what the user has asked

     The texts of the user messages of the history, newest first, for a client to offer again: the text
    parts of
    each joined without a separator; messages without any text are left out.

    Checks, in order:
    1. the caller may read the chat (else 404)

    Args:
        chat (UUID):
        limit (int | Unset):  Default: 0.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ChatPromptsResponse | ErrorResponse | str]
     """


    kwargs = _get_kwargs(
        chat=chat,
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
    limit: int | Unset = 0,

) -> ChatPromptsResponse | ErrorResponse | str | None:
    """ Read what the user has asked

     The texts of the user messages of the history, newest first, for a client to offer again: the text
    parts of
    each joined without a separator; messages without any text are left out.

    Checks, in order:
    1. the caller may read the chat (else 404)

    Args:
        chat (UUID):
        limit (int | Unset):  Default: 0.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ChatPromptsResponse | ErrorResponse | str
     """


    return (await asyncio_detailed(
        chat=chat,
client=client,
limit=limit,

    )).parsed
