from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...types import Response, UNSET
from ... import errors

from ...models.chat_export import ChatExport
from ...models.error_response import ErrorResponse
from ...models.export_chat_format import check_export_chat_format
from ...models.export_chat_format import ExportChatFormat
from ...types import UNSET, Unset
from typing import cast
from uuid import UUID



def _get_kwargs(
    chat: UUID,
    *,
    format_: ExportChatFormat | Unset = UNSET,
    files: bool | Unset = False,

) -> dict[str, Any]:
    

    

    params: dict[str, Any] = {}

    json_format_: str | Unset = UNSET
    if not isinstance(format_, Unset):
        json_format_ = format_

    params["format"] = json_format_

    params["files"] = files


    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}


    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/api/experimental/chats/{chat}/export".format(chat=quote(str(chat), safe=""),),
        "params": params,
    }


    return _kwargs



def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> ChatExport | ErrorResponse | str | None:
    if response.status_code == 200:
        response_200 = ChatExport.from_dict(response.json())



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


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[ChatExport | ErrorResponse | str]:
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
    format_: ExportChatFormat | Unset = UNSET,
    files: bool | Unset = False,

) -> Response[ChatExport | ErrorResponse | str]:
    """ Export a chat

     The history as clients see it, as a file: JSON (`ChatExport`) that `import-chat` takes, here or on
    another
    server, or Markdown to be read. `format` decides, without it `Accept`: `text/markdown` without
    `application/json` asks for Markdown. What only the model sees (system prompts), what waits in the
    queue, and
    sub-chats are not part of it.

    The answer is sent while it is read. It has all messages that were there when it began, except those
    that an
    edit removes meanwhile. With `files` it has the bytes of attachments, too, of the first ones up to
    6291456 bytes
    together; of the others it has names and types.

    Checks, in order:
    1. the caller may read the chat (else 404)
    2. with `files`: the store of the files answers (500)

    Args:
        chat (UUID):
        format_ (ExportChatFormat | Unset):
        files (bool | Unset):  Default: False.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ChatExport | ErrorResponse | str]
     """


    kwargs = _get_kwargs(
        chat=chat,
format_=format_,
files=files,

    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)

def sync(
    chat: UUID,
    *,
    client: AuthenticatedClient | Client,
    format_: ExportChatFormat | Unset = UNSET,
    files: bool | Unset = False,

) -> ChatExport | ErrorResponse | str | None:
    """ Export a chat

     The history as clients see it, as a file: JSON (`ChatExport`) that `import-chat` takes, here or on
    another
    server, or Markdown to be read. `format` decides, without it `Accept`: `text/markdown` without
    `application/json` asks for Markdown. What only the model sees (system prompts), what waits in the
    queue, and
    sub-chats are not part of it.

    The answer is sent while it is read. It has all messages that were there when it began, except those
    that an
    edit removes meanwhile. With `files` it has the bytes of attachments, too, of the first ones up to
    6291456 bytes
    together; of the others it has names and types.

    Checks, in order:
    1. the caller may read the chat (else 404)
    2. with `files`: the store of the files answers (500)

    Args:
        chat (UUID):
        format_ (ExportChatFormat | Unset):
        files (bool | Unset):  Default: False.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ChatExport | ErrorResponse | str
     """


    return sync_detailed(
        chat=chat,
client=client,
format_=format_,
files=files,

    ).parsed

async def asyncio_detailed(
    chat: UUID,
    *,
    client: AuthenticatedClient | Client,
    format_: ExportChatFormat | Unset = UNSET,
    files: bool | Unset = False,

) -> Response[ChatExport | ErrorResponse | str]:
    """ Export a chat

     The history as clients see it, as a file: JSON (`ChatExport`) that `import-chat` takes, here or on
    another
    server, or Markdown to be read. `format` decides, without it `Accept`: `text/markdown` without
    `application/json` asks for Markdown. What only the model sees (system prompts), what waits in the
    queue, and
    sub-chats are not part of it.

    The answer is sent while it is read. It has all messages that were there when it began, except those
    that an
    edit removes meanwhile. With `files` it has the bytes of attachments, too, of the first ones up to
    6291456 bytes
    together; of the others it has names and types.

    Checks, in order:
    1. the caller may read the chat (else 404)
    2. with `files`: the store of the files answers (500)

    Args:
        chat (UUID):
        format_ (ExportChatFormat | Unset):
        files (bool | Unset):  Default: False.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ChatExport | ErrorResponse | str]
     """


    kwargs = _get_kwargs(
        chat=chat,
format_=format_,
files=files,

    )

    response = await client.get_async_httpx_client().request(
        **kwargs
    )

    return _build_response(client=client, response=response)

async def asyncio(
    chat: UUID,
    *,
    client: AuthenticatedClient | Client,
    format_: ExportChatFormat | Unset = UNSET,
    files: bool | Unset = False,

) -> ChatExport | ErrorResponse | str | None:
    """ Export a chat

     The history as clients see it, as a file: JSON (`ChatExport`) that `import-chat` takes, here or on
    another
    server, or Markdown to be read. `format` decides, without it `Accept`: `text/markdown` without
    `application/json` asks for Markdown. What only the model sees (system prompts), what waits in the
    queue, and
    sub-chats are not part of it.

    The answer is sent while it is read. It has all messages that were there when it began, except those
    that an
    edit removes meanwhile. With `files` it has the bytes of attachments, too, of the first ones up to
    6291456 bytes
    together; of the others it has names and types.

    Checks, in order:
    1. the caller may read the chat (else 404)
    2. with `files`: the store of the files answers (500)

    Args:
        chat (UUID):
        format_ (ExportChatFormat | Unset):
        files (bool | Unset):  Default: False.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ChatExport | ErrorResponse | str
     """


    return (await asyncio_detailed(
        chat=chat,
client=client,
format_=format_,
files=files,

    )).parsed
