from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...types import Response, UNSET
from ... import errors

from ...models.create_first_user_request import CreateFirstUserRequest
from ...models.create_first_user_response import CreateFirstUserResponse
from ...models.error_response import ErrorResponse
from typing import cast



def _get_kwargs(
    *,
    body: CreateFirstUserRequest,

) -> dict[str, Any]:
    headers: dict[str, Any] = {}


    

    

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/api/v2/users/first",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs



def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> CreateFirstUserResponse | ErrorResponse | None:
    if response.status_code == 201:
        response_201 = CreateFirstUserResponse.from_dict(response.json())



        return response_201

    if response.status_code == 400:
        response_400 = ErrorResponse.from_dict(response.json())



        return response_400

    if response.status_code == 409:
        response_409 = ErrorResponse.from_dict(response.json())



        return response_409

    if response.status_code == 413:
        response_413 = ErrorResponse.from_dict(response.json())



        return response_413

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


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[CreateFirstUserResponse | ErrorResponse]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: CreateFirstUserRequest,

) -> Response[CreateFirstUserResponse | ErrorResponse]:
    """ Create the first user

     Makes the first user of an empty server: site role `owner`, status `active`, member of the default
    organization.
    Works exactly once, without authentication. No session is opened; log in next with `log-in-user`.
    `trial`, `trial_info` and `onboarding_info` are accepted and ignored.

    Checks, in order:
    1. the body fits its schema (400);
    2. no user exists yet (409);
    3. the password is strong enough: at most 64 characters and at least 52 bits of entropy (400).

    Args:
        body (CreateFirstUserRequest): The first user of the server. Example: {'email':
            'alice@example.com', 'username': 'alice', 'name': 'Alice Moreau', 'password': 'Correct-
            Horse-7-Staple'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[CreateFirstUserResponse | ErrorResponse]
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
    body: CreateFirstUserRequest,

) -> CreateFirstUserResponse | ErrorResponse | None:
    """ Create the first user

     Makes the first user of an empty server: site role `owner`, status `active`, member of the default
    organization.
    Works exactly once, without authentication. No session is opened; log in next with `log-in-user`.
    `trial`, `trial_info` and `onboarding_info` are accepted and ignored.

    Checks, in order:
    1. the body fits its schema (400);
    2. no user exists yet (409);
    3. the password is strong enough: at most 64 characters and at least 52 bits of entropy (400).

    Args:
        body (CreateFirstUserRequest): The first user of the server. Example: {'email':
            'alice@example.com', 'username': 'alice', 'name': 'Alice Moreau', 'password': 'Correct-
            Horse-7-Staple'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        CreateFirstUserResponse | ErrorResponse
     """


    return sync_detailed(
        client=client,
body=body,

    ).parsed

async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: CreateFirstUserRequest,

) -> Response[CreateFirstUserResponse | ErrorResponse]:
    """ Create the first user

     Makes the first user of an empty server: site role `owner`, status `active`, member of the default
    organization.
    Works exactly once, without authentication. No session is opened; log in next with `log-in-user`.
    `trial`, `trial_info` and `onboarding_info` are accepted and ignored.

    Checks, in order:
    1. the body fits its schema (400);
    2. no user exists yet (409);
    3. the password is strong enough: at most 64 characters and at least 52 bits of entropy (400).

    Args:
        body (CreateFirstUserRequest): The first user of the server. Example: {'email':
            'alice@example.com', 'username': 'alice', 'name': 'Alice Moreau', 'password': 'Correct-
            Horse-7-Staple'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[CreateFirstUserResponse | ErrorResponse]
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
    body: CreateFirstUserRequest,

) -> CreateFirstUserResponse | ErrorResponse | None:
    """ Create the first user

     Makes the first user of an empty server: site role `owner`, status `active`, member of the default
    organization.
    Works exactly once, without authentication. No session is opened; log in next with `log-in-user`.
    `trial`, `trial_info` and `onboarding_info` are accepted and ignored.

    Checks, in order:
    1. the body fits its schema (400);
    2. no user exists yet (409);
    3. the password is strong enough: at most 64 characters and at least 52 bits of entropy (400).

    Args:
        body (CreateFirstUserRequest): The first user of the server. Example: {'email':
            'alice@example.com', 'username': 'alice', 'name': 'Alice Moreau', 'password': 'Correct-
            Horse-7-Staple'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        CreateFirstUserResponse | ErrorResponse
     """


    return (await asyncio_detailed(
        client=client,
body=body,

    )).parsed
