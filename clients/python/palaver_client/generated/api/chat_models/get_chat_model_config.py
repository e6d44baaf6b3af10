from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...types import Response, UNSET
from ... import errors

from ...models.chat_model_config import ChatModelConfig
from ...models.error_response import ErrorResponse
from ...types import UNSET, Unset
from typing import cast
from uuid import UUID



def _get_kwargs(
    model_config: UUID,
    *,
    if_none_match: str | Unset = UNSET,

) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(if_none_match, Unset):
        headers["If-None-Match"] = if_none_match



    

    

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/api/experimental/chats/model-configs/{model_config}".format(model_config=quote(str(model_config), safe=""),),
    }


    _kwargs["headers"] = headers
    return _kwargs



def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Any | ChatModelConfig | ErrorResponse | str | None:
    if response.status_code == 200:
        response_200 = ChatModelConfig.from_dict(response.json())



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


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[Any | ChatModelConfig | ErrorResponse | str]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    model_config: UUID,
    *,
    client: AuthenticatedClient | Client,
    if_none_match: str | Unset = UNSET,

) -> Response[Any | ChatModelConfig | ErrorResponse | str]:
    """ Read a model config

     One model config, as in the list. Its `ETag` is what `If-Match` of a change is compared with.

    Checks, in order:
    1. `{modelConfig}` is a UUID (400);
    2. the config exists, and the caller sees it in the list (404).

    Args:
        model_config (UUID):
        if_none_match (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | ChatModelConfig | ErrorResponse | str]
     """


    kwargs = _get_kwargs(
        model_config=model_config,
if_none_match=if_none_match,

    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)

def sync(
    model_config: UUID,
    *,
    client: AuthenticatedClient | Client,
    if_none_match: str | Unset = UNSET,

) -> Any | ChatModelConfig | ErrorResponse | str | None:
    """ Read a model config

     One model config, as in the list. Its `ETag` is what `If-Match` of a change is compared with.

    Checks, in order:
    1. `{modelConfig}` is a UUID (400);
    2. the config exists, and the caller sees it in the list (404).

    Args:
        model_config (UUID):
        if_none_match (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | ChatModelConfig | ErrorResponse | str
     """


    return sync_detailed(
        model_config=model_config,
client=client,
if_none_match=if_none_match,

    ).parsed

async def asyncio_detailed(
    model_config: UUID,
    *,
    client: AuthenticatedClient | Client,
    if_none_match: str | Unset = UNSET,

) -> Response[Any | ChatModelConfig | ErrorResponse | str]:
    """ Read a model config

     One model config, as in the list. Its `ETag` is what `If-Match` of a change is compared with.

    Checks, in order:
    1. `{modelConfig}` is a UUID (400);
    2. the config exists, and the caller sees it in the list (404).

    Args:
        model_config (UUID):
        if_none_match (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | ChatModelConfig | ErrorResponse | str]
     """


    kwargs = _get_kwargs(
        model_config=model_config,
if_none_match=if_none_match,

    )

    response = await client.get_async_httpx_client().request(
        **kwargs
    )

    return _build_response(client=client, response=response)

async def asyncio(
    model_config: UUID,
    *,
    client: AuthenticatedClient | Client,
    if_none_match: str | Unset = UNSET,

) -> Any | ChatModelConfig | ErrorResponse | str | None:
    """ Read a model config

     One model config, as in the list. Its `ETag` is what `If-Match` of a change is compared with.

    Checks, in order:
    1. `{modelConfig}` is a UUID (400);
    2. the config exists, and the caller sees it in the list (404).

    Args:
        model_config (UUID):
        if_none_match (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | ChatModelConfig | ErrorResponse | str
     """


    return (await asyncio_detailed(
        model_config=model_config,
client=client,
if_none_match=if_none_match,

    )).parsed
