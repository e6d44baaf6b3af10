"""The checker that other tests rely on: it must see what is wrong."""

import httpx
import orjson
import pytest

from palaver.contract.loader import Contract
from tests.contract_edge.conftest import SAMPLE, TOKEN, sample_edge
from tests.support.contract_checker import CheckedTransport, ContractBroken, ResponseChecker

THING = "5b8f2c60-7e1d-4a39-b4c2-d96e03f1a875"
COMMON = {
    "X-Coder-Build-Version": "v1",
    "X-Content-Type-Options": "nosniff",
    "X-Request-Id": "1",
    "Content-Type": "application/json; charset=utf-8",
}


@pytest.fixture(scope="module")
def checker() -> ResponseChecker:
    return ResponseChecker(Contract.load(SAMPLE))


def json(value: object) -> bytes:
    return orjson.dumps(value) + b"\n"


def test_right_answers_pass(checker: ResponseChecker) -> None:
    checker.check("get-thing", 200, COMMON, json({"id": THING, "parent": None}))
    checker.check("get-thing", 200, COMMON, json({"id": THING, "parent": "plan"}))
    checker.check("get-thing", 404, COMMON, json({"message": "no"}))
    checker.check("delete-thing", 204, COMMON, b"")
    assert {("get-thing", 200), ("get-thing", 404), ("delete-thing", 204)} <= checker.seen


@pytest.mark.parametrize(
    ("operation_id", "status", "headers", "body", "complaint"),
    [
        ("get-thing", 409, COMMON, json({"message": "x"}), "status 409 is not among"),
        ("get-thing", 200, COMMON, json({"id": THING}), "parent breaks required"),
        ("get-thing", 200, COMMON, json({"id": "x", "parent": None}), "id breaks format"),
        ("get-thing", 200, COMMON, json({"id": THING, "parent": "fly"}), "parent breaks enum"),
        ("get-thing", 200, COMMON, json({"id": THING, "parent": None, "more": 1}), "breaks additionalProperties"),
        ("get-thing", 200, COMMON, orjson.dumps({"id": THING, "parent": None}), "without a newline"),
        ("get-thing", 200, {**COMMON, "Content-Type": "text/html"}, b"x", "text/html instead of"),
        ("delete-thing", 204, COMMON, b"x", "where the contract has none"),
        ("delete-thing", 204, {}, b"", "lacks the headers"),
    ],
)
def test_wrong_answers_are_seen(
    checker: ResponseChecker, operation_id: str, status: int, headers: dict[str, str], body: bytes, complaint: str
) -> None:
    with pytest.raises(ContractBroken, match=complaint):
        checker.check(operation_id, status, headers, body)


async def test_transport_checks_every_response(checker: ResponseChecker) -> None:
    transport = CheckedTransport(httpx.ASGITransport(app=sample_edge()), checker)
    headers = {"Coder-Session-Token": TOKEN}
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost", headers=headers) as client:
        assert (await client.get(f"/api/things/{THING}")).status_code == 200
        assert (await client.get("/api/things/x")).status_code == 400
        assert (await client.get("/nowhere")).status_code == 404
        assert (await client.patch("/api/things")).status_code == 405
        assert (await client.get("/healthz")).status_code == 200
        with pytest.raises(ContractBroken, match="create-thing: status 413 is not among"):
            await client.post("/api/things", content=b" " * 30000)
