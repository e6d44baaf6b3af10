"""What went wrong with a provider: exceptions to `ProviderError`s, by the rules of the contract in their order.

Source: contract, states.yaml `error_classification`. `provider_error` reads an exception of the model libraries;
`classify` is the table, free of any library.
"""

import asyncio
import json
import re
from dataclasses import dataclass

import httpx2
from pydantic_ai.exceptions import (
    ContentFilterError,
    ModelAPIError,
    ModelConnectionError,
    ModelContextWindowExceededError,
    ModelHTTPError,
    ModelNotFoundError,
    ModelTimeoutError,
    UnexpectedModelBehavior,
)

from palaver.errors.outgoing import ConnectionRefusedByPolicy
from palaver.errors.provider import ErrorKind, ProviderError, provider_display_name

STREAM_CUT_TEXT = {
    "anthropic": "anthropic stream closed before message_stop",
    "openai": "openai responses stream closed before terminal event",
}
_STREAM_CUT = tuple(STREAM_CUT_TEXT.values())
_INTERRUPTED = ("chat interrupted", "request interrupted", "operation interrupted")
_CONTINUITY = {
    "no tool output found for function call": "function_call_output_missing",
    "was provided without its required 'reasoning' item": "web_search_reasoning_missing",
}
_QUOTA = ("insufficient_quota", "ai budget of")
_QUOTA_UNLESS_429 = ("quota", "billing", "payment required")
_AUTH = ("authentication", "unauthorized", "invalid api key", "invalid_api_key")
_RATE_LIMIT = ("rate limit", "rate_limit", "rate limited", "rate-limited", "too many requests")
_CONFIG = (
    "invalid model",
    "model not found",
    "model_not_found",
    "unsupported model",
    "context length exceeded",
    "context_exceeded",
    "maximum context length",
    "malformed config",
    "malformed configuration",
    "resolve aws credentials",
)
_TIMEOUT = (
    "timeout",
    "timed out",
    "service unavailable",
    "unavailable",
    "connection reset",
    "connection refused",
    "eof",
    "broken pipe",
    "bad gateway",
    "gateway timeout",
    "client conn",
    "goaway",
    "http2: stream closed",
    "use of closed network connection",
    "internal_error; received from peer",
    "refused_stream; received from peer",
    "cancel; received from peer",
    "enhance_your_calm; received from peer",
    "no_error; received from peer",
)
_SERVER = ("server error", "internal server error")
_TIMEOUT_STATUSES = frozenset({408, 502, 503, 504})
_PROVIDERS = (
    ("openai-compat", ("openai-compat",)),
    ("azure", ("azure",)),
    ("openrouter", ("openrouter",)),
    ("bedrock", ("bedrock",)),
    ("vercel", ("vercel",)),
    ("anthropic", ("anthropic", "claude")),
    ("google", ("google", "gemini", "vertex")),
    ("openai", ("openai",)),
)
_NAMED_STATUS = re.compile(r"\b(?:status|http) (\d{3})\b")
_ALONE_STATUS = re.compile(r"(?<![\w:.-])(?<!stream )(?<!stream id )(401|403|408|429|500|502|503|504|529)(?![\w.-])")
_AFTER_COLON = re.compile(r":\s*$")

CANCELED = "The request was canceled before it completed."


@dataclass(slots=True, frozen=True)
class Failure:
    """What is known of a failed call. `text` decides, `detail` is the provider's own words; status 0: none was sent.

    `transport_reset`: the connection broke or was never made; `deadline`: a time limit of ours ended the call;
    `cancelled`: the server itself gave the call up.
    """

    text: str
    detail: str = ""
    status_code: int = 0
    retry_after: float | None = None
    transport_reset: bool = False
    deadline: bool = False
    cancelled: bool = False


def classify(failure: Failure, configured_provider: str) -> ProviderError:
    """The failure as the first matching rule of the table has it; the configured type counts where none is named."""
    text = failure.text.lower()
    anywhere = f"{text}\n{failure.detail.lower()}"
    status = failure.status_code or _status_in(text)
    provider = next((name for name, words in _PROVIDERS if _has(text, words)), configured_provider)
    config = _has(text, _CONFIG)

    def error(
        kind: ErrorKind, *, retryable: bool = False, message: str | None = None, detail: str | None = None
    ) -> ProviderError:
        return ProviderError(
            kind,
            retryable=retryable,
            provider=provider,
            status_code=status,
            message=message,
            detail=failure.detail if detail is None else detail,
            retry_after=failure.retry_after,
        )

    if _has(text, _INTERRUPTED):
        return error("generic", message=CANCELED)
    if match := next((name for words, name in _CONTINUITY.items() if words in anywhere), None):
        return error(
            "generic",
            message="The chat continuation failed due to an internal state mismatch. "
            "This is not a configuration or billing issue.",
            detail=f"OpenAI Responses API request continuity diagnostic: match={match}.",
        )
    if _has(text, _STREAM_CUT):
        name = provider_display_name(provider)
        return error(
            "timeout", retryable=True, message=f"{name} stream closed unexpectedly before the response completed."
        )
    if status == 529 or "overloaded" in text:
        return error("overloaded", retryable=True)
    if _has(text, _QUOTA) or (status != 429 and _has(text, _QUOTA_UNLESS_429)):
        return error("usage_limit")
    if status == 401 or _has(text, _AUTH):
        return error("auth")
    if (status == 403 or "forbidden" in text) and not config:
        return error("auth")
    if (status == 429 or _has(text, _RATE_LIMIT)) and not config:
        return error("rate_limit", retryable=True)
    if "provider_disabled" in anywhere:
        return error("provider_disabled")
    timed_out = failure.transport_reset or failure.deadline or status in _TIMEOUT_STATUSES or _has(text, _TIMEOUT)
    if timed_out and not config:
        return error("timeout", retryable=not failure.deadline)
    if config:
        return error("config")
    if status == 500 or _has(text, _SERVER):
        return error("generic", retryable=True)
    if failure.cancelled:
        return error("generic", message=CANCELED)
    return error("generic")


def _has(text: str, words: tuple[str, ...]) -> bool:
    return any(word in text for word in words)


def _status_in(text: str) -> int:
    if named := _NAMED_STATUS.search(text):
        return int(named.group(1))
    for alone in _ALONE_STATUS.finditer(text):
        if not _AFTER_COLON.search(text, 0, alone.start()):
            return int(alone.group(1))
    return 0


def stream_cut(provider: str, *, detail: str = "") -> ProviderError:
    """A stream that ended, or broke into nonsense, without the provider's terminal event; never a finished answer."""
    name = provider_display_name(provider)
    message = f"{name} stream closed unexpectedly before the response completed."
    return ProviderError("timeout", retryable=True, provider=provider, message=message, detail=detail)


def content_filtered(provider: str, category: str = "") -> ProviderError:
    """The provider withheld its answer; `category` is its own word for why, "" when it gave none."""
    suffix = f" ({category})" if category else ""
    message = f"{provider_display_name(provider)} blocked this response under its content policy{suffix}."
    return ProviderError("content_filter", provider=provider, message=message)


def provider_error(error: BaseException, provider: str) -> ProviderError:
    """The exception of a model call, whatever library raised it, as a classified ProviderError."""
    if (refused := _refused_by_policy(error)) is not None:
        return ProviderError("config", provider=provider, detail=str(refused))
    match error:
        case ProviderError():
            return error
        case ContentFilterError():
            return content_filtered(provider)
        case UnexpectedModelBehavior() if "ended without content" in str(error):
            return stream_cut(provider, detail="The response stream held no event.")
        case ModelAPIError() if _is_decode_error(error):
            return stream_cut(provider, detail="The response stream held an event that is no JSON.")
        case ModelAPIError():
            return classify(_from_model_error(error), provider)
        case httpx2.TransportError():
            return classify(Failure(str(error), detail=str(error), transport_reset=True), provider)
        case asyncio.CancelledError():
            return classify(Failure("canceled", cancelled=True), provider)
        case TimeoutError():
            return classify(Failure("deadline exceeded", deadline=True), provider)
        case OSError():
            return classify(Failure(str(error), detail=str(error), transport_reset=True), provider)
        case _:
            # Not the provider's words: the text could hold anything of ours, so only the type is told.
            return classify(Failure("", detail=type(error).__name__), provider)


def _refused_by_policy(error: BaseException | None) -> ConnectionRefusedByPolicy | None:
    """Ours, whatever the SDK wraps it in."""
    while error is not None and not isinstance(error, ConnectionRefusedByPolicy):
        error = error.__cause__ or error.__context__
    return error


def _is_decode_error(error: ModelAPIError) -> bool:
    cause: BaseException | None = error.__cause__
    return isinstance(cause, json.JSONDecodeError | UnicodeDecodeError)


def _from_model_error(error: ModelAPIError) -> Failure:
    words = _provider_words(error)
    hints = [words, error.provider_error_code or "", error.provider_error_type or ""]
    if isinstance(error, ModelContextWindowExceededError):
        hints.append("context length exceeded")
    if isinstance(error, ModelNotFoundError):
        hints.append("model not found")
    if isinstance(error, ModelTimeoutError):
        hints.append("timeout")
    return Failure(
        text=" ".join(hint for hint in hints if hint),
        detail=words,
        status_code=error.status_code if isinstance(error, ModelHTTPError) else 0,
        retry_after=error.retry_after,
        transport_reset=isinstance(error, ModelConnectionError),
    )


def _provider_words(error: ModelAPIError) -> str:
    """The message inside the provider's error body; the library's own text, model name and all, only without a body."""
    body = error.body
    if isinstance(body, dict):
        inner = body.get("error", body)
        message = inner.get("message") if isinstance(inner, dict) else inner
        if isinstance(message, str) and message:
            return message
    if isinstance(body, str) and body.strip():
        return body.strip()
    if isinstance(error, ModelHTTPError):
        return ""
    return str(error)
