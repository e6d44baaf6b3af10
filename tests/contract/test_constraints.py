"""Every constraint of the contract, broken alone, gets the refusal that stands beside it."""

from typing import Any
from urllib.parse import quote, urlencode

import pytest

from tests.contract.breakages import Breakage, Expected, all_texts, breakages
from tests.contract.operations import Operation, operations
from tests.support.api import Api
from tests.support.world import World

CASES = breakages()
OPERATIONS = [operation for operation in operations() if any(case.operation is operation for case in CASES)]
WITH_JSON_BODY = [operation for operation in operations() if operation.body is not None]
GENERAL_BODY_LIMIT = 1_048_576


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.operation_id)
async def test_every_broken_constraint_is_refused_in_its_own_words(operation: Operation, contract_world: World) -> None:
    wrong = []
    for breakage in CASES:
        if breakage.operation is not operation:
            continue
        status, body = await _send(contract_world, breakage)
        validations = body.get("validations", [])
        first = next(((entry["field"], entry["detail"]) for entry in validations), None)
        found = Expected(body["message"], body.get("detail"), first)
        fits = any(_fits(found, expected) for expected in breakage.expected)
        if status != 400 or not fits or len(validations) > 1:
            wrong.append(f"{breakage}: {status} {body}, wanted {breakage.expected}")
    assert wrong == []


def test_every_text_of_the_contract_has_been_wanted() -> None:
    # A text of a keyword that cannot break alone counts when a request breaks it together with another.
    wanted = {text for breakage in CASES for text in breakage.texts}
    unreachable = {"minLength"}  # of path parameters: an empty segment is another path
    missing = [place for text, place in all_texts().items() if text not in wanted and not _in_path(place, unreachable)]
    assert missing == []


def test_few_constraints_cannot_be_broken_alone() -> None:
    together = [str(breakage) for breakage in CASES if len(breakage.expected) > 1]
    assert len(together) <= len(CASES) // 10, together


@pytest.mark.parametrize("operation", WITH_JSON_BODY, ids=lambda operation: operation.operation_id)
@pytest.mark.parametrize("text", [b"", b"{", b"\xff", b"[NaN]", b"nonsense"], ids=repr)
async def test_a_body_that_is_no_json_is_refused(operation: Operation, text: bytes, contract_world: World) -> None:
    response = await _caller(operation, contract_world).request(
        operation.method.upper(), _path(operation), content=text, headers={"Content-Type": "application/json"}
    )
    assert response.status_code == 400
    assert response.json()["message"] == "Request body must be valid JSON."


@pytest.mark.parametrize("operation", WITH_JSON_BODY, ids=lambda operation: operation.operation_id)
async def test_a_body_beyond_its_limit_is_refused(operation: Operation, contract_world: World) -> None:
    limit = operation.definition.get("x-body-limit", GENERAL_BODY_LIMIT)
    response = await _caller(operation, contract_world).request(
        operation.method.upper(), _path(operation), content=b" " * (limit + 1)
    )
    assert response.status_code == 413


PRIVATE = [operation for operation in operations() if not operation.public]


@pytest.mark.parametrize("operation", PRIVATE, ids=lambda operation: operation.operation_id)
async def test_without_a_token_nothing_else_is_looked_at(operation: Operation, contract_world: World) -> None:
    response = await contract_world.anonymous.request(operation.method.upper(), _path(operation), content=b"{")
    assert response.status_code == 401
    assert response.json()["detail"] == 'Cookie "coder_session_token" or query parameter must be provided.'


async def _send(world: World, breakage: Breakage) -> tuple[int, dict[str, Any]]:
    operation = breakage.operation
    given = {
        parameter["name"]: str(parameter.get("example", ""))
        for parameter in operation.parameters
        if parameter.get("required") and parameter["in"] != "path" and parameter["name"] not in breakage.absent
    }
    given |= breakage.parameters
    in_header = {parameter["name"] for parameter in operation.parameters if parameter["in"] == "header"}
    in_query = {parameter["name"] for parameter in operation.parameters if parameter["in"] == "query"}
    query = urlencode({name: text for name, text in given.items() if name in in_query})
    path = _path(operation, breakage.parameters) + (f"?{query}" if query else "")
    headers = {name: text for name, text in given.items() if name in in_header}
    options = {} if breakage.body is None and operation.body is None else {"json": _body(breakage)}
    response = await _caller(operation, world).request(operation.method.upper(), path, headers=headers, **options)
    return response.status_code, response.json()


def _body(breakage: Breakage) -> Any:
    if breakage.body is not None or breakage.operation.body is None or breakage.keyword == "type":
        return breakage.body
    media = breakage.operation.body
    return media.get("example") or next(iter(media["examples"].values()))["value"]


def _path(operation: Operation, given: dict[str, str] | None = None) -> str:
    path = operation.path
    for parameter in operation.parameters:
        if parameter["in"] == "path":
            text = (given or {}).get(parameter["name"], str(parameter["example"]))
            path = path.replace(f"{{{parameter['name']}}}", quote(text, safe=""))
    return path


def _caller(operation: Operation, world: World) -> Api:
    return world.anonymous if operation.public else world.owner


def _fits(found: Expected, expected: Expected) -> bool:
    if found.message != expected.message:
        return False
    if expected.validation is not None:
        name, detail = expected.validation
        return found.validation is not None and found.validation[0] == name and detail in {"", found.validation[1]}
    return expected.detail is None or found.detail == expected.detail


def _in_path(place: str, keywords: set[str]) -> bool:
    operation_id, name = place.split(":")[0].split(" ", 1)
    operation = next(operation for operation in operations() if operation.operation_id == operation_id)
    located = next((parameter["in"] for parameter in operation.parameters if parameter["name"] == name), "body")
    return located == "path" and place.split(": ")[1] in keywords
