"""`python clients/generate.py LANGUAGE...`: what the packages under clients/ take over from the contract.

The generators' output and a module of facts (the contract's version, the operations that take an idempotency key) go to
a directory `generated` of each package, which is made anew. The versions in the packages' metadata are the contract's.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import yaml

CLIENTS: Final = Path(__file__).resolve().parent
CONTRACT: Final = CLIENTS.parent / "openapi.yaml"
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


def python(document: dict[str, Any]) -> None:
    """openapi-python-client, from the environment of requirements/clients.txt."""
    package = CLIENTS / "python"
    output = package / "palaver_client/generated"
    shutil.rmtree(output, ignore_errors=True)
    command = [str(Path(sys.executable).with_name("openapi-python-client")), "generate", "--path", str(CONTRACT)]
    command += ["--meta", "none", "--output-path", str(output), "--config", "generator.yaml", "--fail-on-warning"]
    _run(command, package)
    version, operations = document["info"]["version"], idempotent_operations(document)
    listed = "".join(f'    re.compile(r"{operation}"),\n' for operation in operations)
    (output / "contract.py").write_text(
        '"""Facts of the contract that this package was made from."""\n\nimport re\nfrom typing import Final\n\n'
        f'CONTRACT_VERSION: Final = "{version}"\n\nIDEMPOTENT_OPERATIONS: Final = (\n{listed})\n'
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


LANGUAGES: Final = {"typescript": typescript, "python": python, "go": go}


def _node_program(package: Path, name: str) -> str:
    return str(package / "node_modules/.bin" / name)


def _run(command: list[str], directory: Path) -> None:
    subprocess.run(command, cwd=directory, check=True)


def main(languages: list[str]) -> None:
    """Generate for these languages."""
    document = yaml.safe_load(CONTRACT.read_text())
    for language in languages:
        LANGUAGES[language](document)


if __name__ == "__main__":
    main(sys.argv[1:])
