"""A server, a chat and its stream for asyncio. The twin of `synchronous`."""

import asyncio
from collections.abc import AsyncGenerator
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
from palaver_client.retries import AsyncRetryTransport, Retries
from palaver_client.streaming import BROKEN, After, Progress, ServerSentEvents, TurnEnd


class AsyncPalaver:
    """A server, as one user; a context manager that closes the connections.

    `client` is what the modules of `palaver_client.generated.api` take, as in `await get_chat_by_id.asyncio(chat,
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
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        """`timeout` in seconds is what each request has; `transport` is used in place of httpx's own."""
        self._retries = retries or Retries()
        retrying = AsyncRetryTransport(transport or httpx.AsyncHTTPTransport(), self._retries)
        self.client = Client(
            base_url=url.rstrip("/"),
            headers={} if token is None else {"Coder-Session-Token": token},
            timeout=httpx.Timeout(timeout, connect=10.0),
            httpx_args={"transport": retrying, "event_hooks": {"request": [_read_body], "response": [_raise_refusal]}},
        )

    @classmethod
    async def sign_in(cls, url: str, email: str, password: str, **options: Any) -> Self:
        """The server as the user who signs in; `options` as of `AsyncPalaver`. Raises PalaverError (401)."""
        async with cls(url, **options) as anonymous:
            body = LoginWithPasswordRequest(email=email, password=password)
            answer = await log_in_user.asyncio(client=anonymous.client, body=body)
        assert isinstance(answer, LoginWithPasswordResponse)
        return cls(url, answer.session_token, **options)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close the connections."""
        await self.client.get_async_httpx_client().aclose()

    async def me(self) -> User:
        """Who one is. Raises PalaverError."""
        user = await get_user_by_name.asyncio("me", client=self.client)
        assert isinstance(user, User)
        return user

    def chat(self, chat_id: UUID | str) -> "AsyncChat":
        """A chat that exists."""
        return AsyncChat(self.client, UUID(str(chat_id)), self._retries)

    async def create_chat(
        self, content: Content, *, organization_id: UUID | None = None, **options: Any
    ) -> "AsyncChat":
        """Make a chat whose first turn answers `content`; without an organization in the user's first.

        `options` are the further fields of `CreateChatRequest`. Raises PalaverError.
        """
        organization = organization_id or organization_of(await self.me())
        made = await create_chat.asyncio(client=self.client, body=chat_body(content, organization, options))
        assert isinstance(made, ChatRecord)
        return AsyncChat(self.client, made.id, self._retries)


class AsyncChat:
    """One chat."""

    def __init__(self, client: Client, chat_id: UUID, retries: Retries) -> None:
        self._client = client
        self._retries = retries
        self.id = chat_id

    def stream(self, after: After = None, *, until_rest: bool = False) -> "AsyncEventStream":
        """The chat's events: all of its history first, or what is behind `after`, a cursor or the id of a message.

        With `until_rest` they end when the chat rests: its turn is over, has failed, or waits for the client.
        """
        end = TurnEnd() if until_rest else None
        return AsyncEventStream(self._client, Progress(self.id, after, end, self._retries), None)

    async def send(
        self, content: Content, *, idempotency_key: str | None = None, **options: Any
    ) -> CreateChatMessageResponse:
        """Send a message; `options` are the further fields of `CreateChatMessageRequest`. Raises PalaverError."""
        sent = await send_chat_message.asyncio(
            self.id,
            client=self._client,
            body=message_body(content, options),
            idempotency_key=UNSET if idempotency_key is None else idempotency_key,
        )
        assert isinstance(sent, CreateChatMessageResponse)
        return sent

    async def send_and_stream(
        self, content: Content, *, idempotency_key: str | None = None, **options: Any
    ) -> "AsyncEventStream":
        """Send a message and stream what follows it, until the chat rests. A queued message has its turn first."""
        # Looked for before sending: a message that was queued may be answered by the time that we hear of it.
        page = await list_chat_messages.asyncio(self.id, client=self._client, limit=1)
        assert isinstance(page, ChatMessagesResponse)
        sent = await self.send(content, idempotency_key=idempotency_key, **options)
        after, end = begin(page, sent)
        return AsyncEventStream(self._client, Progress(self.id, after, end, self._retries), sent)


class AsyncEventStream:
    """The events of a chat, over as many connections as it takes; iterate over it.

    A lost connection is resumed behind the last event, without gap or repeat. Raises PalaverError when the server
    refuses, and StreamLost after several attempts in a row without an event, or for one that cannot be read. A second
    loop goes on where the first was left. Leaving a loop early closes the connection when the generator is collected; a
    `contextlib.aclosing` around `aiter(stream)` does at once, and so does cancelling the task.
    """

    def __init__(self, client: Client, progress: Progress, sent: CreateChatMessageResponse | None) -> None:
        self._client = client
        self._progress = progress
        self.sent = sent
        """What became of the message, of a stream that began with sending one."""

    @property
    def cursor(self) -> str | None:
        """Where the stream is: keep it to go on later, also in another process."""
        return self._progress.cursor

    async def __aiter__(self) -> AsyncGenerator[ChatStreamEvent]:
        while True:
            cause: Exception | None = None
            try:
                async with self._client.get_async_httpx_client().stream(**self._progress.request()) as response:
                    decoder = ServerSentEvents()
                    async for text in response.aiter_text():
                        for event_id, data in decoder.feed(text):
                            event = self._progress.received(event_id, data)
                            if event is not None:
                                yield event
                            if self._progress.over:
                                return
            except BROKEN as error:
                cause = error
            await asyncio.sleep(self._progress.lost(cause))


async def _raise_refusal(response: httpx.Response) -> None:
    if response.status_code >= 400:
        await response.aread()
        raise PalaverError(response)


async def _read_body(request: httpx.Request) -> None:
    # A file that is uploaded comes as a synchronous stream, which httpx refuses here; and no stream is sent twice.
    if not isinstance(request.stream, httpx.AsyncByteStream):
        request.read()
