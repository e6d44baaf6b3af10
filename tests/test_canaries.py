"""The watch over secrets can fail: every way in which one could come back is noticed."""

import json
from typing import Any

import httpx
import pytest
from prometheus_client import CollectorRegistry, Counter, generate_latest
from pydantic import SecretStr

from palaver.settings import Settings
from tests.conftest import fail_for_canaries
from tests.support.canaries import CANARIES, Canaries, CanaryFound
from tests.support.contract_checker import CheckedTransport, ResponseChecker

COMMON = {
    "content-type": "application/json",
    "x-coder-build-version": "1",
    "x-content-type-options": "nosniff",
    "x-request-id": "1",
}


def answering(checker: ResponseChecker, status: int, **headers: str) -> httpx.AsyncClient:
    """A client of a server that sends every request's body back as the detail of a refusal."""

    async def answer(request: httpx.Request) -> httpx.Response:
        body = json.dumps({"message": "No.", "detail": request.content.decode()}) + "\n"
        return httpx.Response(status, headers={**COMMON, **headers}, content=body)

    transport = CheckedTransport(httpx.MockTransport(answer), checker)
    return httpx.AsyncClient(transport=transport, base_url="http://server")


@pytest.mark.parametrize(
    "body",
    [
        {"password": "a-canary-of-a-password-1"},
        {"api_keys": ["a-canary-of-a-provider-1"]},
        {"settings": {"access_key_secret": "a-canary-of-a-setting-1"}},
        {"oauth2_client_secret": "a-canary-of-a-client-1"},
        {"custom_headers": {"X-Key": "a-canary-of-a-header-1"}},
    ],
)
async def test_a_secret_of_a_request_in_its_answer_is_noticed(checker: ResponseChecker, body: Any) -> None:
    async with answering(checker, 400) as client:
        await client.post("/api/v2/users/first", json={"email": "of no interest whatsoever"})
        with pytest.raises(CanaryFound, match="create-initial-user"):
            await client.post("/api/v2/users/first", json=body)


async def test_a_token_of_a_request_in_a_header_of_an_answer_is_noticed(checker: ResponseChecker) -> None:
    token = "abcdefghij-Canary0Canary1Canary2A"
    async with answering(checker, 400, location=f"/x?t={token}") as client:
        with pytest.raises(CanaryFound, match="location"):
            await client.post("/api/v2/users/first", headers={"Coder-Session-Token": token})


def test_a_token_that_is_shown_once_must_not_come_again() -> None:
    canaries = Canaries()
    shown = b'{"session_token": "abcdefghij-Canary3Canary4Canary5B"}'
    cookie = [("set-cookie", "coder_session_token=abcdefghij-Canary6Canary7Canary8C; Path=/")]
    canaries.check_answer("log-in-user", 201, cookie, shown)
    canaries.check_answer("log-in-user", 201, cookie, shown)
    for text in (shown, b"Canary3Canary4Canary5B", b"Canary6Canary7Canary8C"):
        with pytest.raises(CanaryFound):
            canaries.check_answer("get-user-by-name", 200, [], text)


def test_secrets_of_the_settings_and_other_spellings_are_noticed() -> None:
    canaries = Canaries()
    canaries.learn_settings(Settings(secret_keys=SecretStr("first-of/the+keys=, second-of-the-keys")))
    for text in ("second-of-the-keys", "first-of%2Fthe%2Bkeys%3D", '{"a": "first-of/the+keys="}'):
        with pytest.raises(CanaryFound):
            canaries.search("a text", text)
    canaries.search("a text", "nothing of that kind")


def test_a_secret_in_the_logs_fails_the_test() -> None:
    CANARIES.learn("a-canary-in-the-logs-1")
    report = pytest.TestReport("t", ("t", 1, "t"), {}, "passed", None, "call", [("Captured stderr", "all is well")])
    fail_for_canaries(report)
    assert report.passed
    report.sections.append(("Captured stderr", '{"event": "a-canary-in-the-logs-1"}'))
    fail_for_canaries(report)
    assert report.failed
    assert "Captured stderr" in str(report.longrepr)
    assert "in-the-logs" not in str(report.longrepr)


def test_a_secret_in_a_metric_is_noticed() -> None:
    canaries, registry = Canaries(), CollectorRegistry()
    canaries.learn("a-canary-of-a-label-1")
    Counter("requests", "Requests.", ["path"], registry=registry).labels("/x?key=a-canary-of-a-label-1").inc()
    with pytest.raises(CanaryFound):
        canaries.search("a metric", generate_latest(registry))
