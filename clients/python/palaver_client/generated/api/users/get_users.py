from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...types import Response, UNSET
from ... import errors

from ...models.error_response import ErrorResponse
from ...models.get_users_response import GetUsersResponse
from ...types import UNSET, Unset
from typing import cast
from uuid import UUID



def _get_kwargs(
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
        "url": "/api/v2/users",
        "params": params,
    }


    return _kwargs



def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> ErrorResponse | GetUsersResponse | str | None:
    if response.status_code == 200:
        response_200 = GetUsersResponse.from_dict(response.json())



        return response_200

    if response.status_code == 400:
        response_400 = ErrorResponse.from_dict(response.json())



        return response_400

    if response.status_code == 401:
        response_401 = ErrorResponse.from_dict(response.json())



        return response_401

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


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[ErrorResponse | GetUsersResponse | str]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    q: str | Unset = '',
    after_id: UUID | Unset = UNSET,
    limit: int | Unset = 0,
    offset: int | Unset = 0,

) -> Response[ErrorResponse | GetUsersResponse | str]:
    """ List users

     The users that the caller may read, ordered by username without regard to case: all of them for the
    site roles
    `owner`, `user-admin`, `template-admin` and `auditor`, oneself for everybody else. Deleted users are
    left out.
    `count` is the number of matches before paging.

    `q` is a list of terms separated by spaces; all must hold, and each key may come once. Upper and
    lower case are
    the same. Double quotes group words, and must stand around a value with a colon in it
    (`created_after:"2026-08-01T00:00:00Z"`). One word or quoted phrase may stand without a key: it
    means `search`.

    | Key | Value |
    |---|---|
    | `search` | part of the username, the e-mail address or the real name |
    | `name` | part of the real name |
    | `status` | `active`, `dormant` or `suspended`, or several with commas |
    | `role` | a site role, or several with commas: users with any of them; everybody is a `member` |
    | `login_type` | a login type, or several with commas |
    | `service_account` | `true` or `false` |
    | `last_seen_before`, `last_seen_after` | a moment (RFC 3339) |
    | `created_before`, `created_after` | a moment (RFC 3339) |
    | `github_com_user_id` | a number; no user of this server has one |

    Any other key is refused (400 `Invalid user search query.` with `validations`). An unknown
    `after_id` gives no
    users.

    Args:
        q (str | Unset):  Default: ''.
        after_id (UUID | Unset):
        limit (int | Unset):  Default: 0.
        offset (int | Unset):  Default: 0.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | GetUsersResponse | str]
     """


    kwargs = _get_kwargs(
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
    *,
    client: AuthenticatedClient | Client,
    q: str | Unset = '',
    after_id: UUID | Unset = UNSET,
    limit: int | Unset = 0,
    offset: int | Unset = 0,

) -> ErrorResponse | GetUsersResponse | str | None:
    """ List users

     The users that the caller may read, ordered by username without regard to case: all of them for the
    site roles
    `owner`, `user-admin`, `template-admin` and `auditor`, oneself for everybody else. Deleted users are
    left out.
    `count` is the number of matches before paging.

    `q` is a list of terms separated by spaces; all must hold, and each key may come once. Upper and
    lower case are
    the same. Double quotes group words, and must stand around a value with a colon in it
    (`created_after:"2026-08-01T00:00:00Z"`). One word or quoted phrase may stand without a key: it
    means `search`.

    | Key | Value |
    |---|---|
    | `search` | part of the username, the e-mail address or the real name |
    | `name` | part of the real name |
    | `status` | `active`, `dormant` or `suspended`, or several with commas |
    | `role` | a site role, or several with commas: users with any of them; everybody is a `member` |
    | `login_type` | a login type, or several with commas |
    | `service_account` | `true` or `false` |
    | `last_seen_before`, `last_seen_after` | a moment (RFC 3339) |
    | `created_before`, `created_after` | a moment (RFC 3339) |
    | `github_com_user_id` | a number; no user of this server has one |

    Any other key is refused (400 `Invalid user search query.` with `validations`). An unknown
    `after_id` gives no
    users.

    Args:
        q (str | Unset):  Default: ''.
        after_id (UUID | Unset):
        limit (int | Unset):  Default: 0.
        offset (int | Unset):  Default: 0.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | GetUsersResponse | str
     """


    return sync_detailed(
        client=client,
q=q,
after_id=after_id,
limit=limit,
offset=offset,

    ).parsed

async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    q: str | Unset = '',
    after_id: UUID | Unset = UNSET,
    limit: int | Unset = 0,
    offset: int | Unset = 0,

) -> Response[ErrorResponse | GetUsersResponse | str]:
    """ List users

     The users that the caller may read, ordered by username without regard to case: all of them for the
    site roles
    `owner`, `user-admin`, `template-admin` and `auditor`, oneself for everybody else. Deleted users are
    left out.
    `count` is the number of matches before paging.

    `q` is a list of terms separated by spaces; all must hold, and each key may come once. Upper and
    lower case are
    the same. Double quotes group words, and must stand around a value with a colon in it
    (`created_after:"2026-08-01T00:00:00Z"`). One word or quoted phrase may stand without a key: it
    means `search`.

    | Key | Value |
    |---|---|
    | `search` | part of the username, the e-mail address or the real name |
    | `name` | part of the real name |
    | `status` | `active`, `dormant` or `suspended`, or several with commas |
    | `role` | a site role, or several with commas: users with any of them; everybody is a `member` |
    | `login_type` | a login type, or several with commas |
    | `service_account` | `true` or `false` |
    | `last_seen_before`, `last_seen_after` | a moment (RFC 3339) |
    | `created_before`, `created_after` | a moment (RFC 3339) |
    | `github_com_user_id` | a number; no user of this server has one |

    Any other key is refused (400 `Invalid user search query.` with `validations`). An unknown
    `after_id` gives no
    users.

    Args:
        q (str | Unset):  Default: ''.
        after_id (UUID | Unset):
        limit (int | Unset):  Default: 0.
        offset (int | Unset):  Default: 0.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | GetUsersResponse | str]
     """


    kwargs = _get_kwargs(
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
    *,
    client: AuthenticatedClient | Client,
    q: str | Unset = '',
    after_id: UUID | Unset = UNSET,
    limit: int | Unset = 0,
    offset: int | Unset = 0,

) -> ErrorResponse | GetUsersResponse | str | None:
    """ List users

     The users that the caller may read, ordered by username without regard to case: all of them for the
    site roles
    `owner`, `user-admin`, `template-admin` and `auditor`, oneself for everybody else. Deleted users are
    left out.
    `count` is the number of matches before paging.

    `q` is a list of terms separated by spaces; all must hold, and each key may come once. Upper and
    lower case are
    the same. Double quotes group words, and must stand around a value with a colon in it
    (`created_after:"2026-08-01T00:00:00Z"`). One word or quoted phrase may stand without a key: it
    means `search`.

    | Key | Value |
    |---|---|
    | `search` | part of the username, the e-mail address or the real name |
    | `name` | part of the real name |
    | `status` | `active`, `dormant` or `suspended`, or several with commas |
    | `role` | a site role, or several with commas: users with any of them; everybody is a `member` |
    | `login_type` | a login type, or several with commas |
    | `service_account` | `true` or `false` |
    | `last_seen_before`, `last_seen_after` | a moment (RFC 3339) |
    | `created_before`, `created_after` | a moment (RFC 3339) |
    | `github_com_user_id` | a number; no user of this server has one |

    Any other key is refused (400 `Invalid user search query.` with `validations`). An unknown
    `after_id` gives no
    users.

    Args:
        q (str | Unset):  Default: ''.
        after_id (UUID | Unset):
        limit (int | Unset):  Default: 0.
        offset (int | Unset):  Default: 0.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | GetUsersResponse | str
     """


    return (await asyncio_detailed(
        client=client,
q=q,
after_id=after_id,
limit=limit,
offset=offset,

    )).parsed
