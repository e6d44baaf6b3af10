from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...types import Response, UNSET
from ... import errors

from ...models.error_response import ErrorResponse
from ...models.update_roles import UpdateRoles
from ...models.user import User
from typing import cast



def _get_kwargs(
    user: str,
    *,
    body: UpdateRoles,

) -> dict[str, Any]:
    headers: dict[str, Any] = {}


    

    

    _kwargs: dict[str, Any] = {
        "method": "put",
        "url": "/api/v2/users/{user}/roles".format(user=quote(str(user), safe=""),),
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs



def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> ErrorResponse | User | str | None:
    if response.status_code == 200:
        response_200 = User.from_dict(response.json())



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


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[ErrorResponse | User | str]:
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
    body: UpdateRoles,

) -> Response[ErrorResponse | User | str]:
    """ Set a user's site roles

     Replaces the user's site roles by the given list. `member` is implied and never listed. An `owner`
    may assign
    every role; a `user-admin` may assign `member` only, and take no other role away.

    Checks, in order:
    1. `{user}` and the body fit their schemas (400);
    2. the user exists and the caller may read it (404);
    3. the user is somebody other than the caller (400);
    4. each name is a site role (400);
    5. the caller may assign each role that is added or taken away (403);
    6. a user who loses `owner`: another owner remains who is not suspended (409).

    Args:
        user (str):
        body (UpdateRoles): The roles that replace the explicit ones. Example: {'roles':
            ['auditor']}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | User | str]
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
    body: UpdateRoles,

) -> ErrorResponse | User | str | None:
    """ Set a user's site roles

     Replaces the user's site roles by the given list. `member` is implied and never listed. An `owner`
    may assign
    every role; a `user-admin` may assign `member` only, and take no other role away.

    Checks, in order:
    1. `{user}` and the body fit their schemas (400);
    2. the user exists and the caller may read it (404);
    3. the user is somebody other than the caller (400);
    4. each name is a site role (400);
    5. the caller may assign each role that is added or taken away (403);
    6. a user who loses `owner`: another owner remains who is not suspended (409).

    Args:
        user (str):
        body (UpdateRoles): The roles that replace the explicit ones. Example: {'roles':
            ['auditor']}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | User | str
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
    body: UpdateRoles,

) -> Response[ErrorResponse | User | str]:
    """ Set a user's site roles

     Replaces the user's site roles by the given list. `member` is implied and never listed. An `owner`
    may assign
    every role; a `user-admin` may assign `member` only, and take no other role away.

    Checks, in order:
    1. `{user}` and the body fit their schemas (400);
    2. the user exists and the caller may read it (404);
    3. the user is somebody other than the caller (400);
    4. each name is a site role (400);
    5. the caller may assign each role that is added or taken away (403);
    6. a user who loses `owner`: another owner remains who is not suspended (409).

    Args:
        user (str):
        body (UpdateRoles): The roles that replace the explicit ones. Example: {'roles':
            ['auditor']}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | User | str]
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
    body: UpdateRoles,

) -> ErrorResponse | User | str | None:
    """ Set a user's site roles

     Replaces the user's site roles by the given list. `member` is implied and never listed. An `owner`
    may assign
    every role; a `user-admin` may assign `member` only, and take no other role away.

    Checks, in order:
    1. `{user}` and the body fit their schemas (400);
    2. the user exists and the caller may read it (404);
    3. the user is somebody other than the caller (400);
    4. each name is a site role (400);
    5. the caller may assign each role that is added or taken away (403);
    6. a user who loses `owner`: another owner remains who is not suspended (409).

    Args:
        user (str):
        body (UpdateRoles): The roles that replace the explicit ones. Example: {'roles':
            ['auditor']}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | User | str
     """


    return (await asyncio_detailed(
        user=user,
client=client,
body=body,

    )).parsed
