"""What a turn and its model calls begin with; made ahead where a bundle that starts a turn is still being committed."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from pydantic_ai.messages import ModelMessage
from sqlalchemy import func, literal, literal_column, select

from palaver.auth.owners import OWNER, ChatOwner, chat_owner
from palaver.chat import history as stored
from palaver.chat.bundle import ChatTx
from palaver.chat.records import ChatRecord, MessageRecord
from palaver.configuration.prompts import additional_prompts
from palaver.configuration.user_settings import UserSettings
from palaver.errors.provider import ProviderError
from palaver.llm.catalog import ModelChoice, Models
from palaver.llm.events import ToolSpec
from palaver.llm.generation import Generation
from palaver.llm.prompt import build_prompt
from palaver.tools.naming import SEPARATOR
from palaver.worker.held import Engine

if TYPE_CHECKING:
    from palaver.tools.offer import OfferedTool
    from palaver.tools.toolbox import Toolbox


@dataclass(frozen=True, slots=True)
class Call:
    """A model call before it is made: the model, its key in clear, the prompt; ready to go out where made ahead."""

    choice: ModelChoice
    key: str | None
    messages: list[ModelMessage]
    effort: str
    tools: list[ToolSpec]
    ready: Generation | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What a turn begins with: the chat's owner, the prompt's history, and the first call if prepared."""

    owner: ChatOwner
    history: list[MessageRecord]
    call: Call | None = None
    steps_hidden: int = 0
    """Steps of the present turn that its newest summary stands for."""


# The owner stands beside the first message, or alone where there is none: one round trip for both.
_owner = OWNER.add_columns(literal(1).label("place")).subquery("owner")
_history = (
    stored.PROMPT_HISTORY.order_by(None)
    .add_columns(func.row_number().over(order_by=literal_column("chat_messages.id")).label("place"))
    .subquery("history")
)
_OF_OWNER = [column for column in _owner.c if column.name != "place"]
_OF_MESSAGE = [column for column in _history.c if column.name != "place"]
_READING = (
    select(_owner.c.place, *_OF_OWNER, *_OF_MESSAGE)
    .select_from(_owner.join(_history, _owner.c.place == _history.c.place, full=True))
    .order_by(_history.c.place)
)


async def read_for_turn(engine: Engine, chat: ChatRecord) -> Reading:
    """Ask the policy about the chat's owner, and read the prompt's history; mostly one statement."""
    of = {"chat_id": chat.id, "owner_id": chat.owner_id, "organization_id": chat.organization_id}
    behind = 1 + len(_OF_OWNER)
    async with engine.database.connect() as conn:
        rows = (await conn.execute(_READING, of)).all()
        found = rows[0][1:behind] if rows and rows[0].place is not None else None
        owner = chat_owner(found, engine.authorizer, chat.owner_id, chat.organization_id)
        history = [MessageRecord(*row[behind:]) for row in rows if row[behind] is not None]
        asked = next((message for message in reversed(history) if message.role == "user"), None)
        hidden = await stored.steps_before(conn, chat.id, asked.id) if asked is not None and asked.compressed else 0
        return Reading(owner, history, steps_hidden=hidden)


def choose_model(models: Models, chat: ChatRecord) -> ModelChoice:
    """The chat's model, else the default. Raises ProviderError when there is neither."""
    choice = models.get(chat.last_model_config_id) or models.default()
    if choice is None:
        raise ProviderError("config", detail="The chat's model config was removed and there is no default.")
    return choice


async def prepare_call(
    engine: Engine,
    chat: ChatRecord,
    history: Sequence[MessageRecord],
    settings: UserSettings,
    toolbox: "Toolbox | None",
    choice: ModelChoice | None = None,
) -> Call:
    """The call of `choice`, which is the chat's model unless given; `settings` are the owner's.

    `toolbox` is what the chat's MCP servers offer, None for a chat without.

    Raises ProviderError when there is no model.
    """
    if choice is None:
        choice = choose_model(await engine.catalog.current_for(chat.owner_id), chat)
    key = await engine.catalog.credentials(choice, chat.owner_id)
    extra = additional_prompts(
        custom_prompt=settings.custom_prompt,
        plan_mode=chat.plan_mode,
        is_root=chat.parent_chat_id is None,
        plan_mode_instructions=(await engine.config.current()).plan_mode_instructions,
    )
    if toolbox is not None:
        extra = [*extra, *(_instructions(slug, text) for slug, text in toolbox.instructions)]
    prompt = await build_prompt(history, choice, engine.load_files, extra_system=extra)
    return Call(choice, key, prompt, chat.last_reasoning_effort, declared_tools(chat, toolbox))


def open_call(engine: Engine, chat: ChatRecord, call: Call, attempt: int) -> Generation:
    """The call as it is made for a step of the chat, `attempt` counting from 1. Raises ProviderError."""
    return engine.caller.open(
        call.choice,
        call.key,
        call.messages,
        tools=call.tools,
        effort=call.effort,
        attempt=attempt,
        conversation=str(chat.id),
    )


def declared_tools(chat: ChatRecord, toolbox: "Toolbox | None") -> list[ToolSpec]:
    """The tools that the chat's model is told of: its servers', then its client's, as far as no server's has the name.

    The client's are off in plan mode.
    """
    offered: Mapping[str, OfferedTool] = {} if toolbox is None else toolbox.tools
    of_client = () if chat.plan_mode else chat.dynamic_tools
    return [
        *(tool.spec for tool in offered.values()),
        *(_declared(tool) for tool in of_client if tool["name"] not in offered),
    ]


def _instructions(slug: str, text: str) -> str:
    return f"How to use the tools whose names begin with {slug}{SEPARATOR}, as their server says:\n\n{text}"


def _declared(tool: dict[str, Any]) -> ToolSpec:
    schema = tool.get("input_schema")
    if not isinstance(schema, dict):
        return ToolSpec(tool["name"], tool.get("description") or "")
    return ToolSpec(tool["name"], tool.get("description") or "", schema)


class ReadAhead:
    """The reading of a chat whose bundle is still being written, begun meanwhile; it counts if the bundle does.

    The bundle's own messages follow behind what was read, whether they were to be seen already or not. The first call
    is made ready as well: nothing of it has left the process until the turn enters it. Where the chat's last turn was
    this process's own, and its owner was read with the chat, the database is not asked.
    """

    def __init__(self, engine: Engine, tx: ChatTx) -> None:
        self.history_version = tx.chat.history_version
        self._engine = engine
        self._chat = tx.chat
        self._inserted = tx.inserted
        self._owner = tx.beside
        self._known = engine.histories.take(tx.chat.id, tx.history_before)
        self._ready: Generation | None = None
        self._task = asyncio.create_task(self._read(), name=f"read-ahead-{tx.chat.id}")

    async def result(self) -> Reading:
        """The reading with the bundle's messages; raises what the reading raised."""
        return await self._task

    def discard(self) -> None:
        """Nobody wants it any more; a call that was made meanwhile goes on."""
        self._engine.leftovers.cancel(self._task)
        if self._ready is not None:
            self._ready.discard(self._engine.leftovers)

    async def _read(self) -> Reading:
        await asyncio.sleep(0)  # the bundle goes out first
        reading = self._known_already() or await read_for_turn(self._engine, self._chat)
        before = [message for message in reading.history if message.revision < self._chat.snapshot_version]
        history = [*before, *self._inserted]
        call = await self._prepare(history, reading.owner.settings, make_ready=reading.owner.permitted)
        return replace(reading, history=history, call=call)

    def _known_already(self) -> Reading | None:
        chat, known = self._chat, self._known
        if known is None or self._owner is None:
            return None
        owner = chat_owner(self._owner, self._engine.authorizer, chat.owner_id, chat.organization_id)
        return Reading(owner, known.history, steps_hidden=known.steps_hidden)

    async def _prepare(
        self, history: Sequence[MessageRecord], settings: UserSettings, *, make_ready: bool
    ) -> Call | None:
        """The first call, ready to go out; None where it cannot be made: the step finds that again, and says so."""
        if await self._engine.tools.has_servers(self._chat):
            return None  # what they offer belongs into the call
        try:
            call = await prepare_call(self._engine, self._chat, history, settings, None)
            if not make_ready:
                return call
            self._ready = open_call(self._engine, self._chat, call, self._chat.generation_attempt)
        except ProviderError:
            return None
        self._ready.make_ready()
        return replace(call, ready=self._ready)
