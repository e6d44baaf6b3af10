from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...types import Response, UNSET
from ... import errors

from ...models.error_response import ErrorResponse
from ...models.organization import Organization
from ...models.update_organization_request import UpdateOrganizationRequest
from typing import cast



def _get_kwargs(
    organization: str,
    *,
    body: UpdateOrganizationRequest,

) -> dict[str, Any]:
    headers: dict[str, Any] = {}


    

    

    _kwargs: dict[str, Any] = {
        "method": "patch",
        "url": "/api/v2/organizations/{organization}".format(organization=quote(str(organization), safe=""),),
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs



def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> ErrorResponse | Organization | str | None:
    if response.status_code == 200:
        response_200 = Organization.from_dict(response.json())



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


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[ErrorResponse | Organization | str]:
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
    body: UpdateOrganizationRequest,

) -> Response[ErrorResponse | Organization | str]:
    """ Change an organization

     Changes the fields that are named; an empty `name` or `display_name` changes nothing. A change of
    `default_org_member_roles` holds for all members at once.

    Checks, in order:
    1. the parameters and the body fit their schemas (400);
    2. the organization exists and the caller may read it (404);
    3. the caller may change it: `owner`, `organization-admin` (403);
    4. the name can be used, as for `create-organization` (400);
    5. each name in `default_org_member_roles` is an organization role (400);
    6. the caller may assign each role that is added or taken away (403);
    7. no other organization has the name (409).

    Args:
        organization (str):
        body (UpdateOrganizationRequest): What to change; other fields stay. Example:
            {'display_name': 'Research and Writing'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | Organization | str]
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
    body: UpdateOrganizationRequest,

) -> ErrorResponse | Organization | str | None:
    """ Change an organization

     Changes the fields that are named; an empty `name` or `display_name` changes nothing. A change of
    `default_org_member_roles` holds for all members at once.

    Checks, in order:
    1. the parameters and the body fit their schemas (400);
    2. the organization exists and the caller may read it (404);
    3. the caller may change it: `owner`, `organization-admin` (403);
    4. the name can be used, as for `create-organization` (400);
    5. each name in `default_org_member_roles` is an organization role (400);
    6. the caller may assign each role that is added or taken away (403);
    7. no other organization has the name (409).

    Args:
        organization (str):
        body (UpdateOrganizationRequest): What to change; other fields stay. Example:
            {'display_name': 'Research and Writing'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | Organization | str
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
    body: UpdateOrganizationRequest,

) -> Response[ErrorResponse | Organization | str]:
    """ Change an organization

     Changes the fields that are named; an empty `name` or `display_name` changes nothing. A change of
    `default_org_member_roles` holds for all members at once.

    Checks, in order:
    1. the parameters and the body fit their schemas (400);
    2. the organization exists and the caller may read it (404);
    3. the caller may change it: `owner`, `organization-admin` (403);
    4. the name can be used, as for `create-organization` (400);
    5. each name in `default_org_member_roles` is an organization role (400);
    6. the caller may assign each role that is added or taken away (403);
    7. no other organization has the name (409).

    Args:
        organization (str):
        body (UpdateOrganizationRequest): What to change; other fields stay. Example:
            {'display_name': 'Research and Writing'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | Organization | str]
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
    body: UpdateOrganizationRequest,

) -> ErrorResponse | Organization | str | None:
    """ Change an organization

     Changes the fields that are named; an empty `name` or `display_name` changes nothing. A change of
    `default_org_member_roles` holds for all members at once.

    Checks, in order:
    1. the parameters and the body fit their schemas (400);
    2. the organization exists and the caller may read it (404);
    3. the caller may change it: `owner`, `organization-admin` (403);
    4. the name can be used, as for `create-organization` (400);
    5. each name in `default_org_member_roles` is an organization role (400);
    6. the caller may assign each role that is added or taken away (403);
    7. no other organization has the name (409).

    Args:
        organization (str):
        body (UpdateOrganizationRequest): What to change; other fields stay. Example:
            {'display_name': 'Research and Writing'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | Organization | str
     """


    return (await asyncio_detailed(
        organization=organization,
client=client,
body=body,

    )).parsed
