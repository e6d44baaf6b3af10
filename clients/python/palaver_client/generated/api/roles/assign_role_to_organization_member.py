from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...types import Response, UNSET
from ... import errors

from ...models.error_response import ErrorResponse
from ...models.organization_member import OrganizationMember
from ...models.update_roles import UpdateRoles
from typing import cast



def _get_kwargs(
    organization: str,
    user: str,
    *,
    body: UpdateRoles,

) -> dict[str, Any]:
    headers: dict[str, Any] = {}


    

    

    _kwargs: dict[str, Any] = {
        "method": "put",
        "url": "/api/v2/organizations/{organization}/members/{user}/roles".format(organization=quote(str(organization), safe=""),user=quote(str(user), safe=""),),
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs



def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> ErrorResponse | OrganizationMember | str | None:
    if response.status_code == 200:
        response_200 = OrganizationMember.from_dict(response.json())



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


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[ErrorResponse | OrganizationMember | str]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    organization: str,
    user: str,
    *,
    client: AuthenticatedClient | Client,
    body: UpdateRoles,

) -> Response[ErrorResponse | OrganizationMember | str]:
    """ Set a member's organization roles

     Replaces the member's explicit roles in the organization by the given list. `organization-member` is
    implied and
    never listed, and the organization's `default_org_member_roles` hold on top of the list. A member
    without
    `agents-access`, explicit or by default, has no right on any chat.

    `owner` and `organization-admin` may assign every organization role; `organization-user-admin` may
    assign
    `organization-member`, `organization-workspace-access` and `agents-access`.

    Checks, in order:
    1. the parameters and the body fit their schemas (400);
    2. the organization exists and the caller may read it (404);
    3. the user exists, is a member and may be read by the caller (404);
    4. the user is somebody other than the caller (400);
    5. each name is an organization role (400);
    6. the caller may assign each role that is added or taken away (403).

    Args:
        organization (str):
        user (str):
        body (UpdateRoles): The roles that replace the explicit ones. Example: {'roles':
            ['auditor']}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | OrganizationMember | str]
     """


    kwargs = _get_kwargs(
        organization=organization,
user=user,
body=body,

    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)

def sync(
    organization: str,
    user: str,
    *,
    client: AuthenticatedClient | Client,
    body: UpdateRoles,

) -> ErrorResponse | OrganizationMember | str | None:
    """ Set a member's organization roles

     Replaces the member's explicit roles in the organization by the given list. `organization-member` is
    implied and
    never listed, and the organization's `default_org_member_roles` hold on top of the list. A member
    without
    `agents-access`, explicit or by default, has no right on any chat.

    `owner` and `organization-admin` may assign every organization role; `organization-user-admin` may
    assign
    `organization-member`, `organization-workspace-access` and `agents-access`.

    Checks, in order:
    1. the parameters and the body fit their schemas (400);
    2. the organization exists and the caller may read it (404);
    3. the user exists, is a member and may be read by the caller (404);
    4. the user is somebody other than the caller (400);
    5. each name is an organization role (400);
    6. the caller may assign each role that is added or taken away (403).

    Args:
        organization (str):
        user (str):
        body (UpdateRoles): The roles that replace the explicit ones. Example: {'roles':
            ['auditor']}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | OrganizationMember | str
     """


    return sync_detailed(
        organization=organization,
user=user,
client=client,
body=body,

    ).parsed

async def asyncio_detailed(
    organization: str,
    user: str,
    *,
    client: AuthenticatedClient | Client,
    body: UpdateRoles,

) -> Response[ErrorResponse | OrganizationMember | str]:
    """ Set a member's organization roles

     Replaces the member's explicit roles in the organization by the given list. `organization-member` is
    implied and
    never listed, and the organization's `default_org_member_roles` hold on top of the list. A member
    without
    `agents-access`, explicit or by default, has no right on any chat.

    `owner` and `organization-admin` may assign every organization role; `organization-user-admin` may
    assign
    `organization-member`, `organization-workspace-access` and `agents-access`.

    Checks, in order:
    1. the parameters and the body fit their schemas (400);
    2. the organization exists and the caller may read it (404);
    3. the user exists, is a member and may be read by the caller (404);
    4. the user is somebody other than the caller (400);
    5. each name is an organization role (400);
    6. the caller may assign each role that is added or taken away (403).

    Args:
        organization (str):
        user (str):
        body (UpdateRoles): The roles that replace the explicit ones. Example: {'roles':
            ['auditor']}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | OrganizationMember | str]
     """


    kwargs = _get_kwargs(
        organization=organization,
user=user,
body=body,

    )

    response = await client.get_async_httpx_client().request(
        **kwargs
    )

    return _build_response(client=client, response=response)

async def asyncio(
    organization: str,
    user: str,
    *,
    client: AuthenticatedClient | Client,
    body: UpdateRoles,

) -> ErrorResponse | OrganizationMember | str | None:
    """ Set a member's organization roles

     Replaces the member's explicit roles in the organization by the given list. `organization-member` is
    implied and
    never listed, and the organization's `default_org_member_roles` hold on top of the list. A member
    without
    `agents-access`, explicit or by default, has no right on any chat.

    `owner` and `organization-admin` may assign every organization role; `organization-user-admin` may
    assign
    `organization-member`, `organization-workspace-access` and `agents-access`.

    Checks, in order:
    1. the parameters and the body fit their schemas (400);
    2. the organization exists and the caller may read it (404);
    3. the user exists, is a member and may be read by the caller (404);
    4. the user is somebody other than the caller (400);
    5. each name is an organization role (400);
    6. the caller may assign each role that is added or taken away (403).

    Args:
        organization (str):
        user (str):
        body (UpdateRoles): The roles that replace the explicit ones. Example: {'roles':
            ['auditor']}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | OrganizationMember | str
     """


    return (await asyncio_detailed(
        organization=organization,
user=user,
client=client,
body=body,

    )).parsed
