from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...types import Response, UNSET
from ... import errors

from ...models.create_organization_request import CreateOrganizationRequest
from ...models.error_response import ErrorResponse
from ...models.organization import Organization
from typing import cast



def _get_kwargs(
    *,
    body: CreateOrganizationRequest,

) -> dict[str, Any]:
    headers: dict[str, Any] = {}


    

    

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/api/v2/organizations",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs



def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> ErrorResponse | Organization | str | None:
    if response.status_code == 201:
        response_201 = Organization.from_dict(response.json())



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


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[ErrorResponse | Organization | str]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: CreateOrganizationRequest,

) -> Response[ErrorResponse | Organization | str]:
    """ Create an organization

     Makes an organization, with the caller as its first member and admin. Its members have the roles
    `organization-workspace-access` and `agents-access` until `default_org_member_roles` says otherwise.

    Checks, in order:
    1. the body fits its schema (400);
    2. the caller may create organizations: a site owner (403);
    3. the name is neither `default`, `new` or `create`, in any case, nor the text of an id (400);
    4. no other organization has the name, compared without regard to case (409).

    Args:
        body (CreateOrganizationRequest): An organization to create. Example: {'name': 'research',
            'display_name': 'Research'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | Organization | str]
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
    body: CreateOrganizationRequest,

) -> ErrorResponse | Organization | str | None:
    """ Create an organization

     Makes an organization, with the caller as its first member and admin. Its members have the roles
    `organization-workspace-access` and `agents-access` until `default_org_member_roles` says otherwise.

    Checks, in order:
    1. the body fits its schema (400);
    2. the caller may create organizations: a site owner (403);
    3. the name is neither `default`, `new` or `create`, in any case, nor the text of an id (400);
    4. no other organization has the name, compared without regard to case (409).

    Args:
        body (CreateOrganizationRequest): An organization to create. Example: {'name': 'research',
            'display_name': 'Research'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | Organization | str
     """


    return sync_detailed(
        client=client,
body=body,

    ).parsed

async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: CreateOrganizationRequest,

) -> Response[ErrorResponse | Organization | str]:
    """ Create an organization

     Makes an organization, with the caller as its first member and admin. Its members have the roles
    `organization-workspace-access` and `agents-access` until `default_org_member_roles` says otherwise.

    Checks, in order:
    1. the body fits its schema (400);
    2. the caller may create organizations: a site owner (403);
    3. the name is neither `default`, `new` or `create`, in any case, nor the text of an id (400);
    4. no other organization has the name, compared without regard to case (409).

    Args:
        body (CreateOrganizationRequest): An organization to create. Example: {'name': 'research',
            'display_name': 'Research'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | Organization | str]
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
    body: CreateOrganizationRequest,

) -> ErrorResponse | Organization | str | None:
    """ Create an organization

     Makes an organization, with the caller as its first member and admin. Its members have the roles
    `organization-workspace-access` and `agents-access` until `default_org_member_roles` says otherwise.

    Checks, in order:
    1. the body fits its schema (400);
    2. the caller may create organizations: a site owner (403);
    3. the name is neither `default`, `new` or `create`, in any case, nor the text of an id (400);
    4. no other organization has the name, compared without regard to case (409).

    Args:
        body (CreateOrganizationRequest): An organization to create. Example: {'name': 'research',
            'display_name': 'Research'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | Organization | str
     """


    return (await asyncio_detailed(
        client=client,
body=body,

    )).parsed
