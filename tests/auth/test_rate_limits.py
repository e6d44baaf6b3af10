"""Who is told to slow down, and when they may go on."""

from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palaver.auth import rate_limits
from palaver.auth.rate_limits import RateLimiter
from palaver.errors.auth import RateLimitBypassRefused, RateLimited
from palaver.settings import Settings
from tests.auth.actors import actor

START = 1_800_000_000.0  # the beginning of a minute


class Clock:
    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> float:
        return self.now


def limiter(clock: Clock, **settings: object) -> RateLimiter:
    return RateLimiter(Settings.model_validate(settings), clock)


def test_requests_within_the_limit_are_counted_down() -> None:
    limits = limiter(Clock())
    user = uuid4()
    assert limits.check(user, "list-chats", 3) == {
        "X-RateLimit-Limit": "3",
        "X-RateLimit-Remaining": "2",
        "X-RateLimit-Reset": str(int(START) + 60),
    }
    limits.check(user, "list-chats", 3)
    assert limits.check(user, "list-chats", 3)["X-RateLimit-Remaining"] == "0"


def test_the_request_above_the_limit_is_refused_with_the_wires_text() -> None:
    clock = Clock()
    limits = limiter(clock)
    for _ in range(512):
        limits.check("192.0.2.1", "list-chats", 512)
    clock.now += 12.5
    with pytest.raises(RateLimited) as caught:
        limits.check("192.0.2.1", "list-chats", 512)
    assert caught.value.status == 429
    assert caught.value.body() == {"message": "You've been rate limited for sending more than 512 requests in 1m0s."}
    assert caught.value.headers["X-RateLimit-Remaining"] == "0"
    assert caught.value.headers["Retry-After"] == "48"


def test_callers_and_operations_do_not_share_a_count() -> None:
    limits = limiter(Clock())
    user = uuid4()
    limits.check(user, "list-chats", 1)
    limits.check(user, "create-chat", 1)
    limits.check(uuid4(), "list-chats", 1)
    with pytest.raises(RateLimited):
        limits.check(user, "list-chats", 1)


def test_the_last_minute_fades_out() -> None:
    clock = Clock()
    limits = limiter(clock)
    for _ in range(10):
        limits.check("a", "x", 10)
    clock.now = START + 60
    with pytest.raises(RateLimited):
        limits.check("a", "x", 10)
    clock.now = START + 90  # half of the last minute still counts
    assert limits.check("a", "x", 10)["X-RateLimit-Remaining"] == "4"
    clock.now = START + 180
    assert limits.check("a", "x", 10)["X-RateLimit-Remaining"] == "9"


@given(st.integers(1, 40), st.lists(st.floats(0, 90), min_size=1, max_size=80))
def test_no_minute_admits_more_than_twice_the_limit_and_retry_after_is_true(limit: int, pauses: list[float]) -> None:
    clock = Clock()
    limits = limiter(clock)
    admitted: list[float] = []
    for pause in pauses:
        clock.now += pause / 10
        try:
            limits.check("a", "x", limit)
        except RateLimited as error:
            before = clock.now
            clock.now += int(error.headers["Retry-After"])
            assert clock.now - before <= 121
            limits.check("a", "x", limit)
        admitted.append(clock.now)
    for moment in admitted:
        assert sum(moment - 60 < other <= moment for other in admitted) <= 2 * limit


def test_operations_have_the_limits_of_their_group() -> None:
    limits = limiter(Clock(), rate_limit_login=7, rate_limit_files=3, rate_limit_api=11)
    assert limits.limit_of("log-in-user") == limits.limit_of("update-user-password") == 7
    assert limits.limit_of("upload-chat-file") == limits.limit_of("get-chat-file") == 3
    assert limits.limit_of("send-chat-message") == 11


def test_a_user_is_counted_by_name_and_a_stranger_by_address() -> None:
    limits = limiter(Clock(), rate_limit_api=1)
    limits.admit("list-chats", actor(), "192.0.2.1", None)
    limits.admit("list-chats", actor(), "192.0.2.1", None)
    limits.admit("build-info", None, "192.0.2.1", None)
    limits.admit("build-info", None, "192.0.2.2", "true")
    with pytest.raises(RateLimited):
        limits.admit("build-info", None, "192.0.2.1", "true")


def test_an_ipv6_network_is_one_stranger() -> None:
    limits = limiter(Clock(), rate_limit_api=1)
    limits.admit("build-info", None, "2001:db8:1:2::1", None)
    limits.admit("build-info", None, "2001:db8:1:3::1", None)
    with pytest.raises(RateLimited):
        limits.admit("build-info", None, "2001:db8:1:2:ffff::9%eth0", None)


def test_only_owners_may_pass_by() -> None:
    limits = limiter(Clock(), rate_limit_api=1)
    owner = actor("owner")
    for _ in range(3):
        assert limits.admit("list-chats", owner, "192.0.2.1", "true") == {}
    with pytest.raises(RateLimitBypassRefused) as caught:
        limits.admit("list-chats", actor("user-admin"), "192.0.2.1", "true")
    assert caught.value.status == 428
    assert caught.value.message == '"X-Coder-Bypass-Ratelimit" provided but user is not owner'


def test_limits_can_be_switched_off() -> None:
    limits = limiter(Clock(), rate_limits="off", rate_limit_api=1)
    for _ in range(3):
        assert limits.admit("list-chats", actor(), "192.0.2.1", "true") == {}


def test_a_flood_of_addresses_does_not_grow_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rate_limits, "ADDRESS_ENTRIES", 3)
    limits = limiter(Clock())
    for number in range(8):
        limits.check(f"192.0.2.{number}", "x", 5)
    assert len(limits._current) == 4
    with pytest.raises(RateLimited):
        limits.check("198.51.100.1", "x", 5)
    limits.check("192.0.2.1", "x", 5)  # known addresses keep their own count
    limits.check(uuid4(), "x", 5)  # and users are not affected
