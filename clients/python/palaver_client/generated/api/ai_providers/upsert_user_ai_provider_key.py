from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...types import Response, UNSET
from ... import errors

from ...models.create_user_ai_provider_key_request import CreateUserAIProviderKeyRequest
from ...models.error_response import ErrorResponse
from ...models.user_ai_provider_key_config import UserAIProviderKeyConfig
from typing import cast
from uuid import UUID



def _get_kwargs(
    user: str,
    ai_provider: UUID,
    *,
    body: CreateUserAIProviderKeyRequest,

) -> dict[str, Any]:
    headers: dict[str, Any] = {}


    

    

    _kwargs: dict[str, Any] = {
        "method": "put",
        "url": "/api/experimental/users/{user}/ai-provider-keys/{ai_provider}".format(user=quote(str(user), safe=""),ai_provider=quote(str(ai_provider), safe=""),),
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs



def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> ErrorResponse | UserAIProviderKeyConfig | str | None:
    if response.status_code == 200:
        response_200 = UserAIProviderKeyConfig.from_dict(response.json())



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


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[ErrorResponse | UserAIProviderKeyConfig | str]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    user: str,
    ai_provider: UUID,
    *,
    client: AuthenticatedClient | Client,
    body: CreateUserAIProviderKeyRequest,

) -> Response[ErrorResponse | UserAIProviderKeyConfig | str]:
    """ Store a user's key of an AI provider

     Stores the key, encrypted, in place of the one before. From the user's next model call on it is used
    instead of
    the provider's own. Nobody ever reads it back.

    Checks, in order:
    1. `{user}` is a UUID, a username or `me`; `{aiProvider}` is a UUID; the body fits its schema (400);
    2. the user exists, and is the caller, or the caller is an owner of the site (404; 403 for who may
    read users);
    3. this server takes keys of users (403);
    4. the provider exists (404) and is enabled (412);
    5. the key has at most 10240 bytes, is not empty, and has no white space around it (400).

    Args:
        user (str):
        ai_provider (UUID):
        body (CreateUserAIProviderKeyRequest): A user's own key of a provider. Example:
            {'api_key': 'sk-ant-example-0123456789abcdef'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | UserAIProviderKeyConfig | str]
     """


    kwargs = _get_kwargs(
        user=user,
ai_provider=ai_provider,
body=body,

    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)

def sync(
    user: str,
    ai_provider: UUID,
    *,
    client: AuthenticatedClient | Client,
    body: CreateUserAIProviderKeyRequest,

) -> ErrorResponse | UserAIProviderKeyConfig | str | None:
    """ Store a user's key of an AI provider

     Stores the key, encrypted, in place of the one before. From the user's next model call on it is used
    instead of
    the provider's own. Nobody ever reads it back.

    Checks, in order:
    1. `{user}` is a UUID, a username or `me`; `{aiProvider}` is a UUID; the body fits its schema (400);
    2. the user exists, and is the caller, or the caller is an owner of the site (404; 403 for who may
    read users);
    3. this server takes keys of users (403);
    4. the provider exists (404) and is enabled (412);
    5. the key has at most 10240 bytes, is not empty, and has no white space around it (400).

    Args:
        user (str):
        ai_provider (UUID):
        body (CreateUserAIProviderKeyRequest): A user's own key of a provider. Example:
            {'api_key': 'sk-ant-example-0123456789abcdef'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | UserAIProviderKeyConfig | str
     """


    return sync_detailed(
        user=user,
ai_provider=ai_provider,
client=client,
body=body,

    ).parsed

async def asyncio_detailed(
    user: str,
    ai_provider: UUID,
    *,
    client: AuthenticatedClient | Client,
    body: CreateUserAIProviderKeyRequest,

) -> Response[ErrorResponse | UserAIProviderKeyConfig | str]:
    """ Store a user's key of an AI provider

     Stores the key, encrypted, in place of the one before. From the user's next model call on it is used
    instead of
    the provider's own. Nobody ever reads it back.

    Checks, in order:
    1. `{user}` is a UUID, a username or `me`; `{aiProvider}` is a UUID; the body fits its schema (400);
    2. the user exists, and is the caller, or the caller is an owner of the site (404; 403 for who may
    read users);
    3. this server takes keys of users (403);
    4. the provider exists (404) and is enabled (412);
    5. the key has at most 10240 bytes, is not empty, and has no white space around it (400).

    Args:
        user (str):
        ai_provider (UUID):
        body (CreateUserAIProviderKeyRequest): A user's own key of a provider. Example:
            {'api_key': 'sk-ant-example-0123456789abcdef'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | UserAIProviderKeyConfig | str]
     """


    kwargs = _get_kwargs(
        user=user,
ai_provider=ai_provider,
body=body,

    )

    response = await client.get_async_httpx_client().request(
        **kwargs
    )

    return _build_response(client=client, response=response)

async def asyncio(
    user: str,
    ai_provider: UUID,
    *,
    client: AuthenticatedClient | Client,
    body: CreateUserAIProviderKeyRequest,

) -> ErrorResponse | UserAIProviderKeyConfig | str | None:
    """ Store a user's key of an AI provider

     Stores the key, encrypted, in place of the one before. From the user's next model call on it is used
    instead of
    the provider's own. Nobody ever reads it back.

    Checks, in order:
    1. `{user}` is a UUID, a username or `me`; `{aiProvider}` is a UUID; the body fits its schema (400);
    2. the user exists, and is the caller, or the caller is an owner of the site (404; 403 for who may
    read users);
    3. this server takes keys of users (403);
    4. the provider exists (404) and is enabled (412);
    5. the key has at most 10240 bytes, is not empty, and has no white space around it (400).

    Args:
        user (str):
        ai_provider (UUID):
        body (CreateUserAIProviderKeyRequest): A user's own key of a provider. Example:
            {'api_key': 'sk-ant-example-0123456789abcdef'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | UserAIProviderKeyConfig | str
     """


    return (await asyncio_detailed(
        user=user,
ai_provider=ai_provider,
client=client,
body=body,

    )).parsed
