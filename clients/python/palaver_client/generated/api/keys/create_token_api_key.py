from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...types import Response, UNSET
from ... import errors

from ...models.create_token_request import CreateTokenRequest
from ...models.error_response import ErrorResponse
from ...models.generate_api_key_response import GenerateAPIKeyResponse
from typing import cast



def _get_kwargs(
    user: str,
    *,
    body: CreateTokenRequest,

) -> dict[str, Any]:
    headers: dict[str, Any] = {}


    

    

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/api/v2/users/{user}/keys/tokens".format(user=quote(str(user), safe=""),),
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs



def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> ErrorResponse | GenerateAPIKeyResponse | str | None:
    if response.status_code == 201:
        response_201 = GenerateAPIKeyResponse.from_dict(response.json())



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


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[ErrorResponse | GenerateAPIKeyResponse | str]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    user: str,
    *,
    client: AuthenticatedClient | Client,
    body: CreateTokenRequest,

) -> Response[ErrorResponse | GenerateAPIKeyResponse | str]:
    """ Create a token

     Makes a long-lived token for programs. Its expiry never slides. `lifetime` is in nanoseconds: 0 or
    absent means
    168 hours, or the maximum of the user if that is less (`get-token-config`: 876600 hours, for owners
    168 hours,
    unless the server is configured otherwise). An empty `token_name` gets a generated one.

    `scopes` say which actions the token is good for, `allow_list` on which things; both narrow what the
    user's
    roles allow and never widen it. `all` is every action, `application_connect` none of this server's,
    `chat:read`
    makes a token that only reads chats (their messages, streams and files included), `<type>:*` is
    every action on
    one type. An entry of the allow list is `<type>:<id>`, either side may be `*`; `chat:<id>` covers
    the sub-chats
    too. What has no id, or is about to be made, is covered by `<type>:*` alone. A token made with a
    narrowed key may
    not be wider than that key.

    Checks, in order:
    1. `{user}` and the body fit their schemas; each scope is known; the lifetime is not negative (400);
    2. the user exists and the caller may read it (404);
    3. the caller may make keys for this user, and its own key covers the scopes and the allow list
    (403);
    4. the lifetime is not above the user's maximum (400);
    5. the user has no other token of this name (409).

    Args:
        user (str):
        body (CreateTokenRequest): A token to make. Example: {'token_name': 'ci', 'lifetime':
            86400000000000, 'scopes': ['chat:read'], 'allow_list': ['*:*']}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | GenerateAPIKeyResponse | str]
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
    user: str,
    *,
    client: AuthenticatedClient | Client,
    body: CreateTokenRequest,

) -> ErrorResponse | GenerateAPIKeyResponse | str | None:
    """ Create a token

     Makes a long-lived token for programs. Its expiry never slides. `lifetime` is in nanoseconds: 0 or
    absent means
    168 hours, or the maximum of the user if that is less (`get-token-config`: 876600 hours, for owners
    168 hours,
    unless the server is configured otherwise). An empty `token_name` gets a generated one.

    `scopes` say which actions the token is good for, `allow_list` on which things; both narrow what the
    user's
    roles allow and never widen it. `all` is every action, `application_connect` none of this server's,
    `chat:read`
    makes a token that only reads chats (their messages, streams and files included), `<type>:*` is
    every action on
    one type. An entry of the allow list is `<type>:<id>`, either side may be `*`; `chat:<id>` covers
    the sub-chats
    too. What has no id, or is about to be made, is covered by `<type>:*` alone. A token made with a
    narrowed key may
    not be wider than that key.

    Checks, in order:
    1. `{user}` and the body fit their schemas; each scope is known; the lifetime is not negative (400);
    2. the user exists and the caller may read it (404);
    3. the caller may make keys for this user, and its own key covers the scopes and the allow list
    (403);
    4. the lifetime is not above the user's maximum (400);
    5. the user has no other token of this name (409).

    Args:
        user (str):
        body (CreateTokenRequest): A token to make. Example: {'token_name': 'ci', 'lifetime':
            86400000000000, 'scopes': ['chat:read'], 'allow_list': ['*:*']}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | GenerateAPIKeyResponse | str
     """


    return sync_detailed(
        user=user,
client=client,
body=body,

    ).parsed

async def asyncio_detailed(
    user: str,
    *,
    client: AuthenticatedClient | Client,
    body: CreateTokenRequest,

) -> Response[ErrorResponse | GenerateAPIKeyResponse | str]:
    """ Create a token

     Makes a long-lived token for programs. Its expiry never slides. `lifetime` is in nanoseconds: 0 or
    absent means
    168 hours, or the maximum of the user if that is less (`get-token-config`: 876600 hours, for owners
    168 hours,
    unless the server is configured otherwise). An empty `token_name` gets a generated one.

    `scopes` say which actions the token is good for, `allow_list` on which things; both narrow what the
    user's
    roles allow and never widen it. `all` is every action, `application_connect` none of this server's,
    `chat:read`
    makes a token that only reads chats (their messages, streams and files included), `<type>:*` is
    every action on
    one type. An entry of the allow list is `<type>:<id>`, either side may be `*`; `chat:<id>` covers
    the sub-chats
    too. What has no id, or is about to be made, is covered by `<type>:*` alone. A token made with a
    narrowed key may
    not be wider than that key.

    Checks, in order:
    1. `{user}` and the body fit their schemas; each scope is known; the lifetime is not negative (400);
    2. the user exists and the caller may read it (404);
    3. the caller may make keys for this user, and its own key covers the scopes and the allow list
    (403);
    4. the lifetime is not above the user's maximum (400);
    5. the user has no other token of this name (409).

    Args:
        user (str):
        body (CreateTokenRequest): A token to make. Example: {'token_name': 'ci', 'lifetime':
            86400000000000, 'scopes': ['chat:read'], 'allow_list': ['*:*']}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | GenerateAPIKeyResponse | str]
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
    user: str,
    *,
    client: AuthenticatedClient | Client,
    body: CreateTokenRequest,

) -> ErrorResponse | GenerateAPIKeyResponse | str | None:
    """ Create a token

     Makes a long-lived token for programs. Its expiry never slides. `lifetime` is in nanoseconds: 0 or
    absent means
    168 hours, or the maximum of the user if that is less (`get-token-config`: 876600 hours, for owners
    168 hours,
    unless the server is configured otherwise). An empty `token_name` gets a generated one.

    `scopes` say which actions the token is good for, `allow_list` on which things; both narrow what the
    user's
    roles allow and never widen it. `all` is every action, `application_connect` none of this server's,
    `chat:read`
    makes a token that only reads chats (their messages, streams and files included), `<type>:*` is
    every action on
    one type. An entry of the allow list is `<type>:<id>`, either side may be `*`; `chat:<id>` covers
    the sub-chats
    too. What has no id, or is about to be made, is covered by `<type>:*` alone. A token made with a
    narrowed key may
    not be wider than that key.

    Checks, in order:
    1. `{user}` and the body fit their schemas; each scope is known; the lifetime is not negative (400);
    2. the user exists and the caller may read it (404);
    3. the caller may make keys for this user, and its own key covers the scopes and the allow list
    (403);
    4. the lifetime is not above the user's maximum (400);
    5. the user has no other token of this name (409).

    Args:
        user (str):
        body (CreateTokenRequest): A token to make. Example: {'token_name': 'ci', 'lifetime':
            86400000000000, 'scopes': ['chat:read'], 'allow_list': ['*:*']}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | GenerateAPIKeyResponse | str
     """


    return (await asyncio_detailed(
        user=user,
client=client,
body=body,

    )).parsed
