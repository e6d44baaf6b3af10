"""Answers that no honest provider gives, or that have been given before: each is refused, and no session opens."""

import asyncio
import base64
import hmac
import json
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

import pytest
import pytest_asyncio
from joserfc import jws
from joserfc.jwk import ECKey, OctKey, RSAKey
from sqlalchemy import select, text

from models import ApiKey
from palaver.auth import oidc_provider, oidc_sign_in
from tests.conftest import WORLD_TEMPLATE
from tests.oidc.conftest import trusting
from tests.postgres import Cluster, drop_database, fresh_database
from tests.support.browser import CALLBACK, Browser
from tests.support.contract_checker import ResponseChecker
from tests.support.openid_provider import CLIENT_SECRET, OpenIdProvider, query_of
from tests.support.world import Facts, World, run_world

INVALID_STATE = "Invalid or missing OAuth2 state parameter."
INVALID_TOKEN = "The OpenID provider's ID token is not valid."
Claims = dict[str, Any]


@pytest_asyncio.fixture(scope="module")
async def world(
    postgres: Cluster, world_facts: Facts, world_data_dir: Path, checker: ResponseChecker, one_provider: OpenIdProvider
) -> AsyncIterator[World]:
    """A server for all of these tests, since none of them changes anything."""
    url = await fresh_database(postgres, template=WORLD_TEMPLATE)
    settings = trusting(one_provider, database_url=url, data_dir=world_data_dir, shutdown_grace_seconds=0)
    async with run_world(world_facts, settings, checker) as world:
        yield world
    await drop_database(postgres, url)


@pytest_asyncio.fixture(autouse=True)
async def _nobody_gets_in(world: World) -> AsyncIterator[None]:
    """Each test begins with a server that has not spoken with the provider; after none has anybody signed in."""
    assert world.services.oidc is not None
    provider = world.services.oidc.provider
    provider._metadata = provider._keys = None
    provider._refreshes.clear()
    yield
    async with world.services.database.connect() as conn:
        assert (await conn.execute(select(ApiKey.id).where(ApiKey.login_type == "oidc"))).all() == []


# ---- state ----


async def test_answer_without_a_sign_in_of_this_browser_is_refused(browser: Browser, provider: OpenIdProvider) -> None:
    back = await browser.depart(provider)
    browser.client.cookies.clear()
    refused = await browser.get(back)
    assert refused.status_code == 400
    assert refused.json() == {
        "message": INVALID_STATE,
        "detail": "The sign-in was not begun in this browser. Please sign in again.",
    }
    assert "/token" not in provider.requests


@pytest.mark.parametrize("state", ["", "another", "\udcff"])
async def test_answer_with_another_state_is_refused(browser: Browser, provider: OpenIdProvider, state: str) -> None:
    query = query_of(await browser.depart(provider))
    query["state"] = state
    encoded = urlencode(query, errors="surrogateescape")
    refused = await browser.get(f"{CALLBACK}?{encoded}")
    assert refused.status_code == 400
    assert refused.json()["message"] == INVALID_STATE
    assert "/token" not in provider.requests


async def test_answer_to_another_browsers_sign_in_is_refused(
    world: World, browser: Browser, provider: OpenIdProvider
) -> None:
    attacker = Browser(world.url, world.checker)
    planted = await attacker.depart(provider)
    await attacker.close()
    await browser.depart(provider)
    refused = await browser.get(planted)
    assert refused.status_code == 400
    assert refused.json()["detail"] == "The answer belongs to another sign-in. Please sign in again."


@pytest.mark.parametrize("cookie", ["x", "gAAAAAB", "\xe4" * 9, "A" * 4000])
async def test_forged_cookie_is_refused(browser: Browser, cookie: str) -> None:
    refused = await browser.get(
        CALLBACK, params={"code": "c", "state": "s"}, headers={"Cookie": f"oidc_sign_in={cookie}".encode("latin-1")}
    )
    assert refused.status_code == 400
    assert refused.json()["message"] == INVALID_STATE


async def test_another_secret_of_the_server_is_no_sign_in(world: World, browser: Browser) -> None:
    for secret in ("an API key", json.dumps({"state": "s"}), "[]"):
        cookie = world.services.secrets.encrypt(secret).decode()
        refused = await browser.get(
            CALLBACK, params={"code": "c", "state": "s"}, headers={"Cookie": f"oidc_sign_in={cookie}"}
        )
        assert refused.status_code == 400
        assert refused.json()["message"] == INVALID_STATE


async def test_sign_in_that_took_too_long_is_refused(
    browser: Browser, provider: OpenIdProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    back = await browser.depart(provider)
    # The cookie's own age is for the browser to heed; one that does not is refused all the same.
    later = time.time() + oidc_sign_in.SIGN_IN_SECONDS
    monkeypatch.setattr(oidc_sign_in, "time", SimpleNamespace(time=lambda: later))
    refused = await browser.get(back)
    assert refused.status_code == 400
    assert refused.json() == {"message": INVALID_STATE, "detail": "The sign-in took too long. Please sign in again."}


# ---- the answer ----


async def test_provider_that_refuses_is_quoted(browser: Browser, provider: OpenIdProvider) -> None:
    state = query_of(await browser.depart(provider))["state"]
    query = {"error": "access_denied", "error_description": "The user\ndeclined.", "state": state}
    refused = await browser.get(CALLBACK, params=query)
    assert refused.status_code == 400
    assert refused.json() == {"message": "OAuth2 provider returned an error.", "detail": "The user declined."}


async def test_answer_of_another_issuer_is_refused(browser: Browser, provider: OpenIdProvider) -> None:
    query = query_of(await browser.depart(provider))
    assert query["iss"] == provider.issuer
    refused = await browser.get(CALLBACK, params={**query, "iss": "https://evil.example"})
    assert refused.status_code == 401
    assert refused.json() == {"message": INVALID_TOKEN, "detail": "The answer comes from another issuer."}
    assert "/token" not in provider.requests


async def test_answer_without_an_issuer_is_refused_where_the_provider_always_names_it(
    browser: Browser, provider: OpenIdProvider
) -> None:
    provider.says["authorization_response_iss_parameter_supported"] = True
    query = query_of(await browser.depart(provider))
    del query["iss"]
    refused = await browser.get(CALLBACK, params=query)
    assert refused.status_code == 401
    assert "/token" not in provider.requests


async def test_answer_without_a_code_is_refused(browser: Browser, provider: OpenIdProvider) -> None:
    state = query_of(await browser.depart(provider))["state"]
    assert (await browser.get(CALLBACK, params={"state": state})).status_code == 400


async def test_unknown_code_is_refused(browser: Browser, provider: OpenIdProvider) -> None:
    query = query_of(await browser.depart(provider))
    refused = await browser.get(CALLBACK, params={**query, "code": "Z0FBQUFB"})
    assert refused.status_code in {400, 502}
    assert refused.json()["message"]


async def test_code_of_another_sign_in_fails_for_its_verifier(
    world: World, browser: Browser, provider: OpenIdProvider
) -> None:
    attacker = Browser(world.url, world.checker)
    stolen = query_of(await attacker.depart(provider))["code"]
    await attacker.close()
    query = query_of(await browser.depart(provider))
    refused = await browser.get(CALLBACK, params={**query, "code": stolen})
    assert refused.status_code == 400
    assert refused.json()["message"] == "Failed to exchange authorization code for token."
    assert "PKCE" in refused.json()["detail"]


# ---- the ID token ----


def _sets(**claims: Any) -> Callable[[Claims], None]:
    return lambda payload: payload.update(claims)


def _drops(name: str) -> Callable[[Claims], None]:
    return lambda payload: payload.pop(name) and None


@pytest.mark.parametrize(
    ("forge", "detail"),
    [
        (_sets(iss="https://evil.example"), "invalid_claim: iss"),
        (_sets(iss=["https://evil.example"]), "invalid_claim: iss"),
        (_sets(aud="another-client"), "invalid_claim: aud"),
        (_sets(aud=["another-client"]), "invalid_claim: aud"),
        (_sets(aud=["another-client", "palaver"]), "missing_claim: azp"),
        (_sets(azp="another-client"), "invalid_claim: azp"),
        (_sets(exp=int(time.time()) - 3600), "It has expired."),
        (_sets(exp="tomorrow"), "invalid_claim: exp"),
        (_sets(nbf=int(time.time()) + 3600), "invalid_claim: nbf"),
        (_sets(iat=int(time.time()) + 3600), "invalid_claim: iat"),
        (_sets(nonce="of another sign-in"), "invalid_claim: nonce"),
        (_drops("nonce"), "missing_claim: nonce"),
        (_drops("sub"), "missing_claim: sub"),
        (_drops("exp"), "missing_claim: exp"),
        (_drops("iat"), "missing_claim: iat"),
        (_drops("aud"), "missing_claim: aud"),
        (_drops("iss"), "missing_claim: iss"),
        (_sets(sub=""), "invalid_claim: sub"),
        (_sets(sub=7), "invalid_claim: sub"),
        (_sets(sub="x" * 256), "Its subject is too long."),
        (_sets(at_hash="AAAAAAAAAAAAAAAAAAAAAA"), "invalid_claim: at_hash"),
        (_sets(sub="somebody-else"), "The userinfo endpoint tells of another subject."),
    ],
)
async def test_forged_claims_are_refused(
    browser: Browser, provider: OpenIdProvider, forge: Callable[[Claims], None], detail: str
) -> None:
    provider.forge = forge
    refused = await browser.sign_in(provider)
    assert refused.status_code == 401, refused.text
    assert refused.json() == {"message": INVALID_TOKEN, "detail": detail}


def _unsigned(header: Claims, payload: Claims, provider: OpenIdProvider) -> str:
    return jws.serialize_compact({"alg": "none"}, json.dumps(payload), None, ["none"])


def _unsigned_with_kid(header: Claims, payload: Claims, provider: OpenIdProvider) -> str:
    return jws.serialize_compact({"alg": "none", "kid": header["kid"]}, json.dumps(payload), None, ["none"])


def _wrong_key(header: Claims, payload: Claims, provider: OpenIdProvider) -> str:
    return jws.serialize_compact(header, json.dumps(payload), RSAKey.generate_key(2048), ["RS256"])


def _unknown_kid(header: Claims, payload: Claims, provider: OpenIdProvider) -> str:
    key = RSAKey.generate_key(2048)
    return jws.serialize_compact({**header, "kid": "mine"}, json.dumps(payload), key, ["RS256"])


def _key_in_header(header: Claims, payload: Claims, provider: OpenIdProvider) -> str:
    key = RSAKey.generate_key(2048)
    forged = {**header, "jwk": key.as_dict(private=False)}
    return jws.serialize_compact(forged, json.dumps(payload), key, ["RS256"])


def _hmac_with_public_key(header: Claims, payload: Claims, provider: OpenIdProvider) -> str:
    # By hand, as an attacker would: a library that signs refuses to take a public key for a secret.
    public = provider.signing_key.as_pem(private=False)
    parts = [{"alg": "HS256", "typ": "JWT", "kid": header["kid"]}, payload]
    signed = ".".join(_base64(json.dumps(part).encode()) for part in parts)
    return f"{signed}.{_base64(hmac.digest(public, signed.encode(), 'sha256'))}"


def _hmac_with_client_secret(header: Claims, payload: Claims, provider: OpenIdProvider) -> str:
    key = OctKey.import_key(CLIENT_SECRET)
    return jws.serialize_compact({"alg": "HS256", "kid": header["kid"]}, json.dumps(payload), key, ["HS256"])


def _other_algorithm_for_the_key(header: Claims, payload: Claims, provider: OpenIdProvider) -> str:
    key = ECKey.generate_key("P-256")
    return jws.serialize_compact({**header, "alg": "ES256"}, json.dumps(payload), key, ["ES256"])


def _changed_after_signing(header: Claims, payload: Claims, provider: OpenIdProvider) -> str:
    signed = jws.serialize_compact(header, json.dumps(payload), provider.signing_key, ["RS256"])
    head, _, signature = signed.split(".")
    return f"{head}.{_base64(json.dumps({**payload, 'sub': 'admin'}).encode())}.{signature}"


def _truncated(header: Claims, payload: Claims, provider: OpenIdProvider) -> str:
    return jws.serialize_compact(header, json.dumps(payload), provider.signing_key, ["RS256"]).rpartition(".")[0] + "."


def _gibberish(header: Claims, payload: Claims, provider: OpenIdProvider) -> str:
    return "x.y.z"


def _no_object(header: Claims, payload: Claims, provider: OpenIdProvider) -> str:
    return jws.serialize_compact(header, "[1]", provider.signing_key, ["RS256"])


@pytest.mark.filterwarnings("ignore::joserfc.errors.SecurityWarning")  # the forger signs with `none`
@pytest.mark.parametrize(
    "sign",
    [
        _unsigned, _unsigned_with_kid, _wrong_key, _unknown_kid, _key_in_header, _hmac_with_public_key,
        _hmac_with_client_secret, _other_algorithm_for_the_key, _changed_after_signing, _truncated, _gibberish,
        _no_object,
    ],
    ids=lambda sign: sign.__name__.strip("_"),
)  # fmt: skip
async def test_forged_signatures_are_refused(
    browser: Browser, provider: OpenIdProvider, sign: Callable[[Claims, Claims, OpenIdProvider], str]
) -> None:
    # The provider claims to support everything, as many do; what is taken is for us to say.
    provider.says["id_token_signing_alg_values_supported"] = ["none", "HS256", "RS256", "ES256"]
    provider.sign_with = lambda header, payload: sign(header, payload, provider)
    refused = await browser.sign_in(provider)
    assert refused.status_code == 401, refused.text
    assert refused.json()["message"] == INVALID_TOKEN


async def test_forged_keys_make_us_ask_for_keys_a_few_times_only(browser: Browser, provider: OpenIdProvider) -> None:
    provider.sign_with = lambda header, payload: _unknown_kid(header, payload, provider)
    for _ in range(6):
        assert (await browser.sign_in(provider)).status_code == 401
    assert provider.requests["/jwks.json"] == 4
    assert provider.requests["/.well-known/openid-configuration"] == 1


async def test_refused_tokens_are_in_the_audit_log(world: World, browser: Browser, provider: OpenIdProvider) -> None:
    provider.forge = _sets(aud="another-client")
    await browser.sign_in(provider)
    async with world.services.database.connect() as conn:
        row = (
            await conn.execute(
                text("SELECT actor_id, details FROM audit_log WHERE action = 'login_failed' ORDER BY id DESC LIMIT 1")
            )
        ).one()
    assert row.actor_id is None
    assert row.details == {"login_type": "oidc", "reason": INVALID_TOKEN}


# ---- a provider that is ill ----


async def test_provider_that_is_down_is_told_and_comes_back(browser: Browser, provider: OpenIdProvider) -> None:
    provider.down = True
    refused = await browser.get(CALLBACK)
    assert refused.status_code == 502
    assert refused.json() == {
        "message": "The OpenID provider is not available.",
        "detail": "Its metadata could not be read: status 502.",
    }
    provider.down = False
    assert (await browser.get(CALLBACK)).status_code == 307


async def test_everyone_who_waits_for_a_provider_that_fails_is_told_at_once(
    world: World, browser: Browser, provider: OpenIdProvider
) -> None:
    provider.down = True
    provider.hangs = 0.3
    answers = await asyncio.gather(*(browser.get(CALLBACK) for _ in range(10)))
    assert {answer.status_code for answer in answers} == {502}
    assert provider.requests["/.well-known/openid-configuration"] == 1


async def test_provider_that_does_not_answer_in_time_is_told(
    browser: Browser, provider: OpenIdProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(oidc_provider, "TIMEOUT_SECONDS", 0.1)
    provider.hangs = 0.5
    refused = await browser.get(CALLBACK)
    assert refused.status_code == 502
    assert refused.json()["detail"] == "Its metadata did not come in time."


async def test_provider_that_does_not_know_this_server_is_told(
    world: World, browser: Browser, provider: OpenIdProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert world.services.oidc is not None
    monkeypatch.setattr(world.services.oidc.provider, "_client_secret", "a-secret-of-last-year")
    refused = await browser.sign_in(provider)
    assert refused.status_code == 502
    assert refused.json() == {"message": "The OpenID provider is not available.", "detail": "invalid_client"}


async def test_provider_that_is_not_there_is_told(
    world: World, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert world.services.oidc is not None
    monkeypatch.setattr(world.services.oidc.provider, "issuer", "http://127.0.0.1:9")
    refused = await browser.get(CALLBACK)
    assert refused.status_code == 502
    assert refused.json()["detail"] == "Its metadata could not be read: ConnectError."


@pytest.mark.parametrize("name", ["issuer", "authorization_endpoint", "token_endpoint", "jwks_uri"])
async def test_metadata_that_is_not_whole_is_refused(browser: Browser, provider: OpenIdProvider, name: str) -> None:
    provider.tells_less.add(name)
    refused = await browser.get(CALLBACK)
    assert refused.status_code == 502
    assert refused.json()["message"] == "The OpenID provider is not available."


async def test_metadata_of_another_issuer_is_refused(browser: Browser, provider: OpenIdProvider) -> None:
    provider.says["issuer"] = f"{provider.issuer}/"
    refused = await browser.get(CALLBACK)
    assert refused.status_code == 502
    assert "another issuer" in refused.json()["detail"]


@pytest.mark.parametrize("keys", [[], None, [{"kty": "oct", "k": "c2VjcmV0", "kid": "x"}], [{"kty": "RSA"}], "x"])
async def test_unusable_keys_are_told(browser: Browser, provider: OpenIdProvider, keys: Any) -> None:
    provider.published_keys = {"keys": keys}
    refused = await browser.sign_in(provider)
    assert refused.status_code == 502
    assert refused.json()["detail"] == "Its keys cannot be used."


async def test_sign_ins_at_once_ask_for_metadata_and_keys_once(
    world: World, browser: Browser, provider: OpenIdProvider
) -> None:
    provider.forge = _sets(aud="another-client")
    browsers = [Browser(world.url, world.checker) for _ in range(8)]
    await asyncio.gather(*(one.sign_in(provider) for one in browsers))
    await asyncio.gather(*(one.close() for one in browsers))
    assert provider.requests["/.well-known/openid-configuration"] == 1
    assert provider.requests["/jwks.json"] == 1


def _base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
