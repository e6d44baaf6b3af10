"""The reference part of the documentation: pages in Markdown, made of the contract and of the settings.

`pages()` gives them by their place in the site. Nothing here knows MkDocs.
"""

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any, Final

from palaver.contract.loader import Contract
from palaver.settings import Settings

METHODS: Final = ("get", "put", "post", "patch", "delete")
_BEFORE_LIST: Final = re.compile(r"^(?!\d+\. |- | )(.+)\n(?=1\. |- )", re.MULTILINE)
_QUOTED: Final = re.compile(r"(?<!\[)`([A-Za-z][A-Za-z-]+)`")

JSONObject = dict[str, Any]


def pages() -> dict[str, str]:
    """Every generated page: its path below `reference/`, its Markdown."""
    made = {"index.md": _index(), "schemas.md": _schemas(), "errors.md": _errors(), "settings.md": _settings()}
    for tag in _document()["tags"]:
        made[f"{_slug(tag['name'])}.md"] = _tag_page(tag)
    return made


def tag_pages() -> list[tuple[str, str]]:
    """Title and file of each tag's page, in the contract's order."""
    return [(tag["name"].capitalize(), f"{_slug(tag['name'])}.md") for tag in _document()["tags"]]


def operations() -> Iterator[tuple[str, str, JSONObject, JSONObject]]:
    """Path, method, path item and operation, in the contract's order."""
    for path, item in _document()["paths"].items():
        for method in METHODS:
            if method in item:
                yield path, method, item, item[method]


def messages() -> dict[tuple[int, str], list[str]]:
    """The operations that document an error with a status and a text, in the order of both."""
    found: dict[tuple[int, str], list[str]] = {}
    for _, _, _, operation in operations():
        for status, response in operation["responses"].items():
            if status < "400":
                continue
            for media in _resolve(response).get("content", {}).values():
                for value in _examples(media):
                    text = value["message"] if isinstance(value, dict) else str(value).strip()
                    names = found.setdefault((int(status), text), [])
                    if operation["operationId"] not in names:
                        names.append(operation["operationId"])
    return dict(sorted(found.items()))


# ---- pages ----


def _index() -> str:
    info = _document()["info"]
    lines = ["# Reference", "", f"Version {info['version']} of the contract. These pages are made of it."]
    lines += ["", "| | | |", "|---|---|---|"]
    for tag in _document()["tags"]:
        count = sum(tag["name"] in operation["tags"] for _, _, _, operation in operations())
        name, file = tag["name"].capitalize(), f"{_slug(tag['name'])}.md"
        lines.append(f"| [{name}]({file}) | {_cell(tag['description'])} | {count} |")
    lines += ["", "Beside them: [errors](errors.md), [schemas](schemas.md), [settings](settings.md), and the documents"]
    lines += ["themselves: [openapi.yaml](../openapi.yaml) and, for the WebSockets, [asyncapi.yaml](../asyncapi.yaml)."]
    return "\n".join([*lines, "", "## What holds everywhere", "", _linked(info["description"])]) + "\n"


def _tag_page(tag: JSONObject) -> str:
    parts = [f"# {tag['name'].capitalize()}", "", _linked(tag["description"])]
    for path, method, item, operation in operations():
        if tag["name"] in operation["tags"]:
            parts += ["", *_operation(path, method, item, operation)]
    return "\n".join(parts) + "\n"


def _operation(path: str, method: str, item: JSONObject, operation: JSONObject) -> list[str]:
    lines = [f"## {operation['summary']} {{ #{operation['operationId']} }}", ""]
    lines += [f"`{method.upper()} {path}`{{ .palaver-route }} `{operation['operationId']}`"]
    if operation.get("deprecated"):
        lines += ["", "**Deprecated.**"]
    if operation.get("x-palaver-extension"):
        lines += ["", "*Not part of the compatible wire.*"]
    lines += ["", _linked(operation["description"])]
    parameters = [_resolve(given) for given in [*item.get("parameters", []), *operation.get("parameters", [])]]
    if parameters:
        lines += ["", "| Parameter | In | Type | |", "|---|---|---|---|"]
        for given in parameters:
            name = f"`{given['name']}`" + (" *required*" if given.get("required") else "")
            text = _cell(given.get("description", ""))
            lines.append(f"| {name} | {given['in']} | {_type(given.get('schema', {}))} | {text} |")
    body = _resolve(operation.get("requestBody", {}))
    for media_type, media in body.get("content", {}).items():
        lines += ["", f"**Request** `{media_type}`: {_type(media.get('schema', {}))}"]
        lines += _sample("Request", media)
    lines += ["", "| Status | | Body |", "|---|---|---|"]
    for status, given in operation["responses"].items():
        response = _resolve(given)
        bodies = [_type(media.get("schema", {})) for media in response.get("content", {}).values()]
        lines.append(f"| {status} | {_cell(response['description'])} | {', '.join(dict.fromkeys(bodies)) or '-'} |")
    for status, given in operation["responses"].items():
        if status < "300":
            for media in _resolve(given).get("content", {}).values():
                lines += _sample(f"Answer {status}", media)
    return lines


def _schemas() -> str:
    lines = ["# Schemas", "", "Every named schema of the contract, in the order of the alphabet."]
    for name, schema in sorted(_document()["components"]["schemas"].items(), key=lambda item: item[0].lower()):
        lines += ["", f"## {name} {{ #{name} }}", "", _linked(schema.get("description", ""))]
        if "oneOf" in schema:
            key = schema["discriminator"]["propertyName"]
            lines += ["", f"One of these, by `{key}`:", ""]
            mapping = schema["discriminator"]["mapping"].items()
            lines += [f"- `{value}`: {_type({'$ref': target})}" for value, target in mapping]
        elif schema.get("properties"):
            lines += ["", "| Field | Type | |", "|---|---|---|"]
            required = schema.get("required", [])
            for field, given in schema["properties"].items():
                mark = " *required*" if field in required else ""
                lines.append(f"| `{field}`{mark} | {_type(given)} | {_cell(given.get('description', ''))} |")
        else:
            lines += ["", _type({key: value for key, value in schema.items() if key != "$ref"})]
    return "\n".join(lines) + "\n"


def _errors() -> str:
    lines = [
        "# Errors",
        "",
        "Every error that the contract gives an example of: its status, its `message`, and the operations that answer",
        "it. All have the body [`Response`](schemas.md#Response) unless their operation says otherwise. Texts in which",
        "a value stands show an example of it.",
    ]
    before = 0
    for (status, text), names in messages().items():
        if status != before:
            lines += ["", f"## {status}", "", "| Message | Operations |", "|---|---|"]
            before = status
        linked = ", ".join(_operation_link(name) for name in names[:6])
        more = f" and {len(names) - 6} more" if len(names) > 6 else ""
        lines.append(f"| {_cell(text)} | {linked}{more} |")
    return "\n".join(lines) + "\n"


def _settings() -> str:
    lines = [
        "# Settings",
        "",
        "Read once, at start, from variables of the environment. `palaver settings` prints them with their present",
        "values.",
        "",
        "| Variable | Default | |",
        "|---|---|---|",
    ]
    for name, field in Settings.model_fields.items():
        default = field.get_default(call_default_factory=False)
        shown = "" if default is None or default == "" or field.is_required() else f"`{default}`"
        lines.append(f"| `PALAVER_{name.upper()}` | {shown} | {_cell(field.description or '')} |")
    return "\n".join(lines) + "\n"


# ---- pieces ----


@cache
def _document() -> JSONObject:
    return Contract.load().document


@cache
def _pages_of_operations() -> dict[str, str]:
    return {operation["operationId"]: f"{_slug(operation['tags'][0])}.md" for _, _, _, operation in operations()}


def _resolve(node: JSONObject) -> JSONObject:
    while "$ref" in node:
        found: Any = _document()
        for step in node["$ref"].removeprefix("#/").split("/"):
            found = found[step.replace("~1", "/").replace("~0", "~")]
        node = found
    return node


def _slug(tag: str) -> str:
    return tag.replace(" ", "-")


def _cell(text: str) -> str:
    return _linked(" ".join(text.split())).replace("|", "\\|").replace("<", "&lt;")


def _linked(text: str) -> str:
    """The text with links to the operations and schemas that it names, and with room before lists."""

    def link(match: re.Match[str]) -> str:
        name = match[1]
        if name in _pages_of_operations():
            return _operation_link(name)
        if name in _document()["components"]["schemas"]:
            return f"[`{name}`](schemas.md#{name})"
        return match[0]

    return _QUOTED.sub(link, _BEFORE_LIST.sub(r"\1\n\n", text.strip()))


def _operation_link(name: str) -> str:
    return f"[`{name}`]({_pages_of_operations()[name]}#{name})"


def _type(schema: JSONObject) -> str:
    """A schema in a few words, with a link where it has a name."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f"[{name}](schemas.md#{name})"
    several = schema.get("allOf") or schema.get("oneOf")
    if several:
        kind = " or ".join(_type(part) for part in several)
    elif schema.get("type") == "array":
        kind = f"list of {_type(schema.get('items', {}))}"
    elif "enum" in schema:
        kind = ", ".join(f"`{value}`" for value in schema["enum"])
    elif isinstance(schema.get("additionalProperties"), dict):
        kind = f"map to {_type(schema['additionalProperties'])}"
    else:
        kind = " ".join(filter(None, (schema.get("type", "any JSON"), schema.get("format"))))
    return f"{kind} or null" if schema.get("nullable") else kind


def _examples(media: JSONObject) -> Iterator[Any]:
    if "example" in media:
        yield media["example"]
    for example in media.get("examples", {}).values():
        yield _resolve(example)["value"]


def _sample(title: str, media: JSONObject) -> list[str]:
    """The first example of a body, folded; empty where it has none."""
    for value in _examples(media):
        if not isinstance(value, (dict, list)):
            return []
        text = json.dumps(value, indent=2, ensure_ascii=False)
        return [
            "",
            f'??? example "{title}"',
            "",
            "    ```json",
            *(f"    {line}" for line in text.splitlines()),
            "    ```",
        ]
    return []
