from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...types import Response, UNSET
from ... import errors

from ...models.ai_provider import AIProvider
from ...models.error_response import ErrorResponse
from ...models.update_ai_provider_request import UpdateAIProviderRequest
from ...types import UNSET, Unset
from typing import cast



def _get_kwargs(
    id_or_name: str,
    *,
    body: UpdateAIProviderRequest,
    if_match: str | Unset = UNSET,

) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(if_match, Unset):
        headers["If-Match"] = if_match



    

    

    _kwargs: dict[str, Any] = {
        "method": "patch",
        "url": "/api/v2/ai/providers/{id_or_name}".format(id_or_name=quote(str(id_or_name), safe=""),),
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs



def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> AIProvider | ErrorResponse | str | None:
    if response.status_code == 200:
        response_200 = AIProvider.from_dict(response.json())



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


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[AIProvider | ErrorResponse | str]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    id_or_name: str,
    *,
    client: AuthenticatedClient | Client,
    body: UpdateAIProviderRequest,
    if_match: str | Unset = UNSET,

) -> Response[AIProvider | ErrorResponse | str]:
    """ Change an AI provider

     Changes the given fields; absent ones keep their value. Type and name cannot be changed. `api_keys`
    lists the
    wanted state: an entry with `id` keeps that stored key, an entry with `api_key` adds a key, stored
    keys that are
    not named are deleted, and an empty list clears them all.

    Checks, in order:
    1. `{idOrName}` and the body fit their schemas; at least one known field is set (400);
    2. the provider exists and the caller may read providers (404);
    3. the caller may change providers (403);
    4. each entry of `api_keys` sets exactly one of `id` and `api_key`; `base_url` is not emptied unless
    the type is
       `demo`; `settings` are given only for type `bedrock` (400);
    5. a provider of type `bedrock` gets no `api_keys` (400);
    6. each `id` in `api_keys` is a key of this provider (400);
    7. `If-Match`, where given, names the present ETag of `get-an-ai-provider` (412).

    Args:
        id_or_name (str):
        if_match (str | Unset):
        body (UpdateAIProviderRequest): The fields to change; at least one. Example:
            {'display_name': 'Anthropic EU', 'enabled': True}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[AIProvider | ErrorResponse | str]
     """


    kwargs = _get_kwargs(
        id_or_name=id_or_name,
body=body,
if_match=if_match,

    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)

def sync(
    id_or_name: str,
    *,
    client: AuthenticatedClient | Client,
    body: UpdateAIProviderRequest,
    if_match: str | Unset = UNSET,

) -> AIProvider | ErrorResponse | str | None:
    """ Change an AI provider

     Changes the given fields; absent ones keep their value. Type and name cannot be changed. `api_keys`
    lists the
    wanted state: an entry with `id` keeps that stored key, an entry with `api_key` adds a key, stored
    keys that are
    not named are deleted, and an empty list clears them all.

    Checks, in order:
    1. `{idOrName}` and the body fit their schemas; at least one known field is set (400);
    2. the provider exists and the caller may read providers (404);
    3. the caller may change providers (403);
    4. each entry of `api_keys` sets exactly one of `id` and `api_key`; `base_url` is not emptied unless
    the type is
       `demo`; `settings` are given only for type `bedrock` (400);
    5. a provider of type `bedrock` gets no `api_keys` (400);
    6. each `id` in `api_keys` is a key of this provider (400);
    7. `If-Match`, where given, names the present ETag of `get-an-ai-provider` (412).

    Args:
        id_or_name (str):
        if_match (str | Unset):
        body (UpdateAIProviderRequest): The fields to change; at least one. Example:
            {'display_name': 'Anthropic EU', 'enabled': True}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        AIProvider | ErrorResponse | str
     """


    return sync_detailed(
        id_or_name=id_or_name,
client=client,
body=body,
if_match=if_match,

    ).parsed

async def asyncio_detailed(
    id_or_name: str,
    *,
    client: AuthenticatedClient | Client,
    body: UpdateAIProviderRequest,
    if_match: str | Unset = UNSET,

) -> Response[AIProvider | ErrorResponse | str]:
    """ Change an AI provider

     Changes the given fields; absent ones keep their value. Type and name cannot be changed. `api_keys`
    lists the
    wanted state: an entry with `id` keeps that stored key, an entry with `api_key` adds a key, stored
    keys that are
    not named are deleted, and an empty list clears them all.

    Checks, in order:
    1. `{idOrName}` and the body fit their schemas; at least one known field is set (400);
    2. the provider exists and the caller may read providers (404);
    3. the caller may change providers (403);
    4. each entry of `api_keys` sets exactly one of `id` and `api_key`; `base_url` is not emptied unless
    the type is
       `demo`; `settings` are given only for type `bedrock` (400);
    5. a provider of type `bedrock` gets no `api_keys` (400);
    6. each `id` in `api_keys` is a key of this provider (400);
    7. `If-Match`, where given, names the present ETag of `get-an-ai-provider` (412).

    Args:
        id_or_name (str):
        if_match (str | Unset):
        body (UpdateAIProviderRequest): The fields to change; at least one. Example:
            {'display_name': 'Anthropic EU', 'enabled': True}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[AIProvider | ErrorResponse | str]
     """


    kwargs = _get_kwargs(
        id_or_name=id_or_name,
body=body,
if_match=if_match,

    )

    response = await client.get_async_httpx_client().request(
        **kwargs
    )

    return _build_response(client=client, response=response)

async def asyncio(
    id_or_name: str,
    *,
    client: AuthenticatedClient | Client,
    body: UpdateAIProviderRequest,
    if_match: str | Unset = UNSET,

) -> AIProvider | ErrorResponse | str | None:
    """ Change an AI provider

     Changes the given fields; absent ones keep their value. Type and name cannot be changed. `api_keys`
    lists the
    wanted state: an entry with `id` keeps that stored key, an entry with `api_key` adds a key, stored
    keys that are
    not named are deleted, and an empty list clears them all.

    Checks, in order:
    1. `{idOrName}` and the body fit their schemas; at least one known field is set (400);
    2. the provider exists and the caller may read providers (404);
    3. the caller may change providers (403);
    4. each entry of `api_keys` sets exactly one of `id` and `api_key`; `base_url` is not emptied unless
    the type is
       `demo`; `settings` are given only for type `bedrock` (400);
    5. a provider of type `bedrock` gets no `api_keys` (400);
    6. each `id` in `api_keys` is a key of this provider (400);
    7. `If-Match`, where given, names the present ETag of `get-an-ai-provider` (412).

    Args:
        id_or_name (str):
        if_match (str | Unset):
        body (UpdateAIProviderRequest): The fields to change; at least one. Example:
            {'display_name': 'Anthropic EU', 'enabled': True}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        AIProvider | ErrorResponse | str
     """


    return (await asyncio_detailed(
        id_or_name=id_or_name,
client=client,
body=body,
if_match=if_match,

    )).parsed
