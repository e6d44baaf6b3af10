"""The table of errors: which rows an operation has, and which answers are a row's."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from tests.contract.operations import Operation, examples_of

Row: TypeAlias = dict[str, Any]
TABLE: dict[str, Any] = yaml.load(Path(__file__).with_name("error_rows.yaml").read_text("utf-8"), yaml.CSafeLoader)


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
    yield from TABLE["operations"].get(operation.operation_id, {"rows": ()})["rows"]
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
