from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...types import Response, UNSET
from ... import errors

from ...models.error_response import ErrorResponse
from ...models.update_chat_debug_logging_allow_users_request import UpdateChatDebugLoggingAllowUsersRequest
from ...types import UNSET, Unset
from typing import cast



def _get_kwargs(
    *,
    body: UpdateChatDebugLoggingAllowUsersRequest,
    if_match: str | Unset = UNSET,

) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(if_match, Unset):
        headers["If-Match"] = if_match



    

    

    _kwargs: dict[str, Any] = {
        "method": "put",
        "url": "/api/experimental/chats/config/debug-logging",
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

    if response.status_code == 412:
        response_412 = ErrorResponse.from_dict(response.json())



        return response_412

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
    *,
    client: AuthenticatedClient | Client,
    body: UpdateChatDebugLoggingAllowUsersRequest,
    if_match: str | Unset = UNSET,

) -> Response[Any | ErrorResponse | str]:
    """ Set whether users may have their chats recorded

     While it is off, what users have chosen is kept and without effect. An absent `allow_users` switches
    it off.

    Checks, in order:
    1. the body fits its schema (400);
    2. the caller may change the deployment's configuration (403);
    3. `If-Match`, where given, names the present ETag of `get-chat-debug-logging` (412).

    Args:
        if_match (str | Unset):
        body (UpdateChatDebugLoggingAllowUsersRequest): Whether users may have their chats
            recorded. Example: {'allow_users': True}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | ErrorResponse | str]
     """


    kwargs = _get_kwargs(
        body=body,
if_match=if_match,

    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)

def sync(
    *,
    client: AuthenticatedClient | Client,
    body: UpdateChatDebugLoggingAllowUsersRequest,
    if_match: str | Unset = UNSET,

) -> Any | ErrorResponse | str | None:
    """ Set whether users may have their chats recorded

     While it is off, what users have chosen is kept and without effect. An absent `allow_users` switches
    it off.

    Checks, in order:
    1. the body fits its schema (400);
    2. the caller may change the deployment's configuration (403);
    3. `If-Match`, where given, names the present ETag of `get-chat-debug-logging` (412).

    Args:
        if_match (str | Unset):
        body (UpdateChatDebugLoggingAllowUsersRequest): Whether users may have their chats
            recorded. Example: {'allow_users': True}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | ErrorResponse | str
     """


    return sync_detailed(
        client=client,
body=body,
if_match=if_match,

    ).parsed

async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: UpdateChatDebugLoggingAllowUsersRequest,
    if_match: str | Unset = UNSET,

) -> Response[Any | ErrorResponse | str]:
    """ Set whether users may have their chats recorded

     While it is off, what users have chosen is kept and without effect. An absent `allow_users` switches
    it off.

    Checks, in order:
    1. the body fits its schema (400);
    2. the caller may change the deployment's configuration (403);
    3. `If-Match`, where given, names the present ETag of `get-chat-debug-logging` (412).

    Args:
        if_match (str | Unset):
        body (UpdateChatDebugLoggingAllowUsersRequest): Whether users may have their chats
            recorded. Example: {'allow_users': True}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | ErrorResponse | str]
     """


    kwargs = _get_kwargs(
        body=body,
if_match=if_match,

    )

    response = await client.get_async_httpx_client().request(
        **kwargs
    )

    return _build_response(client=client, response=response)

async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    body: UpdateChatDebugLoggingAllowUsersRequest,
    if_match: str | Unset = UNSET,

) -> Any | ErrorResponse | str | None:
    """ Set whether users may have their chats recorded

     While it is off, what users have chosen is kept and without effect. An absent `allow_users` switches
    it off.

    Checks, in order:
    1. the body fits its schema (400);
    2. the caller may change the deployment's configuration (403);
    3. `If-Match`, where given, names the present ETag of `get-chat-debug-logging` (412).

    Args:
        if_match (str | Unset):
        body (UpdateChatDebugLoggingAllowUsersRequest): Whether users may have their chats
            recorded. Example: {'allow_users': True}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | ErrorResponse | str
     """


    return (await asyncio_detailed(
        client=client,
body=body,
if_match=if_match,

    )).parsed
