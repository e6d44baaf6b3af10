"""The request for a summary of a conversation, and what is made of the answer.

The request goes out behind the prompt that the next step would have had: whatever of it a provider has cached, counts.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pydantic_ai.messages import ModelMessage, ModelRequest, UserPromptPart

from palaver.chat.parts import text_of
from palaver.errors.provider import ProviderError
from palaver.llm.catalog import ModelChoice

SUMMARY_REQUEST = """\
The conversation has become long. Write a summary of it that will stand in for it: you will go on from the summary \
alone, without the messages above. Do not answer the user now and call no tools.

Keep what is needed to go on as if nothing had been lost:
- what the user wants, in the user's own words where they matter, and which of it is done, under way or open;
- decisions, constraints and preferences, with their reasons;
- facts, names, numbers, addresses, file names and code that later steps may need, exactly as they were;
- what tools were called for and what of their results still matters;
- mistakes made and corrections given, so that none is repeated.

Write plain text under short headings. Leave out greetings and whatever has been settled for good."""
"""The last message of a request for a summary."""

_INTRODUCTION = "The conversation so far was summarised as follows; its messages are not shown any more.\n\n"
_UNANSWERED = "The user's latest message, still to be answered:"

TOO_LONG = (
    "Conversation compaction could not reduce the history below the configured limit. Raise the compaction limit in "
    "settings, or start a new conversation."
)


def summary_prompt(messages: Sequence[ModelMessage]) -> list[ModelMessage]:
    """A prompt with the request for its summary behind it."""
    request = UserPromptPart(SUMMARY_REQUEST)
    if messages and isinstance(messages[-1], ModelRequest):
        # Not a request of its own: providers want the roles to alternate.
        return [*messages[:-1], ModelRequest([*messages[-1].parts, request])]
    return [*messages, ModelRequest([request])]


def summary_text(parts: Iterable[Mapping[str, Any]], choice: ModelChoice) -> str:
    """The summary in an answer's parts. Raises ProviderError (retryable) when there is none."""
    text = text_of(parts).strip()
    if not text:
        raise ProviderError(
            "generic", retryable=True, provider=choice.provider_type, detail="The model gave no summary."
        )
    return text


def summary_content(summary: str, unanswered: Sequence[Mapping[str, Any]] = ()) -> list[dict[str, Any]]:
    """The parts of the message that stands for the summarised history in later prompts.

    `unanswered` are the parts of user messages at its end: they are kept word by word, for the turn is about them.
    """
    parts: list[dict[str, Any]] = [{"type": "text", "text": _INTRODUCTION + summary}]
    if unanswered:
        parts += [{"type": "text", "text": _UNANSWERED}, *(dict(part) for part in unanswered)]
    return parts


def without_summary(text: str) -> str:
    """The unanswered words of a message that a summary stands in; the text as it is where there are none."""
    summary, mark, unanswered = text.partition(_UNANSWERED)
    return unanswered.strip() if mark and summary.startswith(_INTRODUCTION) else text


def history_too_long(choice: ModelChoice) -> ProviderError:
    """The error of a turn whose context is over its limit although it was compacted."""
    return ProviderError("config", provider=choice.provider_type, message=TOO_LONG)
