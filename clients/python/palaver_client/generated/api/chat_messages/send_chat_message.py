from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...types import Response, UNSET
from ... import errors

from ...models.chat_busy_response import ChatBusyResponse
from ...models.chat_usage_limit_exceeded_response import ChatUsageLimitExceededResponse
from ...models.create_chat_message_request import CreateChatMessageRequest
from ...models.create_chat_message_response import CreateChatMessageResponse
from ...models.error_response import ErrorResponse
from ...types import UNSET, Unset
from typing import cast
from uuid import UUID



def _get_kwargs(
    chat: UUID,
    *,
    body: CreateChatMessageRequest,
    idempotency_key: str | Unset = UNSET,

) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key



    

    

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/api/experimental/chats/{chat}/messages".format(chat=quote(str(chat), safe=""),),
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs



def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> ChatBusyResponse | ChatUsageLimitExceededResponse | CreateChatMessageResponse | ErrorResponse | str | None:
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
        def _parse_response_409(data: object) -> ChatBusyResponse | ChatUsageLimitExceededResponse:
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                response_409_type_0 = ChatUsageLimitExceededResponse.from_dict(data)



                return response_409_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            if not isinstance(data, dict):
                raise TypeError()
            response_409_type_1 = ChatBusyResponse.from_dict(data)



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


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[ChatBusyResponse | ChatUsageLimitExceededResponse | CreateChatMessageResponse | ErrorResponse | str]:
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
    body: CreateChatMessageRequest,
    idempotency_key: str | Unset = UNSET,

) -> Response[ChatBusyResponse | ChatUsageLimitExceededResponse | CreateChatMessageResponse | ErrorResponse | str]:
    """ Send a message

     Stores a user message in the chat. When the answer is out, the message is durable. An idle chat
    starts its turn
    at once; in a busy one the message waits in the queue, or interrupts the turn (`busy_behavior`).

    Checks, in order:
    1. the caller may update the chat (else 404)
    2. the caller owns the chat (403). An organization admin passes the first check and still may not
    send:
       processing a message forwards the owner's credentials to external services, so someone else who
    could
       trigger it would leak them to MCP servers of their own choice
    3. the chat is not archived (400; looked at again under the lock)
    4. a chat processor is configured (500)
    5. each file of `content` exists and is readable by the caller, and its type can be a prompt input
    (400)
    6. every id of `mcp_server_ids` exists, none twice (400)
    7. `model_config_id` is known and enabled, its provider enabled, a key available (400); without it,
    the chat's
       last model is usable, or a default model exists (400)
    8. the caller has not spent its limit (409)
    9. the state machine takes the message (409), with `reject` also at once (409); the queue has room
    (429)

    `Idempotency-Key` is looked up behind check 2, so that a repeated request gets its answer also when
    the chat
    has changed meanwhile; another request with the key is 422.

    What happens, by status:

    | Status | Effect |
    |---|---|
    | `waiting`, `error` without queue | stored in the history; the chat runs |
    | `error` with queue | joins the end of the queue; the head is promoted and the chat runs |
    | `running`, `interrupting` | joins the queue; with `interrupt` a running turn is asked to stop |
    | `requires_action` | joins the queue; with `interrupt` the open calls get cancel results and the
    chat runs |

    With `reject` a message is never queued: where it would be, the answer is 409 with the chat's status
    and the
    message that the present turn is about.

    `mcp_server_ids` null or absent keeps the chat's servers, `[]` clears them, a list replaces them;
    `plan_mode`
    absent keeps, `plan` enables, the empty string clears. Both act also when the message is queued. The
    nil UUID as
    `model_config_id` counts as absent. A queue entry keeps its own model and effort. An effort above
    the ceiling of
    the model is lowered to it. Files are linked to the chat, all or none, at most 50 per chat;
    `warnings` tells
    when they were not.

    Args:
        chat (UUID):
        idempotency_key (str | Unset):
        body (CreateChatMessageRequest): A message for a chat. Example: {'content': [{'type':
            'text', 'text': 'Shorten the second paragraph.'}], 'busy_behavior': 'queue'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ChatBusyResponse | ChatUsageLimitExceededResponse | CreateChatMessageResponse | ErrorResponse | str]
     """


    kwargs = _get_kwargs(
        chat=chat,
body=body,
idempotency_key=idempotency_key,

    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)

def sync(
    chat: UUID,
    *,
    client: AuthenticatedClient | Client,
    body: CreateChatMessageRequest,
    idempotency_key: str | Unset = UNSET,

) -> ChatBusyResponse | ChatUsageLimitExceededResponse | CreateChatMessageResponse | ErrorResponse | str | None:
    """ Send a message

     Stores a user message in the chat. When the answer is out, the message is durable. An idle chat
    starts its turn
    at once; in a busy one the message waits in the queue, or interrupts the turn (`busy_behavior`).

    Checks, in order:
    1. the caller may update the chat (else 404)
    2. the caller owns the chat (403). An organization admin passes the first check and still may not
    send:
       processing a message forwards the owner's credentials to external services, so someone else who
    could
       trigger it would leak them to MCP servers of their own choice
    3. the chat is not archived (400; looked at again under the lock)
    4. a chat processor is configured (500)
    5. each file of `content` exists and is readable by the caller, and its type can be a prompt input
    (400)
    6. every id of `mcp_server_ids` exists, none twice (400)
    7. `model_config_id` is known and enabled, its provider enabled, a key available (400); without it,
    the chat's
       last model is usable, or a default model exists (400)
    8. the caller has not spent its limit (409)
    9. the state machine takes the message (409), with `reject` also at once (409); the queue has room
    (429)

    `Idempotency-Key` is looked up behind check 2, so that a repeated request gets its answer also when
    the chat
    has changed meanwhile; another request with the key is 422.

    What happens, by status:

    | Status | Effect |
    |---|---|
    | `waiting`, `error` without queue | stored in the history; the chat runs |
    | `error` with queue | joins the end of the queue; the head is promoted and the chat runs |
    | `running`, `interrupting` | joins the queue; with `interrupt` a running turn is asked to stop |
    | `requires_action` | joins the queue; with `interrupt` the open calls get cancel results and the
    chat runs |

    With `reject` a message is never queued: where it would be, the answer is 409 with the chat's status
    and the
    message that the present turn is about.

    `mcp_server_ids` null or absent keeps the chat's servers, `[]` clears them, a list replaces them;
    `plan_mode`
    absent keeps, `plan` enables, the empty string clears. Both act also when the message is queued. The
    nil UUID as
    `model_config_id` counts as absent. A queue entry keeps its own model and effort. An effort above
    the ceiling of
    the model is lowered to it. Files are linked to the chat, all or none, at most 50 per chat;
    `warnings` tells
    when they were not.

    Args:
        chat (UUID):
        idempotency_key (str | Unset):
        body (CreateChatMessageRequest): A message for a chat. Example: {'content': [{'type':
            'text', 'text': 'Shorten the second paragraph.'}], 'busy_behavior': 'queue'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ChatBusyResponse | ChatUsageLimitExceededResponse | CreateChatMessageResponse | ErrorResponse | str
     """


    return sync_detailed(
        chat=chat,
client=client,
body=body,
idempotency_key=idempotency_key,

    ).parsed

async def asyncio_detailed(
    chat: UUID,
    *,
    client: AuthenticatedClient | Client,
    body: CreateChatMessageRequest,
    idempotency_key: str | Unset = UNSET,

) -> Response[ChatBusyResponse | ChatUsageLimitExceededResponse | CreateChatMessageResponse | ErrorResponse | str]:
    """ Send a message

     Stores a user message in the chat. When the answer is out, the message is durable. An idle chat
    starts its turn
    at once; in a busy one the message waits in the queue, or interrupts the turn (`busy_behavior`).

    Checks, in order:
    1. the caller may update the chat (else 404)
    2. the caller owns the chat (403). An organization admin passes the first check and still may not
    send:
       processing a message forwards the owner's credentials to external services, so someone else who
    could
       trigger it would leak them to MCP servers of their own choice
    3. the chat is not archived (400; looked at again under the lock)
    4. a chat processor is configured (500)
    5. each file of `content` exists and is readable by the caller, and its type can be a prompt input
    (400)
    6. every id of `mcp_server_ids` exists, none twice (400)
    7. `model_config_id` is known and enabled, its provider enabled, a key available (400); without it,
    the chat's
       last model is usable, or a default model exists (400)
    8. the caller has not spent its limit (409)
    9. the state machine takes the message (409), with `reject` also at once (409); the queue has room
    (429)

    `Idempotency-Key` is looked up behind check 2, so that a repeated request gets its answer also when
    the chat
    has changed meanwhile; another request with the key is 422.

    What happens, by status:

    | Status | Effect |
    |---|---|
    | `waiting`, `error` without queue | stored in the history; the chat runs |
    | `error` with queue | joins the end of the queue; the head is promoted and the chat runs |
    | `running`, `interrupting` | joins the queue; with `interrupt` a running turn is asked to stop |
    | `requires_action` | joins the queue; with `interrupt` the open calls get cancel results and the
    chat runs |

    With `reject` a message is never queued: where it would be, the answer is 409 with the chat's status
    and the
    message that the present turn is about.

    `mcp_server_ids` null or absent keeps the chat's servers, `[]` clears them, a list replaces them;
    `plan_mode`
    absent keeps, `plan` enables, the empty string clears. Both act also when the message is queued. The
    nil UUID as
    `model_config_id` counts as absent. A queue entry keeps its own model and effort. An effort above
    the ceiling of
    the model is lowered to it. Files are linked to the chat, all or none, at most 50 per chat;
    `warnings` tells
    when they were not.

    Args:
        chat (UUID):
        idempotency_key (str | Unset):
        body (CreateChatMessageRequest): A message for a chat. Example: {'content': [{'type':
            'text', 'text': 'Shorten the second paragraph.'}], 'busy_behavior': 'queue'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ChatBusyResponse | ChatUsageLimitExceededResponse | CreateChatMessageResponse | ErrorResponse | str]
     """


    kwargs = _get_kwargs(
        chat=chat,
body=body,
idempotency_key=idempotency_key,

    )

    response = await client.get_async_httpx_client().request(
        **kwargs
    )

    return _build_response(client=client, response=response)

async def asyncio(
    chat: UUID,
    *,
    client: AuthenticatedClient | Client,
    body: CreateChatMessageRequest,
    idempotency_key: str | Unset = UNSET,

) -> ChatBusyResponse | ChatUsageLimitExceededResponse | CreateChatMessageResponse | ErrorResponse | str | None:
    """ Send a message

     Stores a user message in the chat. When the answer is out, the message is durable. An idle chat
    starts its turn
    at once; in a busy one the message waits in the queue, or interrupts the turn (`busy_behavior`).

    Checks, in order:
    1. the caller may update the chat (else 404)
    2. the caller owns the chat (403). An organization admin passes the first check and still may not
    send:
       processing a message forwards the owner's credentials to external services, so someone else who
    could
       trigger it would leak them to MCP servers of their own choice
    3. the chat is not archived (400; looked at again under the lock)
    4. a chat processor is configured (500)
    5. each file of `content` exists and is readable by the caller, and its type can be a prompt input
    (400)
    6. every id of `mcp_server_ids` exists, none twice (400)
    7. `model_config_id` is known and enabled, its provider enabled, a key available (400); without it,
    the chat's
       last model is usable, or a default model exists (400)
    8. the caller has not spent its limit (409)
    9. the state machine takes the message (409), with `reject` also at once (409); the queue has room
    (429)

    `Idempotency-Key` is looked up behind check 2, so that a repeated request gets its answer also when
    the chat
    has changed meanwhile; another request with the key is 422.

    What happens, by status:

    | Status | Effect |
    |---|---|
    | `waiting`, `error` without queue | stored in the history; the chat runs |
    | `error` with queue | joins the end of the queue; the head is promoted and the chat runs |
    | `running`, `interrupting` | joins the queue; with `interrupt` a running turn is asked to stop |
    | `requires_action` | joins the queue; with `interrupt` the open calls get cancel results and the
    chat runs |

    With `reject` a message is never queued: where it would be, the answer is 409 with the chat's status
    and the
    message that the present turn is about.

    `mcp_server_ids` null or absent keeps the chat's servers, `[]` clears them, a list replaces them;
    `plan_mode`
    absent keeps, `plan` enables, the empty string clears. Both act also when the message is queued. The
    nil UUID as
    `model_config_id` counts as absent. A queue entry keeps its own model and effort. An effort above
    the ceiling of
    the model is lowered to it. Files are linked to the chat, all or none, at most 50 per chat;
    `warnings` tells
    when they were not.

    Args:
        chat (UUID):
        idempotency_key (str | Unset):
        body (CreateChatMessageRequest): A message for a chat. Example: {'content': [{'type':
            'text', 'text': 'Shorten the second paragraph.'}], 'busy_behavior': 'queue'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ChatBusyResponse | ChatUsageLimitExceededResponse | CreateChatMessageResponse | ErrorResponse | str
     """


    return (await asyncio_detailed(
        chat=chat,
client=client,
body=body,
idempotency_key=idempotency_key,

    )).parsed
