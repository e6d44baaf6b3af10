from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...types import Response, UNSET
from ... import errors

from ...models.error_response import ErrorResponse
from ...types import UNSET, Unset
from typing import cast



def _get_kwargs(
    id_or_name: str,
    *,
    if_match: str | Unset = UNSET,

) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(if_match, Unset):
        headers["If-Match"] = if_match



    

    

    _kwargs: dict[str, Any] = {
        "method": "delete",
        "url": "/api/v2/ai/providers/{id_or_name}".format(id_or_name=quote(str(id_or_name), safe=""),),
    }


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
    id_or_name: str,
    *,
    client: AuthenticatedClient | Client,
    if_match: str | Unset = UNSET,

) -> Response[Any | ErrorResponse | str]:
    """ Delete an AI provider

     Deletes the provider. Its model configs stay but can no longer be used, and its name is free again.
    Stored keys
    are erased. If the default model was one of its, another enabled config becomes the default.

    Checks, in order:
    1. `{idOrName}` is a UUID or a name (400);
    2. the provider exists and the caller may read providers (404);
    3. the caller may delete providers (403);
    4. `If-Match`, where given, names the present ETag of `get-an-ai-provider` (412).

    Args:
        id_or_name (str):
        if_match (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | ErrorResponse | str]
     """


    kwargs = _get_kwargs(
        id_or_name=id_or_name,
if_match=if_match,

    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)

def sync(
    id_or_name: str,
    *,
    client: AuthenticatedClient | Client,
    if_match: str | Unset = UNSET,

) -> Any | ErrorResponse | str | None:
    """ Delete an AI provider

     Deletes the provider. Its model configs stay but can no longer be used, and its name is free again.
    Stored keys
    are erased. If the default model was one of its, another enabled config becomes the default.

    Checks, in order:
    1. `{idOrName}` is a UUID or a name (400);
    2. the provider exists and the caller may read providers (404);
    3. the caller may delete providers (403);
    4. `If-Match`, where given, names the present ETag of `get-an-ai-provider` (412).

    Args:
        id_or_name (str):
        if_match (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | ErrorResponse | str
     """


    return sync_detailed(
        id_or_name=id_or_name,
client=client,
if_match=if_match,

    ).parsed

async def asyncio_detailed(
    id_or_name: str,
    *,
    client: AuthenticatedClient | Client,
    if_match: str | Unset = UNSET,

) -> Response[Any | ErrorResponse | str]:
    """ Delete an AI provider

     Deletes the provider. Its model configs stay but can no longer be used, and its name is free again.
    Stored keys
    are erased. If the default model was one of its, another enabled config becomes the default.

    Checks, in order:
    1. `{idOrName}` is a UUID or a name (400);
    2. the provider exists and the caller may read providers (404);
    3. the caller may delete providers (403);
    4. `If-Match`, where given, names the present ETag of `get-an-ai-provider` (412).

    Args:
        id_or_name (str):
        if_match (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | ErrorResponse | str]
     """


    kwargs = _get_kwargs(
        id_or_name=id_or_name,
if_match=if_match,

    )

    response = await client.get_async_httpx_client().request(
        **kwargs
    )

    return _build_response(client=client, response=response)

async def asyncio(
    id_or_name: str,
    *,
    client: AuthenticatedClient | Client,
    if_match: str | Unset = UNSET,

) -> Any | ErrorResponse | str | None:
    """ Delete an AI provider

     Deletes the provider. Its model configs stay but can no longer be used, and its name is free again.
    Stored keys
    are erased. If the default model was one of its, another enabled config becomes the default.

    Checks, in order:
    1. `{idOrName}` is a UUID or a name (400);
    2. the provider exists and the caller may read providers (404);
    3. the caller may delete providers (403);
    4. `If-Match`, where given, names the present ETag of `get-an-ai-provider` (412).

    Args:
        id_or_name (str):
        if_match (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | ErrorResponse | str
     """


    return (await asyncio_detailed(
        id_or_name=id_or_name,
client=client,
if_match=if_match,

    )).parsed
