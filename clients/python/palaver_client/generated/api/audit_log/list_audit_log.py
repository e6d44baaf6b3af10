from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...types import Response, UNSET
from ... import errors

from ...models.audit_action import AuditAction
from ...models.audit_action import check_audit_action
from ...models.audit_log_page import AuditLogPage
from ...models.audit_target import AuditTarget
from ...models.audit_target import check_audit_target
from ...models.error_response import ErrorResponse
from ...types import UNSET, Unset
from typing import cast
from uuid import UUID
import datetime



def _get_kwargs(
    *,
    actor_id: UUID | Unset = UNSET,
    action: AuditAction | Unset = UNSET,
    target_type: AuditTarget | Unset = UNSET,
    target_id: str | Unset = UNSET,
    organization_id: UUID | Unset = UNSET,
    request_id: str | Unset = UNSET,
    since: datetime.datetime | Unset = UNSET,
    until: datetime.datetime | Unset = UNSET,
    before_id: int | Unset = 0,
    limit: int | Unset = 50,

) -> dict[str, Any]:
    

    

    params: dict[str, Any] = {}

    json_actor_id: str | Unset = UNSET
    if not isinstance(actor_id, Unset):
        json_actor_id = str(actor_id)
    params["actor_id"] = json_actor_id

    json_action: str | Unset = UNSET
    if not isinstance(action, Unset):
        json_action = action

    params["action"] = json_action

    json_target_type: str | Unset = UNSET
    if not isinstance(target_type, Unset):
        json_target_type = target_type

    params["target_type"] = json_target_type

    params["target_id"] = target_id

    json_organization_id: str | Unset = UNSET
    if not isinstance(organization_id, Unset):
        json_organization_id = str(organization_id)
    params["organization_id"] = json_organization_id

    params["request_id"] = request_id

    json_since: str | Unset = UNSET
    if not isinstance(since, Unset):
        json_since = since.isoformat()
    params["since"] = json_since

    json_until: str | Unset = UNSET
    if not isinstance(until, Unset):
        json_until = until.isoformat()
    params["until"] = json_until

    params["before_id"] = before_id

    params["limit"] = limit


    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}


    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/api/v2/audit",
        "params": params,
    }


    return _kwargs



def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> AuditLogPage | ErrorResponse | str | None:
    if response.status_code == 200:
        response_200 = AuditLogPage.from_dict(response.json())



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


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[AuditLogPage | ErrorResponse | str]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    actor_id: UUID | Unset = UNSET,
    action: AuditAction | Unset = UNSET,
    target_type: AuditTarget | Unset = UNSET,
    target_id: str | Unset = UNSET,
    organization_id: UUID | Unset = UNSET,
    request_id: str | Unset = UNSET,
    since: datetime.datetime | Unset = UNSET,
    until: datetime.datetime | Unset = UNSET,
    before_id: int | Unset = 0,
    limit: int | Unset = 50,

) -> Response[AuditLogPage | ErrorResponse | str]:
    """ List the audit log

     Lists what was done that matters for security, newest first: logins and failed ones, accounts,
    passwords, roles,
    keys, members, groups, shares, providers, models and MCP servers. An entry is written together with
    what it
    tells of, and is never changed. Secrets are never part of it. Filters narrow together; another page
    continues
    below the last entry with `before_id`, while `has_more` is true.

    Checks, in order:
    1. the caller may read the audit log: the site roles `owner` and `auditor` (403).

    Args:
        actor_id (UUID | Unset):
        action (AuditAction | Unset): What was done.
        target_type (AuditTarget | Unset): What kind of thing it was done to.
        target_id (str | Unset):
        organization_id (UUID | Unset):
        request_id (str | Unset):
        since (datetime.datetime | Unset):
        until (datetime.datetime | Unset):
        before_id (int | Unset):  Default: 0.
        limit (int | Unset):  Default: 50.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[AuditLogPage | ErrorResponse | str]
     """


    kwargs = _get_kwargs(
        actor_id=actor_id,
action=action,
target_type=target_type,
target_id=target_id,
organization_id=organization_id,
request_id=request_id,
since=since,
until=until,
before_id=before_id,
limit=limit,

    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)

def sync(
    *,
    client: AuthenticatedClient | Client,
    actor_id: UUID | Unset = UNSET,
    action: AuditAction | Unset = UNSET,
    target_type: AuditTarget | Unset = UNSET,
    target_id: str | Unset = UNSET,
    organization_id: UUID | Unset = UNSET,
    request_id: str | Unset = UNSET,
    since: datetime.datetime | Unset = UNSET,
    until: datetime.datetime | Unset = UNSET,
    before_id: int | Unset = 0,
    limit: int | Unset = 50,

) -> AuditLogPage | ErrorResponse | str | None:
    """ List the audit log

     Lists what was done that matters for security, newest first: logins and failed ones, accounts,
    passwords, roles,
    keys, members, groups, shares, providers, models and MCP servers. An entry is written together with
    what it
    tells of, and is never changed. Secrets are never part of it. Filters narrow together; another page
    continues
    below the last entry with `before_id`, while `has_more` is true.

    Checks, in order:
    1. the caller may read the audit log: the site roles `owner` and `auditor` (403).

    Args:
        actor_id (UUID | Unset):
        action (AuditAction | Unset): What was done.
        target_type (AuditTarget | Unset): What kind of thing it was done to.
        target_id (str | Unset):
        organization_id (UUID | Unset):
        request_id (str | Unset):
        since (datetime.datetime | Unset):
        until (datetime.datetime | Unset):
        before_id (int | Unset):  Default: 0.
        limit (int | Unset):  Default: 50.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        AuditLogPage | ErrorResponse | str
     """


    return sync_detailed(
        client=client,
actor_id=actor_id,
action=action,
target_type=target_type,
target_id=target_id,
organization_id=organization_id,
request_id=request_id,
since=since,
until=until,
before_id=before_id,
limit=limit,

    ).parsed

async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    actor_id: UUID | Unset = UNSET,
    action: AuditAction | Unset = UNSET,
    target_type: AuditTarget | Unset = UNSET,
    target_id: str | Unset = UNSET,
    organization_id: UUID | Unset = UNSET,
    request_id: str | Unset = UNSET,
    since: datetime.datetime | Unset = UNSET,
    until: datetime.datetime | Unset = UNSET,
    before_id: int | Unset = 0,
    limit: int | Unset = 50,

) -> Response[AuditLogPage | ErrorResponse | str]:
    """ List the audit log

     Lists what was done that matters for security, newest first: logins and failed ones, accounts,
    passwords, roles,
    keys, members, groups, shares, providers, models and MCP servers. An entry is written together with
    what it
    tells of, and is never changed. Secrets are never part of it. Filters narrow together; another page
    continues
    below the last entry with `before_id`, while `has_more` is true.

    Checks, in order:
    1. the caller may read the audit log: the site roles `owner` and `auditor` (403).

    Args:
        actor_id (UUID | Unset):
        action (AuditAction | Unset): What was done.
        target_type (AuditTarget | Unset): What kind of thing it was done to.
        target_id (str | Unset):
        organization_id (UUID | Unset):
        request_id (str | Unset):
        since (datetime.datetime | Unset):
        until (datetime.datetime | Unset):
        before_id (int | Unset):  Default: 0.
        limit (int | Unset):  Default: 50.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[AuditLogPage | ErrorResponse | str]
     """


    kwargs = _get_kwargs(
        actor_id=actor_id,
action=action,
target_type=target_type,
target_id=target_id,
organization_id=organization_id,
request_id=request_id,
since=since,
until=until,
before_id=before_id,
limit=limit,

    )

    response = await client.get_async_httpx_client().request(
        **kwargs
    )

    return _build_response(client=client, response=response)

async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    actor_id: UUID | Unset = UNSET,
    action: AuditAction | Unset = UNSET,
    target_type: AuditTarget | Unset = UNSET,
    target_id: str | Unset = UNSET,
    organization_id: UUID | Unset = UNSET,
    request_id: str | Unset = UNSET,
    since: datetime.datetime | Unset = UNSET,
    until: datetime.datetime | Unset = UNSET,
    before_id: int | Unset = 0,
    limit: int | Unset = 50,

) -> AuditLogPage | ErrorResponse | str | None:
    """ List the audit log

     Lists what was done that matters for security, newest first: logins and failed ones, accounts,
    passwords, roles,
    keys, members, groups, shares, providers, models and MCP servers. An entry is written together with
    what it
    tells of, and is never changed. Secrets are never part of it. Filters narrow together; another page
    continues
    below the last entry with `before_id`, while `has_more` is true.

    Checks, in order:
    1. the caller may read the audit log: the site roles `owner` and `auditor` (403).

    Args:
        actor_id (UUID | Unset):
        action (AuditAction | Unset): What was done.
        target_type (AuditTarget | Unset): What kind of thing it was done to.
        target_id (str | Unset):
        organization_id (UUID | Unset):
        request_id (str | Unset):
        since (datetime.datetime | Unset):
        until (datetime.datetime | Unset):
        before_id (int | Unset):  Default: 0.
        limit (int | Unset):  Default: 50.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        AuditLogPage | ErrorResponse | str
     """


    return (await asyncio_detailed(
        client=client,
actor_id=actor_id,
action=action,
target_type=target_type,
target_id=target_id,
organization_id=organization_id,
request_id=request_id,
since=since,
until=until,
before_id=before_id,
limit=limit,

    )).parsed
