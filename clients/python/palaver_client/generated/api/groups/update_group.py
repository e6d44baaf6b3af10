from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...types import Response, UNSET
from ... import errors

from ...models.error_response import ErrorResponse
from ...models.group import Group
from ...models.patch_group_request import PatchGroupRequest
from typing import cast
from uuid import UUID



def _get_kwargs(
    group: UUID,
    *,
    body: PatchGroupRequest,

) -> dict[str, Any]:
    headers: dict[str, Any] = {}


    

    

    _kwargs: dict[str, Any] = {
        "method": "patch",
        "url": "/api/v2/groups/{group}".format(group=quote(str(group), safe=""),),
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs



def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> ErrorResponse | Group | str | None:
    if response.status_code == 200:
        response_200 = Group.from_dict(response.json())



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


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[ErrorResponse | Group | str]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    group: UUID,
    *,
    client: AuthenticatedClient | Client,
    body: PatchGroupRequest,

) -> Response[ErrorResponse | Group | str]:
    """ Change a group, or who is in it

     Changes the fields that are named, and adds and removes users: all or nothing. Who is named in both
    lists is in
    the group afterwards. Adding who is there already and removing who is not changes nothing.

    Checks, in order:
    1. the parameters and the body fit their schemas (400);
    2. the group exists and the caller may read it (404);
    3. the caller may change it: `owner`, `user-admin`, `organization-admin`, `organization-user-admin`
    (403);
    4. it is not the implied group of all members (400);
    5. the name can be used, as for `create-group` (400);
    6. who is added is a member of the organization (400);
    7. no other group of the organization has the name (409).

    Args:
        group (UUID):
        body (PatchGroupRequest): What to change, and whom to add and remove; the rest stays.
            Example: {'add_users': ['2e1d0c3b-5a69-4788-8796-a5b4c3d2e1f0']}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | Group | str]
     """


    kwargs = _get_kwargs(
        group=group,
body=body,

    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)

def sync(
    group: UUID,
    *,
    client: AuthenticatedClient | Client,
    body: PatchGroupRequest,

) -> ErrorResponse | Group | str | None:
    """ Change a group, or who is in it

     Changes the fields that are named, and adds and removes users: all or nothing. Who is named in both
    lists is in
    the group afterwards. Adding who is there already and removing who is not changes nothing.

    Checks, in order:
    1. the parameters and the body fit their schemas (400);
    2. the group exists and the caller may read it (404);
    3. the caller may change it: `owner`, `user-admin`, `organization-admin`, `organization-user-admin`
    (403);
    4. it is not the implied group of all members (400);
    5. the name can be used, as for `create-group` (400);
    6. who is added is a member of the organization (400);
    7. no other group of the organization has the name (409).

    Args:
        group (UUID):
        body (PatchGroupRequest): What to change, and whom to add and remove; the rest stays.
            Example: {'add_users': ['2e1d0c3b-5a69-4788-8796-a5b4c3d2e1f0']}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | Group | str
     """


    return sync_detailed(
        group=group,
client=client,
body=body,

    ).parsed

async def asyncio_detailed(
    group: UUID,
    *,
    client: AuthenticatedClient | Client,
    body: PatchGroupRequest,

) -> Response[ErrorResponse | Group | str]:
    """ Change a group, or who is in it

     Changes the fields that are named, and adds and removes users: all or nothing. Who is named in both
    lists is in
    the group afterwards. Adding who is there already and removing who is not changes nothing.

    Checks, in order:
    1. the parameters and the body fit their schemas (400);
    2. the group exists and the caller may read it (404);
    3. the caller may change it: `owner`, `user-admin`, `organization-admin`, `organization-user-admin`
    (403);
    4. it is not the implied group of all members (400);
    5. the name can be used, as for `create-group` (400);
    6. who is added is a member of the organization (400);
    7. no other group of the organization has the name (409).

    Args:
        group (UUID):
        body (PatchGroupRequest): What to change, and whom to add and remove; the rest stays.
            Example: {'add_users': ['2e1d0c3b-5a69-4788-8796-a5b4c3d2e1f0']}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | Group | str]
     """


    kwargs = _get_kwargs(
        group=group,
body=body,

    )

    response = await client.get_async_httpx_client().request(
        **kwargs
    )

    return _build_response(client=client, response=response)

async def asyncio(
    group: UUID,
    *,
    client: AuthenticatedClient | Client,
    body: PatchGroupRequest,

) -> ErrorResponse | Group | str | None:
    """ Change a group, or who is in it

     Changes the fields that are named, and adds and removes users: all or nothing. Who is named in both
    lists is in
    the group afterwards. Adding who is there already and removing who is not changes nothing.

    Checks, in order:
    1. the parameters and the body fit their schemas (400);
    2. the group exists and the caller may read it (404);
    3. the caller may change it: `owner`, `user-admin`, `organization-admin`, `organization-user-admin`
    (403);
    4. it is not the implied group of all members (400);
    5. the name can be used, as for `create-group` (400);
    6. who is added is a member of the organization (400);
    7. no other group of the organization has the name (409).

    Args:
        group (UUID):
        body (PatchGroupRequest): What to change, and whom to add and remove; the rest stays.
            Example: {'add_users': ['2e1d0c3b-5a69-4788-8796-a5b4c3d2e1f0']}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | Group | str
     """


    return (await asyncio_detailed(
        group=group,
client=client,
body=body,

    )).parsed
