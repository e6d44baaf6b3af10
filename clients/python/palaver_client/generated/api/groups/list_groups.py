from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...types import Response, UNSET
from ... import errors

from ...models.error_response import ErrorResponse
from ...models.group import Group
from ...types import UNSET, Unset
from typing import cast
from uuid import UUID



def _get_kwargs(
    *,
    organization: str | Unset = UNSET,
    has_member: str | Unset = UNSET,
    group_ids: list[UUID] | Unset = UNSET,

) -> dict[str, Any]:
    

    

    params: dict[str, Any] = {}

    params["organization"] = organization

    params["has_member"] = has_member

    json_group_ids: list[str] | Unset = UNSET
    if not isinstance(group_ids, Unset):
        json_group_ids = []
        for group_ids_item_data in group_ids:
            group_ids_item = str(group_ids_item_data)
            json_group_ids.append(group_ids_item)


    params["group_ids"] = json_group_ids


    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}


    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/api/v2/groups",
        "params": params,
    }


    return _kwargs



def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> ErrorResponse | list[Group] | str | None:
    if response.status_code == 200:
        response_200 = []
        _response_200 = response.json()
        for response_200_item_data in (_response_200):
            response_200_item = Group.from_dict(response_200_item_data)



            response_200.append(response_200_item)

        return response_200

    if response.status_code == 400:
        response_400 = ErrorResponse.from_dict(response.json())



        return response_400

    if response.status_code == 401:
        response_401 = ErrorResponse.from_dict(response.json())



        return response_401

    if response.status_code == 404:
        response_404 = ErrorResponse.from_dict(response.json())



        return response_404

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


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[ErrorResponse | list[Group] | str]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    organization: str | Unset = UNSET,
    has_member: str | Unset = UNSET,
    group_ids: list[UUID] | Unset = UNSET,

) -> Response[ErrorResponse | list[Group] | str]:
    """ List groups

     Lists the groups that the caller may read, by organization and name: those of its organizations, or
    all for
    `owner` and `user-admin` where they may read the organization. Each organization begins with its
    implied group
    `Everyone`: its id is the organization's, its members are the organization's.

    `members` holds the members whose memberships the caller may read (see `list-organization-members`),
    `total_member_count` counts all.

    Checks, in order:
    1. the parameters fit their schemas (400);
    2. the organization, where one is named, exists and the caller may read it (404).

    Args:
        organization (str | Unset):
        has_member (str | Unset):
        group_ids (list[UUID] | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | list[Group] | str]
     """


    kwargs = _get_kwargs(
        organization=organization,
has_member=has_member,
group_ids=group_ids,

    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)

def sync(
    *,
    client: AuthenticatedClient | Client,
    organization: str | Unset = UNSET,
    has_member: str | Unset = UNSET,
    group_ids: list[UUID] | Unset = UNSET,

) -> ErrorResponse | list[Group] | str | None:
    """ List groups

     Lists the groups that the caller may read, by organization and name: those of its organizations, or
    all for
    `owner` and `user-admin` where they may read the organization. Each organization begins with its
    implied group
    `Everyone`: its id is the organization's, its members are the organization's.

    `members` holds the members whose memberships the caller may read (see `list-organization-members`),
    `total_member_count` counts all.

    Checks, in order:
    1. the parameters fit their schemas (400);
    2. the organization, where one is named, exists and the caller may read it (404).

    Args:
        organization (str | Unset):
        has_member (str | Unset):
        group_ids (list[UUID] | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | list[Group] | str
     """


    return sync_detailed(
        client=client,
organization=organization,
has_member=has_member,
group_ids=group_ids,

    ).parsed

async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    organization: str | Unset = UNSET,
    has_member: str | Unset = UNSET,
    group_ids: list[UUID] | Unset = UNSET,

) -> Response[ErrorResponse | list[Group] | str]:
    """ List groups

     Lists the groups that the caller may read, by organization and name: those of its organizations, or
    all for
    `owner` and `user-admin` where they may read the organization. Each organization begins with its
    implied group
    `Everyone`: its id is the organization's, its members are the organization's.

    `members` holds the members whose memberships the caller may read (see `list-organization-members`),
    `total_member_count` counts all.

    Checks, in order:
    1. the parameters fit their schemas (400);
    2. the organization, where one is named, exists and the caller may read it (404).

    Args:
        organization (str | Unset):
        has_member (str | Unset):
        group_ids (list[UUID] | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | list[Group] | str]
     """


    kwargs = _get_kwargs(
        organization=organization,
has_member=has_member,
group_ids=group_ids,

    )

    response = await client.get_async_httpx_client().request(
        **kwargs
    )

    return _build_response(client=client, response=response)

async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    organization: str | Unset = UNSET,
    has_member: str | Unset = UNSET,
    group_ids: list[UUID] | Unset = UNSET,

) -> ErrorResponse | list[Group] | str | None:
    """ List groups

     Lists the groups that the caller may read, by organization and name: those of its organizations, or
    all for
    `owner` and `user-admin` where they may read the organization. Each organization begins with its
    implied group
    `Everyone`: its id is the organization's, its members are the organization's.

    `members` holds the members whose memberships the caller may read (see `list-organization-members`),
    `total_member_count` counts all.

    Checks, in order:
    1. the parameters fit their schemas (400);
    2. the organization, where one is named, exists and the caller may read it (404).

    Args:
        organization (str | Unset):
        has_member (str | Unset):
        group_ids (list[UUID] | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | list[Group] | str
     """


    return (await asyncio_detailed(
        client=client,
organization=organization,
has_member=has_member,
group_ids=group_ids,

    )).parsed
