"""A server, a chat and its stream for programs without an event loop. The twin of `asynchronous`."""

import socket
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, Self
from uuid import UUID

import httpx

from palaver_client.content import Content, begin, chat_body, message_body, organization_of
from palaver_client.errors import PalaverError
from palaver_client.generated.api.chat_messages import list_chat_messages, send_chat_message
from palaver_client.generated.api.chats import create_chat
from palaver_client.generated.api.users import get_user_by_name, log_in_user
from palaver_client.generated.client import Client
from palaver_client.generated.events import ChatStreamEvent
from palaver_client.generated.models import Chat as ChatRecord
from palaver_client.generated.models import (
    ChatMessagesResponse,
    CreateChatMessageResponse,
    LoginWithPasswordRequest,
    LoginWithPasswordResponse,
    User,
)
from palaver_client.generated.types import UNSET
from palaver_client.retries import Retries, RetryTransport
from palaver_client.streaming import BROKEN, After, Progress, ServerSentEvents, TurnEnd


class Palaver:
    """A server, as one user; a context manager that closes the connections.

    `client` is what the modules of `palaver_client.generated.api` take, as in `get_chat_by_id.sync(chat,
    client=palaver.client)`. They raise PalaverError for every refusal and httpx.TransportError when
    the server cannot be reached.
    """

    def __init__(
        self,
        url: str,
        token: str | None = None,
        *,
        retries: Retries | None = None,
        timeout: float = 60.0,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        """`timeout` in seconds is what each request has; `transport` is used in place of httpx's own."""
        self._retries = retries or Retries()
        retrying = RetryTransport(transport or httpx.HTTPTransport(), self._retries)
        self.client = Client(
            base_url=url.rstrip("/"),
            headers={} if token is None else {"Coder-Session-Token": token},
            timeout=httpx.Timeout(timeout, connect=10.0),
            httpx_args={"transport": retrying, "event_hooks": {"request": [_read_body], "response": [_raise_refusal]}},
        )

    @classmethod
    def sign_in(cls, url: str, email: str, password: str, **options: Any) -> Self:
        """The server as the user who signs in; `options` as of `Palaver`. Raises PalaverError (401)."""
        with cls(url, **options) as anonymous:
            body = LoginWithPasswordRequest(email=email, password=password)
            answer = log_in_user.sync(client=anonymous.client, body=body)
        assert isinstance(answer, LoginWithPasswordResponse)
        return cls(url, answer.session_token, **options)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self.client.get_httpx_client().close()

    def me(self) -> User:
        """Who one is. Raises PalaverError."""
        user = get_user_by_name.sync("me", client=self.client)
        assert isinstance(user, User)
        return user

    def chat(self, chat_id: UUID | str) -> "Chat":
        """A chat that exists."""
        return Chat(self.client, UUID(str(chat_id)), self._retries)

    def create_chat(self, content: Content, *, organization_id: UUID | None = None, **options: Any) -> "Chat":
        """Make a chat whose first turn answers `content`; without an organization in the user's first.

        `options` are the further fields of `CreateChatRequest`. Raises PalaverError.
        """
        organization = organization_id or organization_of(self.me())
        made = create_chat.sync(client=self.client, body=chat_body(content, organization, options))
        assert isinstance(made, ChatRecord)
        return Chat(self.client, made.id, self._retries)


class Chat:
    """One chat."""

    def __init__(self, client: Client, chat_id: UUID, retries: Retries) -> None:
        self._client = client
        self._retries = retries
        self.id = chat_id

    def stream(self, after: After = None, *, until_rest: bool = False) -> "EventStream":
        """The chat's events: all of its history first, or what is behind `after`, a cursor or the id of a message.

        With `until_rest` they end when the chat rests: its turn is over, has failed, or waits for the client.
        """
        end = TurnEnd() if until_rest else None
        return EventStream(self._client, Progress(self.id, after, end, self._retries), None)

    def send(
        self, content: Content, *, idempotency_key: str | None = None, **options: Any
    ) -> CreateChatMessageResponse:
        """Send a message; `options` are the further fields of `CreateChatMessageRequest`. Raises PalaverError."""
        sent = send_chat_message.sync(
            self.id,
            client=self._client,
            body=message_body(content, options),
            idempotency_key=UNSET if idempotency_key is None else idempotency_key,
        )
        assert isinstance(sent, CreateChatMessageResponse)
        return sent

    def send_and_stream(self, content: Content, *, idempotency_key: str | None = None, **options: Any) -> "EventStream":
        """Send a message and stream what follows it, until the chat rests. A queued message has its turn first."""
        # Looked for before sending: a message that was queued may be answered by the time that we hear of it.
        page = list_chat_messages.sync(self.id, client=self._client, limit=1)
        assert isinstance(page, ChatMessagesResponse)
        sent = self.send(content, idempotency_key=idempotency_key, **options)
        after, end = begin(page, sent)
        return EventStream(self._client, Progress(self.id, after, end, self._retries), sent)


class EventStream:
    """The events of a chat, over as many connections as it takes; iterate over it.

    A lost connection is resumed behind the last event, without gap or repeat. Raises PalaverError when the server
    refuses, and StreamLost after several attempts in a row without an event, or for one that cannot be read. Leaving
    the loop closes the connection; a second loop goes on where the first was left.
    """

    def __init__(self, client: Client, progress: Progress, sent: CreateChatMessageResponse | None) -> None:
        self._client = client
        self._progress = progress
        self._response: httpx.Response | None = None
        self._closed = False
        self.sent = sent
        """What became of the message, of a stream that began with sending one."""

    @property
    def cursor(self) -> str | None:
        """Where the stream is: keep it to go on later, also in another process."""
        return self._progress.cursor

    def close(self) -> None:
        """End the loop, from any thread."""
        self._closed = True
        response = self._response
        network = response.extensions.get("network_stream") if response is not None else None
        connection = network.get_extra_info("socket") if network is not None else None
        if connection is not None:
            # Closing alone would not wake a thread that waits for data.
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def __iter__(self) -> Iterator[ChatStreamEvent]:
        while not self._closed:
            cause: Exception | None = None
            try:
                with self._client.get_httpx_client().stream(**self._progress.request()) as response:
                    self._response = response
                    decoder = ServerSentEvents()
                    for text in response.iter_text():
                        for event_id, data in decoder.feed(text):
                            event = self._progress.received(event_id, data)
                            if event is not None:
                                yield event
                            if self._progress.over or self._closed:
                                return
            except BROKEN as error:
                cause = error
            finally:
                self._response = None
            if not self._closed:
                time.sleep(self._progress.lost(cause))


def _raise_refusal(response: httpx.Response) -> None:
    if response.status_code >= 400:
        response.read()
        raise PalaverError(response)


def _read_body(request: httpx.Request) -> None:
    # No stream could be sent twice.
    request.read()
