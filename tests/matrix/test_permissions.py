"""Every operation, asked by every kind of caller, answers what permissions.tsv says."""

import csv
from functools import cache
from pathlib import Path

import pytest

from tests.contract.operations import Operation, operations
from tests.matrix.requests import REQUESTS, Request
from tests.matrix.stage import CALLERS, Stage

TABLE = Path(__file__).with_name("permissions.tsv")
EVERY_OPERATION = pytest.mark.parametrize("operation", operations(), ids=lambda operation: operation.operation_id)


@cache
def table() -> dict[str, dict[str, int]]:
    """operation id -> caller -> status."""
    lines = [line for line in TABLE.read_text("utf-8").splitlines() if not line.startswith("#")]
    rows: dict[str, dict[str, int]] = {}
    for row in csv.DictReader(lines, delimiter="\t"):
        operation_id = row.pop("operation")
        assert operation_id not in rows, f"{operation_id} has two rows"
        rows[operation_id] = {caller: int(status) for caller, status in row.items()}
    return rows


def test_every_operation_has_a_row_with_every_caller() -> None:
    assert list(table()) == [operation.operation_id for operation in operations()]
    for operation_id, row in table().items():
        assert tuple(row) == CALLERS, operation_id


def test_every_status_of_the_table_is_in_the_contract() -> None:
    for operation in operations():
        undocumented = {str(status) for status in table()[operation.operation_id].values()}
        undocumented -= operation.definition["responses"].keys()
        assert not undocumented, f"{operation.operation_id}: {undocumented}"


@EVERY_OPERATION
async def test_the_server_answers_as_the_table_says(operation: Operation, stage: Stage) -> None:
    found = {caller: await answer(stage, operation, caller) for caller in CALLERS}
    assert found == table()[operation.operation_id]


async def answer(stage: Stage, operation: Operation, caller: str) -> int:
    """The status that this kind of caller gets for a request of its own."""
    stage.caller = caller
    request: Request = await REQUESTS[operation.operation_id](stage)
    token = await stage.token_of(caller, request.owner or stage.people["owner"])
    options = dict(request.options)
    options["headers"] = {**options.get("headers", {}), **({"Coder-Session-Token": token} if token else {})}
    if request.json is not None:
        options["json"] = request.json
    # As a stream, so that one without an end is as good as any other answer.
    async with stage.world.anonymous.stream(operation.method.upper(), request.path, **options) as response:
        return response.status_code
