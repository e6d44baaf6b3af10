"""The table of errors: each row is provoked, and each error that the contract knows has a row."""

import re
from collections.abc import AsyncIterator, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any, TypeAlias

import pytest
import pytest_asyncio
import yaml

from tests.api.error_stage import Names, callers_of, given, names_of
from tests.contract.operations import Operation, examples_of, operations
from tests.matrix.stage import set_stage
from tests.support.api import Api
from tests.support.world import World

Row: TypeAlias = dict[str, Any]
ROOT = Path(__file__).parents[2]
TABLE: dict[str, Any] = yaml.load(
    (ROOT / "tests" / "contract" / "error_rows.yaml").read_text("utf-8"), yaml.CSafeLoader
)
OPERATIONS = {operation.operation_id: operation for operation in operations()}
DISPOSITIONS = {"try", "test", "never"}
EVERY_OPERATION = pytest.mark.parametrize("operation", operations(), ids=lambda operation: operation.operation_id)


def is_of(kind: str, operation: Operation) -> bool:
    """Whether a common row of that kind is the operation's, too."""
    parameters = {parameter["name"] for parameter in operation.parameters}
    match kind:
        case "all":
            return True
        case "token":
            return not operation.public
        case "body":
            return "requestBody" in operation.definition
        case "json":
            return operation.body is not None and operation.definition["requestBody"].get("required", False)
        case "conditional":
            return "x-precondition" in operation.definition
        case "idempotent":
            return "Idempotency-Key" in parameters
        case "processor":
            return any(message == "Chat processor is unavailable." for _, message, _ in errors_of(operation))
        case "user":  # an id where it is no name
            named = [parameter for parameter in operation.parameters if parameter["name"] == "user"]
            return any(parameter["in"] == "path" and "format" not in parameter["schema"] for parameter in named)
        case _:
            return f"{{{kind}}}" in operation.path


def rows_of(operation: Operation) -> Iterator[Row]:
    """The operation's own rows, then those that it shares with others."""
    yield from TABLE["operations"][operation.operation_id]["rows"] or ()
    for row in TABLE["common"]:
        if is_of(row["of"], operation):
            yield row


def errors_of(operation: Operation) -> Iterator[tuple[int, str, str | None]]:
    """(status, message, detail) of every example of an error in the contract."""
    for status, response in operation.definition["responses"].items():
        media = response.get("content", {}).get("application/json", {})
        for example in examples_of(media).values() if int(status) >= 400 else ():
            yield int(status), example["message"], example.get("detail")


def fits(template: str, words: str) -> bool:
    """Whether words are those of a template, `<...>` standing for any."""
    return re.fullmatch(".*".join(map(re.escape, re.split(r"<[^>]*>", template))), words, re.DOTALL) is not None


def tells_of(row: Row, status: int, message: str, detail: str | None) -> bool:
    """Whether an answer is the row's."""
    same = row["status"] == status and fits(row["message"], message)
    return same and ("detail" not in row or (detail is not None and fits(row["detail"], detail)))


def literal(template: str) -> str:
    """The beginning of the longest part of a template that stands for itself; NUL where there is none."""
    return max(re.split(r"<[^>]*>", template), key=len).strip()[:30] or "\0"


# ---- the table is whole ----


def test_every_operation_has_its_rows() -> None:
    assert list(TABLE["operations"]) == list(OPERATIONS)


@EVERY_OPERATION
def test_every_error_of_the_contract_has_a_row(operation: Operation) -> None:
    rows = list(rows_of(operation))
    missing = [error for error in errors_of(operation) if not any(tells_of(row, *error) for row in rows)]
    assert missing == []


@EVERY_OPERATION
def test_every_row_that_can_be_provoked_is_in_the_contract(operation: Operation) -> None:
    errors = list(errors_of(operation))
    rows = [row for row in TABLE["operations"][operation.operation_id]["rows"] or () if "never" not in row]
    assert [row for row in rows if not any(tells_of(row, *error) for error in errors)] == []


def test_every_row_is_provoked_or_says_why_not() -> None:
    used = set()
    for row in [*TABLE["common"], *(row for entry in TABLE["operations"].values() for row in entry["rows"] or ())]:
        assert len(row.keys() & DISPOSITIONS) == 1, row
        if "never" in row:
            used.add(row["never"])
        if "test" in row:
            path, _, name = row["test"].partition("::")
            source = (ROOT / path).read_text("utf-8")
            assert re.search(rf"^(async )?def {name}\(", source, re.MULTILINE), row
            # Words of the row stand there, at least as far as a line of source goes.
            assert any(
                literal(words) in source.replace('\\"', '"') for words in (row["message"], row.get("detail", ""))
            ), row
    assert used == set(TABLE["reasons"])


# ---- the rows are true ----


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
