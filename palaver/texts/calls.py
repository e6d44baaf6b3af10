"""One short call of a model that is no step of a turn: nothing of it is live, stored in the history or retried."""

import asyncio
import importlib
from types import ModuleType
from typing import TYPE_CHECKING
from uuid import UUID

from palaver.chat.records import ChatRecord
from palaver.errors.checks import NoDefaultModel
from palaver.errors.provider import ProviderError
from palaver.llm.catalog import ModelCatalog, ModelChoice

if TYPE_CHECKING:
    from palaver.llm.generation import CallSettings, ModelCaller


class TextCaller:
    """Asks models for short texts. What calls need is loaded with the first one, in a thread. `close()` it."""

    def __init__(self, settings: "CallSettings", catalog: ModelCatalog) -> None:
        self._settings = settings
        self._catalog = catalog
        self._loading: asyncio.Task[ModuleType] | None = None
        self._caller: ModelCaller | None = None

    async def choose(self, chat: ChatRecord) -> ModelChoice:
        """The model that writes about a chat: its own, else the default. Raises NoDefaultModel."""
        models = await self._catalog.current_for(chat.owner_id)
        own = models.get(chat.last_model_config_id)
        if own is not None and own.unusable_reason is None:
            return own
        default = models.default()
        if default is None or default.unusable_reason is not None:
            raise NoDefaultModel(disabled=default is not None)
        return default

    async def write(self, owner_id: UUID, choice: ModelChoice, instructions: str, text: str, seconds: float) -> str:
        """What the model, called with the owner's key, says to `text`, following `instructions`.

        Raises ProviderError, also after `seconds`.
        """
        key = await self._catalog.credentials(choice, owner_id)
        try:
            async with asyncio.timeout(seconds):
                return await self._ask(choice, key, instructions, text)
        except TimeoutError as error:
            raise ProviderError("timeout", provider=choice.provider_type) from error

    async def _ask(self, choice: ModelChoice, key: str | None, instructions: str, text: str) -> str:
        if self._loading is None:
            self._loading = asyncio.create_task(
                asyncio.to_thread(importlib.import_module, "palaver.llm.generation"), name="load-text-calls"
            )
        # Shielded: others wait for it, too.
        module = await asyncio.shield(self._loading)
        from pydantic_ai.messages import ModelRequest, SystemPromptPart, UserPromptPart

        if self._caller is None:
            self._caller = module.ModelCaller(self._settings)
            self._caller.preload()
        prompt = [ModelRequest([SystemPromptPart(instructions), UserPromptPart(text)])]
        async with self._caller.open(choice, key, prompt) as generation:
            async for event in generation:
                if isinstance(event, module.StepDone):
                    return "".join(part["text"] for part in event.parts if part["type"] == "text")
        raise ProviderError("timeout", provider=choice.provider_type)

    async def close(self) -> None:
        """Close the connections to providers; no call may be running."""
        if self._loading is not None:
            await self._loading
        if self._caller is not None:
            await self._caller.close()
