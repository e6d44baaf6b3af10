"""The model calls of a chat's turns: what they say goes to viewers as it comes, and is kept when they are stopped."""

import asyncio
from collections.abc import Sequence
from typing import Any

from palaver.chat.records import MessageRecord
from palaver.errors.provider import ProviderError
from palaver.llm.events import PartDelta, StepDone
from palaver.llm.generation import Generation
from palaver.recording.turns import NoRecording
from palaver.stream.parts import EpisodeClosed, EpisodeFull, EpisodeKey, EpisodeUnknown
from palaver.worker.held import HeldChat
from palaver.worker.preparation import Call, open_call
from palaver.worker.tools import TurnTools


class ModelCalls:
    """Makes the model calls of a held chat, one after the other; `tools` knows whose tools the model calls."""

    def __init__(self, held: HeldChat, tools: TurnTools) -> None:
        self._held = held
        self._tools = tools
        self._generation: Generation | None = None
        self._episode: EpisodeKey | None = None

    def take_partial(self) -> tuple[EpisodeKey | None, list[dict[str, Any]]]:
        """What the last call of the present history had brought when it was stopped; given away once."""
        generation, self._generation = self._generation, None
        episode, self._episode = self._episode, None
        if generation is None or episode is None or episode.history_version != self._held.chat.history_version:
            return None, []
        parts = generation.partial()
        self._tools.mark(parts)
        return episode, parts

    async def make(
        self,
        call: Call,
        episode: EpisodeKey,
        recording: NoRecording,
        history: Sequence[MessageRecord],
        *,
        live: bool = True,
    ) -> StepDone:
        """Call the model; unless `live` is false, viewers see its parts as they come and a stop keeps them.

        Raises ProviderError.
        """
        engine, chat = self._held.engine, self._held.chat
        engine.parts.create(episode)
        self._episode, self._generation = episode, None
        with recording.call(
            call.choice,
            call.key,
            call.messages,
            history,
            tools=lambda: call.tools,
            effort=call.effort,
            live=live,
        ) as answered:
            try:
                async with asyncio.timeout(engine.settings.task_timeout_seconds):
                    generation = call.ready or open_call(engine, chat, call, episode.generation_attempt)
                    if live:
                        self._generation = generation
                    done = await self._relay(generation, episode if live else None)
            except TimeoutError as error:
                raise ProviderError("timeout", retryable=True, provider=call.choice.provider_type) from error
            finally:
                # A stopped call's episode is closed by whoever keeps its parts, or when its runner ends.
                engine.parts.close(episode)
            self._tools.mark(done.parts)
            answered(done)
        return done

    async def _relay(self, generation: Generation, episode: EpisodeKey | None) -> StepDone:
        add = self._held.engine.parts.add
        async with generation:
            async for event in generation:
                if isinstance(event, PartDelta):
                    if episode is None:
                        continue
                    if event.part["type"] == "tool-call":
                        self._tools.mark([event.part])
                    try:
                        add(episode, event.role, event.part)
                    except (EpisodeUnknown, EpisodeClosed, EpisodeFull):
                        continue  # live parts are a preview; the committed step has them all
                else:
                    return event
        raise ProviderError("timeout", retryable=True, detail="The model's stream ended without a result.")
