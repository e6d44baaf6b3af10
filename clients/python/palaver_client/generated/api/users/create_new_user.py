from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...types import Response, UNSET
from ... import errors

from ...models.create_user_request_with_orgs import CreateUserRequestWithOrgs
from ...models.error_response import ErrorResponse
from ...models.user import User
from typing import cast



def _get_kwargs(
    *,
    body: CreateUserRequestWithOrgs,

) -> dict[str, Any]:
    headers: dict[str, Any] = {}


    

    

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/api/v2/users",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs



def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> ErrorResponse | User | str | None:
    if response.status_code == 201:
        response_201 = User.from_dict(response.json())



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


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[ErrorResponse | User | str]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: CreateUserRequestWithOrgs,

) -> Response[ErrorResponse | User | str]:
    """ Create a user

     Creates a user as a member of one or more organizations. The caller needs the right to create users
    (`owner`,
    `user-admin`) and to add members to each organization. The new user's status is `dormant` unless
    `user_status`
    says otherwise; it turns `active` at first use. A service account has neither e-mail address nor
    password and
    cannot log in: it is used through tokens.

    Checks, in order:
    1. the body fits its schema, and a user that is no service account has an e-mail address (400);
    2. login type, password and e-mail suit each other and `service_account` (400); password login is
    enabled where
       it is asked for (403);
    3. at least one organization is named, by `organization_ids` or the old key `organization_id` (400);
    4. no other user has this username or e-mail address, compared without regard to case (409);
    5. each organization exists (404);
    6. the password is strong enough: at most 64 characters and at least 52 bits of entropy (400);
    7. the login type can be given by hand: `password` or `none` (400);
    8. the caller may create users, add members to these organizations and assign these roles (403).

    Args:
        body (CreateUserRequestWithOrgs): A user to create in one or more organizations. Example:
            {'email': 'bob@example.com', 'username': 'bob', 'name': 'Bob Tanaka', 'password': 'Quiet-
            Lantern-42-Orbit', 'organization_ids': ['0d4c7b1e-93f2-4a8d-b6c5-17e2f08a9b34']}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | User | str]
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
    body: CreateUserRequestWithOrgs,

) -> ErrorResponse | User | str | None:
    """ Create a user

     Creates a user as a member of one or more organizations. The caller needs the right to create users
    (`owner`,
    `user-admin`) and to add members to each organization. The new user's status is `dormant` unless
    `user_status`
    says otherwise; it turns `active` at first use. A service account has neither e-mail address nor
    password and
    cannot log in: it is used through tokens.

    Checks, in order:
    1. the body fits its schema, and a user that is no service account has an e-mail address (400);
    2. login type, password and e-mail suit each other and `service_account` (400); password login is
    enabled where
       it is asked for (403);
    3. at least one organization is named, by `organization_ids` or the old key `organization_id` (400);
    4. no other user has this username or e-mail address, compared without regard to case (409);
    5. each organization exists (404);
    6. the password is strong enough: at most 64 characters and at least 52 bits of entropy (400);
    7. the login type can be given by hand: `password` or `none` (400);
    8. the caller may create users, add members to these organizations and assign these roles (403).

    Args:
        body (CreateUserRequestWithOrgs): A user to create in one or more organizations. Example:
            {'email': 'bob@example.com', 'username': 'bob', 'name': 'Bob Tanaka', 'password': 'Quiet-
            Lantern-42-Orbit', 'organization_ids': ['0d4c7b1e-93f2-4a8d-b6c5-17e2f08a9b34']}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | User | str
     """


    return sync_detailed(
        client=client,
body=body,

    ).parsed

async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: CreateUserRequestWithOrgs,

) -> Response[ErrorResponse | User | str]:
    """ Create a user

     Creates a user as a member of one or more organizations. The caller needs the right to create users
    (`owner`,
    `user-admin`) and to add members to each organization. The new user's status is `dormant` unless
    `user_status`
    says otherwise; it turns `active` at first use. A service account has neither e-mail address nor
    password and
    cannot log in: it is used through tokens.

    Checks, in order:
    1. the body fits its schema, and a user that is no service account has an e-mail address (400);
    2. login type, password and e-mail suit each other and `service_account` (400); password login is
    enabled where
       it is asked for (403);
    3. at least one organization is named, by `organization_ids` or the old key `organization_id` (400);
    4. no other user has this username or e-mail address, compared without regard to case (409);
    5. each organization exists (404);
    6. the password is strong enough: at most 64 characters and at least 52 bits of entropy (400);
    7. the login type can be given by hand: `password` or `none` (400);
    8. the caller may create users, add members to these organizations and assign these roles (403).

    Args:
        body (CreateUserRequestWithOrgs): A user to create in one or more organizations. Example:
            {'email': 'bob@example.com', 'username': 'bob', 'name': 'Bob Tanaka', 'password': 'Quiet-
            Lantern-42-Orbit', 'organization_ids': ['0d4c7b1e-93f2-4a8d-b6c5-17e2f08a9b34']}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | User | str]
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
    body: CreateUserRequestWithOrgs,

) -> ErrorResponse | User | str | None:
    """ Create a user

     Creates a user as a member of one or more organizations. The caller needs the right to create users
    (`owner`,
    `user-admin`) and to add members to each organization. The new user's status is `dormant` unless
    `user_status`
    says otherwise; it turns `active` at first use. A service account has neither e-mail address nor
    password and
    cannot log in: it is used through tokens.

    Checks, in order:
    1. the body fits its schema, and a user that is no service account has an e-mail address (400);
    2. login type, password and e-mail suit each other and `service_account` (400); password login is
    enabled where
       it is asked for (403);
    3. at least one organization is named, by `organization_ids` or the old key `organization_id` (400);
    4. no other user has this username or e-mail address, compared without regard to case (409);
    5. each organization exists (404);
    6. the password is strong enough: at most 64 characters and at least 52 bits of entropy (400);
    7. the login type can be given by hand: `password` or `none` (400);
    8. the caller may create users, add members to these organizations and assign these roles (403).

    Args:
        body (CreateUserRequestWithOrgs): A user to create in one or more organizations. Example:
            {'email': 'bob@example.com', 'username': 'bob', 'name': 'Bob Tanaka', 'password': 'Quiet-
            Lantern-42-Orbit', 'organization_ids': ['0d4c7b1e-93f2-4a8d-b6c5-17e2f08a9b34']}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | User | str
     """


    return (await asyncio_detailed(
        client=client,
body=body,

    )).parsed
