"""The way round the faults of openapi-generator, which makes the Java and the Rust client (README.md lists them).

It is given a copy of the contract that says the same to a program and leaves out what the generator stumbles over. What
it makes wrong of that for Rust is mended in its output; a mend that finds nothing to do is an error.
"""

import copy
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

ERROR: Final = {"$ref": "#/components/schemas/Response"}


class GeneratorChanged(Exception):
    """The generator's output is no longer what the mends were made for."""


def generate(document: dict[str, Any], language: str, output: Path, options: dict[str, str]) -> None:
    """Make `output` anew. Raises SystemExit with the generator's words when it fails."""
    shutil.rmtree(output, ignore_errors=True)
    output.mkdir(parents=True)
    source = output / "contract.json"
    source.write_text(json.dumps(document, default=str))
    command = [str(Path(sys.executable).with_name("openapi-generator-cli")), "generate"]
    command += ["-g", language, "-i", str(source), "-o", str(output)]
    command += ["--global-property", "apiDocs=false,modelDocs=false,apiTests=false,modelTests=false"]
    command += ["--additional-properties", ",".join(f"{name}={value}" for name, value in options.items())]
    # Its warnings, some 2000, tell of names that it changes.
    made = subprocess.run(command, check=False, capture_output=True, text=True)
    if made.returncode != 0:
        raise SystemExit(f"openapi-generator failed for {language}:\n{made.stdout[-4000:]}{made.stderr[-4000:]}")


def simplified(document: dict[str, Any]) -> dict[str, Any]:
    """The contract without what the generator repeats, refuses or cannot make anything of.

    The description of the whole would stand at the head of every file; links are refused, unless their body is an
    expression; event streams would be read as one JSON value. Null in an optional field means absent, which neither
    language tells from absence. Of two maps whose values are of an enum each, Java would get one name for both.
    """
    document = copy.deepcopy(document)
    del document["info"]["description"]
    document["components"].pop("links", None)
    for path, method, operation in _operations(document):
        for response in operation["responses"].values():
            response.pop("links", None)
            if "text/event-stream" in response.get("content", ()):
                document["paths"][path].pop(method, None)
    schemas = document["components"]["schemas"]
    enums = {tuple(schema["enum"]): name for name, schema in schemas.items() if "enum" in schema}
    for schema in schemas.values():
        for name, value in schema.get("properties", {}).items():
            if name not in schema.get("required", ()):
                value.pop("nullable", None)
            values = value.get("additionalProperties")
            if isinstance(values, dict) and tuple(values.get("enum", ())) in enums:
                value["additionalProperties"] = {"$ref": f"#/components/schemas/{enums[tuple(values['enum'])]}"}
    return document


def without_error_unions(document: dict[str, Any]) -> dict[str, Any]:
    """Errors that are one of several types become `Response`, which each of them is too.

    For Java: a union without a discriminator makes each of its types unreadable, and errors are read by their users.
    """
    document = copy.deepcopy(document)
    for _, _, operation in _operations(document):
        for response in operation["responses"].values():
            for media in response.get("content", {}).values():
                if "oneOf" in media.get("schema", {}):
                    media["schema"] = ERROR
    return document


def without_tags(document: dict[str, Any]) -> dict[str, Any]:
    """The types in a union lose the property that tells them apart.

    For Rust: the union's own code reads and writes it, so that the type never sees it.
    """
    document = copy.deepcopy(document)
    schemas = document["components"]["schemas"]
    for union in list(schemas.values()):
        if "discriminator" in union and "oneOf" in union:
            for reference in union["oneOf"]:
                schema = schemas[reference["$ref"].rpartition("/")[2]]
                tag = union["discriminator"]["propertyName"]
                schema["properties"].pop(tag, None)
                schema["required"] = [name for name in schema["required"] if name != tag]
    return document


def mend_rust_errors(sources: Path) -> None:
    """Have each operation's error chosen by the status: generated code takes the first type that the body fits.

    Raises GeneratorChanged.
    """
    mended = 0
    for path in sorted((sources / "apis").glob("*_api.rs")):
        text, found = re.subn(
            r"(pub enum (\w+Error) \{\n)(.*?\n)\}\n",
            lambda match: match[0] + _error_of_status(match[2], match[3]),
            path.read_text(),
            flags=re.DOTALL,
        )
        text, used = re.subn(
            r"let entity: Option<(\w+Error)> = serde_json::from_str\(&content\)\.ok\(\);",
            r"let entity = \1::of(status, &content);",
            text,
        )
        if not found or found != used:
            raise GeneratorChanged(f"{path.name}: {found} error types, {used} uses")
        path.write_text(text)
        mended += found
    if not mended:
        raise GeneratorChanged("no error types")


def _error_of_status(name: str, variants: str) -> str:
    arms = "".join(
        f"            {status} => Some(Self::Status{status}(content.to_owned())),\n"
        if kind == "String"
        else f"            {status} => serde_json::from_str(content).map(Self::Status{status}).ok(),\n"
        for status, kind in re.findall(r"Status(\d+)\(([\w:]+)\)", variants)
    )
    return (
        f"\nimpl {name} {{\n    fn of(status: reqwest::StatusCode, content: &str) -> Option<Self> {{\n"
        f"        match status.as_u16() {{\n{arms}"
        "            _ => serde_json::from_str(content).map(Self::UnknownValue).ok(),\n        }\n    }\n}\n"
    )


def _operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, item in document["paths"].items():
        for method, operation in list(item.items()):
            if isinstance(operation, dict) and "responses" in operation:
                yield path, method, operation
