from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...types import Response, UNSET
from ... import errors

from ...models.chat_personal_model_override_context import ChatPersonalModelOverrideContext
from ...models.chat_personal_model_override_context import check_chat_personal_model_override_context
from ...models.error_response import ErrorResponse
from ...models.update_user_chat_personal_model_override_request import UpdateUserChatPersonalModelOverrideRequest
from ...types import UNSET, Unset
from typing import cast



def _get_kwargs(
    context: ChatPersonalModelOverrideContext,
    *,
    body: UpdateUserChatPersonalModelOverrideRequest,
    if_match: str | Unset = UNSET,

) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(if_match, Unset):
        headers["If-Match"] = if_match



    

    

    _kwargs: dict[str, Any] = {
        "method": "put",
        "url": "/api/experimental/chats/config/user-personal-model-overrides/{context}".format(context=quote(str(context), safe=""),),
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
    context: ChatPersonalModelOverrideContext,
    *,
    client: AuthenticatedClient | Client,
    body: UpdateUserChatPersonalModelOverrideRequest,
    if_match: str | Unset = UNSET,

) -> Response[Any | ErrorResponse | str]:
    """ Choose the model of the caller's chats of one kind

     `chat_default` leaves the choice to the chat, `deployment_default` to the deployment's override for
    this kind of
    sub-chat; `model` names one. The model for `root` is used for new chats that ask for none, as long
    as it can be
    used.

    Checks, in order:
    1. `{context}` is one of the kinds, and the body fits its schema (400);
    2. the key may change its user's settings (403);
    3. an administrator lets users choose (403);
    4. `model_config_id` and `reasoning_effort` only come with mode `model` (400);
    5. mode `deployment_default` is not meant for `root` (400);
    6. mode `model` has a `model_config_id` (400), which is a UUID and not nil (400);
    7. the model is known and enabled, its provider enabled, a key available (400);
    8. the effort is one that may be chosen for the model (400);
    9. `If-Match`, where given, names the present ETag of `get-user-chat-personal-model-overrides`
    (412).

    Args:
        context (ChatPersonalModelOverrideContext): A kind of chat for which a user may choose a
            model.
        if_match (str | Unset):
        body (UpdateUserChatPersonalModelOverrideRequest): A user's choice for one kind of chat.
            Example: {'mode': 'model', 'model_config_id': 'aa3e7c91-5d20-4b6f-9e84-c07f1a2b3d4e'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | ErrorResponse | str]
     """


    kwargs = _get_kwargs(
        context=context,
body=body,
if_match=if_match,

    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)

def sync(
    context: ChatPersonalModelOverrideContext,
    *,
    client: AuthenticatedClient | Client,
    body: UpdateUserChatPersonalModelOverrideRequest,
    if_match: str | Unset = UNSET,

) -> Any | ErrorResponse | str | None:
    """ Choose the model of the caller's chats of one kind

     `chat_default` leaves the choice to the chat, `deployment_default` to the deployment's override for
    this kind of
    sub-chat; `model` names one. The model for `root` is used for new chats that ask for none, as long
    as it can be
    used.

    Checks, in order:
    1. `{context}` is one of the kinds, and the body fits its schema (400);
    2. the key may change its user's settings (403);
    3. an administrator lets users choose (403);
    4. `model_config_id` and `reasoning_effort` only come with mode `model` (400);
    5. mode `deployment_default` is not meant for `root` (400);
    6. mode `model` has a `model_config_id` (400), which is a UUID and not nil (400);
    7. the model is known and enabled, its provider enabled, a key available (400);
    8. the effort is one that may be chosen for the model (400);
    9. `If-Match`, where given, names the present ETag of `get-user-chat-personal-model-overrides`
    (412).

    Args:
        context (ChatPersonalModelOverrideContext): A kind of chat for which a user may choose a
            model.
        if_match (str | Unset):
        body (UpdateUserChatPersonalModelOverrideRequest): A user's choice for one kind of chat.
            Example: {'mode': 'model', 'model_config_id': 'aa3e7c91-5d20-4b6f-9e84-c07f1a2b3d4e'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | ErrorResponse | str
     """


    return sync_detailed(
        context=context,
client=client,
body=body,
if_match=if_match,

    ).parsed

async def asyncio_detailed(
    context: ChatPersonalModelOverrideContext,
    *,
    client: AuthenticatedClient | Client,
    body: UpdateUserChatPersonalModelOverrideRequest,
    if_match: str | Unset = UNSET,

) -> Response[Any | ErrorResponse | str]:
    """ Choose the model of the caller's chats of one kind

     `chat_default` leaves the choice to the chat, `deployment_default` to the deployment's override for
    this kind of
    sub-chat; `model` names one. The model for `root` is used for new chats that ask for none, as long
    as it can be
    used.

    Checks, in order:
    1. `{context}` is one of the kinds, and the body fits its schema (400);
    2. the key may change its user's settings (403);
    3. an administrator lets users choose (403);
    4. `model_config_id` and `reasoning_effort` only come with mode `model` (400);
    5. mode `deployment_default` is not meant for `root` (400);
    6. mode `model` has a `model_config_id` (400), which is a UUID and not nil (400);
    7. the model is known and enabled, its provider enabled, a key available (400);
    8. the effort is one that may be chosen for the model (400);
    9. `If-Match`, where given, names the present ETag of `get-user-chat-personal-model-overrides`
    (412).

    Args:
        context (ChatPersonalModelOverrideContext): A kind of chat for which a user may choose a
            model.
        if_match (str | Unset):
        body (UpdateUserChatPersonalModelOverrideRequest): A user's choice for one kind of chat.
            Example: {'mode': 'model', 'model_config_id': 'aa3e7c91-5d20-4b6f-9e84-c07f1a2b3d4e'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | ErrorResponse | str]
     """


    kwargs = _get_kwargs(
        context=context,
body=body,
if_match=if_match,

    )

    response = await client.get_async_httpx_client().request(
        **kwargs
    )

    return _build_response(client=client, response=response)

async def asyncio(
    context: ChatPersonalModelOverrideContext,
    *,
    client: AuthenticatedClient | Client,
    body: UpdateUserChatPersonalModelOverrideRequest,
    if_match: str | Unset = UNSET,

) -> Any | ErrorResponse | str | None:
    """ Choose the model of the caller's chats of one kind

     `chat_default` leaves the choice to the chat, `deployment_default` to the deployment's override for
    this kind of
    sub-chat; `model` names one. The model for `root` is used for new chats that ask for none, as long
    as it can be
    used.

    Checks, in order:
    1. `{context}` is one of the kinds, and the body fits its schema (400);
    2. the key may change its user's settings (403);
    3. an administrator lets users choose (403);
    4. `model_config_id` and `reasoning_effort` only come with mode `model` (400);
    5. mode `deployment_default` is not meant for `root` (400);
    6. mode `model` has a `model_config_id` (400), which is a UUID and not nil (400);
    7. the model is known and enabled, its provider enabled, a key available (400);
    8. the effort is one that may be chosen for the model (400);
    9. `If-Match`, where given, names the present ETag of `get-user-chat-personal-model-overrides`
    (412).

    Args:
        context (ChatPersonalModelOverrideContext): A kind of chat for which a user may choose a
            model.
        if_match (str | Unset):
        body (UpdateUserChatPersonalModelOverrideRequest): A user's choice for one kind of chat.
            Example: {'mode': 'model', 'model_config_id': 'aa3e7c91-5d20-4b6f-9e84-c07f1a2b3d4e'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | ErrorResponse | str
     """


    return (await asyncio_detailed(
        context=context,
client=client,
body=body,
if_match=if_match,

    )).parsed
