from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...types import Response, UNSET
from ... import errors

from ...models.error_response import ErrorResponse
from ...models.login_with_password_request import LoginWithPasswordRequest
from ...models.login_with_password_response import LoginWithPasswordResponse
from typing import cast



def _get_kwargs(
    *,
    body: LoginWithPasswordRequest,

) -> dict[str, Any]:
    headers: dict[str, Any] = {}


    

    

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/api/v2/users/login",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs



def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> ErrorResponse | LoginWithPasswordResponse | None:
    if response.status_code == 201:
        response_201 = LoginWithPasswordResponse.from_dict(response.json())



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


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[ErrorResponse | LoginWithPasswordResponse]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: LoginWithPasswordRequest,

) -> Response[ErrorResponse | LoginWithPasswordResponse]:
    """ Log in with e-mail and password

     Opens a session and answers its token, which is also set as the cookie `coder_session_token`
    (HttpOnly,
    `Path=/`, `Max-Age=31536000`). The session lasts 24 hours from its last use unless the server is
    configured
    otherwise; the server goes by the stored expiry, not by the age of the cookie. Sixty attempts a
    minute are let
    through for each client address (429).

    Checks, in order:
    1. the body fits its schema (400);
    2. a user has this e-mail address, compared without regard to case, and this password (401); an
    unknown address
       takes as long as a wrong password;
    3. password login is enabled on this server (403);
    4. the user's login type is `password` (403);
    5. the user is not suspended (401). A dormant user becomes active.

    Args:
        body (LoginWithPasswordRequest): Credentials. Example: {'email': 'alice@example.com',
            'password': 'Correct-Horse-7-Staple'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | LoginWithPasswordResponse]
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
    body: LoginWithPasswordRequest,

) -> ErrorResponse | LoginWithPasswordResponse | None:
    """ Log in with e-mail and password

     Opens a session and answers its token, which is also set as the cookie `coder_session_token`
    (HttpOnly,
    `Path=/`, `Max-Age=31536000`). The session lasts 24 hours from its last use unless the server is
    configured
    otherwise; the server goes by the stored expiry, not by the age of the cookie. Sixty attempts a
    minute are let
    through for each client address (429).

    Checks, in order:
    1. the body fits its schema (400);
    2. a user has this e-mail address, compared without regard to case, and this password (401); an
    unknown address
       takes as long as a wrong password;
    3. password login is enabled on this server (403);
    4. the user's login type is `password` (403);
    5. the user is not suspended (401). A dormant user becomes active.

    Args:
        body (LoginWithPasswordRequest): Credentials. Example: {'email': 'alice@example.com',
            'password': 'Correct-Horse-7-Staple'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | LoginWithPasswordResponse
     """


    return sync_detailed(
        client=client,
body=body,

    ).parsed

async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: LoginWithPasswordRequest,

) -> Response[ErrorResponse | LoginWithPasswordResponse]:
    """ Log in with e-mail and password

     Opens a session and answers its token, which is also set as the cookie `coder_session_token`
    (HttpOnly,
    `Path=/`, `Max-Age=31536000`). The session lasts 24 hours from its last use unless the server is
    configured
    otherwise; the server goes by the stored expiry, not by the age of the cookie. Sixty attempts a
    minute are let
    through for each client address (429).

    Checks, in order:
    1. the body fits its schema (400);
    2. a user has this e-mail address, compared without regard to case, and this password (401); an
    unknown address
       takes as long as a wrong password;
    3. password login is enabled on this server (403);
    4. the user's login type is `password` (403);
    5. the user is not suspended (401). A dormant user becomes active.

    Args:
        body (LoginWithPasswordRequest): Credentials. Example: {'email': 'alice@example.com',
            'password': 'Correct-Horse-7-Staple'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | LoginWithPasswordResponse]
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
    body: LoginWithPasswordRequest,

) -> ErrorResponse | LoginWithPasswordResponse | None:
    """ Log in with e-mail and password

     Opens a session and answers its token, which is also set as the cookie `coder_session_token`
    (HttpOnly,
    `Path=/`, `Max-Age=31536000`). The session lasts 24 hours from its last use unless the server is
    configured
    otherwise; the server goes by the stored expiry, not by the age of the cookie. Sixty attempts a
    minute are let
    through for each client address (429).

    Checks, in order:
    1. the body fits its schema (400);
    2. a user has this e-mail address, compared without regard to case, and this password (401); an
    unknown address
       takes as long as a wrong password;
    3. password login is enabled on this server (403);
    4. the user's login type is `password` (403);
    5. the user is not suspended (401). A dormant user becomes active.

    Args:
        body (LoginWithPasswordRequest): Credentials. Example: {'email': 'alice@example.com',
            'password': 'Correct-Horse-7-Staple'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | LoginWithPasswordResponse
     """


    return (await asyncio_detailed(
        client=client,
body=body,

    )).parsed
