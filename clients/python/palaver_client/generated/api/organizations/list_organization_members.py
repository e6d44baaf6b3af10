from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...types import Response, UNSET
from ... import errors

from ...models.error_response import ErrorResponse
from ...models.organization_member_with_user_data import OrganizationMemberWithUserData
from ...types import UNSET, Unset
from typing import cast



def _get_kwargs(
    organization: str,
    *,
    q: str | Unset = '',

) -> dict[str, Any]:
    

    

    params: dict[str, Any] = {}

    params["q"] = q


    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}


    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/api/v2/organizations/{organization}/members".format(organization=quote(str(organization), safe=""),),
        "params": params,
    }


    return _kwargs



def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> ErrorResponse | list[OrganizationMemberWithUserData] | str | None:
    if response.status_code == 200:
        response_200 = []
        _response_200 = response.json()
        for response_200_item_data in (_response_200):
            response_200_item = OrganizationMemberWithUserData.from_dict(response_200_item_data)



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


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[ErrorResponse | list[OrganizationMemberWithUserData] | str]:
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

) -> Response[ErrorResponse | list[OrganizationMemberWithUserData] | str]:
    """ List an organization's members

     Lists the members that the caller may read, by username: all for `owner`, `user-admin`,
    `organization-admin`,
    `organization-user-admin` and `organization-auditor`; other members see themselves, everybody else
    nobody.

    Checks, in order:
    1. the parameters fit their schemas (400);
    2. `q` can be read (400 `Invalid organization member search query.` with `validations`);
    3. the organization exists and the caller may read it (404).

    `q` is a list of `key:value` terms separated by spaces; all must hold. `user_id` is the member's id,
    `github_user_id` finds nobody, `include_system` changes nothing; other keys are refused.

    Args:
        organization (str):
        q (str | Unset):  Default: ''.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | list[OrganizationMemberWithUserData] | str]
     """


    kwargs = _get_kwargs(
        organization=organization,
q=q,

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

) -> ErrorResponse | list[OrganizationMemberWithUserData] | str | None:
    """ List an organization's members

     Lists the members that the caller may read, by username: all for `owner`, `user-admin`,
    `organization-admin`,
    `organization-user-admin` and `organization-auditor`; other members see themselves, everybody else
    nobody.

    Checks, in order:
    1. the parameters fit their schemas (400);
    2. `q` can be read (400 `Invalid organization member search query.` with `validations`);
    3. the organization exists and the caller may read it (404).

    `q` is a list of `key:value` terms separated by spaces; all must hold. `user_id` is the member's id,
    `github_user_id` finds nobody, `include_system` changes nothing; other keys are refused.

    Args:
        organization (str):
        q (str | Unset):  Default: ''.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | list[OrganizationMemberWithUserData] | str
     """


    return sync_detailed(
        organization=organization,
client=client,
q=q,

    ).parsed

async def asyncio_detailed(
    organization: str,
    *,
    client: AuthenticatedClient | Client,
    q: str | Unset = '',

) -> Response[ErrorResponse | list[OrganizationMemberWithUserData] | str]:
    """ List an organization's members

     Lists the members that the caller may read, by username: all for `owner`, `user-admin`,
    `organization-admin`,
    `organization-user-admin` and `organization-auditor`; other members see themselves, everybody else
    nobody.

    Checks, in order:
    1. the parameters fit their schemas (400);
    2. `q` can be read (400 `Invalid organization member search query.` with `validations`);
    3. the organization exists and the caller may read it (404).

    `q` is a list of `key:value` terms separated by spaces; all must hold. `user_id` is the member's id,
    `github_user_id` finds nobody, `include_system` changes nothing; other keys are refused.

    Args:
        organization (str):
        q (str | Unset):  Default: ''.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | list[OrganizationMemberWithUserData] | str]
     """


    kwargs = _get_kwargs(
        organization=organization,
q=q,

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

) -> ErrorResponse | list[OrganizationMemberWithUserData] | str | None:
    """ List an organization's members

     Lists the members that the caller may read, by username: all for `owner`, `user-admin`,
    `organization-admin`,
    `organization-user-admin` and `organization-auditor`; other members see themselves, everybody else
    nobody.

    Checks, in order:
    1. the parameters fit their schemas (400);
    2. `q` can be read (400 `Invalid organization member search query.` with `validations`);
    3. the organization exists and the caller may read it (404).

    `q` is a list of `key:value` terms separated by spaces; all must hold. `user_id` is the member's id,
    `github_user_id` finds nobody, `include_system` changes nothing; other keys are refused.

    Args:
        organization (str):
        q (str | Unset):  Default: ''.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | list[OrganizationMemberWithUserData] | str
     """


    return (await asyncio_detailed(
        organization=organization,
client=client,
q=q,

    )).parsed
