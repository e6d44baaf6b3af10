"""Compaction: when a history is summarised for its model, and the messages that a summary becomes.

Source: contract, states.yaml `compaction`. Everything here looks at the history as a prompt has it: system messages,
the newest summary, what came later (`palaver.chat.history.prompt_history`).
"""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from palaver.chat.parts import tool_result
from palaver.chat.records import ChatRecord, MessageRecord, NewMessage
from palaver.configuration.deployment_settings import DeploymentSettings
from palaver.configuration.overrides import Overriding, override_for
from palaver.configuration.user_settings import UserSettings
from palaver.llm.catalog import ModelChoice, Models
from palaver.llm.compaction import summary_content
from palaver.llm.events import StepDone
from palaver.wire.times import format_time

TOOL = "chat_summarized"
"""The tool whose call and result show a compaction to clients."""
OFF, ALWAYS = 100, 0
"""Thresholds that switch automatic compaction off, and that compact whenever something was used."""


@dataclass(frozen=True, slots=True)
class Context:
    """How full a chat's context is: `tokens` of the newest model call (None: unknown), `limit` in tokens (0: unknown).

    `threshold` is in percent; `writer` is the model that would summarise, with `effort` ("": its own).
    """

    tokens: int | None
    limit: int
    threshold: int
    writer: ModelChoice
    effort: str = ""

    @property
    def percent(self) -> float:
        """The share of the limit that is used, in percent; 0 when it is unknown."""
        return self.tokens * 100 / self.limit if self.tokens is not None and self.limit > 0 else 0.0

    @property
    def is_over(self) -> bool:
        """Whether the history is to be compacted without having been asked."""
        known = self.tokens is not None and self.limit > 0
        return known and self.threshold != OFF and self.percent >= self.threshold


def context_of(
    chat: ChatRecord,
    history: Sequence[MessageRecord],
    choice: ModelChoice,
    models: Models,
    own: UserSettings,
    deployment: DeploymentSettings,
) -> Context:
    """The context that the next step of the chat on `choice` would begin with.

    The owner's own threshold for the model goes before the model config's; the model that the deployment has set for
    compaction writes, unless it was removed or switched off meanwhile.
    """
    writer = override_for(deployment, models, "compaction") or Overriding(choice, chat.last_reasoning_effort)
    limits = [limit for limit in (choice.context_limit, writer.choice.context_limit) if limit > 0]
    threshold = own.compaction_threshold(choice.config_id)
    if threshold is None:
        threshold = choice.compression_threshold
    return Context(used_tokens(history), min(limits, default=0), threshold, writer.choice, writer.effort)


def used_tokens(history: Sequence[MessageRecord]) -> int | None:
    """The prompt tokens of the newest model call behind the newest summary; None when nothing tells them.

    What was read from a provider's cache or written to it is part of `input_tokens` as it is stored here.
    """
    for message in reversed(history):
        usage = message.usage
        if message.role != "assistant" or not usage:
            continue
        return usage.get("input_tokens") or usage.get("total_tokens")
    return None


def has_answer(history: Sequence[MessageRecord]) -> bool:
    """Whether there is something to summarise: an answer of the model behind the newest summary."""
    return any(message.role == "assistant" for message in history)


def was_in_vain(history: Sequence[MessageRecord]) -> bool:
    """Whether no more than one step was made since this turn's history was summarised.

    Then the context is over its limit by what a summary cannot take away, and another one would not help either.
    """
    newest = next((at for at in reversed(range(len(history))) if history[at].role == "user"), None)
    if newest is None or not history[newest].compressed:
        return False
    return sum(message.role == "assistant" for message in history[newest:]) <= 1


def compaction_messages(
    chat: ChatRecord,
    history: Sequence[MessageRecord],
    context: Context,
    summary: str,
    done: StepDone,
    *,
    source: Literal["automatic", "manual"],
    runtime_ms: int,
) -> list[NewMessage]:
    """What is stored of a compaction: the summary for the model, and for clients a call with its result.

    What the summary has cost stands with the call.
    """
    now = format_time(dt.datetime.now(dt.UTC))
    call = {
        "type": "tool-call",
        "tool_call_id": f"{TOOL}_{uuid.uuid4()}",
        "tool_name": TOOL,
        "args": {"source": source, "threshold_percent": context.threshold},
        "created_at": now,
    }
    result = {
        "summary": summary,
        "source": source,
        "threshold_percent": context.threshold,
        "usage_percent": round(context.percent, 2),
        "context_tokens": context.tokens or 0,
        "context_limit_tokens": context.limit,
    }
    return [
        NewMessage("user", summary_content(summary, _unanswered(history)), visibility="model", compressed=True),
        NewMessage(
            "assistant",
            [call],
            visibility="user",
            model_config_id=context.writer.config_id,
            usage=done.usage or None,
            cost_micros=done.cost_micros,
            runtime_ms=runtime_ms,
            compressed=True,
        ),
        NewMessage("tool", [tool_result(call, result, is_error=False) | {"created_at": now}], compressed=True),
    ]


def behind_summary(history: Sequence[MessageRecord]) -> list[MessageRecord]:
    """A history that a compaction was appended to, as a prompt has it."""
    boundary = next((at for at in reversed(range(len(history))) if _is_summary(history[at])), 0)
    return [
        message
        for at, message in enumerate(history)
        if message.role == "system" or at == boundary or (at > boundary and not message.compressed)
    ]


def _is_summary(message: MessageRecord) -> bool:
    return message.compressed and message.role == "user"


def _unanswered(history: Sequence[MessageRecord]) -> list[dict[str, object]]:
    """The parts of the user messages that end the history, in order."""
    first = len(history)
    while first and history[first - 1].role == "user" and not history[first - 1].compressed:
        first -= 1
    return [part for message in history[first:] for part in message.content]
