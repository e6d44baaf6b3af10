from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...types import Response, UNSET
from ... import errors

from ...models.chat_cost_summary import ChatCostSummary
from ...models.error_response import ErrorResponse
from ...models.get_chat_cost_summary_format import check_get_chat_cost_summary_format
from ...models.get_chat_cost_summary_format import GetChatCostSummaryFormat
from ...types import UNSET, Unset
from typing import cast
import datetime



def _get_kwargs(
    user: str,
    *,
    start_date: datetime.datetime | Unset = UNSET,
    end_date: datetime.datetime | Unset = UNSET,
    format_: GetChatCostSummaryFormat | Unset = 'json',

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

    json_format_: str | Unset = UNSET
    if not isinstance(format_, Unset):
        json_format_ = format_

    params["format"] = json_format_


    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}


    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/api/experimental/chats/cost/{user}/summary".format(user=quote(str(user), safe=""),),
        "params": params,
    }


    return _kwargs



def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> ChatCostSummary | ErrorResponse | str | None:
    if response.status_code == 200:
        response_200 = ChatCostSummary.from_dict(response.json())



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


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[ChatCostSummary | ErrorResponse | str]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    user: str,
    *,
    client: AuthenticatedClient | Client,
    start_date: datetime.datetime | Unset = UNSET,
    end_date: datetime.datetime | Unset = UNSET,
    format_: GetChatCostSummaryFormat | Unset = 'json',

) -> Response[ChatCostSummary | ErrorResponse | str]:
    """ Get what a user's chats have cost

     What the user's chats have cost in a time, in all, by model and by chat tree, the dearest first, and
    where the
    user stands when spending is limited. Hours (UTC) that the time touches count as a whole. An
    organization's
    administrator sees the chats of that organization. As a table there is a row for each model, then
    one for each
    chat; its column `kind` tells which.

    Checks, in order:
    1. `{user}` is a UUID, a username or `me`, and the query parameters fit their schemas (400);
    2. the user exists (404), and is the caller, or the caller may read chats of the user (404; 403 for
    who may read
       the user).

    Args:
        user (str):
        start_date (datetime.datetime | Unset):
        end_date (datetime.datetime | Unset):
        format_ (GetChatCostSummaryFormat | Unset):  Default: 'json'.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ChatCostSummary | ErrorResponse | str]
     """


    kwargs = _get_kwargs(
        user=user,
start_date=start_date,
end_date=end_date,
format_=format_,

    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)

def sync(
    user: str,
    *,
    client: AuthenticatedClient | Client,
    start_date: datetime.datetime | Unset = UNSET,
    end_date: datetime.datetime | Unset = UNSET,
    format_: GetChatCostSummaryFormat | Unset = 'json',

) -> ChatCostSummary | ErrorResponse | str | None:
    """ Get what a user's chats have cost

     What the user's chats have cost in a time, in all, by model and by chat tree, the dearest first, and
    where the
    user stands when spending is limited. Hours (UTC) that the time touches count as a whole. An
    organization's
    administrator sees the chats of that organization. As a table there is a row for each model, then
    one for each
    chat; its column `kind` tells which.

    Checks, in order:
    1. `{user}` is a UUID, a username or `me`, and the query parameters fit their schemas (400);
    2. the user exists (404), and is the caller, or the caller may read chats of the user (404; 403 for
    who may read
       the user).

    Args:
        user (str):
        start_date (datetime.datetime | Unset):
        end_date (datetime.datetime | Unset):
        format_ (GetChatCostSummaryFormat | Unset):  Default: 'json'.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ChatCostSummary | ErrorResponse | str
     """


    return sync_detailed(
        user=user,
client=client,
start_date=start_date,
end_date=end_date,
format_=format_,

    ).parsed

async def asyncio_detailed(
    user: str,
    *,
    client: AuthenticatedClient | Client,
    start_date: datetime.datetime | Unset = UNSET,
    end_date: datetime.datetime | Unset = UNSET,
    format_: GetChatCostSummaryFormat | Unset = 'json',

) -> Response[ChatCostSummary | ErrorResponse | str]:
    """ Get what a user's chats have cost

     What the user's chats have cost in a time, in all, by model and by chat tree, the dearest first, and
    where the
    user stands when spending is limited. Hours (UTC) that the time touches count as a whole. An
    organization's
    administrator sees the chats of that organization. As a table there is a row for each model, then
    one for each
    chat; its column `kind` tells which.

    Checks, in order:
    1. `{user}` is a UUID, a username or `me`, and the query parameters fit their schemas (400);
    2. the user exists (404), and is the caller, or the caller may read chats of the user (404; 403 for
    who may read
       the user).

    Args:
        user (str):
        start_date (datetime.datetime | Unset):
        end_date (datetime.datetime | Unset):
        format_ (GetChatCostSummaryFormat | Unset):  Default: 'json'.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ChatCostSummary | ErrorResponse | str]
     """


    kwargs = _get_kwargs(
        user=user,
start_date=start_date,
end_date=end_date,
format_=format_,

    )

    response = await client.get_async_httpx_client().request(
        **kwargs
    )

    return _build_response(client=client, response=response)

async def asyncio(
    user: str,
    *,
    client: AuthenticatedClient | Client,
    start_date: datetime.datetime | Unset = UNSET,
    end_date: datetime.datetime | Unset = UNSET,
    format_: GetChatCostSummaryFormat | Unset = 'json',

) -> ChatCostSummary | ErrorResponse | str | None:
    """ Get what a user's chats have cost

     What the user's chats have cost in a time, in all, by model and by chat tree, the dearest first, and
    where the
    user stands when spending is limited. Hours (UTC) that the time touches count as a whole. An
    organization's
    administrator sees the chats of that organization. As a table there is a row for each model, then
    one for each
    chat; its column `kind` tells which.

    Checks, in order:
    1. `{user}` is a UUID, a username or `me`, and the query parameters fit their schemas (400);
    2. the user exists (404), and is the caller, or the caller may read chats of the user (404; 403 for
    who may read
       the user).

    Args:
        user (str):
        start_date (datetime.datetime | Unset):
        end_date (datetime.datetime | Unset):
        format_ (GetChatCostSummaryFormat | Unset):  Default: 'json'.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ChatCostSummary | ErrorResponse | str
     """


    return (await asyncio_detailed(
        user=user,
client=client,
start_date=start_date,
end_date=end_date,
format_=format_,

    )).parsed
