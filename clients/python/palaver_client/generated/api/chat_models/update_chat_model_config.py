from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...types import Response, UNSET
from ... import errors

from ...models.chat_model_config import ChatModelConfig
from ...models.error_response import ErrorResponse
from ...models.update_chat_model_config_request import UpdateChatModelConfigRequest
from ...types import UNSET, Unset
from typing import cast
from uuid import UUID



def _get_kwargs(
    model_config: UUID,
    *,
    body: UpdateChatModelConfigRequest,
    if_match: str | Unset = UNSET,

) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(if_match, Unset):
        headers["If-Match"] = if_match



    

    

    _kwargs: dict[str, Any] = {
        "method": "patch",
        "url": "/api/experimental/chats/model-configs/{model_config}".format(model_config=quote(str(model_config), safe=""),),
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs



def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> ChatModelConfig | ErrorResponse | str | None:
    if response.status_code == 200:
        response_200 = ChatModelConfig.from_dict(response.json())



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
        response_409 = ErrorResponse.from_dict(response.json())



        return response_409

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


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[ChatModelConfig | ErrorResponse | str]:
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
    body: UpdateChatModelConfigRequest,
    if_match: str | Unset = UNSET,

) -> Response[ChatModelConfig | ErrorResponse | str]:
    """ Change a model config

     Changes the given fields; absent ones keep their value, and so do an empty `model` and
    `display_name`. Disabling
    the default, or unsetting it, makes another enabled config the default. Needs the site role `owner`.

    Checks, in order:
    1. `{modelConfig}` and the body fit their schemas (400);
    2. the caller may change the deployment's configuration (403);
    3. the config exists (404);
    4. the provider, where one is given, exists and is enabled (412);
    5. `model_config` is consistent, as in `create-chat-model-config` (400);
    6. a provider of type `openai` whose host is a model router has no model name with a slash (400);
    7. the provider has no other config for this model (409);
    8. `If-Match`, where given, names the present ETag of `get-chat-model-config` (412).

    Args:
        model_config (UUID):
        if_match (str | Unset):
        body (UpdateChatModelConfigRequest): The fields to change. Example: {'display_name':
            'Claude Sonnet 4.5', 'compression_threshold': 80}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ChatModelConfig | ErrorResponse | str]
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
    body: UpdateChatModelConfigRequest,
    if_match: str | Unset = UNSET,

) -> ChatModelConfig | ErrorResponse | str | None:
    """ Change a model config

     Changes the given fields; absent ones keep their value, and so do an empty `model` and
    `display_name`. Disabling
    the default, or unsetting it, makes another enabled config the default. Needs the site role `owner`.

    Checks, in order:
    1. `{modelConfig}` and the body fit their schemas (400);
    2. the caller may change the deployment's configuration (403);
    3. the config exists (404);
    4. the provider, where one is given, exists and is enabled (412);
    5. `model_config` is consistent, as in `create-chat-model-config` (400);
    6. a provider of type `openai` whose host is a model router has no model name with a slash (400);
    7. the provider has no other config for this model (409);
    8. `If-Match`, where given, names the present ETag of `get-chat-model-config` (412).

    Args:
        model_config (UUID):
        if_match (str | Unset):
        body (UpdateChatModelConfigRequest): The fields to change. Example: {'display_name':
            'Claude Sonnet 4.5', 'compression_threshold': 80}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ChatModelConfig | ErrorResponse | str
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
    body: UpdateChatModelConfigRequest,
    if_match: str | Unset = UNSET,

) -> Response[ChatModelConfig | ErrorResponse | str]:
    """ Change a model config

     Changes the given fields; absent ones keep their value, and so do an empty `model` and
    `display_name`. Disabling
    the default, or unsetting it, makes another enabled config the default. Needs the site role `owner`.

    Checks, in order:
    1. `{modelConfig}` and the body fit their schemas (400);
    2. the caller may change the deployment's configuration (403);
    3. the config exists (404);
    4. the provider, where one is given, exists and is enabled (412);
    5. `model_config` is consistent, as in `create-chat-model-config` (400);
    6. a provider of type `openai` whose host is a model router has no model name with a slash (400);
    7. the provider has no other config for this model (409);
    8. `If-Match`, where given, names the present ETag of `get-chat-model-config` (412).

    Args:
        model_config (UUID):
        if_match (str | Unset):
        body (UpdateChatModelConfigRequest): The fields to change. Example: {'display_name':
            'Claude Sonnet 4.5', 'compression_threshold': 80}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ChatModelConfig | ErrorResponse | str]
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
    body: UpdateChatModelConfigRequest,
    if_match: str | Unset = UNSET,

) -> ChatModelConfig | ErrorResponse | str | None:
    """ Change a model config

     Changes the given fields; absent ones keep their value, and so do an empty `model` and
    `display_name`. Disabling
    the default, or unsetting it, makes another enabled config the default. Needs the site role `owner`.

    Checks, in order:
    1. `{modelConfig}` and the body fit their schemas (400);
    2. the caller may change the deployment's configuration (403);
    3. the config exists (404);
    4. the provider, where one is given, exists and is enabled (412);
    5. `model_config` is consistent, as in `create-chat-model-config` (400);
    6. a provider of type `openai` whose host is a model router has no model name with a slash (400);
    7. the provider has no other config for this model (409);
    8. `If-Match`, where given, names the present ETag of `get-chat-model-config` (412).

    Args:
        model_config (UUID):
        if_match (str | Unset):
        body (UpdateChatModelConfigRequest): The fields to change. Example: {'display_name':
            'Claude Sonnet 4.5', 'compression_threshold': 80}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ChatModelConfig | ErrorResponse | str
     """


    return (await asyncio_detailed(
        model_config=model_config,
client=client,
body=body,
if_match=if_match,

    )).parsed
