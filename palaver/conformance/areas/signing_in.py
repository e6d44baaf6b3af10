"""Session tokens: the forms they come in, and what a bad one gets."""

from typing import Final
from uuid import uuid4

from palaver.conformance.callers import CHATS, Caller
from palaver.conformance.checks import Area, Failed, Need, Skipped
from palaver.conformance.lab import Lab

area = Area("auth", "Session tokens")

_ME: Final = "/api/v2/users/me"
_HOUR_IN_NANOSECONDS: Final = 3_600_000_000_000
_SIGNED_OUT: Final = "You are signed out or your session has expired. Please sign in again to continue."


def _token(lab: Lab) -> str:
    token = lab.caller.token
    if token is None or token.count("-") != 1:
        raise Skipped("the token is none of the wire's form")
    return token


@area.check("who-am-i", "A token is its user's", "get-user-by-name: `me` is whoever calls, by id and name too")
async def who_am_i(lab: Lab) -> None:
    for name in (lab.me.id, lab.me.user["username"]):
        found = (await lab.caller.get(f"/api/v2/users/{name}")).expect(200).json
        if found["id"] != lab.me.id:
            raise Failed(f"{name} is {found['id']}, not {lab.me.id}")


@area.check("no-token", "Nobody gets 401", "401 with its text, its detail and `WWW-Authenticate`")
async def no_token(lab: Lab) -> None:
    answer = await Caller(lab.wire, None).get(_ME)
    answer.refused(401, _SIGNED_OUT, detail='Cookie "coder_session_token" or query parameter must be provided.')
    challenge = answer.headers.get("www-authenticate", "")
    if not challenge.startswith('Bearer realm="coder"') or 'error="invalid_token"' not in challenge:
        raise Failed(f"WWW-Authenticate is {challenge!r}")


@area.check(
    "malformed", "A malformed token is told what is wrong with it", "401: number of parts, length of id, of secret"
)
async def malformed(lab: Lab) -> None:
    begin = "Invalid API key format: "
    for token, detail in (
        ("abc", "incorrect amount of API key parts, expected 2 got 1"),
        ("short-k3Jd92LmQxVb7Yt4Rw1Zc8", "invalid API key ID length, expected 10 got 5"),
        ("k3Jd92LmQx-short", "invalid API key secret length, expected 22 got 5"),
    ):
        (await Caller(lab.wire, token).get(_ME)).refused(401, _SIGNED_OUT, detail=begin + detail)


@area.check("unknown-key", "An unknown key is refused", "401 `API key is invalid.`")
async def unknown_key(lab: Lab) -> None:
    answer = await Caller(lab.wire, "zzzzzzzzzz-k3Jd92LmQxVb7Yt4Rw1Zc8").get(_ME)
    answer.refused(401, _SIGNED_OUT, detail="API key is invalid.")


@area.check("wrong-secret", "A known key with another secret is refused", "401 `API key secret is invalid.`")
async def wrong_secret(lab: Lab) -> None:
    token = f"{_token(lab).partition('-')[0]}-{'k3Jd92LmQxVb7Yt4Rw1Zc8'}"
    (await Caller(lab.wire, token).get(_ME)).refused(401, _SIGNED_OUT, detail="API key secret is invalid.")


@area.check("forms", "A token is taken in all its forms", "cookie, two query parameters, header, Bearer in any case")
async def forms(lab: Lab) -> None:
    token, nobody = _token(lab), Caller(lab.wire, None)
    for name, options in {
        "cookie": {"headers": {"Cookie": f"coder_session_token={token}"}},
        "query parameter coder_session_token": {"params": {"coder_session_token": token}},
        "Bearer": {"headers": {"Authorization": f"Bearer {token}"}},
        "bearer": {"headers": {"Authorization": f"bearer {token}"}},
        "query parameter access_token": {"params": {"access_token": token}},
    }.items():
        answer = await nobody.request("GET", _ME, **options)
        if answer.status != 200:
            raise Failed(f"{name}: {answer}")


@area.check(
    "first-counts", "The first token counts, a good one behind a bad one does not", "session tokens: order of look-up"
)
async def first_counts(lab: Lab) -> None:
    headers = {"Coder-Session-Token": "abc", "Authorization": f"Bearer {_token(lab)}"}
    (await Caller(lab.wire, None).request("GET", _ME, headers=headers)).expect(401)


@area.check(
    "csrf", "A cookie alone changes nothing", "400 in text/plain for unsafe methods with the cookie and no proof"
)
async def csrf(lab: Lab) -> None:
    headers = {"Cookie": f"coder_session_token={_token(lab)}"}
    answer = (await Caller(lab.wire, None).request("POST", CHATS, headers=headers, json={})).expect(400)
    words = "Something is wrong with your CSRF token."
    if not answer.headers.get("content-type", "").startswith("text/plain") or words.encode() not in answer.body:
        raise Failed(f"expected {words!r} in text/plain; {answer}")


@area.check("log-out", "A session that logged out is over", "log-out-user: 200 `Logged out!`, then 401", Need.PASSWORD)
async def log_out(lab: Lab) -> None:
    body = {"email": lab.stranger.user["email"], "password": lab.stranger.password}
    session = (await Caller(lab.wire, None).post("/api/v2/users/login", body)).expect(201).json["session_token"]
    caller = Caller(lab.wire, session)
    (await caller.get(_ME)).expect(200)
    (await caller.post("/api/v2/users/logout")).refused(200, "Logged out!")
    (await caller.get(_ME)).refused(401, _SIGNED_OUT)


@area.check(
    "token",
    "A long-lived token is made, used, listed and ended",
    "create-token-api-key 201; delete-api-key 204, then 401",
)
async def token(lab: Lab) -> None:
    name = f"conformance-{uuid4().hex[:12]}"
    path = "/api/v2/users/me/keys"
    body = {"token_name": name, "lifetime": _HOUR_IN_NANOSECONDS}
    caller = Caller(lab.wire, (await lab.caller.post(f"{path}/tokens", body)).expect(201).json["key"])
    try:
        me = (await caller.get(_ME)).expect(200).json
        again = await lab.caller.post(f"{path}/tokens", body)
        again.refused(409, f'A token with name "{name}" already exists.')
        listed = (await lab.caller.get(f"{path}/tokens")).expect(200).json
        if me["id"] != lab.me.id or name not in [key["token_name"] for key in listed]:
            raise Failed(f"the token is {me['username']}'s; listed are {[key['token_name'] for key in listed]}")
    finally:
        assert caller.token is not None
        ended = await lab.caller.delete(f"{path}/{caller.token.partition('-')[0]}")
    ended.expect(204)
    (await caller.get(_ME)).refused(401, _SIGNED_OUT, detail="API key is invalid.")


@area.check("validation", "A log-in without a field says which", "log-in-user: 400 `Validation failed.` with the field")
async def validation(lab: Lab) -> None:
    answer = await Caller(lab.wire, None).post("/api/v2/users/login", {"email": "nobody@example.com"})
    answer.refused(400, "Validation failed.")
    fields = [entry["field"] for entry in answer.json.get("validations", [])]
    if fields != ["password"]:
        raise Failed(f"expected a validation of password; {answer}")
