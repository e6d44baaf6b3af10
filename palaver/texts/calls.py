"""One short call of a model that is no step of a turn: nothing of it is live, stored in the history or retried."""

import asyncio
import importlib
from collections.abc import Sequence
from contextlib import AbstractContextManager
from types import ModuleType
from typing import TYPE_CHECKING

from palaver.chat.records import ChatRecord, MessageRecord
from palaver.configuration.deployment_settings import DeploymentConfig
from palaver.configuration.overrides import Overriding, override_for
from palaver.errors.checks import NoDefaultModel
from palaver.errors.provider import ProviderError
from palaver.json_text import dump_json
from palaver.llm.catalog import ModelCatalog
from palaver.llm.cost import estimated_micros
from palaver.llm.events import StepDone
from palaver.recording.recorder import Recorder
from palaver.recording.runs import RunKind
from palaver.recording.turns import Answered, no_text_call, text_call
from palaver.spending.beside import SideSpending

if TYPE_CHECKING:
    from pydantic_ai.messages import ModelMessage

    from palaver.llm.generation import CallSettings, ModelCaller


class TextCaller:
    """Asks models for short texts. What calls need is loaded with the first one, in a thread. `close()` it."""

    def __init__(
        self,
        settings: "CallSettings",
        catalog: ModelCatalog,
        config: DeploymentConfig,
        spending: SideSpending,
        recorder: Recorder,
    ) -> None:
        self._settings = settings
        self._catalog = catalog
        self._config = config
        self._spending = spending
        self._recorder = recorder
        self._loading: asyncio.Task[ModuleType] | None = None
        self._caller: ModelCaller | None = None

    async def choose(self, chat: ChatRecord) -> Overriding:
        """The model that writes about a chat: the one that is set for titles, its own, else the default.

        Raises NoDefaultModel.
        """
        models = await self._catalog.current_for(chat.owner_id)
        if (chosen := override_for(await self._config.current(), models, "title_generation")) is not None:
            return chosen
        own = models.get(chat.last_model_config_id)
        if own is not None and own.unusable_reason is None:
            return Overriding(own, "")
        default = models.default()
        if default is None or default.unusable_reason is not None:
            raise NoDefaultModel(disabled=default is not None)
        return Overriding(default, "")

    async def write(
        self,
        chat: ChatRecord,
        writer: Overriding,
        instructions: str,
        text: str,
        seconds: float,
        *,
        kind: RunKind,
        newest: MessageRecord | None,
        asked: bool = False,
    ) -> str:
        """What the model, called with the key of the chat's owner, says to `text`, following `instructions`.

        It goes on the owner's account, and is recorded as `kind` where calls are; `newest` is the last message that was
        read, `asked` says that somebody waits for the text. Raises ProviderError, also after `seconds`, and when the
        owner's limit is spent.
        """
        choice = writer.choice
        key = await self._catalog.credentials(choice, chat.owner_id)
        caller = await self._loaded()

        def estimate() -> int:
            return estimated_micros(choice, len(dump_json([instructions, text])))

        prompt = _prompt(instructions, text)
        with await self._recorded(chat, writer, key, prompt, kind, newest, asked=asked) as answered:
            try:
                async with (
                    asyncio.timeout(seconds),
                    self._spending.call(chat, choice.config_id, estimate, seconds) as paid,
                ):
                    done = await _ask(caller, writer, key, prompt)
                    answered(done)
                    await paid(done)
            except TimeoutError as error:
                raise ProviderError("timeout", provider=choice.provider_type) from error
        return "".join(part["text"] for part in done.parts if part["type"] == "text")

    async def _recorded(
        self,
        chat: ChatRecord,
        writer: Overriding,
        key: str | None,
        prompt: "Sequence[ModelMessage]",
        kind: RunKind,
        newest: MessageRecord | None,
        *,
        asked: bool,
    ) -> AbstractContextManager[Answered]:
        recorder = self._recorder
        if not (await recorder.records_asked(chat) if asked else recorder.records_beside_turn(chat)):
            return no_text_call()
        return text_call(recorder, chat, kind, writer, key, prompt, None if newest is None else newest.id)

    async def _loaded(self) -> "ModelCaller":
        if self._loading is None:
            self._loading = asyncio.create_task(
                asyncio.to_thread(importlib.import_module, "palaver.llm.generation"), name="load-text-calls"
            )
        # Shielded: others wait for it, too.
        module = await asyncio.shield(self._loading)
        if self._caller is None:
            self._caller = module.ModelCaller(self._settings)
            self._caller.preload()
        return self._caller

    async def close(self) -> None:
        """Close the connections to providers; no call may be running."""
        if self._loading is not None:
            await self._loading
        if self._caller is not None:
            await self._caller.close()


def _prompt(instructions: str, text: str) -> "Sequence[ModelMessage]":
    # Here, and not at the start: servers that are never asked for a text do not wait for the library to load.
    from pydantic_ai.messages import ModelRequest, SystemPromptPart, UserPromptPart

    return [ModelRequest([SystemPromptPart(instructions), UserPromptPart(text)])]


async def _ask(
    caller: "ModelCaller", writer: Overriding, key: str | None, prompt: "Sequence[ModelMessage]"
) -> StepDone:
    async with caller.open(writer.choice, key, prompt, effort=writer.effort) as generation:
        async for event in generation:
            if isinstance(event, StepDone):
                return event
    raise ProviderError("timeout", provider=writer.choice.provider_type)
