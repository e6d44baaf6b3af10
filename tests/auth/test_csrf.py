"""An unsafe request with the session cookie needs more proof."""

import pytest

from palaver.auth.csrf import check_csrf, csrf_token
from palaver.auth.tokens import mint
from palaver.errors.auth import CsrfRefused, CsrfTokensDiffer, PlainTextError

SESSION = mint().text
COOKIE = {"cookie": f"coder_session_token={SESSION}"}
PATH = "/api/experimental/chats"


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "TRACE"])
def test_safe_methods_pass(method: str) -> None:
    check_csrf(method, PATH, COOKIE, b"")


@pytest.mark.parametrize(
    ("path", "headers", "query"),
    [
        (PATH, {"coder-session-token": SESSION}, b""),
        (PATH, {"cookie": "other=1"}, b""),
        (PATH, {"cookie": "coder_session_token="}, b""),
        (PATH, COOKIE | {"coder-session-token": SESSION}, b""),
        (PATH, COOKIE, b"coder_session_token=" + SESSION.encode()),
        (PATH, COOKIE | {"authorization": "Bearer anything"}, b""),
        (PATH, COOKIE | {"x-csrf-token": csrf_token(SESSION)}, b""),
        ("/api/v2/users/first", COOKIE, b""),
    ],
    ids=[
        "no cookie",
        "other cookie",
        "empty cookie",
        "same header",
        "same query",
        "bearer",
        "csrf token",
        "first user",
    ],
)
def test_an_unsafe_request_with_proof_passes(path: str, headers: dict[str, str], query: bytes) -> None:
    check_csrf("POST", path, headers, query)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize(
    "headers",
    [{}, {"authorization": "Basic YTpi"}, {"x-csrf-token": "guess"}, {"x-csrf-token": csrf_token(mint().text)}],
    ids=["nothing", "other scheme", "guessed", "of another session"],
)
def test_an_unsafe_request_without_proof_is_refused_in_plain_text(method: str, headers: dict[str, str]) -> None:
    with pytest.raises(CsrfRefused) as caught:
        check_csrf(method, PATH, COOKIE | headers, b"")
    assert isinstance(caught.value, PlainTextError)
    assert caught.value.status == 400
    assert caught.value.media_type == "text/plain; charset=utf-8"
    assert caught.value.message == (
        "Something is wrong with your CSRF token. Please refresh the page. "
        "If this error persists, try clearing your cookies."
    )


def test_a_header_that_differs_from_the_cookie_is_named() -> None:
    with pytest.raises(CsrfTokensDiffer) as caught:
        check_csrf("POST", PATH, COOKIE | {"coder-session-token": "other"}, b"")
    assert caught.value.message.startswith(
        'CSRF error encountered. Authentication via "coder_session_token" cookie and "Coder-Session-Token" header '
        "detected, but the values do not match."
    )
