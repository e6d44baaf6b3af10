"""Path, query and header parameters."""

from typing import Any
from urllib.parse import quote

import httpx
import pytest

THING = "5b8f2c60-7e1d-4a39-b4c2-d96e03f1a875"


async def listed(client: httpx.AsyncClient, query: str) -> tuple[int, dict[str, Any]]:
    response = await client.get(f"/api/things?{query}")
    return response.status_code, response.json()


@pytest.mark.parametrize(
    "spelling", [THING, THING.upper(), THING.replace("-", ""), f"urn:uuid:{THING}", f"{{{THING}}}"]
)
async def test_uuid_in_any_spelling_of_the_wire_is_taken(client: httpx.AsyncClient, spelling: str) -> None:
    response = await client.get(f"/api/things/{quote(spelling)}")
    assert (response.status_code, response.json()["id"]) == (200, THING)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [("abc", "invalid UUID length: 3"), (THING[:-1] + "x", "invalid UUID format"), ("\0", "invalid UUID length: 1")],
)
async def test_bad_path_uuid_is_named(client: httpx.AsyncClient, raw: str, reason: str) -> None:
    response = await client.get(f"/api/things/{quote(raw)}")
    assert response.status_code == 400
    assert response.json() == {"message": f'Invalid UUID "{raw}".', "detail": reason}


async def test_path_parameter_with_own_text(client: httpx.AsyncClient) -> None:
    response = await client.get("/api/files/abc")
    assert (response.status_code, response.json()) == (400, {"message": "Invalid file ID."})


@pytest.mark.parametrize(
    ("raw", "detail"),
    [
        ("abc", 'must be a valid 64-bit positive integer: strconv.ParseInt: parsing "abc": invalid syntax'),
        ("9223372036854775808", None),
        ("9" * 5000, None),
        ("0", '"0" is not positive'),
        ("-5", '"-5" is not positive'),
        ("1.0", None),
        ("%D9%A3", None),
    ],
)
async def test_integer_path_parameter_with_own_text(client: httpx.AsyncClient, raw: str, detail: str | None) -> None:
    response = await client.put(f"/api/things/{THING}/entries/{raw}")
    body = response.json()
    assert (response.status_code, body["message"]) == (400, "Invalid queued entry ID.")
    assert detail is None or body["detail"] == detail


async def test_query_values_are_converted(client: httpx.AsyncClient) -> None:
    query = (
        f"after_id={THING}&limit=7&big=-9223372036854775808&archived=t&order=up&page=2&label=a:b&label=c%3Ad%20e"
        f"&owners={THING},{THING}&since=2026-08-01T10:00:00.123456789Z&unknown=1&ctx=2"
    )
    assert await listed(client, query) == (
        200,
        {
            "user": "alice",
            "token": "aaaaaaaaaa",
            "after_id": THING,
            "limit": 7,
            "big": -(2**63),
            "archived": True,
            "order": "up",
            "page": 2,
            "label": ["a:b", "c:d e"],
            "owners": [THING, THING],
            "since": "2026-08-01T10:00:00.123456Z",
        },
    )


async def test_empty_query_value_means_the_default(client: httpx.AsyncClient) -> None:
    status, body = await listed(client, "limit=&after_id=&label=&archived=&page=")
    assert (status, body) == (200, {"user": "alice", "token": "aaaaaaaaaa", "limit": 50})


INTEGER_32 = 'Query param "limit" must be a valid 32-bit positive integer: '


@pytest.mark.parametrize(
    ("query", "field", "detail"),
    [
        ("limit=-1", "limit", INTEGER_32 + "value is negative"),
        ("limit=x", "limit", INTEGER_32 + 'strconv.ParseInt: parsing "x": invalid syntax'),
        ("limit=2147483648", "limit", INTEGER_32 + 'strconv.ParseInt: parsing "2147483648": value out of range'),
        ("limit=101", "limit", 'Query param "limit" must be at most 100'),
        ("after_id=x", "after_id", 'Query param "after_id" must be a valid uuid'),
        (
            "archived=maybe",
            "archived",
            'Query param "archived" must be a valid boolean: strconv.ParseBool: parsing "maybe": invalid syntax',
        ),
        ("order=left", "order", 'Query param "order" has invalid values: left'),
        ("owners=x,y", "owners", 'Query param "owners" has invalid values: x, y'),
        (
            "limit=1&limit=2&limit=3",
            "limit",
            'Query param "limit" provided more than once, found 3 times. Only provide 1 instance of this query param.',
        ),
        ("since=yesterday", "since", 'Query param "since" must be a valid date-time: yesterday is not RFC 3339'),
        ("label=a:b&label=a:b&label=a:b&label=a:b", "label", 'Query param "label" has 4 values, the limit is 3'),
    ],
)
async def test_bad_query_value_names_its_parameter(
    client: httpx.AsyncClient, query: str, field: str, detail: str
) -> None:
    status, body = await listed(client, query)
    assert status == 400
    assert body["message"] == "Query parameters have invalid values."
    assert body["validations"] == [{"field": field, "detail": detail}]


async def test_every_bad_query_value_is_listed_before_own_texts(client: httpx.AsyncClient) -> None:
    status, body = await listed(client, "page=0&limit=x&after_id=y")
    assert (status, [entry["field"] for entry in body["validations"]]) == (400, ["after_id", "limit"])


async def test_query_parameter_with_own_text(client: httpx.AsyncClient) -> None:
    assert await listed(client, "page=0") == (400, {"message": "Invalid page (1-)."})
    assert await listed(client, "label=x") == (400, {"message": 'Invalid label "x"'})


async def test_required_query_parameter_with_own_text(client: httpx.AsyncClient) -> None:
    for query in ("", "?organization="):
        response = await client.post(f"/api/files{query}", content=b"x")
        assert (response.status_code, response.json()) == (400, {"message": "Missing organization."})
    response = await client.post("/api/files?organization=x", content=b"x")
    assert response.json()["validations"][0]["detail"] == 'Query param "organization" must be a valid uuid'


async def test_header_parameters(client: httpx.AsyncClient) -> None:
    content = {"content": [{"type": "text", "text": "hi"}], "owner_id": THING}
    response = await client.post("/api/things", json=content, headers={"Idempotency-Key": "k1"})
    assert (response.status_code, response.json()["key"]) == (201, "k1")
    response = await client.post("/api/things", json=content, headers={"Idempotency-Key": "k" * 11})
    assert response.json() == {"message": "Key too long.", "detail": "At most 10, not kkkkkkkkkkk."}
    response = await client.post("/api/things", json=content, headers={"Idempotency-Key": ""})
    assert response.json() == {
        "message": "Validation failed.",
        "validations": [{"field": "idempotency-key", "detail": "Header must have at least 1 characters"}],
    }
