from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...types import Response, UNSET
from ... import errors

from ...models.ai_provider import AIProvider
from ...models.create_ai_provider_request import CreateAIProviderRequest
from ...models.error_response import ErrorResponse
from typing import cast



def _get_kwargs(
    *,
    body: CreateAIProviderRequest,

) -> dict[str, Any]:
    headers: dict[str, Any] = {}


    

    

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/api/v2/ai/providers",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs



def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> AIProvider | ErrorResponse | str | None:
    if response.status_code == 201:
        response_201 = AIProvider.from_dict(response.json())



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


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[AIProvider | ErrorResponse | str]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: CreateAIProviderRequest,

) -> Response[AIProvider | ErrorResponse | str]:
    """ Create an AI provider

     Adds a provider of models: its protocol family, its address and its keys. Keys are stored encrypted
    and never
    returned; `api_keys` of the answer shows shortened texts. Type `demo` is the built-in provider that
    answers
    without any network; its `base_url` may be empty. Needs the site role `owner`.

    Checks, in order:
    1. the body fits its schema (400);
    2. the caller may create providers (403);
    3. `base_url` is set unless the type is `demo`, and `settings` are given only for type `bedrock`
    (400);
    4. a provider of type `bedrock` has no `api_keys` (400);
    5. no other provider has this name (409).

    Args:
        body (CreateAIProviderRequest): A provider to add. Example: {'type': 'anthropic', 'name':
            'anthropic', 'display_name': 'Anthropic', 'enabled': True, 'base_url':
            'https://api.anthropic.com', 'api_keys': ['sk-ant-example-0123456789abcdef']}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[AIProvider | ErrorResponse | str]
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
    body: CreateAIProviderRequest,

) -> AIProvider | ErrorResponse | str | None:
    """ Create an AI provider

     Adds a provider of models: its protocol family, its address and its keys. Keys are stored encrypted
    and never
    returned; `api_keys` of the answer shows shortened texts. Type `demo` is the built-in provider that
    answers
    without any network; its `base_url` may be empty. Needs the site role `owner`.

    Checks, in order:
    1. the body fits its schema (400);
    2. the caller may create providers (403);
    3. `base_url` is set unless the type is `demo`, and `settings` are given only for type `bedrock`
    (400);
    4. a provider of type `bedrock` has no `api_keys` (400);
    5. no other provider has this name (409).

    Args:
        body (CreateAIProviderRequest): A provider to add. Example: {'type': 'anthropic', 'name':
            'anthropic', 'display_name': 'Anthropic', 'enabled': True, 'base_url':
            'https://api.anthropic.com', 'api_keys': ['sk-ant-example-0123456789abcdef']}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        AIProvider | ErrorResponse | str
     """


    return sync_detailed(
        client=client,
body=body,

    ).parsed

async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: CreateAIProviderRequest,

) -> Response[AIProvider | ErrorResponse | str]:
    """ Create an AI provider

     Adds a provider of models: its protocol family, its address and its keys. Keys are stored encrypted
    and never
    returned; `api_keys` of the answer shows shortened texts. Type `demo` is the built-in provider that
    answers
    without any network; its `base_url` may be empty. Needs the site role `owner`.

    Checks, in order:
    1. the body fits its schema (400);
    2. the caller may create providers (403);
    3. `base_url` is set unless the type is `demo`, and `settings` are given only for type `bedrock`
    (400);
    4. a provider of type `bedrock` has no `api_keys` (400);
    5. no other provider has this name (409).

    Args:
        body (CreateAIProviderRequest): A provider to add. Example: {'type': 'anthropic', 'name':
            'anthropic', 'display_name': 'Anthropic', 'enabled': True, 'base_url':
            'https://api.anthropic.com', 'api_keys': ['sk-ant-example-0123456789abcdef']}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[AIProvider | ErrorResponse | str]
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
    body: CreateAIProviderRequest,

) -> AIProvider | ErrorResponse | str | None:
    """ Create an AI provider

     Adds a provider of models: its protocol family, its address and its keys. Keys are stored encrypted
    and never
    returned; `api_keys` of the answer shows shortened texts. Type `demo` is the built-in provider that
    answers
    without any network; its `base_url` may be empty. Needs the site role `owner`.

    Checks, in order:
    1. the body fits its schema (400);
    2. the caller may create providers (403);
    3. `base_url` is set unless the type is `demo`, and `settings` are given only for type `bedrock`
    (400);
    4. a provider of type `bedrock` has no `api_keys` (400);
    5. no other provider has this name (409).

    Args:
        body (CreateAIProviderRequest): A provider to add. Example: {'type': 'anthropic', 'name':
            'anthropic', 'display_name': 'Anthropic', 'enabled': True, 'base_url':
            'https://api.anthropic.com', 'api_keys': ['sk-ant-example-0123456789abcdef']}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        AIProvider | ErrorResponse | str
     """


    return (await asyncio_detailed(
        client=client,
body=body,

    )).parsed
