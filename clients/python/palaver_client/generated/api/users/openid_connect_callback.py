from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...types import Response, UNSET
from ... import errors

from ...models.error_response import ErrorResponse
from ...types import UNSET, Unset
from typing import cast



def _get_kwargs(
    *,
    redirect: str | Unset = '/',
    code: str | Unset = UNSET,
    state: str | Unset = UNSET,
    error: str | Unset = UNSET,
    error_description: str | Unset = UNSET,
    iss: str | Unset = UNSET,

) -> dict[str, Any]:
    

    

    params: dict[str, Any] = {}

    params["redirect"] = redirect

    params["code"] = code

    params["state"] = state

    params["error"] = error

    params["error_description"] = error_description

    params["iss"] = iss


    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}


    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/api/v2/users/oidc/callback",
        "params": params,
    }


    return _kwargs



def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Any | ErrorResponse | None:
    if response.status_code == 307:
        response_307 = cast(Any, None)
        return response_307

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

    if response.status_code == 429:
        response_429 = ErrorResponse.from_dict(response.json())



        return response_429

    if response.status_code == 500:
        response_500 = ErrorResponse.from_dict(response.json())



        return response_500

    if response.status_code == 502:
        response_502 = ErrorResponse.from_dict(response.json())



        return response_502

    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[Any | ErrorResponse]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    redirect: str | Unset = '/',
    code: str | Unset = UNSET,
    state: str | Unset = UNSET,
    error: str | Unset = UNSET,
    error_description: str | Unset = UNSET,
    iss: str | Unset = UNSET,

) -> Response[Any | ErrorResponse]:
    """ Sign in by the OpenID provider

     For browsers. Without parameters of a provider it begins: the browser is sent to the configured
    OpenID provider
    (authorization code, PKCE with S256) with a cookie that is good for ten minutes, for one return and
    for this
    browser only. The provider sends it back here with `code` and `state`; the session of the user is
    opened as by
    `log-in-user`, with both cookies, and the browser goes on to `redirect`.

    A user belongs to the provider's issuer and subject. The first sign-in makes one, with login type
    `oidc`, as a
    member of the default organization; its username comes from `preferred_username` or the e-mail
    address. A user
    who merely has the same e-mail address is not taken over. Each sign-in follows the provider's e-mail
    address and
    name and, where the server is configured so, its groups and roles.

    Checks, in order:
    1. the parameters fit (400);
    2. the server has an OpenID provider (404) that answers (502);
    3. on return: `state` belongs to a sign-in that this browser began at most ten minutes ago and that
    has not come
       back before (400);
    4. the provider names no other issuer (401), sends no error, and takes the code (400), answering as
    a provider
       does (502);
    5. the ID token is signed by a key of the provider with a public-key algorithm, and issuer,
    audience, expiry and
       nonce hold (401);
    6. there is an e-mail address, verified unless the server does without, in an allowed domain (403);
    7. the user's login type is `oidc` (403) and the user is not suspended (401); for a stranger: no
    other user has
       the e-mail address, the first user exists, and sign-ups are on (403).

    Args:
        redirect (str | Unset):  Default: '/'.
        code (str | Unset):
        state (str | Unset):
        error (str | Unset):
        error_description (str | Unset):
        iss (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | ErrorResponse]
     """


    kwargs = _get_kwargs(
        redirect=redirect,
code=code,
state=state,
error=error,
error_description=error_description,
iss=iss,

    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)

def sync(
    *,
    client: AuthenticatedClient | Client,
    redirect: str | Unset = '/',
    code: str | Unset = UNSET,
    state: str | Unset = UNSET,
    error: str | Unset = UNSET,
    error_description: str | Unset = UNSET,
    iss: str | Unset = UNSET,

) -> Any | ErrorResponse | None:
    """ Sign in by the OpenID provider

     For browsers. Without parameters of a provider it begins: the browser is sent to the configured
    OpenID provider
    (authorization code, PKCE with S256) with a cookie that is good for ten minutes, for one return and
    for this
    browser only. The provider sends it back here with `code` and `state`; the session of the user is
    opened as by
    `log-in-user`, with both cookies, and the browser goes on to `redirect`.

    A user belongs to the provider's issuer and subject. The first sign-in makes one, with login type
    `oidc`, as a
    member of the default organization; its username comes from `preferred_username` or the e-mail
    address. A user
    who merely has the same e-mail address is not taken over. Each sign-in follows the provider's e-mail
    address and
    name and, where the server is configured so, its groups and roles.

    Checks, in order:
    1. the parameters fit (400);
    2. the server has an OpenID provider (404) that answers (502);
    3. on return: `state` belongs to a sign-in that this browser began at most ten minutes ago and that
    has not come
       back before (400);
    4. the provider names no other issuer (401), sends no error, and takes the code (400), answering as
    a provider
       does (502);
    5. the ID token is signed by a key of the provider with a public-key algorithm, and issuer,
    audience, expiry and
       nonce hold (401);
    6. there is an e-mail address, verified unless the server does without, in an allowed domain (403);
    7. the user's login type is `oidc` (403) and the user is not suspended (401); for a stranger: no
    other user has
       the e-mail address, the first user exists, and sign-ups are on (403).

    Args:
        redirect (str | Unset):  Default: '/'.
        code (str | Unset):
        state (str | Unset):
        error (str | Unset):
        error_description (str | Unset):
        iss (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | ErrorResponse
     """


    return sync_detailed(
        client=client,
redirect=redirect,
code=code,
state=state,
error=error,
error_description=error_description,
iss=iss,

    ).parsed

async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    redirect: str | Unset = '/',
    code: str | Unset = UNSET,
    state: str | Unset = UNSET,
    error: str | Unset = UNSET,
    error_description: str | Unset = UNSET,
    iss: str | Unset = UNSET,

) -> Response[Any | ErrorResponse]:
    """ Sign in by the OpenID provider

     For browsers. Without parameters of a provider it begins: the browser is sent to the configured
    OpenID provider
    (authorization code, PKCE with S256) with a cookie that is good for ten minutes, for one return and
    for this
    browser only. The provider sends it back here with `code` and `state`; the session of the user is
    opened as by
    `log-in-user`, with both cookies, and the browser goes on to `redirect`.

    A user belongs to the provider's issuer and subject. The first sign-in makes one, with login type
    `oidc`, as a
    member of the default organization; its username comes from `preferred_username` or the e-mail
    address. A user
    who merely has the same e-mail address is not taken over. Each sign-in follows the provider's e-mail
    address and
    name and, where the server is configured so, its groups and roles.

    Checks, in order:
    1. the parameters fit (400);
    2. the server has an OpenID provider (404) that answers (502);
    3. on return: `state` belongs to a sign-in that this browser began at most ten minutes ago and that
    has not come
       back before (400);
    4. the provider names no other issuer (401), sends no error, and takes the code (400), answering as
    a provider
       does (502);
    5. the ID token is signed by a key of the provider with a public-key algorithm, and issuer,
    audience, expiry and
       nonce hold (401);
    6. there is an e-mail address, verified unless the server does without, in an allowed domain (403);
    7. the user's login type is `oidc` (403) and the user is not suspended (401); for a stranger: no
    other user has
       the e-mail address, the first user exists, and sign-ups are on (403).

    Args:
        redirect (str | Unset):  Default: '/'.
        code (str | Unset):
        state (str | Unset):
        error (str | Unset):
        error_description (str | Unset):
        iss (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | ErrorResponse]
     """


    kwargs = _get_kwargs(
        redirect=redirect,
code=code,
state=state,
error=error,
error_description=error_description,
iss=iss,

    )

    response = await client.get_async_httpx_client().request(
        **kwargs
    )

    return _build_response(client=client, response=response)

async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    redirect: str | Unset = '/',
    code: str | Unset = UNSET,
    state: str | Unset = UNSET,
    error: str | Unset = UNSET,
    error_description: str | Unset = UNSET,
    iss: str | Unset = UNSET,

) -> Any | ErrorResponse | None:
    """ Sign in by the OpenID provider

     For browsers. Without parameters of a provider it begins: the browser is sent to the configured
    OpenID provider
    (authorization code, PKCE with S256) with a cookie that is good for ten minutes, for one return and
    for this
    browser only. The provider sends it back here with `code` and `state`; the session of the user is
    opened as by
    `log-in-user`, with both cookies, and the browser goes on to `redirect`.

    A user belongs to the provider's issuer and subject. The first sign-in makes one, with login type
    `oidc`, as a
    member of the default organization; its username comes from `preferred_username` or the e-mail
    address. A user
    who merely has the same e-mail address is not taken over. Each sign-in follows the provider's e-mail
    address and
    name and, where the server is configured so, its groups and roles.

    Checks, in order:
    1. the parameters fit (400);
    2. the server has an OpenID provider (404) that answers (502);
    3. on return: `state` belongs to a sign-in that this browser began at most ten minutes ago and that
    has not come
       back before (400);
    4. the provider names no other issuer (401), sends no error, and takes the code (400), answering as
    a provider
       does (502);
    5. the ID token is signed by a key of the provider with a public-key algorithm, and issuer,
    audience, expiry and
       nonce hold (401);
    6. there is an e-mail address, verified unless the server does without, in an allowed domain (403);
    7. the user's login type is `oidc` (403) and the user is not suspended (401); for a stranger: no
    other user has
       the e-mail address, the first user exists, and sign-ups are on (403).

    Args:
        redirect (str | Unset):  Default: '/'.
        code (str | Unset):
        state (str | Unset):
        error (str | Unset):
        error_description (str | Unset):
        iss (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | ErrorResponse
     """


    return (await asyncio_detailed(
        client=client,
redirect=redirect,
code=code,
state=state,
error=error,
error_description=error_description,
iss=iss,

    )).parsed
