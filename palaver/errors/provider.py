"""Failures of model providers: the second family of errors, classified by `palaver.llm.failures`.

A turn that fails ends in a `ChatError`, a failure that will be tried again shows as a `ChatStreamRetry`; both are made
here, so that callers look at `kind` and `retryable` and never at texts (contract, states.yaml `error_classification`).
"""

import datetime as dt
from typing import Literal, NotRequired, TypedDict

from palaver.json_text import well_formed

ErrorKind = Literal[
    "generic",
    "overloaded",
    "rate_limit",
    "timeout",
    "stream_silence_timeout",
    "auth",
    "config",
    "usage_limit",
    "missing_key",
    "provider_disabled",
    "content_filter",
]

DETAIL_LIMIT = 500
"""Characters of provider text that a `ChatError` may carry."""

DISPLAY_NAMES = {
    "anthropic": "Anthropic",
    "azure": "Azure OpenAI",
    "bedrock": "AWS Bedrock",
    "demo": "Demo",
    "google": "Google",
    "openai": "OpenAI",
    "openai-compat": "OpenAI Compatible",
    "openrouter": "OpenRouter",
    "vercel": "Vercel AI Gateway",
}


class ChatErrorDict(TypedDict):
    """The contract's ChatError with its empty fields left out."""

    message: str
    retryable: bool
    kind: NotRequired[str]
    detail: NotRequired[str]
    provider: NotRequired[str]
    status_code: NotRequired[int]


class ChatStreamRetryDict(TypedDict):
    """The contract's ChatStreamRetry with its empty fields left out."""

    attempt: int
    delay_ms: int
    error: str
    retrying_at: str
    kind: NotRequired[str]
    provider: NotRequired[str]
    status_code: NotRequired[int]


def provider_display_name(provider: str, *, start: bool = True) -> str:
    """How a provider type is named in a sentence; `start`: the name opens it. An unknown type reads `AI`."""
    if not provider:
        return "The AI provider" if start else "the AI provider"
    return DISPLAY_NAMES.get(provider, "AI")


def _default_message(kind: ErrorKind, *, provider: str, retryable: bool, status_code: int) -> str:
    name = provider_display_name(provider)
    match kind:
        case "overloaded":
            return f"{name} is temporarily overloaded."
        case "rate_limit":
            return f"{name} is rate limiting requests."
        case "timeout":
            if not retryable and not status_code:
                return "The request timed out before it completed."
            return f"{name} is temporarily unavailable."
        case "stream_silence_timeout":
            return f"{name} did not send response data in time."
        case "usage_limit":
            return (
                "The AI usage limit has been exceeded. Contact an administrator or check the applicable budget and "
                "quota settings."
            )
        case "auth":
            name = provider_display_name(provider, start=False)
            return f"Authentication with {name} failed. Check the API key and permissions."
        case "config":
            return f"{name} rejected the model configuration. Check the selected model and provider settings."
        case "missing_key":
            return (
                "This conversation was started with an API key that is no longer available. Send your message again "
                "to continue."
            )
        case "provider_disabled":
            name = provider_display_name(provider, start=False) if not provider else name
            return f"The {name} provider has been disabled. Contact your administrator."
        case "content_filter":
            return f"{name} blocked this response under its content policy."
        case "generic":
            if not retryable and not status_code:
                return "The chat request failed unexpectedly."
            return f"{name} returned an unexpected error."


_HIDDEN = "…"


class ProviderError(Exception):
    """A model call failed. `kind`, `retryable` and `retry_after` (seconds, None: not told) decide what happens next.

    `message` is for users, `detail` the provider's own words (at most 500 characters), `provider` the provider type
    and `status_code` its HTTP status, 0 when it sent none.
    """

    def __init__(
        self,
        kind: ErrorKind,
        *,
        retryable: bool = False,
        provider: str = "",
        status_code: int = 0,
        message: str | None = None,
        detail: str = "",
        retry_after: float | None = None,
    ) -> None:
        self.kind: ErrorKind = kind
        self.retryable = retryable
        self.provider = provider
        self.status_code = status_code
        self._own_message = message
        self.message = well_formed(
            message or _default_message(kind, provider=provider, retryable=retryable, status_code=status_code)
        )
        self.detail = well_formed(detail[:DETAIL_LIMIT])
        self.retry_after = retry_after
        super().__init__(self.message)

    @property
    def retry_message(self) -> str:
        """The text of a retry event: the own message, else the kind's text, shorter for auth and config."""
        if self._own_message is None and self.kind == "auth":
            return f"Authentication with {provider_display_name(self.provider, start=False)} failed."
        if self._own_message is None and self.kind == "config":
            return f"{provider_display_name(self.provider)} rejected the model configuration."
        return self.message

    def hide(self, secret: str) -> None:
        """Take a secret out of what is told, for a provider may repeat the key that it refuses."""
        self.message = self.message.replace(secret, _HIDDEN)
        if self._own_message is not None:
            self._own_message = self._own_message.replace(secret, _HIDDEN)
        self.detail = self.detail.replace(secret, _HIDDEN)
        # The limit may have cut the detail within the secret.
        for length in range(min(len(secret), len(self.detail)) - 1, 3, -1):
            if self.detail.endswith(secret[:length]):
                self.detail = self.detail[:-length] + _HIDDEN
                break
        self.args = (self.message,)

    def chat_error(self) -> ChatErrorDict:
        """The failure as the chat's `last_error`."""
        error: ChatErrorDict = {"message": self.message, "retryable": self.retryable, "kind": self.kind}
        if self.detail:
            error["detail"] = self.detail
        if self.provider:
            error["provider"] = self.provider
        if self.status_code:
            error["status_code"] = self.status_code
        return error

    def chat_retry(self, *, attempt: int, delay_seconds: float, now: dt.datetime) -> ChatStreamRetryDict:
        """The failure as the chat's `retry_state`; `attempt`: the 1-based one that failed; `now`: aware UTC time."""
        retrying_at = (now + dt.timedelta(seconds=delay_seconds)).astimezone(dt.UTC)
        retry: ChatStreamRetryDict = {
            "attempt": attempt,
            "delay_ms": round(delay_seconds * 1000),
            "error": self.retry_message,
            "retrying_at": retrying_at.isoformat().replace("+00:00", "Z"),
            "kind": self.kind,
        }
        if self.provider:
            retry["provider"] = self.provider
        if self.status_code:
            retry["status_code"] = self.status_code
        return retry

    def after_attempts(self, attempts: int) -> "ProviderError":
        """The same failure once its attempts are spent; the detail says so (contract: `retry.after_max`)."""
        return ProviderError(
            self.kind,
            retryable=self.retryable,
            provider=self.provider,
            status_code=self.status_code,
            message=self.message,
            detail=f"max retry attempts ({attempts}) exceeded: {self.detail or self.message}",
            retry_after=self.retry_after,
        )
