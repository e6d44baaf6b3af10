"""The table of errors is whole: each error of the contract has a row, and each row is provoked or says why not."""

import re
from pathlib import Path

import pytest

from tests.contract.error_rows import TABLE, errors_of, rows_of, tells_of
from tests.contract.operations import Operation, operations

ROOT = Path(__file__).parents[2]
DISPOSITIONS = {"try", "test", "never"}
EVERY_OPERATION = pytest.mark.parametrize("operation", operations(), ids=lambda operation: operation.operation_id)


def literal(template: str) -> str:
    """The beginning of the longest part of a template that stands for itself; NUL where there is none."""
    return max(re.split(r"<[^>]*>", template), key=len).strip()[:30] or "\0"


def test_every_operation_has_its_rows() -> None:
    assert list(TABLE["operations"]) == [operation.operation_id for operation in operations()]


@EVERY_OPERATION
def test_every_error_of_the_contract_has_a_row(operation: Operation) -> None:
    rows = list(rows_of(operation))
    missing = [error for error in errors_of(operation) if not any(tells_of(row, *error) for row in rows)]
    assert missing == []


@EVERY_OPERATION
def test_every_row_that_can_be_provoked_is_in_the_contract(operation: Operation) -> None:
    errors = list(errors_of(operation))
    rows = [row for row in rows_of(operation) if "never" not in row and "of" not in row]
    assert [row for row in rows if not any(tells_of(row, *error) for error in errors)] == []


def test_every_row_is_provoked_or_says_why_not() -> None:
    used = set()
    for row in [*TABLE["common"], *(row for entry in TABLE["operations"].values() for row in entry["rows"])]:
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
