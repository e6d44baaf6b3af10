"""The first lines of a new operation: its handler with the contract's checks as comments, and its first test.

The contract comes first: write the operation into openapi.yaml, run `make generate`, then `palaver openapi scaffold`.
"""

import ast
import pprint
import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from palaver.contract.loader import Contract, JSONObject, lookup
from palaver.contract.parameters import Parameter, compile_parameter, handled

_METHODS = ("get", "put", "post", "patch", "delete")
_WIDTH = 116
_CHECK = re.compile(r"^(\d+)\. (.+?)(?=^\d+\. |^\s*$|\Z)", re.MULTILINE | re.DOTALL)


class ScaffoldRefused(Exception):
    """There is nothing to scaffold: the operation is unknown, or it has a handler or a test already."""


@dataclass(frozen=True, slots=True)
class Scaffold:
    """Source text for one operation; paths are relative to the checkout."""

    handler_path: Path
    imports: tuple[str, ...]
    handler: str
    test_path: Path
    test: str

    def write(self, root: Path) -> None:
        """Add the handler to its module and make the test. Raises ScaffoldRefused when the test exists."""
        test_path = root / self.test_path
        if test_path.exists():
            raise ScaffoldRefused(f"{self.test_path} exists already")
        module_path = root / self.handler_path
        module = module_path.read_text(encoding="utf-8") if module_path.exists() else ""
        module_path.write_text(_with_imports(module, self.imports) + f"\n\n{self.handler}", encoding="utf-8")
        test_path.parent.mkdir(parents=True, exist_ok=True)
        test_path.write_text(self.test, encoding="utf-8")


def scaffold(operation_id: str, contract: Contract, root: Path) -> Scaffold:
    """The scaffold of an operation of `contract`; `root` is the checkout whose handlers it joins.

    Raises ScaffoldRefused for an operation that the contract does not have, or that has a handler.
    """
    operations = {definition["operationId"]: (path, method, definition) for path, method, definition in _walk(contract)}
    if operation_id not in operations:
        raise ScaffoldRefused(f"openapi.yaml has no operation {operation_id}")
    handlers = _handlers(root / "handlers")
    name = operation_id.replace("-", "_")
    if name in handlers:
        raise ScaffoldRefused(f"{operation_id} has a handler already, in handlers/{handlers[name]}.py")
    path, method, definition = operations[operation_id]
    tag = definition["tags"][0]
    neighbours = [
        handlers[other.replace("-", "_")]
        for other, (_, _, neighbour) in operations.items()
        if neighbour["tags"] == [tag] and other.replace("-", "_") in handlers
    ]
    module = neighbours[0] if neighbours else tag.removeprefix("chat ").replace(" ", "_")
    imports, handler = _handler(name, definition, contract)
    return Scaffold(
        handler_path=Path("handlers", f"{module}.py"),
        imports=imports,
        handler=handler,
        test_path=Path("tests", "api", f"test_{name}.py"),
        test=_test(name, path, method, definition, contract),
    )


def checks(description: str) -> list[str]:
    """The numbered list below "Checks, in order:", one line each."""
    _, found, listed = description.partition("in order:\n")
    if not found:
        return []
    return [f"{number}. {' '.join(text.split())}" for number, text in _CHECK.findall(listed)]


def _walk(contract: Contract) -> Iterator[tuple[str, str, JSONObject]]:
    """Path, method and definition of every operation, with the path's parameters; only schemas keep their `$ref`s."""
    for path, item in contract.document["paths"].items():
        for method in _METHODS:
            if method in item:
                resolved = contract.resolved["paths"][path]
                parameters = [*resolved.get("parameters", []), *resolved[method].get("parameters", [])]
                yield path, method, {**item[method], "parameters": parameters}


def _handlers(directory: Path) -> dict[str, str]:
    """The module of every public handler by its name."""
    found = {}
    for path in sorted(directory.glob("[!_]*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.AsyncFunctionDef) and not node.name.startswith("_"):
                found[node.name] = path.stem
    return found


def _handler(name: str, definition: JSONObject, contract: Contract) -> tuple[tuple[str, ...], str]:
    imports = {"from palaver.contract.context import Context"}
    arguments = ["ctx: Context"]
    compiled = [
        compile_parameter(parameter, contract.resolved["components"])
        for parameter in handled(definition["parameters"], definition)
    ]
    arguments += [_argument(parameter, imports) for parameter in sorted(compiled, key=_has_default)]
    body = _json_schema(definition.get("requestBody", {}), contract)
    if body is not None:
        at = next((number for number, argument in enumerate(arguments) if "=" in argument), len(arguments))
        arguments.insert(at, f"body: {_type(body, imports)}")
    answer: JSONObject = next(
        (definition["responses"][s] for s in sorted(definition["responses"]) if s.startswith("2")), {}
    )
    schema = _json_schema(answer, contract)
    returned = _type(schema, imports) if schema is not None else "None"
    signature = f"async def {name}({', '.join(arguments)}) -> {returned}:"
    if len(signature) > _WIDTH:
        signature = f"async def {name}(\n    {', '.join(arguments)}\n) -> {returned}:"
    comments = [
        textwrap.fill(check, _WIDTH, initial_indent="    # ", subsequent_indent="    #    ")
        for check in checks(definition["description"])
    ]
    lines = [signature, f'    """{definition["summary"]}."""', *comments, "    raise NotImplementedError"]
    return tuple(sorted(imports)), "\n".join(lines) + "\n"


def _argument(parameter: Parameter, imports: set[str]) -> str:
    kind = parameter.python_type.__name__
    if kind in {"UUID", "datetime"}:
        module = {"UUID": "uuid", "datetime": "datetime"}[kind]
        imports.add(f"import {module}")
        kind = f"{module}.{kind}"
    elif kind == "list":
        kind = "list[str]"
    if not _has_default(parameter):
        return f"{parameter.argument}: {kind}"
    return f"{parameter.argument}: {kind} | None = None"


def _has_default(parameter: Parameter) -> bool:
    return not parameter.required and parameter.schema.get("default") is None


def _json_schema(holder: JSONObject, contract: Contract) -> JSONObject | None:
    if "$ref" in holder:
        holder = lookup(contract.document, holder["$ref"])
    media: JSONObject | None = holder.get("content", {}).get("application/json")
    return None if media is None else media["schema"]


def _type(schema: JSONObject, imports: set[str]) -> str:
    if "$ref" in schema:
        name = str(schema["$ref"].rpartition("/")[2])
        imports.add(f"from palaver.contract.types import {name}")
        return name
    if schema.get("type") == "array":
        return f"list[{_type(schema['items'], imports)}]"
    imports.add("from typing import Any")
    return "Any"


def _test(name: str, path: str, method: str, definition: JSONObject, contract: Contract) -> str:
    for parameter in definition["parameters"]:
        if parameter["in"] == "path":
            path = path.replace(f"{{{parameter['name']}}}", str(parameter.get("example", parameter["name"])))
    status = next(iter(sorted(s for s in definition["responses"] if s.startswith("2"))), min(definition["responses"]))
    example = _example(definition, contract)
    argument = "" if example is None else ", BODY"
    constant = "" if example is None else f"\nBODY = {_literal(example)}\n"
    public = definition.get("security") == []
    caller = "anonymous" if public else "owner"
    lines = [
        f'"""{definition["summary"]}: {definition["operationId"]}."""',
        "",
        "from tests.support.world import World",
        "",
        f'PATH = "{path}"{constant}',
        "",
        f"async def test_{name}_answers_its_example(world: World) -> None:",
        f"    response = await world.{caller}.{method}(PATH{argument})",
        f"    assert response.status_code == {status}, response.text",
    ]
    if not public:
        lines += [
            "",
            "",
            f"async def test_{name}_wants_a_token(world: World) -> None:",
            f"    assert (await world.anonymous.{method}(PATH{argument})).status_code == 401",
        ]
    return "\n".join(lines) + "\n"


def _example(definition: JSONObject, contract: Contract) -> Any:
    content = definition.get("requestBody", {}).get("content", {})
    media = content.get("application/json", {})
    named = next(iter(media.get("examples", {}).values()), {"value": media.get("example")})
    return lookup(contract.document, named["$ref"])["value"] if "$ref" in named else named["value"]


def _literal(value: Any) -> str:
    """A JSON value as Python source."""
    return pprint.pformat(value, width=_WIDTH, sort_dicts=False)


def _with_imports(module: str, imports: tuple[str, ...]) -> str:
    """The module with those import lines that it lacks, behind its last import."""
    present = {line.strip() for line in module.splitlines()}
    names = {
        f"from {node.module} import {alias.name}"
        for node in ast.parse(module).body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    missing = [line for line in imports if line not in present | names]
    body = ast.parse(module).body
    last = max((node.end_lineno or 0 for node in body if isinstance(node, (ast.Import, ast.ImportFrom))), default=0)
    lines = module.rstrip("\n").split("\n") if module else []
    return "\n".join([*lines[:last], *missing, *lines[last:]]) + "\n"
