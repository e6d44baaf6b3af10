from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...types import Response, UNSET
from ... import errors

from ...models.error_response import ErrorResponse
from ...models.paginated_members_response import PaginatedMembersResponse
from ...types import UNSET, Unset
from typing import cast
from uuid import UUID



def _get_kwargs(
    organization: str,
    *,
    q: str | Unset = '',
    after_id: UUID | Unset = UNSET,
    limit: int | Unset = 0,
    offset: int | Unset = 0,

) -> dict[str, Any]:
    

    

    params: dict[str, Any] = {}

    params["q"] = q

    json_after_id: str | Unset = UNSET
    if not isinstance(after_id, Unset):
        json_after_id = str(after_id)
    params["after_id"] = json_after_id

    params["limit"] = limit

    params["offset"] = offset


    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}


    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/api/v2/organizations/{organization}/paginated-members".format(organization=quote(str(organization), safe=""),),
        "params": params,
    }


    return _kwargs



def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> ErrorResponse | PaginatedMembersResponse | str | None:
    if response.status_code == 200:
        response_200 = PaginatedMembersResponse.from_dict(response.json())



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


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[ErrorResponse | PaginatedMembersResponse | str]:
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
    q: str | Unset = '',
    after_id: UUID | Unset = UNSET,
    limit: int | Unset = 0,
    offset: int | Unset = 0,

) -> Response[ErrorResponse | PaginatedMembersResponse | str]:
    """ List an organization's members by pages

     As `list-organization-members`, by pages and with the search of `get-users`; `count` counts all that
    match and
    that the caller may read. An unknown `after_id` gives no rows.

    Checks, in order:
    1. the parameters fit their schemas (400);
    2. `q` can be read (400 `Invalid member search query.` with `validations`);
    3. the organization exists and the caller may read it (404).

    Args:
        organization (str):
        q (str | Unset):  Default: ''.
        after_id (UUID | Unset):
        limit (int | Unset):  Default: 0.
        offset (int | Unset):  Default: 0.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | PaginatedMembersResponse | str]
     """


    kwargs = _get_kwargs(
        organization=organization,
q=q,
after_id=after_id,
limit=limit,
offset=offset,

    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)

def sync(
    organization: str,
    *,
    client: AuthenticatedClient | Client,
    q: str | Unset = '',
    after_id: UUID | Unset = UNSET,
    limit: int | Unset = 0,
    offset: int | Unset = 0,

) -> ErrorResponse | PaginatedMembersResponse | str | None:
    """ List an organization's members by pages

     As `list-organization-members`, by pages and with the search of `get-users`; `count` counts all that
    match and
    that the caller may read. An unknown `after_id` gives no rows.

    Checks, in order:
    1. the parameters fit their schemas (400);
    2. `q` can be read (400 `Invalid member search query.` with `validations`);
    3. the organization exists and the caller may read it (404).

    Args:
        organization (str):
        q (str | Unset):  Default: ''.
        after_id (UUID | Unset):
        limit (int | Unset):  Default: 0.
        offset (int | Unset):  Default: 0.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | PaginatedMembersResponse | str
     """


    return sync_detailed(
        organization=organization,
client=client,
q=q,
after_id=after_id,
limit=limit,
offset=offset,

    ).parsed

async def asyncio_detailed(
    organization: str,
    *,
    client: AuthenticatedClient | Client,
    q: str | Unset = '',
    after_id: UUID | Unset = UNSET,
    limit: int | Unset = 0,
    offset: int | Unset = 0,

) -> Response[ErrorResponse | PaginatedMembersResponse | str]:
    """ List an organization's members by pages

     As `list-organization-members`, by pages and with the search of `get-users`; `count` counts all that
    match and
    that the caller may read. An unknown `after_id` gives no rows.

    Checks, in order:
    1. the parameters fit their schemas (400);
    2. `q` can be read (400 `Invalid member search query.` with `validations`);
    3. the organization exists and the caller may read it (404).

    Args:
        organization (str):
        q (str | Unset):  Default: ''.
        after_id (UUID | Unset):
        limit (int | Unset):  Default: 0.
        offset (int | Unset):  Default: 0.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | PaginatedMembersResponse | str]
     """


    kwargs = _get_kwargs(
        organization=organization,
q=q,
after_id=after_id,
limit=limit,
offset=offset,

    )

    response = await client.get_async_httpx_client().request(
        **kwargs
    )

    return _build_response(client=client, response=response)

async def asyncio(
    organization: str,
    *,
    client: AuthenticatedClient | Client,
    q: str | Unset = '',
    after_id: UUID | Unset = UNSET,
    limit: int | Unset = 0,
    offset: int | Unset = 0,

) -> ErrorResponse | PaginatedMembersResponse | str | None:
    """ List an organization's members by pages

     As `list-organization-members`, by pages and with the search of `get-users`; `count` counts all that
    match and
    that the caller may read. An unknown `after_id` gives no rows.

    Checks, in order:
    1. the parameters fit their schemas (400);
    2. `q` can be read (400 `Invalid member search query.` with `validations`);
    3. the organization exists and the caller may read it (404).

    Args:
        organization (str):
        q (str | Unset):  Default: ''.
        after_id (UUID | Unset):
        limit (int | Unset):  Default: 0.
        offset (int | Unset):  Default: 0.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | PaginatedMembersResponse | str
     """


    return (await asyncio_detailed(
        organization=organization,
client=client,
q=q,
after_id=after_id,
limit=limit,
offset=offset,

    )).parsed
