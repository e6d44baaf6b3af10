"""The tools of a turn: opened when a step first needs them, kept over its steps, given back with it.

A failing tool is a result that the model sees, not a failed turn. A call may be made more than once: after a crash, or
when its chat was lost to another worker, an unanswered call is made again, with the same id.
"""

import asyncio
import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import structlog

from palaver.chat.approvals import Ask, is_approved, run_args
from palaver.chat.parts import tool_result
from palaver.chat.records import NewMessage
from palaver.json_text import dump_json
from palaver.stream.parts import EpisodeClosed, EpisodeExists, EpisodeFull, EpisodeKey, EpisodeUnknown
from palaver.tools.results import ToolAnswer, error_answer, result_limit
from palaver.wire.times import format_time
from palaver.worker.held import HeldChat
from palaver.worker.phases import in_phase
from palaver.worker.preparation import choose_model

if TYPE_CHECKING:
    from palaver.tools.offer import OfferedTool
    from palaver.tools.progress import OnProgress
    from palaver.tools.toolbox import Toolbox

log = structlog.get_logger(__name__)

INTERRUPTED = "tool call was interrupted before it produced a result"
ABANDONED = "the turn ended before the tool was called"
MAX_LIVE_BYTES = 16_384
"""Size of a result that viewers see before it is stored; of a larger one they see the stored message alone."""


class TurnTools:
    """What the MCP servers of a held chat offer to its turn, in the name of the chat's owner."""

    def __init__(self, held: HeldChat) -> None:
        self._held = held
        self._toolbox: Toolbox | None = None
        self._selection: object = None
        """What of the chat decides which servers the toolbox has."""
        self._answered: dict[str, NewMessage] = {}
        self._answers_version = 0
        """The history version whose calls `_answered` answers."""

    async def open(self) -> "Toolbox | None":
        """The tools as they are now; None, at once, for a chat without servers.

        What the turn goes without, because the owner has to sign in somewhere, is told on the chat. Raises
        ProviderError when that cannot be found out, StaleRunner and ChatNotFound when the chat is lost.
        """
        chat = self._held.chat
        selection = (chat.plan_mode, chat.mcp_server_ids)
        if self._toolbox is not None and selection != self._selection:
            await self.give_back()
        if self._toolbox is None:
            self._toolbox = await in_phase(lambda: self._held.engine.tools.open(chat))
            self._selection = selection
        else:
            await self._toolbox.refresh()
        await self._tell_sign_ins()
        return self._toolbox

    async def give_back(self) -> None:
        """The turn needs them no more; another one finds out anew what there is."""
        toolbox, self._toolbox = self._toolbox, None
        if toolbox is not None:
            await toolbox.aclose()

    def mark(self, parts: Sequence[dict[str, Any]]) -> None:
        """Write into tool calls of the model whose tool it is: only that server may ever answer them."""
        if self._toolbox is None:
            return
        for part in parts:
            if part["type"] == "tool-call" and (offered := self._toolbox.tools.get(part["tool_name"])) is not None:
                part["mcp_server_config_id"] = str(offered.server.id)

    async def asks(self, calls: Sequence[Mapping[str, Any]]) -> list[Ask]:
        """What the owner is to be asked before the calls are made, in their order. Raises as `open` does."""
        toolbox = await self.open()
        if toolbox is None:
            return []
        return [
            Ask(call["tool_call_id"], offered.server.id, offered.tool)
            for call in calls
            if not is_approved(call) and (offered := await self._to_approve(toolbox, call)) is not None
        ]

    async def answer(self, calls: Sequence[Mapping[str, Any]]) -> list[NewMessage]:
        """One tool message per call, in the order of the calls: all of a step are committed together.

        A bounded number is made at the same time. What has an answer when this is cancelled is kept for
        `take_answers`. Raises as `open` does.
        """
        toolbox = await self.open()
        engine, chat = self._held.engine, self._held.chat
        choice = choose_model(await in_phase(lambda: engine.catalog.current_for(chat.owner_id)), chat)
        limit_bytes = result_limit(choice.context_limit)
        episode = EpisodeKey(chat.id, chat.history_version, chat.generation_attempt)
        self._answered, self._answers_version = {}, chat.history_version
        room = asyncio.Semaphore(engine.settings.tool_calls_at_once)
        live = _LiveResults(self._held, episode)

        async def answer_one(call: Mapping[str, Any]) -> None:
            async with room:
                given = await self._answer_of(toolbox, call, limit_bytes, live)
            message = _result_message(call, given)
            self._answered[call["tool_call_id"]] = message
            live.answered(message.content[0])

        with live:
            async with asyncio.TaskGroup() as group:
                for call in calls:
                    group.create_task(answer_one(call), name=f"tool-{call['tool_call_id']}")
        await self._tell_sign_ins()
        return [self._answered[call["tool_call_id"]] for call in calls]

    def take_answers(self) -> dict[str, NewMessage]:
        """Answers, by call, that calls of the present history had got when they were stopped; given away once."""
        answered, self._answered = self._answered, {}
        return answered if self._answers_version == self._held.chat.history_version else {}

    async def _answer_of(
        self, toolbox: "Toolbox | None", call: Mapping[str, Any], limit_bytes: int, live: "_LiveResults"
    ) -> ToolAnswer:
        name = call["tool_name"]
        server_id = call.get("mcp_server_config_id")
        offered = None if toolbox is None else toolbox.tools.get(name)
        if toolbox is None or server_id is None or (offered is not None and str(offered.server.id) != server_id):
            # What was never offered, or was by a server that is not this chat's any more: no other one stands in.
            return error_answer(f'tool "{name}" is not available')
        if is_approved(call):
            if offered is not None and not _is_as_asked(call, offered):
                return error_answer(f'tool "{name}" is another one than the user has approved')
            call = {**call, "args": run_args(call)}
        elif await self._to_approve(toolbox, call) is not None:  # since a moment ago: nothing runs unasked
            return error_answer(f'tool "{name}" needs the approval of the user now; call it again')
        return await toolbox.call(call, limit_bytes=limit_bytes, on_progress=live.progress_of(call))

    async def _to_approve(self, toolbox: "Toolbox", call: Mapping[str, Any]) -> "OfferedTool | None":
        """The tool of a call that needs the owner's approval; None where the call is made, or refused, without it."""
        offered = await toolbox.wants_approval(call["tool_name"])
        return offered if offered is not None and str(offered.server.id) == call.get("mcp_server_config_id") else None

    async def _tell_sign_ins(self) -> None:
        problems = () if self._toolbox is None else self._toolbox.problems
        wanted = [
            {
                "mcp_server_config_id": str(problem.server_id),
                "slug": problem.slug,
                "display_name": problem.display_name,
            }
            for problem in problems
            if problem.kind == "sign_in_required"
        ]
        if wanted == self._held.chat.wanted_sign_ins:
            return
        log.info("sign-ins wanted of a chat's owner", action="sign_ins_wanted", slugs=[each["slug"] for each in wanted])

        async def write() -> None:
            async with self._held.bundle(durable=False) as tx:
                tx.want_sign_ins(wanted)

        await in_phase(write)


def _is_as_asked(call: Mapping[str, Any], offered: "OfferedTool") -> bool:
    """Whether the tool that would be called is the one that the owner was asked about."""
    approval = call["approval"]
    return (str(offered.server.id), offered.tool) == (approval["server_config_id"], approval["tool"])


class _LiveResults:
    """Shows viewers how the calls of a step go, while it lasts: a preview, of which the stored messages have all."""

    def __init__(self, held: HeldChat, episode: EpisodeKey) -> None:
        self._parts = held.engine.parts
        self._episode = episode
        self._progressed: set[str] = set()

    def __enter__(self) -> None:
        try:
            self._parts.create(self._episode)
        except EpisodeExists:
            return  # the calls are made again: what viewers have seen stays

    def __exit__(self, *_: object) -> None:
        self._parts.close(self._episode)

    def answered(self, result: Mapping[str, Any]) -> None:
        """A call has its answer; `result` is the part that will be stored."""
        if result.get("is_media") or len(dump_json(result)) > MAX_LIVE_BYTES:
            return
        reset = {"result_reset": True} if result["tool_call_id"] in self._progressed else {}
        self._add({**result, **reset})

    def progress_of(self, call: Mapping[str, Any]) -> "OnProgress":
        """What hears how a call goes."""
        named = {"tool_call_id": call["tool_call_id"], "tool_name": call["tool_name"]}

        async def progressed(progress: float, total: float | None, message: str | None) -> None:
            self._progressed.add(call["tool_call_id"])
            counted = f"{progress:g}" if total is None else f"{progress:g}/{total:g}"
            text = f"{message} ({counted})" if message else counted
            self._add({"type": "tool-result", **named, "result_delta": f"{text[:MAX_LIVE_BYTES]}\n"})

        return progressed

    def _add(self, part: Mapping[str, Any]) -> None:
        try:
            self._parts.add(self._episode, "tool", part)
        except (EpisodeUnknown, EpisodeClosed, EpisodeFull):
            return


def error_result(call: Mapping[str, Any], error: str) -> NewMessage:
    """The tool message that says why a call brought no result."""
    return _result_message(call, error_answer(error))


def _result_message(call: Mapping[str, Any], given: ToolAnswer) -> NewMessage:
    part = tool_result(call, given.result, is_error=given.is_error)
    if given.is_media:
        part["is_media"] = True
    part["created_at"] = format_time(dt.datetime.now(dt.UTC))
    return NewMessage("tool", [part])
