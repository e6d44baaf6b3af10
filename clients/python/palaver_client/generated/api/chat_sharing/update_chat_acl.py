from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...types import Response, UNSET
from ... import errors

from ...models.error_response import ErrorResponse
from ...models.update_chat_acl import UpdateChatACL
from ...types import UNSET, Unset
from typing import cast
from uuid import UUID



def _get_kwargs(
    chat: UUID,
    *,
    body: UpdateChatACL,
    if_match: str | Unset = UNSET,

) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(if_match, Unset):
        headers["If-Match"] = if_match



    

    

    _kwargs: dict[str, Any] = {
        "method": "patch",
        "url": "/api/experimental/chats/{chat}/acl".format(chat=quote(str(chat), safe=""),),
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs



def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Any | ErrorResponse | str | None:
    if response.status_code == 204:
        response_204 = cast(Any, None)
        return response_204

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

    if response.status_code == 412:
        response_412 = ErrorResponse.from_dict(response.json())



        return response_412

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


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[Any | ErrorResponse | str]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    chat: UUID,
    *,
    client: AuthenticatedClient | Client,
    body: UpdateChatACL,
    if_match: str | Unset = UNSET,

) -> Response[Any | ErrorResponse | str]:
    """ Share a chat, or stop sharing it

     Sets (`read`) or removes (the empty string) the entries that are named; others stay. Sub-chats
    follow their
    root. An entry counts only while the reader is a member of the chat's organization; the group whose
    id is the
    organization's means every member.

    Checks, in order:
    1. the caller may read the chat (else 404)
    2. sharing is not switched off on this server (403)
    3. the chat is a root (400)
    4. the caller may share it: its owner, an admin of its organization, a site owner (403)
    5. the caller is not among `user_roles` (400)
    6. every key is a UUID, and every group (of the chat's organization) and user that gets an entry
    exists, groups
       first (400 with `validations`); removing does not ask whether the subject exists
    7. `If-Match`, where given, names the present ETag of `get-chat-acls` (412)

    Args:
        chat (UUID):
        if_match (str | Unset):
        body (UpdateChatACL): Entries to set or remove; others stay. Example: {'user_roles':
            {'2e1d0c3b-5a69-4788-8796-a5b4c3d2e1f0': 'read'}}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | ErrorResponse | str]
     """


    kwargs = _get_kwargs(
        chat=chat,
body=body,
if_match=if_match,

    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)

def sync(
    chat: UUID,
    *,
    client: AuthenticatedClient | Client,
    body: UpdateChatACL,
    if_match: str | Unset = UNSET,

) -> Any | ErrorResponse | str | None:
    """ Share a chat, or stop sharing it

     Sets (`read`) or removes (the empty string) the entries that are named; others stay. Sub-chats
    follow their
    root. An entry counts only while the reader is a member of the chat's organization; the group whose
    id is the
    organization's means every member.

    Checks, in order:
    1. the caller may read the chat (else 404)
    2. sharing is not switched off on this server (403)
    3. the chat is a root (400)
    4. the caller may share it: its owner, an admin of its organization, a site owner (403)
    5. the caller is not among `user_roles` (400)
    6. every key is a UUID, and every group (of the chat's organization) and user that gets an entry
    exists, groups
       first (400 with `validations`); removing does not ask whether the subject exists
    7. `If-Match`, where given, names the present ETag of `get-chat-acls` (412)

    Args:
        chat (UUID):
        if_match (str | Unset):
        body (UpdateChatACL): Entries to set or remove; others stay. Example: {'user_roles':
            {'2e1d0c3b-5a69-4788-8796-a5b4c3d2e1f0': 'read'}}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | ErrorResponse | str
     """


    return sync_detailed(
        chat=chat,
client=client,
body=body,
if_match=if_match,

    ).parsed

async def asyncio_detailed(
    chat: UUID,
    *,
    client: AuthenticatedClient | Client,
    body: UpdateChatACL,
    if_match: str | Unset = UNSET,

) -> Response[Any | ErrorResponse | str]:
    """ Share a chat, or stop sharing it

     Sets (`read`) or removes (the empty string) the entries that are named; others stay. Sub-chats
    follow their
    root. An entry counts only while the reader is a member of the chat's organization; the group whose
    id is the
    organization's means every member.

    Checks, in order:
    1. the caller may read the chat (else 404)
    2. sharing is not switched off on this server (403)
    3. the chat is a root (400)
    4. the caller may share it: its owner, an admin of its organization, a site owner (403)
    5. the caller is not among `user_roles` (400)
    6. every key is a UUID, and every group (of the chat's organization) and user that gets an entry
    exists, groups
       first (400 with `validations`); removing does not ask whether the subject exists
    7. `If-Match`, where given, names the present ETag of `get-chat-acls` (412)

    Args:
        chat (UUID):
        if_match (str | Unset):
        body (UpdateChatACL): Entries to set or remove; others stay. Example: {'user_roles':
            {'2e1d0c3b-5a69-4788-8796-a5b4c3d2e1f0': 'read'}}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | ErrorResponse | str]
     """


    kwargs = _get_kwargs(
        chat=chat,
body=body,
if_match=if_match,

    )

    response = await client.get_async_httpx_client().request(
        **kwargs
    )

    return _build_response(client=client, response=response)

async def asyncio(
    chat: UUID,
    *,
    client: AuthenticatedClient | Client,
    body: UpdateChatACL,
    if_match: str | Unset = UNSET,

) -> Any | ErrorResponse | str | None:
    """ Share a chat, or stop sharing it

     Sets (`read`) or removes (the empty string) the entries that are named; others stay. Sub-chats
    follow their
    root. An entry counts only while the reader is a member of the chat's organization; the group whose
    id is the
    organization's means every member.

    Checks, in order:
    1. the caller may read the chat (else 404)
    2. sharing is not switched off on this server (403)
    3. the chat is a root (400)
    4. the caller may share it: its owner, an admin of its organization, a site owner (403)
    5. the caller is not among `user_roles` (400)
    6. every key is a UUID, and every group (of the chat's organization) and user that gets an entry
    exists, groups
       first (400 with `validations`); removing does not ask whether the subject exists
    7. `If-Match`, where given, names the present ETag of `get-chat-acls` (412)

    Args:
        chat (UUID):
        if_match (str | Unset):
        body (UpdateChatACL): Entries to set or remove; others stay. Example: {'user_roles':
            {'2e1d0c3b-5a69-4788-8796-a5b4c3d2e1f0': 'read'}}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | ErrorResponse | str
     """


    return (await asyncio_detailed(
        chat=chat,
client=client,
body=body,
if_match=if_match,

    )).parsed
