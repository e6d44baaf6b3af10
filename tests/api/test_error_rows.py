"""The rows of the table of errors are true: each is provoked."""

import re
from collections.abc import AsyncIterator
from contextlib import nullcontext
from typing import Any

import pytest
import pytest_asyncio

from tests.api.error_stage import Names, callers_of, given, names_of
from tests.contract.error_rows import TABLE, Row, rows_of, tells_of
from tests.contract.operations import Operation, operations
from tests.matrix.stage import set_stage
from tests.support.api import Api
from tests.support.world import World


class ErrorStage:
    """Makes the requests of the table."""

    def __init__(self, world: World, callers: dict[str, Api], names: Names) -> None:
        self._world = world
        self._callers = callers
        self._names = names

    async def wrong(self, operation: Operation, row: Row) -> str | None:
        """What is wrong with the answer to a row's request; None when nothing is."""
        change = row["try"]
        request = {**TABLE["operations"][operation.operation_id], **change}
        path = {
            "chat": "{chat}",
            **TABLE["operations"][operation.operation_id].get("path", {}),
            **change.get("path", {}),
        }
        names = {parameter["name"] for parameter in operation.parameters if parameter["in"] == "path"}
        address = re.sub(
            r"{(\w+)}", lambda found: str(self._filled(path.get(found[1], f"{{{found[1]}}}"))), operation.path
        )
        assert names <= path.keys() | self._names.keys(), f"{operation.operation_id}: nothing to ask about"
        options: dict[str, Any] = {
            "headers": request.get("headers", {}),
            "params": self._filled(request.get("query", {})),
        }
        if "raw" in request and ("raw" in change or "body" not in change):
            options["content"] = self._filled(request["raw"]).encode()
        elif "body" in request or "with" in change:
            body = {**request.get("body", {}), **change.get("with", {})}
            options["json"] = self._filled({name: value for name, value in body.items() if value is not None})
        api = self._callers[request.get("by", "alice")]
        async with given(self._world, change["given"]) if "given" in change else nullcontext():
            response = await api.request(operation.method.upper(), address, **options)
        answer = response.json() if response.content else {}
        if isinstance(answer, dict) and tells_of(
            row, response.status_code, answer.get("message", ""), answer.get("detail")
        ):
            return None
        return f"{row}\n  {operation.method} {address} answers {response.status_code} {response.text[:300]}"

    def _filled(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {self._filled(name): self._filled(item) for name, item in value.items()}
        if isinstance(value, list):
            return [self._filled(item) for item in value]
        if not isinstance(value, str):
            return value
        if (whole := re.fullmatch(r"{(\w+)}", value)) is not None:
            return self._names[whole[1]]
        return value


@pytest_asyncio.fixture(scope="module")
async def stage(shared_world: World) -> AsyncIterator[ErrorStage]:
    people = await set_stage(shared_world)
    callers = await callers_of(people)
    yield ErrorStage(shared_world, callers, await names_of(people))
    for name in ("narrow", "outsider", "auditor"):
        await callers[name].close()


@pytest.mark.parametrize(
    "operation",
    [operation for operation in operations() if any("try" in row for row in rows_of(operation))],
    ids=lambda operation: operation.operation_id,
)
async def test_the_server_answers_as_the_rows_say(operation: Operation, stage: ErrorStage) -> None:
    found = [await stage.wrong(operation, row) for row in rows_of(operation) if "try" in row]
    wrong = [answer for answer in found if answer is not None]
    assert not wrong, "\n".join(wrong)
