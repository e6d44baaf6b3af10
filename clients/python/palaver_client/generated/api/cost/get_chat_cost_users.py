from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...types import Response, UNSET
from ... import errors

from ...models.chat_cost_users_response import ChatCostUsersResponse
from ...models.error_response import ErrorResponse
from ...models.get_chat_cost_users_format import check_get_chat_cost_users_format
from ...models.get_chat_cost_users_format import GetChatCostUsersFormat
from ...types import UNSET, Unset
from typing import cast
import datetime



def _get_kwargs(
    *,
    start_date: datetime.datetime | Unset = UNSET,
    end_date: datetime.datetime | Unset = UNSET,
    username: str | Unset = '',
    limit: int | Unset = 10,
    offset: int | Unset = 0,
    format_: GetChatCostUsersFormat | Unset = 'json',

) -> dict[str, Any]:
    

    

    params: dict[str, Any] = {}

    json_start_date: str | Unset = UNSET
    if not isinstance(start_date, Unset):
        json_start_date = start_date.isoformat()
    params["start_date"] = json_start_date

    json_end_date: str | Unset = UNSET
    if not isinstance(end_date, Unset):
        json_end_date = end_date.isoformat()
    params["end_date"] = json_end_date

    params["username"] = username

    params["limit"] = limit

    params["offset"] = offset

    json_format_: str | Unset = UNSET
    if not isinstance(format_, Unset):
        json_format_ = format_

    params["format"] = json_format_


    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}


    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/api/experimental/chats/cost/users",
        "params": params,
    }


    return _kwargs



def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> ChatCostUsersResponse | ErrorResponse | str | None:
    if response.status_code == 200:
        response_200 = ChatCostUsersResponse.from_dict(response.json())



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


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[ChatCostUsersResponse | ErrorResponse | str]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    start_date: datetime.datetime | Unset = UNSET,
    end_date: datetime.datetime | Unset = UNSET,
    username: str | Unset = '',
    limit: int | Unset = 10,
    offset: int | Unset = 0,
    format_: GetChatCostUsersFormat | Unset = 'json',

) -> Response[ChatCostUsersResponse | ErrorResponse | str]:
    """ Get what the users' chats have cost

     The users whose chats called models in a time, the dearest first. Hours (UTC) that the time touches
    count as a
    whole. As a table there is a row for each user of the page.

    Checks, in order:
    1. the query parameters fit their schemas (400);
    2. the caller may read all chats (403).

    Args:
        start_date (datetime.datetime | Unset):
        end_date (datetime.datetime | Unset):
        username (str | Unset):  Default: ''.
        limit (int | Unset):  Default: 10.
        offset (int | Unset):  Default: 0.
        format_ (GetChatCostUsersFormat | Unset):  Default: 'json'.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ChatCostUsersResponse | ErrorResponse | str]
     """


    kwargs = _get_kwargs(
        start_date=start_date,
end_date=end_date,
username=username,
limit=limit,
offset=offset,
format_=format_,

    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)

def sync(
    *,
    client: AuthenticatedClient | Client,
    start_date: datetime.datetime | Unset = UNSET,
    end_date: datetime.datetime | Unset = UNSET,
    username: str | Unset = '',
    limit: int | Unset = 10,
    offset: int | Unset = 0,
    format_: GetChatCostUsersFormat | Unset = 'json',

) -> ChatCostUsersResponse | ErrorResponse | str | None:
    """ Get what the users' chats have cost

     The users whose chats called models in a time, the dearest first. Hours (UTC) that the time touches
    count as a
    whole. As a table there is a row for each user of the page.

    Checks, in order:
    1. the query parameters fit their schemas (400);
    2. the caller may read all chats (403).

    Args:
        start_date (datetime.datetime | Unset):
        end_date (datetime.datetime | Unset):
        username (str | Unset):  Default: ''.
        limit (int | Unset):  Default: 10.
        offset (int | Unset):  Default: 0.
        format_ (GetChatCostUsersFormat | Unset):  Default: 'json'.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ChatCostUsersResponse | ErrorResponse | str
     """


    return sync_detailed(
        client=client,
start_date=start_date,
end_date=end_date,
username=username,
limit=limit,
offset=offset,
format_=format_,

    ).parsed

async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    start_date: datetime.datetime | Unset = UNSET,
    end_date: datetime.datetime | Unset = UNSET,
    username: str | Unset = '',
    limit: int | Unset = 10,
    offset: int | Unset = 0,
    format_: GetChatCostUsersFormat | Unset = 'json',

) -> Response[ChatCostUsersResponse | ErrorResponse | str]:
    """ Get what the users' chats have cost

     The users whose chats called models in a time, the dearest first. Hours (UTC) that the time touches
    count as a
    whole. As a table there is a row for each user of the page.

    Checks, in order:
    1. the query parameters fit their schemas (400);
    2. the caller may read all chats (403).

    Args:
        start_date (datetime.datetime | Unset):
        end_date (datetime.datetime | Unset):
        username (str | Unset):  Default: ''.
        limit (int | Unset):  Default: 10.
        offset (int | Unset):  Default: 0.
        format_ (GetChatCostUsersFormat | Unset):  Default: 'json'.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ChatCostUsersResponse | ErrorResponse | str]
     """


    kwargs = _get_kwargs(
        start_date=start_date,
end_date=end_date,
username=username,
limit=limit,
offset=offset,
format_=format_,

    )

    response = await client.get_async_httpx_client().request(
        **kwargs
    )

    return _build_response(client=client, response=response)

async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    start_date: datetime.datetime | Unset = UNSET,
    end_date: datetime.datetime | Unset = UNSET,
    username: str | Unset = '',
    limit: int | Unset = 10,
    offset: int | Unset = 0,
    format_: GetChatCostUsersFormat | Unset = 'json',

) -> ChatCostUsersResponse | ErrorResponse | str | None:
    """ Get what the users' chats have cost

     The users whose chats called models in a time, the dearest first. Hours (UTC) that the time touches
    count as a
    whole. As a table there is a row for each user of the page.

    Checks, in order:
    1. the query parameters fit their schemas (400);
    2. the caller may read all chats (403).

    Args:
        start_date (datetime.datetime | Unset):
        end_date (datetime.datetime | Unset):
        username (str | Unset):  Default: ''.
        limit (int | Unset):  Default: 10.
        offset (int | Unset):  Default: 0.
        format_ (GetChatCostUsersFormat | Unset):  Default: 'json'.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ChatCostUsersResponse | ErrorResponse | str
     """


    return (await asyncio_detailed(
        client=client,
start_date=start_date,
end_date=end_date,
username=username,
limit=limit,
offset=offset,
format_=format_,

    )).parsed
