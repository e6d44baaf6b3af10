"""The classification table, row by row (contract, states.yaml `error_classification`)."""

import datetime as dt

import httpx2
import pytest

from palaver.errors.provider import DISPLAY_NAMES, ProviderError
from palaver.llm.failures import Failure, classify, content_filtered, provider_error

CANCELED = "The request was canceled before it completed."
CONTINUATION = (
    "The chat continuation failed due to an internal state mismatch. This is not a configuration or billing issue."
)
REJECTED = "OpenAI rejected the model configuration. Check the selected model and provider settings."
CUT = "stream closed unexpectedly before the response completed."

ROWS = [
    # text, status, kind, retryable, message
    ("chat interrupted by overloaded user", 529, "generic", False, CANCELED),
    ("request interrupted", 0, "generic", False, CANCELED),
    ("Operation Interrupted", 0, "generic", False, CANCELED),
    ("No tool output found for function call call_1", 400, "generic", False, CONTINUATION),
    ("item was provided without its required 'reasoning' item", 400, "generic", False, CONTINUATION),
    ("anthropic stream closed before message_stop", 0, "timeout", True, f"Anthropic {CUT}"),
    ("openai responses stream closed before terminal event", 0, "timeout", True, f"OpenAI {CUT}"),
    ("", 529, "overloaded", True, "OpenAI is temporarily overloaded."),
    ("overloaded_error", 400, "overloaded", True, "OpenAI is temporarily overloaded."),
    ("insufficient_quota", 429, "usage_limit", False, None),
    ("the AI budget of the team is spent", 429, "usage_limit", False, None),
    ("quota exceeded", 400, "usage_limit", False, None),
    ("see billing", 0, "usage_limit", False, None),
    ("payment required", 402, "usage_limit", False, None),
    ("quota exceeded", 429, "rate_limit", True, None),
    ("", 401, "auth", False, "Authentication with OpenAI failed. Check the API key and permissions."),
    ("authentication failed", 0, "auth", False, None),
    ("Unauthorized", 0, "auth", False, None),
    ("invalid api key", 0, "auth", False, None),
    ("invalid_api_key", 400, "auth", False, None),
    ("", 403, "auth", False, None),
    ("forbidden", 0, "auth", False, None),
    ("model not found", 403, "config", False, None),
    ("", 429, "rate_limit", True, "OpenAI is rate limiting requests."),
    ("rate limited, sorry", 0, "rate_limit", True, None),
    ("too many requests", 0, "rate_limit", True, None),
    ("model not found", 429, "config", False, None),
    ("provider_disabled", 0, "provider_disabled", False, None),
    ("", 408, "timeout", True, "OpenAI is temporarily unavailable."),
    ("", 502, "timeout", True, "OpenAI is temporarily unavailable."),
    ("", 503, "timeout", True, None),
    ("", 504, "timeout", True, None),
    ("connection reset by peer", 0, "timeout", True, None),
    ("unexpected EOF", 0, "timeout", True, None),
    ("http2: stream closed", 0, "timeout", True, None),
    ("stream id 5; refused_stream; received from peer", 0, "timeout", True, None),
    ("invalid model: timed out", 503, "config", False, None),
    ("invalid model", 400, "config", False, REJECTED),
    ("context length exceeded", 400, "config", False, None),
    ("the maximum context length is 8192 tokens", 400, "config", False, None),
    ("", 500, "generic", True, "OpenAI returned an unexpected error."),
    ("internal server error", 0, "generic", True, "OpenAI returned an unexpected error."),
    ("odd", 418, "generic", False, "OpenAI returned an unexpected error."),
    ("odd", 0, "generic", False, "The chat request failed unexpectedly."),
]  # fmt: skip


@pytest.mark.parametrize(("text", "status", "kind", "retryable", "message"), ROWS)
def test_the_first_matching_rule_wins(text: str, status: int, kind: str, retryable: bool, message: str | None) -> None:
    error = classify(Failure(text, detail=text, status_code=status), "openai")
    assert (error.kind, error.retryable) == (kind, retryable)
    if message is not None:
        assert error.message == message


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("upstream said status 503", 503),
        ("got http 429 from it", 429),
        ("error 529 again", 529),
        ("(401)", 401),
        ("listening on host:503", 0),
        ("code: 503", 0),
        ("stream 401 closed", 0),
        ("stream id 503 closed", 0),
        ("12503 items", 0),
        ("503.2 seconds", 0),
    ],
)
def test_a_status_is_read_from_the_text_where_none_was_sent(text: str, status: int) -> None:
    assert classify(Failure(text), "openai").status_code == status


def test_a_sent_status_is_not_read_again() -> None:
    assert classify(Failure("status 503", status_code=400), "openai").status_code == 400


@pytest.mark.parametrize(
    ("text", "provider"),
    [
        ("openai-compat failed", "openai-compat"),
        ("azure openai failed", "azure"),
        ("openrouter failed", "openrouter"),
        ("bedrock claude failed", "bedrock"),
        ("vercel failed", "vercel"),
        ("claude failed", "anthropic"),
        ("gemini failed", "google"),
        ("vertex failed", "google"),
        ("openai failed", "openai"),
        ("it failed", "demo"),
    ],
)
def test_the_provider_is_read_from_the_text_else_the_configured_one(text: str, provider: str) -> None:
    assert classify(Failure(text), "demo").provider == provider


def test_a_deadline_of_ours_is_not_retried() -> None:
    error = classify(Failure("context deadline exceeded", deadline=True), "openai")
    assert (error.kind, error.retryable) == ("timeout", False)
    assert error.message == "The request timed out before it completed."


def test_a_cancellation_of_ours_is_no_transport_reset() -> None:
    ours = classify(Failure("canceled", cancelled=True), "openai")
    theirs = classify(Failure("canceled", transport_reset=True), "openai")
    assert (ours.kind, ours.retryable, ours.message) == ("generic", False, CANCELED)
    assert (theirs.kind, theirs.retryable) == ("timeout", True)


def test_continuity_faults_name_their_match_and_hide_the_text() -> None:
    error = classify(Failure("no tool output found for function call X", detail="no tool output…"), "openai")
    assert error.detail.endswith("match=function_call_output_missing.")


def test_detail_is_cut_and_empty_fields_are_left_out() -> None:
    error = classify(Failure("odd", detail="x" * 900), "")
    assert error.chat_error() == {
        "message": "The chat request failed unexpectedly.",
        "retryable": False,
        "kind": "generic",
        "detail": "x" * 500,
    }


def test_a_nameless_provider_is_the_ai_provider() -> None:
    assert classify(Failure("", status_code=529), "").message == "The AI provider is temporarily overloaded."
    assert "Authentication with the AI provider failed." in classify(Failure("", status_code=401), "").message
    assert classify(Failure("", status_code=529), "copilot").message == "AI is temporarily overloaded."
    assert DISPLAY_NAMES["openai-compat"] == "OpenAI Compatible"


def test_retry_event_has_the_shorter_texts() -> None:
    now = dt.datetime(2026, 8, 1, 10, 0, tzinfo=dt.UTC)
    auth = ProviderError("auth", provider="openai", status_code=401)
    assert auth.chat_retry(attempt=2, delay_seconds=4, now=now) == {
        "attempt": 2,
        "delay_ms": 4000,
        "error": "Authentication with OpenAI failed.",
        "retrying_at": "2026-08-01T10:00:04Z",
        "kind": "auth",
        "provider": "openai",
        "status_code": 401,
    }
    assert ProviderError("config").retry_message == "The AI provider rejected the model configuration."
    assert ProviderError("rate_limit", provider="openai").retry_message == "OpenAI is rate limiting requests."


def test_spent_attempts_are_told_in_the_detail() -> None:
    error = ProviderError("overloaded", retryable=True, provider="openai", status_code=529, detail="busy")
    spent = error.after_attempts(25).chat_error()
    assert spent["detail"] == "max retry attempts (25) exceeded: busy"
    assert (spent["message"], spent["kind"]) == ("OpenAI is temporarily overloaded.", "overloaded")


def test_a_withheld_answer_names_its_category() -> None:
    assert content_filtered("anthropic").message == "Anthropic blocked this response under its content policy."
    assert content_filtered("anthropic", "cyber").message.endswith("its content policy (cyber).")


def test_faults_of_our_own_tell_their_type_only() -> None:
    error = provider_error(KeyError("sk-secret"), "openai")
    assert (error.kind, error.detail) == ("generic", "KeyError")


def test_bare_transport_faults_are_retryable_timeouts() -> None:
    for fault in (httpx2.ConnectError("refused"), ConnectionResetError("reset")):
        error = provider_error(fault, "openai")
        assert (error.kind, error.retryable) == ("timeout", True)
    assert not provider_error(TimeoutError(), "openai").retryable
