from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...types import Response, UNSET
from ... import errors

from ...models.create_group_request import CreateGroupRequest
from ...models.error_response import ErrorResponse
from ...models.group import Group
from typing import cast



def _get_kwargs(
    organization: str,
    *,
    body: CreateGroupRequest,

) -> dict[str, Any]:
    headers: dict[str, Any] = {}


    

    

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/api/v2/organizations/{organization}/groups".format(organization=quote(str(organization), safe=""),),
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs



def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> ErrorResponse | Group | str | None:
    if response.status_code == 201:
        response_201 = Group.from_dict(response.json())



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


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[ErrorResponse | Group | str]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    organization: str,
    *,
    client: AuthenticatedClient | Client,
    body: CreateGroupRequest,

) -> Response[ErrorResponse | Group | str]:
    """ Create a group

     Makes a group without members; `update-group` adds them.

    Checks, in order:
    1. the parameters and the body fit their schemas (400);
    2. the organization exists and the caller may read it (404);
    3. the caller may create groups in it: `owner`, `user-admin`, `organization-admin`, `organization-
    user-admin`
       (403);
    4. the name is neither `everyone`, `new` nor `create`, in any case (400);
    5. no other group of the organization has the name, compared without regard to case (409).

    Args:
        organization (str):
        body (CreateGroupRequest): A group to create. Example: {'name': 'writers', 'display_name':
            'Writers'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | Group | str]
     """


    kwargs = _get_kwargs(
        organization=organization,
body=body,

    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)

def sync(
    organization: str,
    *,
    client: AuthenticatedClient | Client,
    body: CreateGroupRequest,

) -> ErrorResponse | Group | str | None:
    """ Create a group

     Makes a group without members; `update-group` adds them.

    Checks, in order:
    1. the parameters and the body fit their schemas (400);
    2. the organization exists and the caller may read it (404);
    3. the caller may create groups in it: `owner`, `user-admin`, `organization-admin`, `organization-
    user-admin`
       (403);
    4. the name is neither `everyone`, `new` nor `create`, in any case (400);
    5. no other group of the organization has the name, compared without regard to case (409).

    Args:
        organization (str):
        body (CreateGroupRequest): A group to create. Example: {'name': 'writers', 'display_name':
            'Writers'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | Group | str
     """


    return sync_detailed(
        organization=organization,
client=client,
body=body,

    ).parsed

async def asyncio_detailed(
    organization: str,
    *,
    client: AuthenticatedClient | Client,
    body: CreateGroupRequest,

) -> Response[ErrorResponse | Group | str]:
    """ Create a group

     Makes a group without members; `update-group` adds them.

    Checks, in order:
    1. the parameters and the body fit their schemas (400);
    2. the organization exists and the caller may read it (404);
    3. the caller may create groups in it: `owner`, `user-admin`, `organization-admin`, `organization-
    user-admin`
       (403);
    4. the name is neither `everyone`, `new` nor `create`, in any case (400);
    5. no other group of the organization has the name, compared without regard to case (409).

    Args:
        organization (str):
        body (CreateGroupRequest): A group to create. Example: {'name': 'writers', 'display_name':
            'Writers'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | Group | str]
     """


    kwargs = _get_kwargs(
        organization=organization,
body=body,

    )

    response = await client.get_async_httpx_client().request(
        **kwargs
    )

    return _build_response(client=client, response=response)

async def asyncio(
    organization: str,
    *,
    client: AuthenticatedClient | Client,
    body: CreateGroupRequest,

) -> ErrorResponse | Group | str | None:
    """ Create a group

     Makes a group without members; `update-group` adds them.

    Checks, in order:
    1. the parameters and the body fit their schemas (400);
    2. the organization exists and the caller may read it (404);
    3. the caller may create groups in it: `owner`, `user-admin`, `organization-admin`, `organization-
    user-admin`
       (403);
    4. the name is neither `everyone`, `new` nor `create`, in any case (400);
    5. no other group of the organization has the name, compared without regard to case (409).

    Args:
        organization (str):
        body (CreateGroupRequest): A group to create. Example: {'name': 'writers', 'display_name':
            'Writers'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | Group | str
     """


    return (await asyncio_detailed(
        organization=organization,
client=client,
body=body,

    )).parsed
