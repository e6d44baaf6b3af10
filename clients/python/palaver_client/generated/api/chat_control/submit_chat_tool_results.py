from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...types import Response, UNSET
from ... import errors

from ...models.error_response import ErrorResponse
from ...models.submit_tool_results_request import SubmitToolResultsRequest
from typing import cast
from uuid import UUID



def _get_kwargs(
    chat: UUID,
    *,
    body: SubmitToolResultsRequest,

) -> dict[str, Any]:
    headers: dict[str, Any] = {}


    

    

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/api/experimental/chats/{chat}/tool-results".format(chat=quote(str(chat), safe=""),),
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
    body: SubmitToolResultsRequest,

) -> Response[Any | ErrorResponse | str]:
    """ Answer calls of the client's own tools

     A chat that declared `unsafe_dynamic_tools` waits as `requires_action` when its model has called
    some of them;
    the `action_required` event of its stream names the calls. All of them are to be answered in one
    request within
    five minutes; then the turn goes on with the results. A call that is not answered in time gets an
    error result.

    Checks, in order:
    1. a chat processor is configured (500)
    2. the caller may update the chat (else 404)
    3. the caller owns the chat (403), for the reason given at `send-chat-message`
    4. the chat is not archived (400)
    5. its status is `requires_action`, and not for approval of calls (409)
    6. of each result: no other one before it has its `tool_call_id`, and it has an `output` (400)
    7. every pending call is answered (400)
    8. no result is for another call (400)
    9. the state machine takes the results (409)

    One message of role `tool` is stored per result, in the order of the request.

    Args:
        chat (UUID):
        body (SubmitToolResultsRequest): The outcomes of all pending calls, one for each. Example:
            {'results': [{'tool_call_id': 'call_2', 'output': {'date': '2026-08-14'}}]}.

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
    body: SubmitToolResultsRequest,

) -> Any | ErrorResponse | str | None:
    """ Answer calls of the client's own tools

     A chat that declared `unsafe_dynamic_tools` waits as `requires_action` when its model has called
    some of them;
    the `action_required` event of its stream names the calls. All of them are to be answered in one
    request within
    five minutes; then the turn goes on with the results. A call that is not answered in time gets an
    error result.

    Checks, in order:
    1. a chat processor is configured (500)
    2. the caller may update the chat (else 404)
    3. the caller owns the chat (403), for the reason given at `send-chat-message`
    4. the chat is not archived (400)
    5. its status is `requires_action`, and not for approval of calls (409)
    6. of each result: no other one before it has its `tool_call_id`, and it has an `output` (400)
    7. every pending call is answered (400)
    8. no result is for another call (400)
    9. the state machine takes the results (409)

    One message of role `tool` is stored per result, in the order of the request.

    Args:
        chat (UUID):
        body (SubmitToolResultsRequest): The outcomes of all pending calls, one for each. Example:
            {'results': [{'tool_call_id': 'call_2', 'output': {'date': '2026-08-14'}}]}.

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
    body: SubmitToolResultsRequest,

) -> Response[Any | ErrorResponse | str]:
    """ Answer calls of the client's own tools

     A chat that declared `unsafe_dynamic_tools` waits as `requires_action` when its model has called
    some of them;
    the `action_required` event of its stream names the calls. All of them are to be answered in one
    request within
    five minutes; then the turn goes on with the results. A call that is not answered in time gets an
    error result.

    Checks, in order:
    1. a chat processor is configured (500)
    2. the caller may update the chat (else 404)
    3. the caller owns the chat (403), for the reason given at `send-chat-message`
    4. the chat is not archived (400)
    5. its status is `requires_action`, and not for approval of calls (409)
    6. of each result: no other one before it has its `tool_call_id`, and it has an `output` (400)
    7. every pending call is answered (400)
    8. no result is for another call (400)
    9. the state machine takes the results (409)

    One message of role `tool` is stored per result, in the order of the request.

    Args:
        chat (UUID):
        body (SubmitToolResultsRequest): The outcomes of all pending calls, one for each. Example:
            {'results': [{'tool_call_id': 'call_2', 'output': {'date': '2026-08-14'}}]}.

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
    body: SubmitToolResultsRequest,

) -> Any | ErrorResponse | str | None:
    """ Answer calls of the client's own tools

     A chat that declared `unsafe_dynamic_tools` waits as `requires_action` when its model has called
    some of them;
    the `action_required` event of its stream names the calls. All of them are to be answered in one
    request within
    five minutes; then the turn goes on with the results. A call that is not answered in time gets an
    error result.

    Checks, in order:
    1. a chat processor is configured (500)
    2. the caller may update the chat (else 404)
    3. the caller owns the chat (403), for the reason given at `send-chat-message`
    4. the chat is not archived (400)
    5. its status is `requires_action`, and not for approval of calls (409)
    6. of each result: no other one before it has its `tool_call_id`, and it has an `output` (400)
    7. every pending call is answered (400)
    8. no result is for another call (400)
    9. the state machine takes the results (409)

    One message of role `tool` is stored per result, in the order of the request.

    Args:
        chat (UUID):
        body (SubmitToolResultsRequest): The outcomes of all pending calls, one for each. Example:
            {'results': [{'tool_call_id': 'call_2', 'output': {'date': '2026-08-14'}}]}.

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
