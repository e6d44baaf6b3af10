from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...types import Response, UNSET
from ... import errors

from ...models.ai_provider import AIProvider
from ...models.error_response import ErrorResponse
from ...types import UNSET, Unset
from typing import cast



def _get_kwargs(
    id_or_name: str,
    *,
    if_none_match: str | Unset = UNSET,

) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(if_none_match, Unset):
        headers["If-None-Match"] = if_none_match



    

    

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/api/v2/ai/providers/{id_or_name}".format(id_or_name=quote(str(id_or_name), safe=""),),
    }


    _kwargs["headers"] = headers
    return _kwargs



def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> AIProvider | Any | ErrorResponse | str | None:
    if response.status_code == 200:
        response_200 = AIProvider.from_dict(response.json())



        return response_200

    if response.status_code == 304:
        response_304 = cast(Any, None)
        return response_304

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


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[AIProvider | Any | ErrorResponse | str]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    id_or_name: str,
    *,
    client: AuthenticatedClient | Client,
    if_none_match: str | Unset = UNSET,

) -> Response[AIProvider | Any | ErrorResponse | str]:
    """ Get an AI provider

     Answers one provider by id or name, with its keys masked.

    Checks, in order:
    1. `{idOrName}` is a UUID or a name (400);
    2. the provider exists and the caller may read providers (404). 403 belongs to the compatible wire;
    a caller
       without the right is told nothing.

    Args:
        id_or_name (str):
        if_none_match (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[AIProvider | Any | ErrorResponse | str]
     """


    kwargs = _get_kwargs(
        id_or_name=id_or_name,
if_none_match=if_none_match,

    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)

def sync(
    id_or_name: str,
    *,
    client: AuthenticatedClient | Client,
    if_none_match: str | Unset = UNSET,

) -> AIProvider | Any | ErrorResponse | str | None:
    """ Get an AI provider

     Answers one provider by id or name, with its keys masked.

    Checks, in order:
    1. `{idOrName}` is a UUID or a name (400);
    2. the provider exists and the caller may read providers (404). 403 belongs to the compatible wire;
    a caller
       without the right is told nothing.

    Args:
        id_or_name (str):
        if_none_match (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        AIProvider | Any | ErrorResponse | str
     """


    return sync_detailed(
        id_or_name=id_or_name,
client=client,
if_none_match=if_none_match,

    ).parsed

async def asyncio_detailed(
    id_or_name: str,
    *,
    client: AuthenticatedClient | Client,
    if_none_match: str | Unset = UNSET,

) -> Response[AIProvider | Any | ErrorResponse | str]:
    """ Get an AI provider

     Answers one provider by id or name, with its keys masked.

    Checks, in order:
    1. `{idOrName}` is a UUID or a name (400);
    2. the provider exists and the caller may read providers (404). 403 belongs to the compatible wire;
    a caller
       without the right is told nothing.

    Args:
        id_or_name (str):
        if_none_match (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[AIProvider | Any | ErrorResponse | str]
     """


    kwargs = _get_kwargs(
        id_or_name=id_or_name,
if_none_match=if_none_match,

    )

    response = await client.get_async_httpx_client().request(
        **kwargs
    )

    return _build_response(client=client, response=response)

async def asyncio(
    id_or_name: str,
    *,
    client: AuthenticatedClient | Client,
    if_none_match: str | Unset = UNSET,

) -> AIProvider | Any | ErrorResponse | str | None:
    """ Get an AI provider

     Answers one provider by id or name, with its keys masked.

    Checks, in order:
    1. `{idOrName}` is a UUID or a name (400);
    2. the provider exists and the caller may read providers (404). 403 belongs to the compatible wire;
    a caller
       without the right is told nothing.

    Args:
        id_or_name (str):
        if_none_match (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        AIProvider | Any | ErrorResponse | str
     """


    return (await asyncio_detailed(
        id_or_name=id_or_name,
client=client,
if_none_match=if_none_match,

    )).parsed
