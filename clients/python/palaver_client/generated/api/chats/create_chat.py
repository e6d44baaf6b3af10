from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...types import Response, UNSET
from ... import errors

from ...models.chat import Chat
from ...models.chat_usage_limit_exceeded_response import ChatUsageLimitExceededResponse
from ...models.create_chat_request import CreateChatRequest
from ...models.error_response import ErrorResponse
from ...types import UNSET, Unset
from typing import cast



def _get_kwargs(
    *,
    body: CreateChatRequest,
    idempotency_key: str | Unset = UNSET,

) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key



    

    

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/api/experimental/chats",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs



def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Chat | ChatUsageLimitExceededResponse | ErrorResponse | str | None:
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

    if response.status_code == 409:
        response_409 = ChatUsageLimitExceededResponse.from_dict(response.json())



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


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[Chat | ChatUsageLimitExceededResponse | ErrorResponse | str]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: CreateChatRequest,
    idempotency_key: str | Unset = UNSET,

) -> Response[Chat | ChatUsageLimitExceededResponse | ErrorResponse | str]:
    """ Create a chat with its first message

     Stores the chat and its first user message, and starts the first turn at once: the chat comes back
    with status
    `running`. Follow it with `stream-chat-events-via-websockets`.

    Checks, in order:
    1. a chat processor is configured (500)
    2. `organization_id` is set (400; the nil UUID counts as missing)
    3. the caller is a member of the organization (403, also for an unknown organization)
    4. the caller may create chats there (403)
    5. `Idempotency-Key`: the same request was answered before (its answer), or another one had the key
    (422)
    6. `system_prompt` has at most 10000 bytes of UTF-8 (400)
    7. each file of `content` exists and is readable by the caller, and its type can be a prompt input
    (400)
    8. `workspace_id` is null or the nil UUID: there are no workspaces here (400)
    9. the model: `model_config_id` is not the nil UUID, is known and enabled, its provider enabled, a
    key available
       (400); without it, and without a usable model that the caller has chosen for new chats, a default
    model
       exists and is enabled (400)
    10. every id of `mcp_server_ids` exists, none twice (400)
    11. `labels` follow their rules (400 with one validation per broken rule)
    12. no two dynamic tools share a name (400)
    13. the caller has not spent its limit (409)

    The history begins with the deployment's system prompt and the request's, for the model only. The
    title is made
    of the first 6 words of the text, at most 80 characters, with `…` when shortened, and `New Chat`
    when there is
    no text. Files of the content are linked to the chat, all or none, at most 50 per chat; `warnings`
    tells when
    they were not. The answer has `files` filled and no children.

    Args:
        idempotency_key (str | Unset):
        body (CreateChatRequest): A chat and its first message. Example: {'organization_id':
            '0d4c7b1e-93f2-4a8d-b6c5-17e2f08a9b34', 'content': [{'type': 'text', 'text': 'Draft the
            release notes for version 2.4.'}]}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Chat | ChatUsageLimitExceededResponse | ErrorResponse | str]
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
    body: CreateChatRequest,
    idempotency_key: str | Unset = UNSET,

) -> Chat | ChatUsageLimitExceededResponse | ErrorResponse | str | None:
    """ Create a chat with its first message

     Stores the chat and its first user message, and starts the first turn at once: the chat comes back
    with status
    `running`. Follow it with `stream-chat-events-via-websockets`.

    Checks, in order:
    1. a chat processor is configured (500)
    2. `organization_id` is set (400; the nil UUID counts as missing)
    3. the caller is a member of the organization (403, also for an unknown organization)
    4. the caller may create chats there (403)
    5. `Idempotency-Key`: the same request was answered before (its answer), or another one had the key
    (422)
    6. `system_prompt` has at most 10000 bytes of UTF-8 (400)
    7. each file of `content` exists and is readable by the caller, and its type can be a prompt input
    (400)
    8. `workspace_id` is null or the nil UUID: there are no workspaces here (400)
    9. the model: `model_config_id` is not the nil UUID, is known and enabled, its provider enabled, a
    key available
       (400); without it, and without a usable model that the caller has chosen for new chats, a default
    model
       exists and is enabled (400)
    10. every id of `mcp_server_ids` exists, none twice (400)
    11. `labels` follow their rules (400 with one validation per broken rule)
    12. no two dynamic tools share a name (400)
    13. the caller has not spent its limit (409)

    The history begins with the deployment's system prompt and the request's, for the model only. The
    title is made
    of the first 6 words of the text, at most 80 characters, with `…` when shortened, and `New Chat`
    when there is
    no text. Files of the content are linked to the chat, all or none, at most 50 per chat; `warnings`
    tells when
    they were not. The answer has `files` filled and no children.

    Args:
        idempotency_key (str | Unset):
        body (CreateChatRequest): A chat and its first message. Example: {'organization_id':
            '0d4c7b1e-93f2-4a8d-b6c5-17e2f08a9b34', 'content': [{'type': 'text', 'text': 'Draft the
            release notes for version 2.4.'}]}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Chat | ChatUsageLimitExceededResponse | ErrorResponse | str
     """


    return sync_detailed(
        client=client,
body=body,
idempotency_key=idempotency_key,

    ).parsed

async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: CreateChatRequest,
    idempotency_key: str | Unset = UNSET,

) -> Response[Chat | ChatUsageLimitExceededResponse | ErrorResponse | str]:
    """ Create a chat with its first message

     Stores the chat and its first user message, and starts the first turn at once: the chat comes back
    with status
    `running`. Follow it with `stream-chat-events-via-websockets`.

    Checks, in order:
    1. a chat processor is configured (500)
    2. `organization_id` is set (400; the nil UUID counts as missing)
    3. the caller is a member of the organization (403, also for an unknown organization)
    4. the caller may create chats there (403)
    5. `Idempotency-Key`: the same request was answered before (its answer), or another one had the key
    (422)
    6. `system_prompt` has at most 10000 bytes of UTF-8 (400)
    7. each file of `content` exists and is readable by the caller, and its type can be a prompt input
    (400)
    8. `workspace_id` is null or the nil UUID: there are no workspaces here (400)
    9. the model: `model_config_id` is not the nil UUID, is known and enabled, its provider enabled, a
    key available
       (400); without it, and without a usable model that the caller has chosen for new chats, a default
    model
       exists and is enabled (400)
    10. every id of `mcp_server_ids` exists, none twice (400)
    11. `labels` follow their rules (400 with one validation per broken rule)
    12. no two dynamic tools share a name (400)
    13. the caller has not spent its limit (409)

    The history begins with the deployment's system prompt and the request's, for the model only. The
    title is made
    of the first 6 words of the text, at most 80 characters, with `…` when shortened, and `New Chat`
    when there is
    no text. Files of the content are linked to the chat, all or none, at most 50 per chat; `warnings`
    tells when
    they were not. The answer has `files` filled and no children.

    Args:
        idempotency_key (str | Unset):
        body (CreateChatRequest): A chat and its first message. Example: {'organization_id':
            '0d4c7b1e-93f2-4a8d-b6c5-17e2f08a9b34', 'content': [{'type': 'text', 'text': 'Draft the
            release notes for version 2.4.'}]}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Chat | ChatUsageLimitExceededResponse | ErrorResponse | str]
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
    body: CreateChatRequest,
    idempotency_key: str | Unset = UNSET,

) -> Chat | ChatUsageLimitExceededResponse | ErrorResponse | str | None:
    """ Create a chat with its first message

     Stores the chat and its first user message, and starts the first turn at once: the chat comes back
    with status
    `running`. Follow it with `stream-chat-events-via-websockets`.

    Checks, in order:
    1. a chat processor is configured (500)
    2. `organization_id` is set (400; the nil UUID counts as missing)
    3. the caller is a member of the organization (403, also for an unknown organization)
    4. the caller may create chats there (403)
    5. `Idempotency-Key`: the same request was answered before (its answer), or another one had the key
    (422)
    6. `system_prompt` has at most 10000 bytes of UTF-8 (400)
    7. each file of `content` exists and is readable by the caller, and its type can be a prompt input
    (400)
    8. `workspace_id` is null or the nil UUID: there are no workspaces here (400)
    9. the model: `model_config_id` is not the nil UUID, is known and enabled, its provider enabled, a
    key available
       (400); without it, and without a usable model that the caller has chosen for new chats, a default
    model
       exists and is enabled (400)
    10. every id of `mcp_server_ids` exists, none twice (400)
    11. `labels` follow their rules (400 with one validation per broken rule)
    12. no two dynamic tools share a name (400)
    13. the caller has not spent its limit (409)

    The history begins with the deployment's system prompt and the request's, for the model only. The
    title is made
    of the first 6 words of the text, at most 80 characters, with `…` when shortened, and `New Chat`
    when there is
    no text. Files of the content are linked to the chat, all or none, at most 50 per chat; `warnings`
    tells when
    they were not. The answer has `files` filled and no children.

    Args:
        idempotency_key (str | Unset):
        body (CreateChatRequest): A chat and its first message. Example: {'organization_id':
            '0d4c7b1e-93f2-4a8d-b6c5-17e2f08a9b34', 'content': [{'type': 'text', 'text': 'Draft the
            release notes for version 2.4.'}]}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Chat | ChatUsageLimitExceededResponse | ErrorResponse | str
     """


    return (await asyncio_detailed(
        client=client,
body=body,
idempotency_key=idempotency_key,

    )).parsed
