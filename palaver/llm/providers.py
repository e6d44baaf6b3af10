"""Provider connections: one pooled HTTP client per AI provider and the model objects that speak through it.

The SDKs' own retries are off (a retry must be visible in the chat) and there is no total time-out: a turn may stream
for long, and silence is watched by `Generation`.
"""

import hashlib
import uuid
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Mapping
from typing import Any, cast

import httpx2
from pydantic_ai.models import Model
from pydantic_ai.models.anthropic import AnthropicModel
from pydantic_ai.models.openai import OpenAIChatModel, OpenAIResponsesModel
from pydantic_ai.providers.anthropic import AnthropicProvider
from pydantic_ai.providers.openai import OpenAIProvider
from pydantic_ai.providers.openai_compatible import OpenAICompatibleProvider

from palaver.errors.provider import ProviderError
from palaver.llm import gate
from palaver.llm.catalog import DEFAULT_BASE_URLS, ModelChoice
from palaver.llm.failures import STREAM_CUT_TEXT
from palaver.llm.options import uses_responses_api
from palaver.llm.sdk_clients import FastAnthropic, FastOpenAI
from palaver.llm.transport import DEFAULT_PORTS, http_transport
from palaver.outgoing import OutgoingPolicy

EventHook = Callable[..., Any]

CONNECT_SECONDS = 10.0
WRITE_SECONDS = 60.0
MAX_CONNECTIONS = 1000
"""Per provider; above the number of chats that one process runs at once, so that no call waits for another's stream."""
MAX_IDLE_CONNECTIONS = 32
"""Per provider; each request looks at every one of them, so that many would cost more than they save."""
KEEPALIVE_SECONDS = 60.0
MAX_MODELS = 256
"""Model objects kept; they are cheap to make again."""

_NO_KEY = "no-key"
"""Stands for "no key" towards the SDK, which insists on one; it never goes out."""
_TERMINAL_EVENT = b"message_stop"


class ProviderClients:
    """The HTTP clients and models of all providers in use, which may be where `outgoing` says.

    `close()` ends every connection.
    """

    def __init__(self, outgoing: OutgoingPolicy) -> None:
        self._outgoing = outgoing
        self._http: dict[uuid.UUID, httpx2.AsyncClient] = {}
        self._models: OrderedDict[tuple[object, ...], Model] = OrderedDict()

    def model(self, choice: ModelChoice, key: str | None) -> Model:
        """The model object for this choice and API key, made on first use."""
        responses = uses_responses_api(choice.provider_type, choice.call_config)
        key_digest = hashlib.sha256(key.encode()).digest() if key else b""
        identity = (choice.provider_id, choice.provider_type, choice.base_url, key_digest, choice.model, responses)
        model = self._models.get(identity)
        if model is None:
            model = self._models[identity] = self._make(choice, key, responses=responses)
            if len(self._models) > MAX_MODELS:
                self._models.popitem(last=False)
        else:
            self._models.move_to_end(identity)
        return model

    async def close(self) -> None:
        """Close every connection; running calls fail."""
        clients, self._http = list(self._http.values()), {}
        self._models.clear()
        for client in clients:
            await client.aclose()

    def _make(self, choice: ModelChoice, key: str | None, *, responses: bool) -> Model:
        http = self._http_client(choice)
        base_url = choice.base_url or DEFAULT_BASE_URLS.get(choice.provider_type)
        match choice.provider_type:
            case "anthropic":
                anthropic = FastAnthropic(api_key=key, base_url=base_url, http_client=http, max_retries=0)
                return AnthropicModel(choice.model, provider=AnthropicProvider(anthropic_client=anthropic))
            case "openai":
                openai = FastOpenAI(api_key=key, base_url=base_url, http_client=http, max_retries=0)
                provider = OpenAIProvider(openai_client=openai)
                if responses:
                    return OpenAIResponsesModel(choice.model, provider=provider)
                return OpenAIChatModel(choice.model, provider=provider)
            case "openai-compat":
                compat = FastOpenAI(api_key=key or _NO_KEY, base_url=base_url, http_client=http, max_retries=0)
                return OpenAIChatModel(
                    choice.model, provider=OpenAICompatibleProvider("openai-compat", openai_client=compat)
                )
            case other:
                raise ProviderError("config", provider=other, detail="Chats cannot use providers of this type.")

    def _http_client(self, choice: ModelChoice) -> httpx2.AsyncClient:
        client = self._http.get(choice.provider_id)
        if client is None:
            client = self._http[choice.provider_id] = httpx2.AsyncClient(
                timeout=httpx2.Timeout(None, connect=CONNECT_SECONDS, write=WRITE_SECONDS),
                limits=httpx2.Limits(
                    max_connections=MAX_CONNECTIONS,
                    max_keepalive_connections=MAX_IDLE_CONNECTIONS,
                    keepalive_expiry=KEEPALIVE_SECONDS,
                ),
                # Compression saves nothing on small events and delays them; the guard below reads plain bytes.
                headers={"Accept-Encoding": "identity"},
                event_hooks=self._hooks(choice.provider_type),
                transport=http_transport(self._outgoing, max_idle=MAX_IDLE_CONNECTIONS, idle_seconds=KEEPALIVE_SECONDS),
                follow_redirects=True,
            )
        return client

    def _hooks(self, provider_type: str) -> Mapping[str, list[EventHook]]:
        """What happens to each request, redirected ones too, as the last before it goes out, and to each response."""
        before = {"openai-compat": [_omit_missing_key]}.get(provider_type, [])
        after = {"anthropic": [_guard_end]}.get(provider_type, [])
        return {"request": [*before, self._check_target, gate.passed], "response": after}

    async def _check_target(self, request: httpx2.Request) -> None:
        url = request.url
        self._outgoing.check(url.scheme, url.host, url.port or DEFAULT_PORTS.get(url.scheme, 0))


async def _omit_missing_key(request: httpx2.Request) -> None:
    if request.headers.get("authorization") == f"Bearer {_NO_KEY}":
        del request.headers["authorization"]


async def _guard_end(response: httpx2.Response) -> None:
    """Make an Anthropic stream that ends without `message_stop` fail: the SDK takes its end for a complete answer."""
    is_events = response.headers.get("content-type", "").startswith("text/event-stream")
    if response.status_code == 200 and is_events and "content-encoding" not in response.headers:
        response.stream = _TerminatedStream(cast("httpx2.AsyncByteStream", response.stream))


class _TerminatedStream(httpx2.AsyncByteStream):
    """Bytes of an event stream, passed on as they are; raises at their end when the last event was not terminal."""

    def __init__(self, stream: httpx2.AsyncByteStream) -> None:
        self._stream = stream

    async def __aiter__(self) -> AsyncIterator[bytes]:
        tail = b""
        ended = False
        async for chunk in self._stream:
            # The name may straddle two chunks; it is looked for until it has been seen.
            if not ended:
                window = tail + chunk
                ended = _TERMINAL_EVENT in window
                tail = window[-len(_TERMINAL_EVENT) :]
            yield chunk
        if not ended:
            raise httpx2.RemoteProtocolError(STREAM_CUT_TEXT["anthropic"])

    async def aclose(self) -> None:
        await self._stream.aclose()
