from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...types import Response, UNSET
from ... import errors

from ...models.error_response import ErrorResponse
from ...models.group_members_response import GroupMembersResponse
from ...types import UNSET, Unset
from typing import cast
from uuid import UUID



def _get_kwargs(
    group: UUID,
    *,
    after_id: UUID | Unset = UNSET,
    limit: int | Unset = 0,
    offset: int | Unset = 0,

) -> dict[str, Any]:
    

    

    params: dict[str, Any] = {}

    json_after_id: str | Unset = UNSET
    if not isinstance(after_id, Unset):
        json_after_id = str(after_id)
    params["after_id"] = json_after_id

    params["limit"] = limit

    params["offset"] = offset


    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}


    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/api/v2/groups/{group}/members".format(group=quote(str(group), safe=""),),
        "params": params,
    }


    return _kwargs



def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> ErrorResponse | GroupMembersResponse | str | None:
    if response.status_code == 200:
        response_200 = GroupMembersResponse.from_dict(response.json())



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


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[ErrorResponse | GroupMembersResponse | str]:
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
    after_id: UUID | Unset = UNSET,
    limit: int | Unset = 0,
    offset: int | Unset = 0,

) -> Response[ErrorResponse | GroupMembersResponse | str]:
    """ List a group's members

     Lists the members whose memberships the caller may read (see `list-organization-members`), by
    username; `count`
    counts them without paging. An unknown `after_id` gives no rows.

    Checks, in order:
    1. the parameters fit their schemas (400);
    2. the group exists and the caller may read it (404).

    Args:
        group (UUID):
        after_id (UUID | Unset):
        limit (int | Unset):  Default: 0.
        offset (int | Unset):  Default: 0.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | GroupMembersResponse | str]
     """


    kwargs = _get_kwargs(
        group=group,
after_id=after_id,
limit=limit,
offset=offset,

    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)

def sync(
    group: UUID,
    *,
    client: AuthenticatedClient | Client,
    after_id: UUID | Unset = UNSET,
    limit: int | Unset = 0,
    offset: int | Unset = 0,

) -> ErrorResponse | GroupMembersResponse | str | None:
    """ List a group's members

     Lists the members whose memberships the caller may read (see `list-organization-members`), by
    username; `count`
    counts them without paging. An unknown `after_id` gives no rows.

    Checks, in order:
    1. the parameters fit their schemas (400);
    2. the group exists and the caller may read it (404).

    Args:
        group (UUID):
        after_id (UUID | Unset):
        limit (int | Unset):  Default: 0.
        offset (int | Unset):  Default: 0.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | GroupMembersResponse | str
     """


    return sync_detailed(
        group=group,
client=client,
after_id=after_id,
limit=limit,
offset=offset,

    ).parsed

async def asyncio_detailed(
    group: UUID,
    *,
    client: AuthenticatedClient | Client,
    after_id: UUID | Unset = UNSET,
    limit: int | Unset = 0,
    offset: int | Unset = 0,

) -> Response[ErrorResponse | GroupMembersResponse | str]:
    """ List a group's members

     Lists the members whose memberships the caller may read (see `list-organization-members`), by
    username; `count`
    counts them without paging. An unknown `after_id` gives no rows.

    Checks, in order:
    1. the parameters fit their schemas (400);
    2. the group exists and the caller may read it (404).

    Args:
        group (UUID):
        after_id (UUID | Unset):
        limit (int | Unset):  Default: 0.
        offset (int | Unset):  Default: 0.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | GroupMembersResponse | str]
     """


    kwargs = _get_kwargs(
        group=group,
after_id=after_id,
limit=limit,
offset=offset,

    )

    response = await client.get_async_httpx_client().request(
        **kwargs
    )

    return _build_response(client=client, response=response)

async def asyncio(
    group: UUID,
    *,
    client: AuthenticatedClient | Client,
    after_id: UUID | Unset = UNSET,
    limit: int | Unset = 0,
    offset: int | Unset = 0,

) -> ErrorResponse | GroupMembersResponse | str | None:
    """ List a group's members

     Lists the members whose memberships the caller may read (see `list-organization-members`), by
    username; `count`
    counts them without paging. An unknown `after_id` gives no rows.

    Checks, in order:
    1. the parameters fit their schemas (400);
    2. the group exists and the caller may read it (404).

    Args:
        group (UUID):
        after_id (UUID | Unset):
        limit (int | Unset):  Default: 0.
        offset (int | Unset):  Default: 0.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | GroupMembersResponse | str
     """


    return (await asyncio_detailed(
        group=group,
client=client,
after_id=after_id,
limit=limit,
offset=offset,

    )).parsed
