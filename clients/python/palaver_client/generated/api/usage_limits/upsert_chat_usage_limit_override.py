from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...types import Response, UNSET
from ... import errors

from ...models.chat_usage_limit_override import ChatUsageLimitOverride
from ...models.error_response import ErrorResponse
from ...models.upsert_chat_usage_limit_override_request import UpsertChatUsageLimitOverrideRequest
from typing import cast
from uuid import UUID



def _get_kwargs(
    user: UUID,
    *,
    body: UpsertChatUsageLimitOverrideRequest,

) -> dict[str, Any]:
    headers: dict[str, Any] = {}


    

    

    _kwargs: dict[str, Any] = {
        "method": "put",
        "url": "/api/experimental/chats/usage-limits/overrides/{user}".format(user=quote(str(user), safe=""),),
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs



def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> ChatUsageLimitOverride | ErrorResponse | str | None:
    if response.status_code == 200:
        response_200 = ChatUsageLimitOverride.from_dict(response.json())



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


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[ChatUsageLimitOverride | ErrorResponse | str]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    user: UUID,
    *,
    client: AuthenticatedClient | Client,
    body: UpsertChatUsageLimitOverrideRequest,

) -> Response[ChatUsageLimitOverride | ErrorResponse | str]:
    """ Give a user a limit of its own

     The user's limit, whatever its groups and the default say.

    Checks, in order:
    1. `{user}` is a UUID, and the body fits its schema (400);
    2. the caller may change the configuration (403);
    3. the user exists (404).

    Args:
        user (UUID):
        body (UpsertChatUsageLimitOverrideRequest): A user's own limit. Example:
            {'spend_limit_micros': 10000000}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ChatUsageLimitOverride | ErrorResponse | str]
     """


    kwargs = _get_kwargs(
        user=user,
body=body,

    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)

def sync(
    user: UUID,
    *,
    client: AuthenticatedClient | Client,
    body: UpsertChatUsageLimitOverrideRequest,

) -> ChatUsageLimitOverride | ErrorResponse | str | None:
    """ Give a user a limit of its own

     The user's limit, whatever its groups and the default say.

    Checks, in order:
    1. `{user}` is a UUID, and the body fits its schema (400);
    2. the caller may change the configuration (403);
    3. the user exists (404).

    Args:
        user (UUID):
        body (UpsertChatUsageLimitOverrideRequest): A user's own limit. Example:
            {'spend_limit_micros': 10000000}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ChatUsageLimitOverride | ErrorResponse | str
     """


    return sync_detailed(
        user=user,
client=client,
body=body,

    ).parsed

async def asyncio_detailed(
    user: UUID,
    *,
    client: AuthenticatedClient | Client,
    body: UpsertChatUsageLimitOverrideRequest,

) -> Response[ChatUsageLimitOverride | ErrorResponse | str]:
    """ Give a user a limit of its own

     The user's limit, whatever its groups and the default say.

    Checks, in order:
    1. `{user}` is a UUID, and the body fits its schema (400);
    2. the caller may change the configuration (403);
    3. the user exists (404).

    Args:
        user (UUID):
        body (UpsertChatUsageLimitOverrideRequest): A user's own limit. Example:
            {'spend_limit_micros': 10000000}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ChatUsageLimitOverride | ErrorResponse | str]
     """


    kwargs = _get_kwargs(
        user=user,
body=body,

    )

    response = await client.get_async_httpx_client().request(
        **kwargs
    )

    return _build_response(client=client, response=response)

async def asyncio(
    user: UUID,
    *,
    client: AuthenticatedClient | Client,
    body: UpsertChatUsageLimitOverrideRequest,

) -> ChatUsageLimitOverride | ErrorResponse | str | None:
    """ Give a user a limit of its own

     The user's limit, whatever its groups and the default say.

    Checks, in order:
    1. `{user}` is a UUID, and the body fits its schema (400);
    2. the caller may change the configuration (403);
    3. the user exists (404).

    Args:
        user (UUID):
        body (UpsertChatUsageLimitOverrideRequest): A user's own limit. Example:
            {'spend_limit_micros': 10000000}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ChatUsageLimitOverride | ErrorResponse | str
     """


    return (await asyncio_detailed(
        user=user,
client=client,
body=body,

    )).parsed
