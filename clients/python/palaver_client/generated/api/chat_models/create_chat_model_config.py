from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...types import Response, UNSET
from ... import errors

from ...models.chat_model_config import ChatModelConfig
from ...models.create_chat_model_config_request import CreateChatModelConfigRequest
from ...models.error_response import ErrorResponse
from typing import cast



def _get_kwargs(
    *,
    body: CreateChatModelConfigRequest,

) -> dict[str, Any]:
    headers: dict[str, Any] = {}


    

    

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/api/experimental/chats/model-configs",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs



def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> ChatModelConfig | ErrorResponse | str | None:
    if response.status_code == 201:
        response_201 = ChatModelConfig.from_dict(response.json())



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
    *,
    client: AuthenticatedClient | Client,
    body: CreateChatModelConfigRequest,

) -> Response[ChatModelConfig | ErrorResponse | str]:
    """ Create a model config

     Makes a model of a provider available to chats, with its context window and its defaults for calls.
    `enabled`
    defaults to true and `compression_threshold` to 70. The first config becomes the default whatever
    `is_default`
    says; setting a default unsets the old one. Needs the site role `owner`.

    Checks, in order:
    1. the body fits its schema (400);
    2. the caller may change the deployment's configuration (403);
    3. the provider exists and is enabled (412);
    4. `model_config` is consistent: `reasoning_effort` sets both of its fields or none, and its default
    is not
       above its maximum (400);
    5. a provider of type `openai` whose host is a model router has no model name with a slash (400);
    6. the provider has no other config for this model (409).

    Args:
        body (CreateChatModelConfigRequest): A model to make available. Example:
            {'ai_provider_id': 'd83f5b02-1c7e-49a6-8b3d-f2a90e64c715', 'model': 'claude-sonnet-4-5',
            'display_name': 'Claude Sonnet 4.5', 'context_limit': 200000}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ChatModelConfig | ErrorResponse | str]
     """


    kwargs = _get_kwargs(
        body=body,

    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)

def sync(
    *,
    client: AuthenticatedClient | Client,
    body: CreateChatModelConfigRequest,

) -> ChatModelConfig | ErrorResponse | str | None:
    """ Create a model config

     Makes a model of a provider available to chats, with its context window and its defaults for calls.
    `enabled`
    defaults to true and `compression_threshold` to 70. The first config becomes the default whatever
    `is_default`
    says; setting a default unsets the old one. Needs the site role `owner`.

    Checks, in order:
    1. the body fits its schema (400);
    2. the caller may change the deployment's configuration (403);
    3. the provider exists and is enabled (412);
    4. `model_config` is consistent: `reasoning_effort` sets both of its fields or none, and its default
    is not
       above its maximum (400);
    5. a provider of type `openai` whose host is a model router has no model name with a slash (400);
    6. the provider has no other config for this model (409).

    Args:
        body (CreateChatModelConfigRequest): A model to make available. Example:
            {'ai_provider_id': 'd83f5b02-1c7e-49a6-8b3d-f2a90e64c715', 'model': 'claude-sonnet-4-5',
            'display_name': 'Claude Sonnet 4.5', 'context_limit': 200000}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ChatModelConfig | ErrorResponse | str
     """


    return sync_detailed(
        client=client,
body=body,

    ).parsed

async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: CreateChatModelConfigRequest,

) -> Response[ChatModelConfig | ErrorResponse | str]:
    """ Create a model config

     Makes a model of a provider available to chats, with its context window and its defaults for calls.
    `enabled`
    defaults to true and `compression_threshold` to 70. The first config becomes the default whatever
    `is_default`
    says; setting a default unsets the old one. Needs the site role `owner`.

    Checks, in order:
    1. the body fits its schema (400);
    2. the caller may change the deployment's configuration (403);
    3. the provider exists and is enabled (412);
    4. `model_config` is consistent: `reasoning_effort` sets both of its fields or none, and its default
    is not
       above its maximum (400);
    5. a provider of type `openai` whose host is a model router has no model name with a slash (400);
    6. the provider has no other config for this model (409).

    Args:
        body (CreateChatModelConfigRequest): A model to make available. Example:
            {'ai_provider_id': 'd83f5b02-1c7e-49a6-8b3d-f2a90e64c715', 'model': 'claude-sonnet-4-5',
            'display_name': 'Claude Sonnet 4.5', 'context_limit': 200000}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ChatModelConfig | ErrorResponse | str]
     """


    kwargs = _get_kwargs(
        body=body,

    )

    response = await client.get_async_httpx_client().request(
        **kwargs
    )

    return _build_response(client=client, response=response)

async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    body: CreateChatModelConfigRequest,

) -> ChatModelConfig | ErrorResponse | str | None:
    """ Create a model config

     Makes a model of a provider available to chats, with its context window and its defaults for calls.
    `enabled`
    defaults to true and `compression_threshold` to 70. The first config becomes the default whatever
    `is_default`
    says; setting a default unsets the old one. Needs the site role `owner`.

    Checks, in order:
    1. the body fits its schema (400);
    2. the caller may change the deployment's configuration (403);
    3. the provider exists and is enabled (412);
    4. `model_config` is consistent: `reasoning_effort` sets both of its fields or none, and its default
    is not
       above its maximum (400);
    5. a provider of type `openai` whose host is a model router has no model name with a slash (400);
    6. the provider has no other config for this model (409).

    Args:
        body (CreateChatModelConfigRequest): A model to make available. Example:
            {'ai_provider_id': 'd83f5b02-1c7e-49a6-8b3d-f2a90e64c715', 'model': 'claude-sonnet-4-5',
            'display_name': 'Claude Sonnet 4.5', 'context_limit': 200000}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ChatModelConfig | ErrorResponse | str
     """


    return (await asyncio_detailed(
        client=client,
body=body,

    )).parsed
