from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...types import Response, UNSET
from ... import errors

from ...models.chat import Chat
from ...models.error_response import ErrorResponse
from ...types import UNSET, Unset
from typing import cast
from uuid import UUID



def _get_kwargs(
    *,
    q: str | Unset = '',
    label: list[str] | Unset = UNSET,
    after_id: UUID | Unset = UNSET,
    limit: int | Unset = 0,
    offset: int | Unset = 0,

) -> dict[str, Any]:
    

    

    params: dict[str, Any] = {}

    params["q"] = q

    json_label: list[str] | Unset = UNSET
    if not isinstance(label, Unset):
        json_label = label


    params["label"] = json_label

    json_after_id: str | Unset = UNSET
    if not isinstance(after_id, Unset):
        json_after_id = str(after_id)
    params["after_id"] = json_after_id

    params["limit"] = limit

    params["offset"] = offset


    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}


    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/api/experimental/chats",
        "params": params,
    }


    return _kwargs



def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> ErrorResponse | list[Chat] | str | None:
    if response.status_code == 200:
        response_200 = []
        _response_200 = response.json()
        for response_200_item_data in (_response_200):
            response_200_item = Chat.from_dict(response_200_item_data)



            response_200.append(response_200_item)

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


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[ErrorResponse | list[Chat] | str]:
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
    label: list[str] | Unset = UNSET,
    after_id: UUID | Unset = UNSET,
    limit: int | Unset = 0,
    offset: int | Unset = 0,

) -> Response[ErrorResponse | list[Chat] | str]:
    """ List chats

     The root chats that the caller may read, each with its sub-chats in `children`: pinned chats first
    by
    `pin_order`, then by `updated_at`, newest first, then by `id`, highest first.

    Any authenticated user may call it; rows are filtered. By default it lists the caller's own chats
    that are not
    archived; `q` asks for others. Rights that come from roles (site owner, organization admin) add no
    rows.

    Checks, in order:
    1. `q` can be read (400 `Invalid chat search query.` with `validations`)
    2. what `search` looks for has a word in it (400, likewise)

    `q` is a list of `key:value` terms separated by spaces; all must hold. Keys are case-insensitive;
    double quotes
    group words (`title:"my chat"`), and `\\"` is a quotation mark itself; each key may come once. A
    word without a
    key is refused.

    | Key | Value |
    |---|---|
    | `title` | part of the title, case-insensitive; `%` and `_` are wildcards |
    | `archived` | `true` or `false` (default), exact |
    | `has_unread` | `true` or `false`: answers beyond the owner's read cursor |
    | `source` | `created_by_me` (default), `shared_with_me`, or both with a comma |
    | `search` | words of the title or of a message; not together with `title` |

    `search` finds whole words, upper and lower case alike, in titles and in the visible text of
    messages of users
    and the model. All words have to be in the title, or all in one message, of the root chat itself:
    `search:deploy`, `search:"deploy staging"`. A minus excludes (`search:"deploy -staging"`: a title or
    message with
    the one word and without the other), `or` stands between alternatives (`search:"staging or
    production"`), and
    quotation marks make a phrase (`search:"\\"release notes\\" draft"`). There are no stems, no stop
    words and no
    prefixes. Of a message the first 65536 characters are searched. Results come in the order of the
    list.

    Other keys are refused, those of pull requests (`pr`, `pr_status`, `pr_title`, `diff_url`, `repo`)
    too: they
    need a workspace.

    `has_unread` and `diff_status` are filled in rows and children; `files` is absent. Children have the
    same
    `archived` value as their root, newest created first. An unknown `after_id` gives no rows.

    Args:
        q (str | Unset):  Default: ''.
        label (list[str] | Unset):
        after_id (UUID | Unset):
        limit (int | Unset):  Default: 0.
        offset (int | Unset):  Default: 0.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | list[Chat] | str]
     """


    kwargs = _get_kwargs(
        q=q,
label=label,
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
    label: list[str] | Unset = UNSET,
    after_id: UUID | Unset = UNSET,
    limit: int | Unset = 0,
    offset: int | Unset = 0,

) -> ErrorResponse | list[Chat] | str | None:
    """ List chats

     The root chats that the caller may read, each with its sub-chats in `children`: pinned chats first
    by
    `pin_order`, then by `updated_at`, newest first, then by `id`, highest first.

    Any authenticated user may call it; rows are filtered. By default it lists the caller's own chats
    that are not
    archived; `q` asks for others. Rights that come from roles (site owner, organization admin) add no
    rows.

    Checks, in order:
    1. `q` can be read (400 `Invalid chat search query.` with `validations`)
    2. what `search` looks for has a word in it (400, likewise)

    `q` is a list of `key:value` terms separated by spaces; all must hold. Keys are case-insensitive;
    double quotes
    group words (`title:"my chat"`), and `\\"` is a quotation mark itself; each key may come once. A
    word without a
    key is refused.

    | Key | Value |
    |---|---|
    | `title` | part of the title, case-insensitive; `%` and `_` are wildcards |
    | `archived` | `true` or `false` (default), exact |
    | `has_unread` | `true` or `false`: answers beyond the owner's read cursor |
    | `source` | `created_by_me` (default), `shared_with_me`, or both with a comma |
    | `search` | words of the title or of a message; not together with `title` |

    `search` finds whole words, upper and lower case alike, in titles and in the visible text of
    messages of users
    and the model. All words have to be in the title, or all in one message, of the root chat itself:
    `search:deploy`, `search:"deploy staging"`. A minus excludes (`search:"deploy -staging"`: a title or
    message with
    the one word and without the other), `or` stands between alternatives (`search:"staging or
    production"`), and
    quotation marks make a phrase (`search:"\\"release notes\\" draft"`). There are no stems, no stop
    words and no
    prefixes. Of a message the first 65536 characters are searched. Results come in the order of the
    list.

    Other keys are refused, those of pull requests (`pr`, `pr_status`, `pr_title`, `diff_url`, `repo`)
    too: they
    need a workspace.

    `has_unread` and `diff_status` are filled in rows and children; `files` is absent. Children have the
    same
    `archived` value as their root, newest created first. An unknown `after_id` gives no rows.

    Args:
        q (str | Unset):  Default: ''.
        label (list[str] | Unset):
        after_id (UUID | Unset):
        limit (int | Unset):  Default: 0.
        offset (int | Unset):  Default: 0.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | list[Chat] | str
     """


    return sync_detailed(
        client=client,
q=q,
label=label,
after_id=after_id,
limit=limit,
offset=offset,

    ).parsed

async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    q: str | Unset = '',
    label: list[str] | Unset = UNSET,
    after_id: UUID | Unset = UNSET,
    limit: int | Unset = 0,
    offset: int | Unset = 0,

) -> Response[ErrorResponse | list[Chat] | str]:
    """ List chats

     The root chats that the caller may read, each with its sub-chats in `children`: pinned chats first
    by
    `pin_order`, then by `updated_at`, newest first, then by `id`, highest first.

    Any authenticated user may call it; rows are filtered. By default it lists the caller's own chats
    that are not
    archived; `q` asks for others. Rights that come from roles (site owner, organization admin) add no
    rows.

    Checks, in order:
    1. `q` can be read (400 `Invalid chat search query.` with `validations`)
    2. what `search` looks for has a word in it (400, likewise)

    `q` is a list of `key:value` terms separated by spaces; all must hold. Keys are case-insensitive;
    double quotes
    group words (`title:"my chat"`), and `\\"` is a quotation mark itself; each key may come once. A
    word without a
    key is refused.

    | Key | Value |
    |---|---|
    | `title` | part of the title, case-insensitive; `%` and `_` are wildcards |
    | `archived` | `true` or `false` (default), exact |
    | `has_unread` | `true` or `false`: answers beyond the owner's read cursor |
    | `source` | `created_by_me` (default), `shared_with_me`, or both with a comma |
    | `search` | words of the title or of a message; not together with `title` |

    `search` finds whole words, upper and lower case alike, in titles and in the visible text of
    messages of users
    and the model. All words have to be in the title, or all in one message, of the root chat itself:
    `search:deploy`, `search:"deploy staging"`. A minus excludes (`search:"deploy -staging"`: a title or
    message with
    the one word and without the other), `or` stands between alternatives (`search:"staging or
    production"`), and
    quotation marks make a phrase (`search:"\\"release notes\\" draft"`). There are no stems, no stop
    words and no
    prefixes. Of a message the first 65536 characters are searched. Results come in the order of the
    list.

    Other keys are refused, those of pull requests (`pr`, `pr_status`, `pr_title`, `diff_url`, `repo`)
    too: they
    need a workspace.

    `has_unread` and `diff_status` are filled in rows and children; `files` is absent. Children have the
    same
    `archived` value as their root, newest created first. An unknown `after_id` gives no rows.

    Args:
        q (str | Unset):  Default: ''.
        label (list[str] | Unset):
        after_id (UUID | Unset):
        limit (int | Unset):  Default: 0.
        offset (int | Unset):  Default: 0.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | list[Chat] | str]
     """


    kwargs = _get_kwargs(
        q=q,
label=label,
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
    label: list[str] | Unset = UNSET,
    after_id: UUID | Unset = UNSET,
    limit: int | Unset = 0,
    offset: int | Unset = 0,

) -> ErrorResponse | list[Chat] | str | None:
    """ List chats

     The root chats that the caller may read, each with its sub-chats in `children`: pinned chats first
    by
    `pin_order`, then by `updated_at`, newest first, then by `id`, highest first.

    Any authenticated user may call it; rows are filtered. By default it lists the caller's own chats
    that are not
    archived; `q` asks for others. Rights that come from roles (site owner, organization admin) add no
    rows.

    Checks, in order:
    1. `q` can be read (400 `Invalid chat search query.` with `validations`)
    2. what `search` looks for has a word in it (400, likewise)

    `q` is a list of `key:value` terms separated by spaces; all must hold. Keys are case-insensitive;
    double quotes
    group words (`title:"my chat"`), and `\\"` is a quotation mark itself; each key may come once. A
    word without a
    key is refused.

    | Key | Value |
    |---|---|
    | `title` | part of the title, case-insensitive; `%` and `_` are wildcards |
    | `archived` | `true` or `false` (default), exact |
    | `has_unread` | `true` or `false`: answers beyond the owner's read cursor |
    | `source` | `created_by_me` (default), `shared_with_me`, or both with a comma |
    | `search` | words of the title or of a message; not together with `title` |

    `search` finds whole words, upper and lower case alike, in titles and in the visible text of
    messages of users
    and the model. All words have to be in the title, or all in one message, of the root chat itself:
    `search:deploy`, `search:"deploy staging"`. A minus excludes (`search:"deploy -staging"`: a title or
    message with
    the one word and without the other), `or` stands between alternatives (`search:"staging or
    production"`), and
    quotation marks make a phrase (`search:"\\"release notes\\" draft"`). There are no stems, no stop
    words and no
    prefixes. Of a message the first 65536 characters are searched. Results come in the order of the
    list.

    Other keys are refused, those of pull requests (`pr`, `pr_status`, `pr_title`, `diff_url`, `repo`)
    too: they
    need a workspace.

    `has_unread` and `diff_status` are filled in rows and children; `files` is absent. Children have the
    same
    `archived` value as their root, newest created first. An unknown `after_id` gives no rows.

    Args:
        q (str | Unset):  Default: ''.
        label (list[str] | Unset):
        after_id (UUID | Unset):
        limit (int | Unset):  Default: 0.
        offset (int | Unset):  Default: 0.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | list[Chat] | str
     """


    return (await asyncio_detailed(
        client=client,
q=q,
label=label,
after_id=after_id,
limit=limit,
offset=offset,

    )).parsed
