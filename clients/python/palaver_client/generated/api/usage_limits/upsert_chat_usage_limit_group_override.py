from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...types import Response, UNSET
from ... import errors

from ...models.chat_usage_limit_group_override import ChatUsageLimitGroupOverride
from ...models.error_response import ErrorResponse
from ...models.upsert_chat_usage_limit_group_override_request import UpsertChatUsageLimitGroupOverrideRequest
from typing import cast
from uuid import UUID



def _get_kwargs(
    group: UUID,
    *,
    body: UpsertChatUsageLimitGroupOverrideRequest,

) -> dict[str, Any]:
    headers: dict[str, Any] = {}


    

    

    _kwargs: dict[str, Any] = {
        "method": "put",
        "url": "/api/experimental/chats/usage-limits/group-overrides/{group}".format(group=quote(str(group), safe=""),),
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs



def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> ChatUsageLimitGroupOverride | ErrorResponse | str | None:
    if response.status_code == 200:
        response_200 = ChatUsageLimitGroupOverride.from_dict(response.json())



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


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[ChatUsageLimitGroupOverride | ErrorResponse | str]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    group: UUID,
    *,
    client: AuthenticatedClient | Client,
    body: UpsertChatUsageLimitGroupOverrideRequest,

) -> Response[ChatUsageLimitGroupOverride | ErrorResponse | str]:
    """ Give each member of a group a limit

     A limit that holds for each member alone, unless it has its own. Of several groups the smallest
    limit counts.
    An organization's id stands for the group of all its members.

    Checks, in order:
    1. `{group}` is a UUID, and the body fits its schema (400);
    2. the caller may change the configuration (403);
    3. the group exists (404).

    Args:
        group (UUID):
        body (UpsertChatUsageLimitGroupOverrideRequest): The limit of each member of a group.
            Example: {'spend_limit_micros': 10000000}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ChatUsageLimitGroupOverride | ErrorResponse | str]
     """


    kwargs = _get_kwargs(
        group=group,
body=body,

    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)

def sync(
    group: UUID,
    *,
    client: AuthenticatedClient | Client,
    body: UpsertChatUsageLimitGroupOverrideRequest,

) -> ChatUsageLimitGroupOverride | ErrorResponse | str | None:
    """ Give each member of a group a limit

     A limit that holds for each member alone, unless it has its own. Of several groups the smallest
    limit counts.
    An organization's id stands for the group of all its members.

    Checks, in order:
    1. `{group}` is a UUID, and the body fits its schema (400);
    2. the caller may change the configuration (403);
    3. the group exists (404).

    Args:
        group (UUID):
        body (UpsertChatUsageLimitGroupOverrideRequest): The limit of each member of a group.
            Example: {'spend_limit_micros': 10000000}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ChatUsageLimitGroupOverride | ErrorResponse | str
     """


    return sync_detailed(
        group=group,
client=client,
body=body,

    ).parsed

async def asyncio_detailed(
    group: UUID,
    *,
    client: AuthenticatedClient | Client,
    body: UpsertChatUsageLimitGroupOverrideRequest,

) -> Response[ChatUsageLimitGroupOverride | ErrorResponse | str]:
    """ Give each member of a group a limit

     A limit that holds for each member alone, unless it has its own. Of several groups the smallest
    limit counts.
    An organization's id stands for the group of all its members.

    Checks, in order:
    1. `{group}` is a UUID, and the body fits its schema (400);
    2. the caller may change the configuration (403);
    3. the group exists (404).

    Args:
        group (UUID):
        body (UpsertChatUsageLimitGroupOverrideRequest): The limit of each member of a group.
            Example: {'spend_limit_micros': 10000000}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ChatUsageLimitGroupOverride | ErrorResponse | str]
     """


    kwargs = _get_kwargs(
        group=group,
body=body,

    )

    response = await client.get_async_httpx_client().request(
        **kwargs
    )

    return _build_response(client=client, response=response)

async def asyncio(
    group: UUID,
    *,
    client: AuthenticatedClient | Client,
    body: UpsertChatUsageLimitGroupOverrideRequest,

) -> ChatUsageLimitGroupOverride | ErrorResponse | str | None:
    """ Give each member of a group a limit

     A limit that holds for each member alone, unless it has its own. Of several groups the smallest
    limit counts.
    An organization's id stands for the group of all its members.

    Checks, in order:
    1. `{group}` is a UUID, and the body fits its schema (400);
    2. the caller may change the configuration (403);
    3. the group exists (404).

    Args:
        group (UUID):
        body (UpsertChatUsageLimitGroupOverrideRequest): The limit of each member of a group.
            Example: {'spend_limit_micros': 10000000}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ChatUsageLimitGroupOverride | ErrorResponse | str
     """


    return (await asyncio_detailed(
        group=group,
client=client,
body=body,

    )).parsed
