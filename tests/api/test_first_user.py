"""The first user: made once, by whoever installs the server."""

import asyncio

from tests.support.api import Api

PATH = "/api/v2/users/first"
ALICE = {"email": "alice@example.com", "username": "alice", "name": "Alice", "password": "Correct-Horse-7-Staple"}


async def test_an_empty_server_says_that_it_waits(empty_server: Api) -> None:
    response = await empty_server.get(PATH)
    assert response.status_code == 404
    assert response.json() == {"message": "The initial user has not been created!"}


async def test_the_first_user_owns_the_server_and_is_a_member_of_the_default_organization(empty_server: Api) -> None:
    created = await empty_server.post(PATH, ALICE)
    assert created.status_code == 201
    assert created.headers["location"] == f"/api/v2/users/{created.json()['user_id']}"
    assert (await empty_server.get(PATH)).json() == {"message": "The initial user has already been created!"}

    login = await empty_server.post("/api/v2/users/login", {"email": ALICE["email"], "password": ALICE["password"]})
    alice = empty_server.as_user(login.json()["session_token"])
    me = (await alice.get("/api/v2/users/me")).json()
    await alice.close()
    assert (me["id"], me["status"], me["login_type"]) == (created.json()["user_id"], "active", "password")
    assert me["roles"] == [{"name": "owner", "display_name": "Owner"}]
    assert me["organization_ids"] == [created.json()["organization_id"]]


async def test_of_many_at_once_one_becomes_the_first_user(empty_server: Api) -> None:
    bodies = [{**ALICE, "username": f"alice{number}", "email": f"a{number}@example.com"} for number in range(4)]
    answers = await asyncio.gather(*(empty_server.post(PATH, body) for body in bodies))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
    refused = next(answer for answer in answers if answer.status_code == 409)
    assert refused.json() == {"message": "The initial user has already been created."}


async def test_what_is_wrong_with_the_first_user_is_told_by_field(empty_server: Api) -> None:
    for change, field, tag in (
        ({"username": "alice moreau"}, "username", "username"),
        ({"username": "new"}, "username", "username"),
        ({"username": None}, "username", "required"),
        ({"email": "alice"}, "email", "email"),
        ({"name": " Alice"}, "name", "user_real_name"),
        ({"password": ""}, "password", "required"),
    ):
        answer = await empty_server.post(PATH, {**ALICE, **change})
        assert answer.status_code == 400, answer.text
        assert answer.json()["message"] == "Validation failed."
        first = answer.json()["validations"][0]
        assert first["field"] == field
        assert first["detail"].startswith(f'Validation failed for tag "{tag}"')
    assert (await empty_server.request("POST", PATH, content=b"{")).json()["message"] == (
        "Request body must be valid JSON."
    )
    assert (await empty_server.get(PATH)).status_code == 404


async def test_a_weak_or_endless_password_is_refused(empty_server: Api) -> None:
    for password in ("aaaaaaaaaaaaaaaa", "short1", "x" * 65):
        answer = await empty_server.post(PATH, {**ALICE, "password": password})
        assert answer.status_code == 400
        assert answer.json()["message"] == "Password is invalid"
        assert answer.json()["validations"][0]["field"] == "password"
