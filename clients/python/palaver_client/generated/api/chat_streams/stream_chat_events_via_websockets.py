from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...types import Response, UNSET
from ... import errors

from ...models.error_response import ErrorResponse
from ...models.server_sent_event import ServerSentEvent
from ...types import UNSET, Unset
from typing import cast
from uuid import UUID



def _get_kwargs(
    chat: UUID,
    *,
    after_id: int | Unset = UNSET,
    last_event_id: str | Unset = UNSET,

) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(last_event_id, Unset):
        headers["Last-Event-ID"] = last_event_id



    

    params: dict[str, Any] = {}

    params["after_id"] = after_id


    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}


    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/api/experimental/chats/{chat}/stream".format(chat=quote(str(chat), safe=""),),
        "params": params,
    }


    _kwargs["headers"] = headers
    return _kwargs



def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Any | ErrorResponse | ServerSentEvent | str | None:
    if response.status_code == 101:
        response_101 = cast(Any, None)
        return response_101

    if response.status_code == 200:
        response_200 = ServerSentEvent.from_dict(response.text)



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


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[Any | ErrorResponse | ServerSentEvent | str]:
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
    after_id: int | Unset = UNSET,
    last_event_id: str | Unset = UNSET,

) -> Response[Any | ErrorResponse | ServerSentEvent | str]:
    """ Watch a chat live

     One stream of `ChatStreamEvent`s: first a snapshot of the chat, then every change. A WebSocket
    upgrade gets
    text frames, each a JSON array of 1 to 256 events (`ChatStreamFrame`); any other GET gets the same
    events as
    server-sent events, whatever its `Accept`: `id:` is a cursor, `data:` one event as JSON, and there
    is no
    `event:` line. `curl -N` is a client.

    Checks, in order:
    1. the caller may read the chat (else 404)
    2. for a WebSocket: a given `Origin` has the host of the request, or is one that the server allows
    (403)

    A refused upgrade gets status and body like any other request.

    **Order.** The snapshot: `message` events (oldest first), `queue_update` (when the queue ever held
    something),
    `status`, then `error`, `action_required`, `retry` or `sign_in_required` where they apply,
    `preview_reset`, then
    the live parts of the turn so far. Later changes: `history_reset`, `message`, `queue_update`,
    `status`, `error`,
    `action_required`, `retry`, `sign_in_required`, `preview_reset`, `message_part`, as far as each
    applies. Where messages were
    removed, `history_reset` comes first and the whole history follows it.

    **Rules for clients.** Keep messages by id, and replace what has the same id. Replace the queue on
    `queue_update`; no `queued_messages` key means empty. Drop live parts on `preview_reset`, and those
    of a role
    when a `message` of it arrives. Drop all messages on `history_reset`. `seq` counts the parts of one
    attempt from
    1 without a gap. An event of an unknown `type` is to be ignored.

    **Resume.** `after_id` drops `message` events up to that id from the first snapshot only; where
    messages were
    removed it drops nothing. `Last-Event-ID` (the `id:` of the last event received) goes further: only
    what came
    after it is sent, also in the middle of a turn. A cursor that cannot be served any more, or cannot
    be read, gets
    `history_reset` and a snapshot. With both, `Last-Event-ID` counts.

    **Heartbeats.** Server-sent events: a comment line every 15 s. WebSocket: a ping every 15 s, to be
    answered
    within 15 s. Clients send no data frames.

    **End.** Server-sent events simply end; reconnect with `Last-Event-ID`. WebSocket close codes:

    | Code | Reason |
    |---|---|
    | 1000 | `chat was deleted` |
    | 1001 | `liveness probe failed`: a ping was not answered |
    | 1008 | `access was revoked`: the viewer may not read the chat any more; or the client sent a data
    frame |
    | 1011 | a fault: the stream could not start, or not go on |
    | 1012 | `server is restarting`; reconnect |
    | 1013 | the client reads too slowly; reconnect with `after_id` |

    When the stream cannot start, one `error` event (`failed to subscribe to chat updates` or `failed to
    load
    initial snapshot`) comes before the end. Archiving does not end a stream. A stream of the chat's
    owner marks
    the chat read when it opens and when it ends.

    Args:
        chat (UUID):
        after_id (int | Unset):
        last_event_id (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | ErrorResponse | ServerSentEvent | str]
     """


    kwargs = _get_kwargs(
        chat=chat,
after_id=after_id,
last_event_id=last_event_id,

    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)

def sync(
    chat: UUID,
    *,
    client: AuthenticatedClient | Client,
    after_id: int | Unset = UNSET,
    last_event_id: str | Unset = UNSET,

) -> Any | ErrorResponse | ServerSentEvent | str | None:
    """ Watch a chat live

     One stream of `ChatStreamEvent`s: first a snapshot of the chat, then every change. A WebSocket
    upgrade gets
    text frames, each a JSON array of 1 to 256 events (`ChatStreamFrame`); any other GET gets the same
    events as
    server-sent events, whatever its `Accept`: `id:` is a cursor, `data:` one event as JSON, and there
    is no
    `event:` line. `curl -N` is a client.

    Checks, in order:
    1. the caller may read the chat (else 404)
    2. for a WebSocket: a given `Origin` has the host of the request, or is one that the server allows
    (403)

    A refused upgrade gets status and body like any other request.

    **Order.** The snapshot: `message` events (oldest first), `queue_update` (when the queue ever held
    something),
    `status`, then `error`, `action_required`, `retry` or `sign_in_required` where they apply,
    `preview_reset`, then
    the live parts of the turn so far. Later changes: `history_reset`, `message`, `queue_update`,
    `status`, `error`,
    `action_required`, `retry`, `sign_in_required`, `preview_reset`, `message_part`, as far as each
    applies. Where messages were
    removed, `history_reset` comes first and the whole history follows it.

    **Rules for clients.** Keep messages by id, and replace what has the same id. Replace the queue on
    `queue_update`; no `queued_messages` key means empty. Drop live parts on `preview_reset`, and those
    of a role
    when a `message` of it arrives. Drop all messages on `history_reset`. `seq` counts the parts of one
    attempt from
    1 without a gap. An event of an unknown `type` is to be ignored.

    **Resume.** `after_id` drops `message` events up to that id from the first snapshot only; where
    messages were
    removed it drops nothing. `Last-Event-ID` (the `id:` of the last event received) goes further: only
    what came
    after it is sent, also in the middle of a turn. A cursor that cannot be served any more, or cannot
    be read, gets
    `history_reset` and a snapshot. With both, `Last-Event-ID` counts.

    **Heartbeats.** Server-sent events: a comment line every 15 s. WebSocket: a ping every 15 s, to be
    answered
    within 15 s. Clients send no data frames.

    **End.** Server-sent events simply end; reconnect with `Last-Event-ID`. WebSocket close codes:

    | Code | Reason |
    |---|---|
    | 1000 | `chat was deleted` |
    | 1001 | `liveness probe failed`: a ping was not answered |
    | 1008 | `access was revoked`: the viewer may not read the chat any more; or the client sent a data
    frame |
    | 1011 | a fault: the stream could not start, or not go on |
    | 1012 | `server is restarting`; reconnect |
    | 1013 | the client reads too slowly; reconnect with `after_id` |

    When the stream cannot start, one `error` event (`failed to subscribe to chat updates` or `failed to
    load
    initial snapshot`) comes before the end. Archiving does not end a stream. A stream of the chat's
    owner marks
    the chat read when it opens and when it ends.

    Args:
        chat (UUID):
        after_id (int | Unset):
        last_event_id (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | ErrorResponse | ServerSentEvent | str
     """


    return sync_detailed(
        chat=chat,
client=client,
after_id=after_id,
last_event_id=last_event_id,

    ).parsed

async def asyncio_detailed(
    chat: UUID,
    *,
    client: AuthenticatedClient | Client,
    after_id: int | Unset = UNSET,
    last_event_id: str | Unset = UNSET,

) -> Response[Any | ErrorResponse | ServerSentEvent | str]:
    """ Watch a chat live

     One stream of `ChatStreamEvent`s: first a snapshot of the chat, then every change. A WebSocket
    upgrade gets
    text frames, each a JSON array of 1 to 256 events (`ChatStreamFrame`); any other GET gets the same
    events as
    server-sent events, whatever its `Accept`: `id:` is a cursor, `data:` one event as JSON, and there
    is no
    `event:` line. `curl -N` is a client.

    Checks, in order:
    1. the caller may read the chat (else 404)
    2. for a WebSocket: a given `Origin` has the host of the request, or is one that the server allows
    (403)

    A refused upgrade gets status and body like any other request.

    **Order.** The snapshot: `message` events (oldest first), `queue_update` (when the queue ever held
    something),
    `status`, then `error`, `action_required`, `retry` or `sign_in_required` where they apply,
    `preview_reset`, then
    the live parts of the turn so far. Later changes: `history_reset`, `message`, `queue_update`,
    `status`, `error`,
    `action_required`, `retry`, `sign_in_required`, `preview_reset`, `message_part`, as far as each
    applies. Where messages were
    removed, `history_reset` comes first and the whole history follows it.

    **Rules for clients.** Keep messages by id, and replace what has the same id. Replace the queue on
    `queue_update`; no `queued_messages` key means empty. Drop live parts on `preview_reset`, and those
    of a role
    when a `message` of it arrives. Drop all messages on `history_reset`. `seq` counts the parts of one
    attempt from
    1 without a gap. An event of an unknown `type` is to be ignored.

    **Resume.** `after_id` drops `message` events up to that id from the first snapshot only; where
    messages were
    removed it drops nothing. `Last-Event-ID` (the `id:` of the last event received) goes further: only
    what came
    after it is sent, also in the middle of a turn. A cursor that cannot be served any more, or cannot
    be read, gets
    `history_reset` and a snapshot. With both, `Last-Event-ID` counts.

    **Heartbeats.** Server-sent events: a comment line every 15 s. WebSocket: a ping every 15 s, to be
    answered
    within 15 s. Clients send no data frames.

    **End.** Server-sent events simply end; reconnect with `Last-Event-ID`. WebSocket close codes:

    | Code | Reason |
    |---|---|
    | 1000 | `chat was deleted` |
    | 1001 | `liveness probe failed`: a ping was not answered |
    | 1008 | `access was revoked`: the viewer may not read the chat any more; or the client sent a data
    frame |
    | 1011 | a fault: the stream could not start, or not go on |
    | 1012 | `server is restarting`; reconnect |
    | 1013 | the client reads too slowly; reconnect with `after_id` |

    When the stream cannot start, one `error` event (`failed to subscribe to chat updates` or `failed to
    load
    initial snapshot`) comes before the end. Archiving does not end a stream. A stream of the chat's
    owner marks
    the chat read when it opens and when it ends.

    Args:
        chat (UUID):
        after_id (int | Unset):
        last_event_id (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | ErrorResponse | ServerSentEvent | str]
     """


    kwargs = _get_kwargs(
        chat=chat,
after_id=after_id,
last_event_id=last_event_id,

    )

    response = await client.get_async_httpx_client().request(
        **kwargs
    )

    return _build_response(client=client, response=response)

async def asyncio(
    chat: UUID,
    *,
    client: AuthenticatedClient | Client,
    after_id: int | Unset = UNSET,
    last_event_id: str | Unset = UNSET,

) -> Any | ErrorResponse | ServerSentEvent | str | None:
    """ Watch a chat live

     One stream of `ChatStreamEvent`s: first a snapshot of the chat, then every change. A WebSocket
    upgrade gets
    text frames, each a JSON array of 1 to 256 events (`ChatStreamFrame`); any other GET gets the same
    events as
    server-sent events, whatever its `Accept`: `id:` is a cursor, `data:` one event as JSON, and there
    is no
    `event:` line. `curl -N` is a client.

    Checks, in order:
    1. the caller may read the chat (else 404)
    2. for a WebSocket: a given `Origin` has the host of the request, or is one that the server allows
    (403)

    A refused upgrade gets status and body like any other request.

    **Order.** The snapshot: `message` events (oldest first), `queue_update` (when the queue ever held
    something),
    `status`, then `error`, `action_required`, `retry` or `sign_in_required` where they apply,
    `preview_reset`, then
    the live parts of the turn so far. Later changes: `history_reset`, `message`, `queue_update`,
    `status`, `error`,
    `action_required`, `retry`, `sign_in_required`, `preview_reset`, `message_part`, as far as each
    applies. Where messages were
    removed, `history_reset` comes first and the whole history follows it.

    **Rules for clients.** Keep messages by id, and replace what has the same id. Replace the queue on
    `queue_update`; no `queued_messages` key means empty. Drop live parts on `preview_reset`, and those
    of a role
    when a `message` of it arrives. Drop all messages on `history_reset`. `seq` counts the parts of one
    attempt from
    1 without a gap. An event of an unknown `type` is to be ignored.

    **Resume.** `after_id` drops `message` events up to that id from the first snapshot only; where
    messages were
    removed it drops nothing. `Last-Event-ID` (the `id:` of the last event received) goes further: only
    what came
    after it is sent, also in the middle of a turn. A cursor that cannot be served any more, or cannot
    be read, gets
    `history_reset` and a snapshot. With both, `Last-Event-ID` counts.

    **Heartbeats.** Server-sent events: a comment line every 15 s. WebSocket: a ping every 15 s, to be
    answered
    within 15 s. Clients send no data frames.

    **End.** Server-sent events simply end; reconnect with `Last-Event-ID`. WebSocket close codes:

    | Code | Reason |
    |---|---|
    | 1000 | `chat was deleted` |
    | 1001 | `liveness probe failed`: a ping was not answered |
    | 1008 | `access was revoked`: the viewer may not read the chat any more; or the client sent a data
    frame |
    | 1011 | a fault: the stream could not start, or not go on |
    | 1012 | `server is restarting`; reconnect |
    | 1013 | the client reads too slowly; reconnect with `after_id` |

    When the stream cannot start, one `error` event (`failed to subscribe to chat updates` or `failed to
    load
    initial snapshot`) comes before the end. Archiving does not end a stream. A stream of the chat's
    owner marks
    the chat read when it opens and when it ends.

    Args:
        chat (UUID):
        after_id (int | Unset):
        last_event_id (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | ErrorResponse | ServerSentEvent | str
     """


    return (await asyncio_detailed(
        chat=chat,
client=client,
after_id=after_id,
last_event_id=last_event_id,

    )).parsed
