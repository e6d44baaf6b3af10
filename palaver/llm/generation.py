"""One model call, from a prompt to a stream of live parts and a finished step.

`ModelCaller` owns the provider clients for the life of the process; `Generation` is one call. Whatever goes wrong
comes out as a `ProviderError`; nothing is retried here, for retries must be visible in the chat.
"""

import asyncio
import importlib
from collections.abc import AsyncGenerator, Sequence
from types import ModuleType, TracebackType
from typing import TYPE_CHECKING, Any, Protocol, Self

from pydantic_ai.messages import ModelMessage

from palaver.errors.provider import ProviderError
from palaver.leftovers import Leftovers
from palaver.llm.catalog import ModelChoice
from palaver.llm.cost import preload_prices
from palaver.llm.demo import DemoStep
from palaver.llm.events import PartDelta, StepDone, StepEvent, ToolSpec
from palaver.llm.failures import provider_error
from palaver.llm.gate import Gate
from palaver.llm.step import ProviderStep
from palaver.outgoing import OutgoingPolicy, OutgoingSettings

if TYPE_CHECKING:
    from palaver.llm.providers import ProviderClients

__all__ = ["Generation", "ModelCaller", "PartDelta", "StepDone", "StepEvent", "ToolSpec"]


class CallSettings(OutgoingSettings, Protocol):
    """The settings that model calls depend on."""

    @property
    def stream_silence_seconds(self) -> float: ...


class StepSource(Protocol):
    """Where a call's events come from: a provider's stream or the demo model."""

    def events(self) -> AsyncGenerator[StepEvent, None]: ...

    def partial(self) -> list[dict[str, Any]]: ...


class ModelCaller:
    """Opens model calls; owns one pooled HTTP client per provider. `close()` it after the last call has ended.

    The providers' SDKs take seconds to import, so that happens beside the start, in a thread: `preload()` begins it,
    and the first call that needs them waits for it.
    """

    def __init__(self, settings: CallSettings) -> None:
        self._silence_seconds = settings.stream_silence_seconds
        self._outgoing = OutgoingPolicy.of(settings)
        self._loading: asyncio.Task[ProviderClients] | None = None

    def preload(self) -> None:
        """Begin to load what calls of real providers need; returns at once."""
        if self._loading is None:
            self._loading = asyncio.create_task(_load_clients(self._outgoing), name="load-providers")

    def open(
        self,
        choice: ModelChoice,
        key: str | None,
        messages: Sequence[ModelMessage],
        *,
        tools: Sequence[ToolSpec] = (),
        effort: str = "",
        attempt: int = 1,
        conversation: str = "",
    ) -> "Generation":
        """Prepare one call; enter the returned `Generation` to make it.

        `key`: the provider's API key in clear, None for those that need none. `effort`: as chosen for the turn, ""
        for none. `attempt`: 1-based number of this try of the step. `conversation` names the calls whose prompts
        continue each other, so that the provider finds what it has cached.
        Raises ProviderError when the model cannot be called as configured.
        """
        _check_usable(choice, key)
        source: StepSource
        if choice.provider_type == "demo":
            source = DemoStep(choice, messages, tools, attempt=attempt)
        else:
            source = ProviderStep(
                self._provider_clients, choice, key, messages, tools, choice.effort(effort), conversation
            )
        return Generation(source, choice.provider_type, self._silence_seconds, key=key)

    async def close(self) -> None:
        """Close the provider connections."""
        if self._loading is not None:
            clients = await self._loading
            await clients.close()

    async def _provider_clients(self) -> "ProviderClients":
        self.preload()
        assert self._loading is not None
        # A cancelled call must not cancel what the others wait for.
        return await asyncio.shield(self._loading)


async def _load_clients(outgoing: OutgoingPolicy) -> "ProviderClients":
    def load() -> ModuleType:
        preload_prices()
        return importlib.import_module("palaver.llm.providers")

    module = await asyncio.to_thread(load)
    clients: ProviderClients = module.ProviderClients(outgoing)
    return clients


def _check_usable(choice: ModelChoice, key: str | None) -> None:
    provider = choice.provider_type
    match choice.unusable_reason:
        case "unsupported":
            raise ProviderError("config", provider=provider, detail="Chats cannot use providers of this type.")
        case "model_disabled":
            raise ProviderError("config", provider=provider, detail="The selected model is disabled.")
        case "provider_disabled":
            raise ProviderError("provider_disabled", provider=provider)
        case "missing_api_key" | "user_api_key_required" if key is None:
            raise ProviderError("missing_key", provider=provider)
        case _:
            return


class Generation:
    """One running model call: an async context manager and iterator of `PartDelta`s that ends with one `StepDone`.

    Used by the task that entered it. Raises ProviderError when the call fails, also when no event came for the
    silence window. After a failure or a cancellation `partial()` still gives what had arrived.

    `make_ready` may begin it before: all is done then that can be without sending anything. One that is never entered
    after that is to be discarded.
    """

    def __init__(self, source: StepSource, provider: str, silence_seconds: float, *, key: str | None = None) -> None:
        self._source = source
        self._provider = provider
        self._silence_seconds = silence_seconds
        self._key = key
        self._events = source.events()
        self._gate: Gate | None = None
        self._first: asyncio.Task[StepEvent] | None = None
        """Brings the first event of a call that was made ready."""
        self._task: asyncio.Task[Any] | None = None
        self._watch: asyncio.TimerHandle | None = None
        self._waiting_since: float | None = None
        self._silent = False
        self._done = False

    def partial(self) -> list[dict[str, Any]]:
        """The parts that have arrived so far, as stored parts; calls whose arguments are incomplete are left out."""
        return self._source.partial()

    def make_ready(self) -> None:
        """Build the request in a task of its own; it goes out when the generation is entered."""
        self._gate = Gate()
        self._first = self._gate.behind(lambda: anext(self._events), name="model-call")
        # It may fail with nobody there to hear of it, should the call be discarded.
        self._first.add_done_callback(_heard)

    def discard(self, leftovers: Leftovers) -> None:
        """Drop a call that was made ready; nothing happens to one that was entered."""
        if self._first is not None and self._task is None:
            leftovers.cancel(self._first)

    async def __aenter__(self) -> Self:
        if self._gate is not None:
            self._gate.open()
        self._loop = asyncio.get_running_loop()
        self._task = asyncio.current_task()
        self._watch = self._loop.call_later(self._silence_seconds, self._check_silence)
        return self

    async def __aexit__(
        self, exc_type: type[BaseException] | None, exc: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._watch is not None:
            self._watch.cancel()
        if self._first is not None:
            # Entered and left without a look at its events.
            self._first.cancel()
            await asyncio.wait((self._first,))
        await self._events.aclose()

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> StepEvent:
        if self._done:
            raise StopAsyncIteration
        task = self._task
        assert task is not None, "enter the generation before iterating it"
        cancelling = task.cancelling()
        self._waiting_since = self._loop.time()
        try:
            event = await self._next()
        except asyncio.CancelledError:
            # Ours only when nobody else asked for it meanwhile, as in asyncio.timeout().
            if self._silent and task.uncancel() <= cancelling:
                raise ProviderError("stream_silence_timeout", retryable=True, provider=self._provider) from None
            raise
        except StopAsyncIteration:
            raise
        except Exception as error:
            failure = error if isinstance(error, ProviderError) else provider_error(error, self._provider)
            if self._key:
                failure.hide(self._key)
            if failure is error:
                raise
            raise failure from error
        finally:
            self._waiting_since = None
        self._done = type(event) is StepDone
        return event

    async def _next(self) -> StepEvent:
        first, self._first = self._first, None
        return await (anext(self._events) if first is None else first)

    def _check_silence(self) -> None:
        """Runs once per window, not per event: comes back when the present wait could have lasted too long."""
        now = self._loop.time()
        waiting_since = self._waiting_since
        due = (now if waiting_since is None else waiting_since) + self._silence_seconds
        if due > now:
            self._watch = self._loop.call_at(due, self._check_silence)
            return
        assert self._task is not None
        self._silent = True
        self._task.cancel()


def _heard(first: asyncio.Task[StepEvent]) -> None:
    if not first.cancelled():
        first.exception()
