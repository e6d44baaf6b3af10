from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...types import Response, UNSET
from ... import errors

from ...models.error_response import ErrorResponse
from ...models.server_sent_event import ServerSentEvent
from typing import cast



def _get_kwargs(
    
) -> dict[str, Any]:
    

    

    

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/api/experimental/chats/watch",
    }


    return _kwargs



def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Any | ErrorResponse | ServerSentEvent | str | None:
    if response.status_code == 101:
        response_101 = cast(Any, None)
        return response_101

    if response.status_code == 200:
        response_200 = ServerSentEvent.from_dict(response.text)



        return response_200

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


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[Any | ErrorResponse | ServerSentEvent | str]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,

) -> Response[Any | ErrorResponse | ServerSentEvent | str]:
    """ Watch all own chats

     What becomes of the caller's own chats, roots and sub-chats; never of chats that others share with
    the caller. A
    WebSocket upgrade gets text frames, each a single `ChatWatchEvent`; any other GET gets the same
    events as
    server-sent events, whatever its `Accept`: `data:` is one event as JSON, without `id:` and `event:`
    lines.

    Checks, in order:
    1. for a WebSocket: a given `Origin` has the host of the request, or is one that the server allows
    (403)
    2. this server takes watchers (500): one that is about to stop does not

    A refused upgrade gets status and body like any other request.

    **No snapshot, no replay.** Open the watch, then load the list with `list-chats`, then apply what
    comes: replace
    the chat with the same id by the one in the event. After every end of a watch, begin anew.

    | Kind | After |
    |---|---|
    | `created` | a chat was created; a family was unarchived, one event per member |
    | `deleted` | a family was archived or deleted for good, by somebody or after its time; one event
    per member |
    | `status_change` | a message was sent, edited or promoted, tool results came, a turn was stopped,
    ended or failed |
    | `action_required` | the chat waits for results of dynamic tools, or for approval of tool calls |
    | `title_change` | somebody or the model gave the chat another title |
    | `summary_change` | `last_turn_summary` was written or cleared |
    | `chat_summary_change` | `summary` was written |

    Labels, pins, plan mode, sharing and the steps of a turn send nothing. An event of an unknown kind
    is to be
    ignored. The chat in an event has no `files` and no `diff_status`, its `has_unread` is false and its
    `children`
    are empty.

    An event shows the chat as it is when the event is made, at its change or a moment later, and never
    as it was
    before an earlier event. Changes of one kind that follow each other at once may come as one event,
    and so may
    `created` and `deleted`: the one that is told is what the chat has come to.

    **Rights.** A chat that the caller may not read any more, as a former member of its organization,
    sends nothing.

    **Heartbeats.** Server-sent events: a comment line every 15 s. WebSocket: a ping every 15 s, to be
    answered
    within 15 s. Clients send no data frames.

    **End.** Server-sent events end with a comment that says why. WebSocket close codes:

    | Code | Reason |
    |---|---|
    | 1001 | `liveness probe failed`: a ping was not answered |
    | 1008 | `access was revoked`: the key or the user is out of use; or the client sent a data frame |
    | 1011 | a fault |
    | 1012 | `server is restarting`; reconnect |
    | 1013 | the client reads too slowly, or events were lost or could not be read; load the list and
    reconnect |

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | ErrorResponse | ServerSentEvent | str]
     """


    kwargs = _get_kwargs(
        
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)

def sync(
    *,
    client: AuthenticatedClient | Client,

) -> Any | ErrorResponse | ServerSentEvent | str | None:
    """ Watch all own chats

     What becomes of the caller's own chats, roots and sub-chats; never of chats that others share with
    the caller. A
    WebSocket upgrade gets text frames, each a single `ChatWatchEvent`; any other GET gets the same
    events as
    server-sent events, whatever its `Accept`: `data:` is one event as JSON, without `id:` and `event:`
    lines.

    Checks, in order:
    1. for a WebSocket: a given `Origin` has the host of the request, or is one that the server allows
    (403)
    2. this server takes watchers (500): one that is about to stop does not

    A refused upgrade gets status and body like any other request.

    **No snapshot, no replay.** Open the watch, then load the list with `list-chats`, then apply what
    comes: replace
    the chat with the same id by the one in the event. After every end of a watch, begin anew.

    | Kind | After |
    |---|---|
    | `created` | a chat was created; a family was unarchived, one event per member |
    | `deleted` | a family was archived or deleted for good, by somebody or after its time; one event
    per member |
    | `status_change` | a message was sent, edited or promoted, tool results came, a turn was stopped,
    ended or failed |
    | `action_required` | the chat waits for results of dynamic tools, or for approval of tool calls |
    | `title_change` | somebody or the model gave the chat another title |
    | `summary_change` | `last_turn_summary` was written or cleared |
    | `chat_summary_change` | `summary` was written |

    Labels, pins, plan mode, sharing and the steps of a turn send nothing. An event of an unknown kind
    is to be
    ignored. The chat in an event has no `files` and no `diff_status`, its `has_unread` is false and its
    `children`
    are empty.

    An event shows the chat as it is when the event is made, at its change or a moment later, and never
    as it was
    before an earlier event. Changes of one kind that follow each other at once may come as one event,
    and so may
    `created` and `deleted`: the one that is told is what the chat has come to.

    **Rights.** A chat that the caller may not read any more, as a former member of its organization,
    sends nothing.

    **Heartbeats.** Server-sent events: a comment line every 15 s. WebSocket: a ping every 15 s, to be
    answered
    within 15 s. Clients send no data frames.

    **End.** Server-sent events end with a comment that says why. WebSocket close codes:

    | Code | Reason |
    |---|---|
    | 1001 | `liveness probe failed`: a ping was not answered |
    | 1008 | `access was revoked`: the key or the user is out of use; or the client sent a data frame |
    | 1011 | a fault |
    | 1012 | `server is restarting`; reconnect |
    | 1013 | the client reads too slowly, or events were lost or could not be read; load the list and
    reconnect |

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | ErrorResponse | ServerSentEvent | str
     """


    return sync_detailed(
        client=client,

    ).parsed

async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,

) -> Response[Any | ErrorResponse | ServerSentEvent | str]:
    """ Watch all own chats

     What becomes of the caller's own chats, roots and sub-chats; never of chats that others share with
    the caller. A
    WebSocket upgrade gets text frames, each a single `ChatWatchEvent`; any other GET gets the same
    events as
    server-sent events, whatever its `Accept`: `data:` is one event as JSON, without `id:` and `event:`
    lines.

    Checks, in order:
    1. for a WebSocket: a given `Origin` has the host of the request, or is one that the server allows
    (403)
    2. this server takes watchers (500): one that is about to stop does not

    A refused upgrade gets status and body like any other request.

    **No snapshot, no replay.** Open the watch, then load the list with `list-chats`, then apply what
    comes: replace
    the chat with the same id by the one in the event. After every end of a watch, begin anew.

    | Kind | After |
    |---|---|
    | `created` | a chat was created; a family was unarchived, one event per member |
    | `deleted` | a family was archived or deleted for good, by somebody or after its time; one event
    per member |
    | `status_change` | a message was sent, edited or promoted, tool results came, a turn was stopped,
    ended or failed |
    | `action_required` | the chat waits for results of dynamic tools, or for approval of tool calls |
    | `title_change` | somebody or the model gave the chat another title |
    | `summary_change` | `last_turn_summary` was written or cleared |
    | `chat_summary_change` | `summary` was written |

    Labels, pins, plan mode, sharing and the steps of a turn send nothing. An event of an unknown kind
    is to be
    ignored. The chat in an event has no `files` and no `diff_status`, its `has_unread` is false and its
    `children`
    are empty.

    An event shows the chat as it is when the event is made, at its change or a moment later, and never
    as it was
    before an earlier event. Changes of one kind that follow each other at once may come as one event,
    and so may
    `created` and `deleted`: the one that is told is what the chat has come to.

    **Rights.** A chat that the caller may not read any more, as a former member of its organization,
    sends nothing.

    **Heartbeats.** Server-sent events: a comment line every 15 s. WebSocket: a ping every 15 s, to be
    answered
    within 15 s. Clients send no data frames.

    **End.** Server-sent events end with a comment that says why. WebSocket close codes:

    | Code | Reason |
    |---|---|
    | 1001 | `liveness probe failed`: a ping was not answered |
    | 1008 | `access was revoked`: the key or the user is out of use; or the client sent a data frame |
    | 1011 | a fault |
    | 1012 | `server is restarting`; reconnect |
    | 1013 | the client reads too slowly, or events were lost or could not be read; load the list and
    reconnect |

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | ErrorResponse | ServerSentEvent | str]
     """


    kwargs = _get_kwargs(
        
    )

    response = await client.get_async_httpx_client().request(
        **kwargs
    )

    return _build_response(client=client, response=response)

async def asyncio(
    *,
    client: AuthenticatedClient | Client,

) -> Any | ErrorResponse | ServerSentEvent | str | None:
    """ Watch all own chats

     What becomes of the caller's own chats, roots and sub-chats; never of chats that others share with
    the caller. A
    WebSocket upgrade gets text frames, each a single `ChatWatchEvent`; any other GET gets the same
    events as
    server-sent events, whatever its `Accept`: `data:` is one event as JSON, without `id:` and `event:`
    lines.

    Checks, in order:
    1. for a WebSocket: a given `Origin` has the host of the request, or is one that the server allows
    (403)
    2. this server takes watchers (500): one that is about to stop does not

    A refused upgrade gets status and body like any other request.

    **No snapshot, no replay.** Open the watch, then load the list with `list-chats`, then apply what
    comes: replace
    the chat with the same id by the one in the event. After every end of a watch, begin anew.

    | Kind | After |
    |---|---|
    | `created` | a chat was created; a family was unarchived, one event per member |
    | `deleted` | a family was archived or deleted for good, by somebody or after its time; one event
    per member |
    | `status_change` | a message was sent, edited or promoted, tool results came, a turn was stopped,
    ended or failed |
    | `action_required` | the chat waits for results of dynamic tools, or for approval of tool calls |
    | `title_change` | somebody or the model gave the chat another title |
    | `summary_change` | `last_turn_summary` was written or cleared |
    | `chat_summary_change` | `summary` was written |

    Labels, pins, plan mode, sharing and the steps of a turn send nothing. An event of an unknown kind
    is to be
    ignored. The chat in an event has no `files` and no `diff_status`, its `has_unread` is false and its
    `children`
    are empty.

    An event shows the chat as it is when the event is made, at its change or a moment later, and never
    as it was
    before an earlier event. Changes of one kind that follow each other at once may come as one event,
    and so may
    `created` and `deleted`: the one that is told is what the chat has come to.

    **Rights.** A chat that the caller may not read any more, as a former member of its organization,
    sends nothing.

    **Heartbeats.** Server-sent events: a comment line every 15 s. WebSocket: a ping every 15 s, to be
    answered
    within 15 s. Clients send no data frames.

    **End.** Server-sent events end with a comment that says why. WebSocket close codes:

    | Code | Reason |
    |---|---|
    | 1001 | `liveness probe failed`: a ping was not answered |
    | 1008 | `access was revoked`: the key or the user is out of use; or the client sent a data frame |
    | 1011 | a fault |
    | 1012 | `server is restarting`; reconnect |
    | 1013 | the client reads too slowly, or events were lost or could not be read; load the list and
    reconnect |

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | ErrorResponse | ServerSentEvent | str
     """


    return (await asyncio_detailed(
        client=client,

    )).parsed
