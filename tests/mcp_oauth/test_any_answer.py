"""Whatever an authorization server says, it is a refusal that is known, or data that can be used."""

from typing import Any, cast

from hypothesis import given, settings
from hypothesis import strategies as st

from palaver.configuration.headers import is_header_value
from palaver.configuration.urls import parse_url
from palaver.errors.mcp_oauth import DiscoveryFailed, EndpointUnavailable, GrantRefused
from palaver.tools.oauth.client import OAuthClient
from palaver.tools.oauth.discovery import discover
from palaver.tools.oauth.http import Answer, OAuthHttp

SITE = "http://tools.example.com"
HONEST = {
    "resource": SITE,
    "authorization_servers": [SITE],
    "issuer": SITE,
    "code_challenge_methods_supported": ["S256"],
    "authorization_endpoint": f"{SITE}/authorize",
    "token_endpoint": f"{SITE}/token",
    "registration_endpoint": f"{SITE}/register",
    "client_id": "palaver",
    "access_token": "an-access-token",
}
NAMES = [
    *HONEST, "scopes_supported", "revocation_endpoint", "token_endpoint_auth_methods_supported", "client_secret",
    "token_endpoint_auth_method", "refresh_token", "token_type", "expires_in", "error",
]  # fmt: skip
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20)
    | st.sampled_from(["https://host:99999/", "http://[1]/", "javascript:alert(1)", "bearer", "S256", SITE]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=3),
    max_leaves=4,
)  # fmt: skip
ANSWERS = st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=4).map(lambda lies: {**HONEST, **lies})
STATUSES = st.sampled_from([200, 201, 204, 302, 400, 401, 403, 404, 429, 500])


class Saying:
    """Answers what it was told to, to everything."""

    def __init__(self, document: dict[str, Any], status: int) -> None:
        self._answer = Answer(status, {}, document)

    async def get(self, url: str, *, head_only: bool = False) -> Answer:
        return Answer(200, {}, self._answer.document)

    async def post_json(self, url: str, body: object) -> Answer:
        return self._answer

    async def post_form(self, url: str, form: object, headers: object) -> Answer:
        return self._answer


@settings(max_examples=60, deadline=None)
@given(document=ANSWERS, status=STATUSES)
async def test_discovery_finds_usable_addresses_or_fails(document: dict[str, Any], status: int) -> None:
    http = cast(OAuthHttp, Saying(document, status))
    try:
        found = await discover(http, f"{SITE}/mcp", f"{SITE}/callback", "")
    except DiscoveryFailed:
        return
    for url in (found.auth_url, found.token_url):
        assert parse_url(url) is not None
    assert all(text.isascii() and "\0" not in text for text in found.columns().values())


@settings(max_examples=60, deadline=None)
@given(document=ANSWERS, status=STATUSES)
async def test_a_token_endpoint_gives_a_sendable_token_or_refuses(document: dict[str, Any], status: int) -> None:
    http = cast(OAuthHttp, Saying(document, status))
    client = OAuthClient("palaver", "secret", "", f"{SITE}/token", f"{SITE}/revoke", "", "")
    try:
        tokens = await client.refresh(http, "a-refresh-token")
    except (EndpointUnavailable, GrantRefused):
        return
    assert status < 300
    assert is_header_value(tokens.access_token)
    assert tokens.expires_in is None or tokens.expires_in >= 0
