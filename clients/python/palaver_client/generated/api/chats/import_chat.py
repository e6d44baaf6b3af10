from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...types import Response, UNSET
from ... import errors

from ...models.chat import Chat
from ...models.error_response import ErrorResponse
from ...models.import_chat_request import ImportChatRequest
from ...types import UNSET, Unset
from typing import cast



def _get_kwargs(
    *,
    body: ImportChatRequest,
    idempotency_key: str | Unset = UNSET,

) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key



    

    

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/api/experimental/chats/import",
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
    *,
    client: AuthenticatedClient | Client,
    body: ImportChatRequest,
    idempotency_key: str | Unset = UNSET,

) -> Response[Chat | ErrorResponse | str]:
    """ Import a chat

     Makes a new chat of the caller that begins with an exported history. The chat is idle: nothing is
    run again and
    nothing is accounted; it goes on with the next message, and with the deployment's system prompt of
    today.

    Nothing of the file is believed. All ids are new, but those that link calls and results; times are
    those of the
    import; the caller has written what users have; usage and models are forgotten. Messages of a
    compaction are
    for people only, so that the model gets the whole history again. Attachments whose bytes came along
    are stored
    as if the caller had uploaded them; the others are left out, with a text in their place and a
    warning. Calls
    that are still open at the end are cancelled by the next message.

    Checks, in order:
    1. `organization_id` is set (400; the nil UUID counts as missing)
    2. the caller is a member of the organization (403, also for an unknown organization)
    3. the caller may create chats there (403)
    4. `Idempotency-Key`: the same request was answered before (its answer), or another one had the key
    (422)
    5. `title`, else the export's: not empty and at most 200 characters after trimming (400)
    6. `labels` of the export follow their rules (400 with one validation per broken rule)
    7. the model: `model_config_id` is known and enabled, its provider enabled, a key available (400);
    without it, a
       default model exists and is enabled (400)
    8. each message has parts that its role can have, and every call one result, at once behind it (400)
    9. no file comes twice, is no base64 or has more than 10485760 bytes (400)
    10. the files could be stored (500)

    Args:
        idempotency_key (str | Unset):
        body (ImportChatRequest): An exported chat, and where it shall be. Example:
            {'organization_id': '0d4c7b1e-93f2-4a8d-b6c5-17e2f08a9b34', 'export': {'format': 'palaver-
            chat', 'version': 1, 'chat': {'title': 'Release notes 2.4'}, 'messages': [{'role': 'user',
            'content': [{'type': 'text', 'text': 'Draft the release notes for version 2.4.'}]},
            {'role': 'assistant', 'content': [{'type': 'text', 'text': 'Version 2.4 starts faster and
            fixes the export.'}]}]}}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Chat | ErrorResponse | str]
     """


    kwargs = _get_kwargs(
        body=body,
idempotency_key=idempotency_key,

    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)

def sync(
    *,
    client: AuthenticatedClient | Client,
    body: ImportChatRequest,
    idempotency_key: str | Unset = UNSET,

) -> Chat | ErrorResponse | str | None:
    """ Import a chat

     Makes a new chat of the caller that begins with an exported history. The chat is idle: nothing is
    run again and
    nothing is accounted; it goes on with the next message, and with the deployment's system prompt of
    today.

    Nothing of the file is believed. All ids are new, but those that link calls and results; times are
    those of the
    import; the caller has written what users have; usage and models are forgotten. Messages of a
    compaction are
    for people only, so that the model gets the whole history again. Attachments whose bytes came along
    are stored
    as if the caller had uploaded them; the others are left out, with a text in their place and a
    warning. Calls
    that are still open at the end are cancelled by the next message.

    Checks, in order:
    1. `organization_id` is set (400; the nil UUID counts as missing)
    2. the caller is a member of the organization (403, also for an unknown organization)
    3. the caller may create chats there (403)
    4. `Idempotency-Key`: the same request was answered before (its answer), or another one had the key
    (422)
    5. `title`, else the export's: not empty and at most 200 characters after trimming (400)
    6. `labels` of the export follow their rules (400 with one validation per broken rule)
    7. the model: `model_config_id` is known and enabled, its provider enabled, a key available (400);
    without it, a
       default model exists and is enabled (400)
    8. each message has parts that its role can have, and every call one result, at once behind it (400)
    9. no file comes twice, is no base64 or has more than 10485760 bytes (400)
    10. the files could be stored (500)

    Args:
        idempotency_key (str | Unset):
        body (ImportChatRequest): An exported chat, and where it shall be. Example:
            {'organization_id': '0d4c7b1e-93f2-4a8d-b6c5-17e2f08a9b34', 'export': {'format': 'palaver-
            chat', 'version': 1, 'chat': {'title': 'Release notes 2.4'}, 'messages': [{'role': 'user',
            'content': [{'type': 'text', 'text': 'Draft the release notes for version 2.4.'}]},
            {'role': 'assistant', 'content': [{'type': 'text', 'text': 'Version 2.4 starts faster and
            fixes the export.'}]}]}}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Chat | ErrorResponse | str
     """


    return sync_detailed(
        client=client,
body=body,
idempotency_key=idempotency_key,

    ).parsed

async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: ImportChatRequest,
    idempotency_key: str | Unset = UNSET,

) -> Response[Chat | ErrorResponse | str]:
    """ Import a chat

     Makes a new chat of the caller that begins with an exported history. The chat is idle: nothing is
    run again and
    nothing is accounted; it goes on with the next message, and with the deployment's system prompt of
    today.

    Nothing of the file is believed. All ids are new, but those that link calls and results; times are
    those of the
    import; the caller has written what users have; usage and models are forgotten. Messages of a
    compaction are
    for people only, so that the model gets the whole history again. Attachments whose bytes came along
    are stored
    as if the caller had uploaded them; the others are left out, with a text in their place and a
    warning. Calls
    that are still open at the end are cancelled by the next message.

    Checks, in order:
    1. `organization_id` is set (400; the nil UUID counts as missing)
    2. the caller is a member of the organization (403, also for an unknown organization)
    3. the caller may create chats there (403)
    4. `Idempotency-Key`: the same request was answered before (its answer), or another one had the key
    (422)
    5. `title`, else the export's: not empty and at most 200 characters after trimming (400)
    6. `labels` of the export follow their rules (400 with one validation per broken rule)
    7. the model: `model_config_id` is known and enabled, its provider enabled, a key available (400);
    without it, a
       default model exists and is enabled (400)
    8. each message has parts that its role can have, and every call one result, at once behind it (400)
    9. no file comes twice, is no base64 or has more than 10485760 bytes (400)
    10. the files could be stored (500)

    Args:
        idempotency_key (str | Unset):
        body (ImportChatRequest): An exported chat, and where it shall be. Example:
            {'organization_id': '0d4c7b1e-93f2-4a8d-b6c5-17e2f08a9b34', 'export': {'format': 'palaver-
            chat', 'version': 1, 'chat': {'title': 'Release notes 2.4'}, 'messages': [{'role': 'user',
            'content': [{'type': 'text', 'text': 'Draft the release notes for version 2.4.'}]},
            {'role': 'assistant', 'content': [{'type': 'text', 'text': 'Version 2.4 starts faster and
            fixes the export.'}]}]}}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Chat | ErrorResponse | str]
     """


    kwargs = _get_kwargs(
        body=body,
idempotency_key=idempotency_key,

    )

    response = await client.get_async_httpx_client().request(
        **kwargs
    )

    return _build_response(client=client, response=response)

async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    body: ImportChatRequest,
    idempotency_key: str | Unset = UNSET,

) -> Chat | ErrorResponse | str | None:
    """ Import a chat

     Makes a new chat of the caller that begins with an exported history. The chat is idle: nothing is
    run again and
    nothing is accounted; it goes on with the next message, and with the deployment's system prompt of
    today.

    Nothing of the file is believed. All ids are new, but those that link calls and results; times are
    those of the
    import; the caller has written what users have; usage and models are forgotten. Messages of a
    compaction are
    for people only, so that the model gets the whole history again. Attachments whose bytes came along
    are stored
    as if the caller had uploaded them; the others are left out, with a text in their place and a
    warning. Calls
    that are still open at the end are cancelled by the next message.

    Checks, in order:
    1. `organization_id` is set (400; the nil UUID counts as missing)
    2. the caller is a member of the organization (403, also for an unknown organization)
    3. the caller may create chats there (403)
    4. `Idempotency-Key`: the same request was answered before (its answer), or another one had the key
    (422)
    5. `title`, else the export's: not empty and at most 200 characters after trimming (400)
    6. `labels` of the export follow their rules (400 with one validation per broken rule)
    7. the model: `model_config_id` is known and enabled, its provider enabled, a key available (400);
    without it, a
       default model exists and is enabled (400)
    8. each message has parts that its role can have, and every call one result, at once behind it (400)
    9. no file comes twice, is no base64 or has more than 10485760 bytes (400)
    10. the files could be stored (500)

    Args:
        idempotency_key (str | Unset):
        body (ImportChatRequest): An exported chat, and where it shall be. Example:
            {'organization_id': '0d4c7b1e-93f2-4a8d-b6c5-17e2f08a9b34', 'export': {'format': 'palaver-
            chat', 'version': 1, 'chat': {'title': 'Release notes 2.4'}, 'messages': [{'role': 'user',
            'content': [{'type': 'text', 'text': 'Draft the release notes for version 2.4.'}]},
            {'role': 'assistant', 'content': [{'type': 'text', 'text': 'Version 2.4 starts faster and
            fixes the export.'}]}]}}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Chat | ErrorResponse | str
     """


    return (await asyncio_detailed(
        client=client,
body=body,
idempotency_key=idempotency_key,

    )).parsed
