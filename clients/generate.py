"""`python clients/generate.py LANGUAGE...`: what the packages under clients/ take over from the contract.

The generators' output and a module of facts (the contract's version, the operations that take an idempotency key) go to
a directory `generated` of each package, which is made anew. The versions in the packages' metadata are the contract's.

`--check-python` looks instead whether what the repository keeps for Python is what would be made.
"""

import filecmp
import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, Final

import openapi_generator
import yaml

CLIENTS: Final = Path(__file__).resolve().parent
CONTRACT: Final = CLIENTS.parent / "openapi.yaml"
PYTHON_OUTPUT: Final = CLIENTS / "python/palaver_client/generated"
IDEMPOTENCY_KEY: Final = "#/components/parameters/IdempotencyKey"


def idempotent_operations(document: dict[str, Any]) -> list[str]:
    """A regular expression, for "METHOD /path", of each operation that takes an idempotency key."""
    return sorted(
        f"^{method.upper()} {re.sub(r'{[^}]*}', '[^/]+', path)}$"
        for path, item in document["paths"].items()
        for method, operation in item.items()
        if isinstance(operation, dict)
        and {"$ref": IDEMPOTENCY_KEY} in [*operation.get("parameters", ()), *item.get("parameters", ())]
    )


def stream_events(document: dict[str, Any]) -> dict[str, str]:
    """The schema of each type of stream event."""
    mapping = document["components"]["schemas"]["ChatStreamEvent"]["discriminator"]["mapping"]
    return {kind: reference.rpartition("/")[2] for kind, reference in mapping.items()}


def typescript(document: dict[str, Any]) -> None:
    """openapi-ts, as the package's own configuration says."""
    package = CLIENTS / "typescript"
    output = package / "src/generated"
    shutil.rmtree(output, ignore_errors=True)
    _run([_node_program(package, "openapi-ts"), "--silent"], package)
    # A RegExp literal would need its slashes escaped.
    version, operations = document["info"]["version"], idempotent_operations(document)
    listed = "".join(f"  new RegExp({operation!r}),\n" for operation in operations)
    (output / "contract.ts").write_text(
        f"/** The version of the contract that this package was made from. */\n"
        f"export const CONTRACT_VERSION = '{version}';\n\n"
        f"export const IDEMPOTENT_OPERATIONS: readonly RegExp[] = [\n{listed}];\n"
    )


def python(document: dict[str, Any], output: Path = PYTHON_OUTPUT) -> None:
    """openapi-python-client, from the environment of requirements/clients.txt."""
    package = CLIENTS / "python"
    shutil.rmtree(output, ignore_errors=True)
    command = [str(Path(sys.executable).with_name("openapi-python-client")), "generate", "--path", str(CONTRACT)]
    command += ["--meta", "none", "--output-path", str(output), "--config", "generator.yaml", "--fail-on-warning"]
    _run(command, package)
    version, operations = document["info"]["version"], idempotent_operations(document)
    digest = hashlib.sha256(CONTRACT.read_bytes()).hexdigest()
    listed = "".join(f'    re.compile(r"{operation}"),\n' for operation in operations)
    (output / "contract.py").write_text(
        '"""Facts of the contract that this package was made from."""\n\nimport re\nfrom typing import Final\n\n'
        f'CONTRACT_VERSION: Final = "{version}"\n\nCONTRACT_SHA256: Final = "{digest}"\n\n'
        f"IDEMPOTENT_OPERATIONS: Final = (\n{listed})\n"
    )
    events = stream_events(document)
    classes = ", ".join(events.values())
    entries = "".join(f'    "{kind}": {name},\n' for kind, name in events.items())
    (output / "events.py").write_text(
        f'"""What a chat stream tells."""\n\nfrom typing import Any, Final\n\nfrom .models import ({classes})\n\n'
        f"ChatStreamEvent = {classes.replace(', ', ' | ')}\n\nEVENTS: Final[dict[str, Any]] = {{\n{entries}}}\n"
    )


def go(document: dict[str, Any]) -> None:
    """oapi-codegen, from the module that pins it."""
    package = CLIENTS / "go"
    output = package / "generated"
    shutil.rmtree(output, ignore_errors=True)
    output.mkdir()
    generators = CLIENTS.parent / "tools/client-generators"
    command = ["go", "-C", str(generators), "tool", "oapi-codegen", "-config", str(package / "generator.yaml")]
    _run([*command, "-o", str(output / "generated.go"), str(CONTRACT)], package)
    version, operations = document["info"]["version"], idempotent_operations(document)
    listed = "".join(f"\tregexp.MustCompile(`{operation}`),\n" for operation in operations)
    types = "".join(f'\t"{kind}": true,\n' for kind in stream_events(document))
    (output / "contract.go").write_text(
        'package generated\n\nimport "regexp"\n\n'
        f"// ContractVersion is the version of the contract that this package was made from.\n"
        f'const ContractVersion = "{version}"\n\n'
        '// IdempotentOperations tells, of "METHOD /path", whether the operation takes an idempotency key.\n'
        f"var IdempotentOperations = []*regexp.Regexp{{\n{listed}}}\n\n"
        "// StreamEventTypes are the types of stream events that this package knows.\n"
        f"var StreamEventTypes = map[string]bool{{\n{types}}}\n"
    )


def java(document: dict[str, Any]) -> None:
    """openapi-generator, for Spring's RestClient: of its Java libraries the one with sealed interfaces and uploads."""
    options = {
        "library": "restclient",
        "useOneOfInterfaces": "true",
        "useSealedOneOfInterfaces": "true",
        "useAbstractionForFiles": "true",
        "useJakartaEe": "true",
        # Optional fields that may be null: null and absent are one.
        "openApiNullable": "false",
        # An empty list that nobody has set would clear what the server has.
        "containerDefaultToNull": "true",
        "hideGenerationTimestamp": "true",
        "invokerPackage": "palaver.client",
        "apiPackage": "palaver.client.api",
        "modelPackage": "palaver.client.model",
    }
    source = openapi_generator.without_error_unions(openapi_generator.simplified(document))
    openapi_generator.generate(source, "java", CLIENTS / "java/generated", options)


def rust(document: dict[str, Any]) -> None:
    """openapi-generator, for reqwest; the middleware is where requests can be repeated."""
    options = {"library": "reqwest", "supportMiddleware": "true", "packageName": "palaver_client"}
    output = CLIENTS / "rust/generated"
    source = openapi_generator.without_tags(openapi_generator.simplified(document))
    openapi_generator.generate(source, "rust", output, options)
    openapi_generator.mend_rust_errors(output / "src")


LANGUAGES: Final = {"typescript": typescript, "python": python, "go": go, "java": java, "rust": rust}


def check_python(document: dict[str, Any]) -> int:
    """Whether the kept code is what would be made; the exit status."""
    with tempfile.TemporaryDirectory() as directory:
        fresh = Path(directory) / "generated"
        python(document, fresh)
        names = {path.relative_to(top) for top in (fresh, PYTHON_OUTPUT) for path in top.rglob("*.py")}
        _, *others = filecmp.cmpfiles(fresh, PYTHON_OUTPUT, sorted(map(str, names)), shallow=False)
    stale = sorted(name for other in others for name in other)
    if not stale:
        return 0
    sys.stderr.write(f"{len(stale)} files of {PYTHON_OUTPUT.relative_to(CLIENTS.parent)} are not of this contract, ")
    sys.stderr.write(f"such as {stale[0]}. `make generate` makes them anew.\n")
    return 1


def _node_program(package: Path, name: str) -> str:
    return str(package / "node_modules/.bin" / name)


def _run(command: list[str], directory: Path) -> None:
    subprocess.run(command, cwd=directory, check=True)


def main(arguments: list[str]) -> int:
    """Generate for these languages, or check; the exit status."""
    document = yaml.safe_load(CONTRACT.read_text())
    if arguments == ["--check-python"]:
        return check_python(document)
    for language in arguments:
        LANGUAGES[language](document)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
