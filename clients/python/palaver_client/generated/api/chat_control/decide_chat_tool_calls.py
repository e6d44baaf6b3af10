from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...types import Response, UNSET
from ... import errors

from ...models.decide_tool_calls_request import DecideToolCallsRequest
from ...models.error_response import ErrorResponse
from typing import cast
from uuid import UUID



def _get_kwargs(
    chat: UUID,
    *,
    body: DecideToolCallsRequest,

) -> dict[str, Any]:
    headers: dict[str, Any] = {}


    

    

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/api/experimental/chats/{chat}/tool-approvals".format(chat=quote(str(chat), safe=""),),
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs



def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Any | ErrorResponse | str | None:
    if response.status_code == 204:
        response_204 = cast(Any, None)
        return response_204

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
        response_409 = ErrorResponse.from_dict(response.json())



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


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[Any | ErrorResponse | str]:
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
    body: DecideToolCallsRequest,

) -> Response[Any | ErrorResponse | str]:
    """ Approve or deny tool calls

     Where `tool_approvals` of an MCP server has `ask` for a tool, a call of it waits for the chat's
    owner: the chat is
    `requires_action`, and `action_required` of its stream and of `get-chat-by-id` has the calls with
    their exact
    arguments, each with an `approval`. All of them are decided in one request before `expires_at`; then
    the turn
    goes on. Calls that nobody decides in time count as denied.

    A decision names the `id` of the approval, which is new with each question and stands for the tool,
    its server
    and the arguments shown: it holds for nothing else. `args` of an approved call are run instead of
    those that the
    model asked for. A denied call gets an error result with the `reason`, which the model sees. The
    call's result
    tells in `approval` what was decided.

    A step's calls that need no approval are run before, and calls of dynamic tools are waited for after
    it.
    Interrupting, sending with `interrupt` and editing cancel the calls as they cancel those of dynamic
    tools.

    Checks, in order:
    1. a chat processor is configured (500)
    2. the caller may update the chat (else 404)
    3. the caller owns the chat (403), for the reason given at `send-chat-message`
    4. the chat is not archived (400)
    5. calls of it wait for approval (409)
    6. of each decision: no other one before it has its `tool_call_id`, and only an approved call has
    `args` (400)
    7. every call that waits is decided (400)
    8. no decision is about another call (400)
    9. each `approval_id` is that of the call's open question (409)
    10. the time is not over (409)

    Args:
        chat (UUID):
        body (DecideToolCallsRequest): What becomes of all calls that wait for approval. Example:
            {'decisions': [{'tool_call_id': 'call_3', 'approval_id':
            '6f1d0a52-83c4-4e7b-9a15-d20c7b94e831', 'decision': 'approve'}]}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | ErrorResponse | str]
     """


    kwargs = _get_kwargs(
        chat=chat,
body=body,

    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)

def sync(
    chat: UUID,
    *,
    client: AuthenticatedClient | Client,
    body: DecideToolCallsRequest,

) -> Any | ErrorResponse | str | None:
    """ Approve or deny tool calls

     Where `tool_approvals` of an MCP server has `ask` for a tool, a call of it waits for the chat's
    owner: the chat is
    `requires_action`, and `action_required` of its stream and of `get-chat-by-id` has the calls with
    their exact
    arguments, each with an `approval`. All of them are decided in one request before `expires_at`; then
    the turn
    goes on. Calls that nobody decides in time count as denied.

    A decision names the `id` of the approval, which is new with each question and stands for the tool,
    its server
    and the arguments shown: it holds for nothing else. `args` of an approved call are run instead of
    those that the
    model asked for. A denied call gets an error result with the `reason`, which the model sees. The
    call's result
    tells in `approval` what was decided.

    A step's calls that need no approval are run before, and calls of dynamic tools are waited for after
    it.
    Interrupting, sending with `interrupt` and editing cancel the calls as they cancel those of dynamic
    tools.

    Checks, in order:
    1. a chat processor is configured (500)
    2. the caller may update the chat (else 404)
    3. the caller owns the chat (403), for the reason given at `send-chat-message`
    4. the chat is not archived (400)
    5. calls of it wait for approval (409)
    6. of each decision: no other one before it has its `tool_call_id`, and only an approved call has
    `args` (400)
    7. every call that waits is decided (400)
    8. no decision is about another call (400)
    9. each `approval_id` is that of the call's open question (409)
    10. the time is not over (409)

    Args:
        chat (UUID):
        body (DecideToolCallsRequest): What becomes of all calls that wait for approval. Example:
            {'decisions': [{'tool_call_id': 'call_3', 'approval_id':
            '6f1d0a52-83c4-4e7b-9a15-d20c7b94e831', 'decision': 'approve'}]}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | ErrorResponse | str
     """


    return sync_detailed(
        chat=chat,
client=client,
body=body,

    ).parsed

async def asyncio_detailed(
    chat: UUID,
    *,
    client: AuthenticatedClient | Client,
    body: DecideToolCallsRequest,

) -> Response[Any | ErrorResponse | str]:
    """ Approve or deny tool calls

     Where `tool_approvals` of an MCP server has `ask` for a tool, a call of it waits for the chat's
    owner: the chat is
    `requires_action`, and `action_required` of its stream and of `get-chat-by-id` has the calls with
    their exact
    arguments, each with an `approval`. All of them are decided in one request before `expires_at`; then
    the turn
    goes on. Calls that nobody decides in time count as denied.

    A decision names the `id` of the approval, which is new with each question and stands for the tool,
    its server
    and the arguments shown: it holds for nothing else. `args` of an approved call are run instead of
    those that the
    model asked for. A denied call gets an error result with the `reason`, which the model sees. The
    call's result
    tells in `approval` what was decided.

    A step's calls that need no approval are run before, and calls of dynamic tools are waited for after
    it.
    Interrupting, sending with `interrupt` and editing cancel the calls as they cancel those of dynamic
    tools.

    Checks, in order:
    1. a chat processor is configured (500)
    2. the caller may update the chat (else 404)
    3. the caller owns the chat (403), for the reason given at `send-chat-message`
    4. the chat is not archived (400)
    5. calls of it wait for approval (409)
    6. of each decision: no other one before it has its `tool_call_id`, and only an approved call has
    `args` (400)
    7. every call that waits is decided (400)
    8. no decision is about another call (400)
    9. each `approval_id` is that of the call's open question (409)
    10. the time is not over (409)

    Args:
        chat (UUID):
        body (DecideToolCallsRequest): What becomes of all calls that wait for approval. Example:
            {'decisions': [{'tool_call_id': 'call_3', 'approval_id':
            '6f1d0a52-83c4-4e7b-9a15-d20c7b94e831', 'decision': 'approve'}]}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | ErrorResponse | str]
     """


    kwargs = _get_kwargs(
        chat=chat,
body=body,

    )

    response = await client.get_async_httpx_client().request(
        **kwargs
    )

    return _build_response(client=client, response=response)

async def asyncio(
    chat: UUID,
    *,
    client: AuthenticatedClient | Client,
    body: DecideToolCallsRequest,

) -> Any | ErrorResponse | str | None:
    """ Approve or deny tool calls

     Where `tool_approvals` of an MCP server has `ask` for a tool, a call of it waits for the chat's
    owner: the chat is
    `requires_action`, and `action_required` of its stream and of `get-chat-by-id` has the calls with
    their exact
    arguments, each with an `approval`. All of them are decided in one request before `expires_at`; then
    the turn
    goes on. Calls that nobody decides in time count as denied.

    A decision names the `id` of the approval, which is new with each question and stands for the tool,
    its server
    and the arguments shown: it holds for nothing else. `args` of an approved call are run instead of
    those that the
    model asked for. A denied call gets an error result with the `reason`, which the model sees. The
    call's result
    tells in `approval` what was decided.

    A step's calls that need no approval are run before, and calls of dynamic tools are waited for after
    it.
    Interrupting, sending with `interrupt` and editing cancel the calls as they cancel those of dynamic
    tools.

    Checks, in order:
    1. a chat processor is configured (500)
    2. the caller may update the chat (else 404)
    3. the caller owns the chat (403), for the reason given at `send-chat-message`
    4. the chat is not archived (400)
    5. calls of it wait for approval (409)
    6. of each decision: no other one before it has its `tool_call_id`, and only an approved call has
    `args` (400)
    7. every call that waits is decided (400)
    8. no decision is about another call (400)
    9. each `approval_id` is that of the call's open question (409)
    10. the time is not over (409)

    Args:
        chat (UUID):
        body (DecideToolCallsRequest): What becomes of all calls that wait for approval. Example:
            {'decisions': [{'tool_call_id': 'call_3', 'approval_id':
            '6f1d0a52-83c4-4e7b-9a15-d20c7b94e831', 'decision': 'approve'}]}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | ErrorResponse | str
     """


    return (await asyncio_detailed(
        chat=chat,
client=client,
body=body,

    )).parsed
