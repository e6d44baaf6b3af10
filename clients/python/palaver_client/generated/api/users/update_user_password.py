from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...types import Response, UNSET
from ... import errors

from ...models.error_response import ErrorResponse
from ...models.update_user_password_request import UpdateUserPasswordRequest
from typing import cast



def _get_kwargs(
    user: str,
    *,
    body: UpdateUserPasswordRequest,

) -> dict[str, Any]:
    headers: dict[str, Any] = {}


    

    

    _kwargs: dict[str, Any] = {
        "method": "put",
        "url": "/api/v2/users/{user}/password".format(user=quote(str(user), safe=""),),
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs



def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Any | ErrorResponse | str | None:
    if response.status_code == 204:
        response_204 = cast(Any, None)
        return response_204

    if response.status_code == 400:
        response_400 = ErrorResponse.from_dict(response.json())



        return response_400

    if response.status_code == 401:
        response_401 = ErrorResponse.from_dict(response.json())



        return response_401

    if response.status_code == 404:
        response_404 = ErrorResponse.from_dict(response.json())



        return response_404

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


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[Any | ErrorResponse | str]:
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
    body: UpdateUserPasswordRequest,

) -> Response[Any | ErrorResponse | str]:
    """ Change a user's password

     Stores a new password and deletes all sessions and tokens of the user, the one of this request
    included: log in
    again. Everybody may change the own password and has to give the old one; `owner` and `user-admin`
    may change
    everyone's, only an `owner` that of an owner. Sixty requests a minute are let through (429).

    Checks, in order:
    1. `{user}` and the body fit their schemas (400);
    2. the user exists and the caller may change its password (404);
    3. the password of an owner: the caller is an owner (400);
    4. the user's login type is `password` (400);
    5. the own password: the old one is given (400);
    6. the new password is strong enough: at most 64 characters and at least 52 bits of entropy (400);
    7. the own password: the old one is right (400);
    8. the new password is another one (400).

    Args:
        user (str):
        body (UpdateUserPasswordRequest): A new password. Example: {'old_password': 'Correct-
            Horse-7-Staple', 'password': 'Quiet-Lantern-42-Orbit'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | ErrorResponse | str]
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
    body: UpdateUserPasswordRequest,

) -> Any | ErrorResponse | str | None:
    """ Change a user's password

     Stores a new password and deletes all sessions and tokens of the user, the one of this request
    included: log in
    again. Everybody may change the own password and has to give the old one; `owner` and `user-admin`
    may change
    everyone's, only an `owner` that of an owner. Sixty requests a minute are let through (429).

    Checks, in order:
    1. `{user}` and the body fit their schemas (400);
    2. the user exists and the caller may change its password (404);
    3. the password of an owner: the caller is an owner (400);
    4. the user's login type is `password` (400);
    5. the own password: the old one is given (400);
    6. the new password is strong enough: at most 64 characters and at least 52 bits of entropy (400);
    7. the own password: the old one is right (400);
    8. the new password is another one (400).

    Args:
        user (str):
        body (UpdateUserPasswordRequest): A new password. Example: {'old_password': 'Correct-
            Horse-7-Staple', 'password': 'Quiet-Lantern-42-Orbit'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | ErrorResponse | str
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
    body: UpdateUserPasswordRequest,

) -> Response[Any | ErrorResponse | str]:
    """ Change a user's password

     Stores a new password and deletes all sessions and tokens of the user, the one of this request
    included: log in
    again. Everybody may change the own password and has to give the old one; `owner` and `user-admin`
    may change
    everyone's, only an `owner` that of an owner. Sixty requests a minute are let through (429).

    Checks, in order:
    1. `{user}` and the body fit their schemas (400);
    2. the user exists and the caller may change its password (404);
    3. the password of an owner: the caller is an owner (400);
    4. the user's login type is `password` (400);
    5. the own password: the old one is given (400);
    6. the new password is strong enough: at most 64 characters and at least 52 bits of entropy (400);
    7. the own password: the old one is right (400);
    8. the new password is another one (400).

    Args:
        user (str):
        body (UpdateUserPasswordRequest): A new password. Example: {'old_password': 'Correct-
            Horse-7-Staple', 'password': 'Quiet-Lantern-42-Orbit'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | ErrorResponse | str]
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
    body: UpdateUserPasswordRequest,

) -> Any | ErrorResponse | str | None:
    """ Change a user's password

     Stores a new password and deletes all sessions and tokens of the user, the one of this request
    included: log in
    again. Everybody may change the own password and has to give the old one; `owner` and `user-admin`
    may change
    everyone's, only an `owner` that of an owner. Sixty requests a minute are let through (429).

    Checks, in order:
    1. `{user}` and the body fit their schemas (400);
    2. the user exists and the caller may change its password (404);
    3. the password of an owner: the caller is an owner (400);
    4. the user's login type is `password` (400);
    5. the own password: the old one is given (400);
    6. the new password is strong enough: at most 64 characters and at least 52 bits of entropy (400);
    7. the own password: the old one is right (400);
    8. the new password is another one (400).

    Args:
        user (str):
        body (UpdateUserPasswordRequest): A new password. Example: {'old_password': 'Correct-
            Horse-7-Staple', 'password': 'Quiet-Lantern-42-Orbit'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | ErrorResponse | str
     """


    return (await asyncio_detailed(
        user=user,
client=client,
body=body,

    )).parsed
