"""Where a token is looked for, and what form it has."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palaver.auth.tokens import MalformedToken, PresentedToken, find_token, mint, parse

PLACES = ("cookie", "query", "header", "bearer", "access_token")


def request_with(tokens: dict[str, str]) -> PresentedToken:
    headers = {"host": "chat.example.com"}
    query = []
    if "cookie" in tokens:
        headers["cookie"] = f"theme=dark; coder_session_token={tokens['cookie']}; csrf_token=x"
    if "query" in tokens:
        query.append(f"coder_session_token={tokens['query']}")
    if "header" in tokens:
        headers["coder-session-token"] = tokens["header"]
    if "bearer" in tokens:
        headers["authorization"] = f"bEARER {tokens['bearer']}"
    if "access_token" in tokens:
        query.append(f"access_token={tokens['access_token']}")
    return find_token(headers, "&".join(["limit=1", *query]).encode())


@pytest.mark.parametrize("first", range(len(PLACES)))
def test_the_first_place_in_the_wires_order_wins(first: int) -> None:
    found = request_with({place: f"token-{place}" for place in PLACES[first:]})
    assert (found.token, found.source) == (f"token-{PLACES[first]}", PLACES[first])


def test_an_empty_value_gives_way_to_the_next_place() -> None:
    found = request_with({"cookie": "", "query": "", "header": "", "bearer": "abc"})
    assert (found.token, found.source) == ("abc", "bearer")


def test_a_bad_first_token_decides_although_a_later_one_is_good() -> None:
    assert request_with({"cookie": "bad", "bearer": mint().text}).token == "bad"


def test_no_token_anywhere_is_told() -> None:
    assert find_token({"authorization": "Basic YTpi", "host": "h"}, b"limit=5&x").source == "none"


def test_query_values_are_decoded() -> None:
    assert find_token({}, b"coder%5Fsession_token=ab%2Dc+d").token == "ab-c d"


def test_a_minted_token_parses_into_its_parts_and_hash() -> None:
    token = mint()
    key_id, secret = parse(token.text)
    assert key_id == token.id
    assert token.hashed_secret == hashlib.sha256(secret.encode()).digest()
    assert mint().text != token.text


@pytest.mark.parametrize(
    ("text", "flaw"),
    [
        ("nodash", "incorrect amount of API key parts, expected 2 got 1"),
        ("a-b-c", "incorrect amount of API key parts, expected 2 got 3"),
        ("short-" + "s" * 22, "invalid API key ID length, expected 10 got 5"),
        ("i" * 10 + "-short", "invalid API key secret length, expected 22 got 5"),
        ("-", "invalid API key ID length, expected 10 got 0"),
    ],
)
def test_a_malformed_token_is_refused_with_the_wires_text(text: str, flaw: str) -> None:
    with pytest.raises(MalformedToken) as caught:
        parse(text)
    assert str(caught.value) == flaw


@given(st.binary(), st.dictionaries(st.sampled_from(["cookie", "authorization", "coder-session-token"]), st.text()))
def test_any_request_can_be_searched_for_a_token(query_string: bytes, headers: dict[str, str]) -> None:
    found = find_token(headers, query_string)
    assert (found.source == "none") == (found.token == "")
