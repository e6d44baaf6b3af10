from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...types import Response, UNSET
from ... import errors

from ...models.error_response import ErrorResponse
from ...models.update_user_chat_compaction_threshold_request import UpdateUserChatCompactionThresholdRequest
from ...models.user_chat_compaction_threshold import UserChatCompactionThreshold
from ...types import UNSET, Unset
from typing import cast
from uuid import UUID



def _get_kwargs(
    model_config: UUID,
    *,
    body: UpdateUserChatCompactionThresholdRequest,
    if_match: str | Unset = UNSET,

) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(if_match, Unset):
        headers["If-Match"] = if_match



    

    

    _kwargs: dict[str, Any] = {
        "method": "put",
        "url": "/api/experimental/chats/config/user-compaction-thresholds/{model_config}".format(model_config=quote(str(model_config), safe=""),),
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs



def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> ErrorResponse | UserChatCompactionThreshold | str | None:
    if response.status_code == 200:
        response_200 = UserChatCompactionThreshold.from_dict(response.json())



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


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[ErrorResponse | UserChatCompactionThreshold | str]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    model_config: UUID,
    *,
    client: AuthenticatedClient | Client,
    body: UpdateUserChatCompactionThresholdRequest,
    if_match: str | Unset = UNSET,

) -> Response[ErrorResponse | UserChatCompactionThreshold | str]:
    """ Set the caller's compaction threshold for a model

     Sets at which part of the model's context window the caller's chats are compacted: 0 always, 100
    never. An
    absent `threshold_percent` is 0.

    Checks, in order:
    1. `{modelConfig}` and the body fit their schemas (400);
    2. the key may change its user's settings (403);
    3. the model config exists (404);
    4. it is enabled (400);
    5. `If-Match`, where given, names the present ETag of `get-user-chat-compaction-thresholds` (412).

    Args:
        model_config (UUID):
        if_match (str | Unset):
        body (UpdateUserChatCompactionThresholdRequest): A new threshold. Example:
            {'threshold_percent': 85}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | UserChatCompactionThreshold | str]
     """


    kwargs = _get_kwargs(
        model_config=model_config,
body=body,
if_match=if_match,

    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)

def sync(
    model_config: UUID,
    *,
    client: AuthenticatedClient | Client,
    body: UpdateUserChatCompactionThresholdRequest,
    if_match: str | Unset = UNSET,

) -> ErrorResponse | UserChatCompactionThreshold | str | None:
    """ Set the caller's compaction threshold for a model

     Sets at which part of the model's context window the caller's chats are compacted: 0 always, 100
    never. An
    absent `threshold_percent` is 0.

    Checks, in order:
    1. `{modelConfig}` and the body fit their schemas (400);
    2. the key may change its user's settings (403);
    3. the model config exists (404);
    4. it is enabled (400);
    5. `If-Match`, where given, names the present ETag of `get-user-chat-compaction-thresholds` (412).

    Args:
        model_config (UUID):
        if_match (str | Unset):
        body (UpdateUserChatCompactionThresholdRequest): A new threshold. Example:
            {'threshold_percent': 85}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | UserChatCompactionThreshold | str
     """


    return sync_detailed(
        model_config=model_config,
client=client,
body=body,
if_match=if_match,

    ).parsed

async def asyncio_detailed(
    model_config: UUID,
    *,
    client: AuthenticatedClient | Client,
    body: UpdateUserChatCompactionThresholdRequest,
    if_match: str | Unset = UNSET,

) -> Response[ErrorResponse | UserChatCompactionThreshold | str]:
    """ Set the caller's compaction threshold for a model

     Sets at which part of the model's context window the caller's chats are compacted: 0 always, 100
    never. An
    absent `threshold_percent` is 0.

    Checks, in order:
    1. `{modelConfig}` and the body fit their schemas (400);
    2. the key may change its user's settings (403);
    3. the model config exists (404);
    4. it is enabled (400);
    5. `If-Match`, where given, names the present ETag of `get-user-chat-compaction-thresholds` (412).

    Args:
        model_config (UUID):
        if_match (str | Unset):
        body (UpdateUserChatCompactionThresholdRequest): A new threshold. Example:
            {'threshold_percent': 85}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | UserChatCompactionThreshold | str]
     """


    kwargs = _get_kwargs(
        model_config=model_config,
body=body,
if_match=if_match,

    )

    response = await client.get_async_httpx_client().request(
        **kwargs
    )

    return _build_response(client=client, response=response)

async def asyncio(
    model_config: UUID,
    *,
    client: AuthenticatedClient | Client,
    body: UpdateUserChatCompactionThresholdRequest,
    if_match: str | Unset = UNSET,

) -> ErrorResponse | UserChatCompactionThreshold | str | None:
    """ Set the caller's compaction threshold for a model

     Sets at which part of the model's context window the caller's chats are compacted: 0 always, 100
    never. An
    absent `threshold_percent` is 0.

    Checks, in order:
    1. `{modelConfig}` and the body fit their schemas (400);
    2. the key may change its user's settings (403);
    3. the model config exists (404);
    4. it is enabled (400);
    5. `If-Match`, where given, names the present ETag of `get-user-chat-compaction-thresholds` (412).

    Args:
        model_config (UUID):
        if_match (str | Unset):
        body (UpdateUserChatCompactionThresholdRequest): A new threshold. Example:
            {'threshold_percent': 85}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | UserChatCompactionThreshold | str
     """


    return (await asyncio_detailed(
        model_config=model_config,
client=client,
body=body,
if_match=if_match,

    )).parsed
