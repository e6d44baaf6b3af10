"""`palaver settings` and `palaver openapi`: what there is, printed."""

import json
from pathlib import Path
from typing import Final

from pydantic import SecretStr
from rich.table import Table

import palaver
from palaver.cli.console import fail, out, read_settings, refusals
from palaver.settings import ENV_PREFIX, Settings

_MASK: Final = "********"
_SECRET_FIELDS: Final = frozenset({"bus_url", "database_direct_url", "database_url", "secret_keys"})


def print_settings(*, as_json: bool) -> None:
    """A table, or a JSON array of `{name, value, default, variable, description}`."""
    rows = _rows(read_settings())
    if as_json:
        out.print_json(json.dumps(rows))
        return
    table = Table(header_style="bold")
    table.add_column("Variable", no_wrap=True)
    for heading in ("Value", "Default", "Meaning"):
        table.add_column(heading, overflow="fold")
    for row in rows:
        value = _shown(row["value"])
        shown = value if row["value"] == row["default"] else f"[bold yellow]{value}[/]"
        table.add_row(str(row["variable"]), shown, _shown(row["default"]), str(row["description"]))
    out.print(table, soft_wrap=False)


def print_scaffold(operation_id: str, *, write: bool) -> None:
    """Print the start of a new operation, or write it into the checkout."""
    from palaver.contract.loader import Contract
    from palaver.contract.scaffold import ScaffoldRefused, scaffold

    path = contract_path()
    root = path.parent
    if not (root / "handlers").is_dir():
        fail("there are no handlers beside openapi.yaml: scaffolding works in a checkout.")
    with refusals(ScaffoldRefused):
        made = scaffold(operation_id, Contract.load(path), root)
        if write:
            made.write(root)
    if write:
        out.print(f"{made.handler_path}\n{made.test_path}", highlight=False)
        return
    text = "\n".join(
        [f"# {made.handler_path}", *made.imports, "", "", made.handler, f"\n# {made.test_path}", made.test]
    )
    out.print(text, markup=False, highlight=False, soft_wrap=True)


def contract_path() -> Path:
    """Where openapi.yaml is: inside an installed package, beside a checkout."""
    package = Path(palaver.__file__).parent
    places = (package / "openapi.yaml", package.parent / "openapi.yaml")
    path = next((place for place in places if place.is_file()), None)
    return path or fail("openapi.yaml is missing: this installation is incomplete.")


def _rows(settings: Settings) -> list[dict[str, object]]:
    return [
        {
            "name": name,
            "value": _printable(name, getattr(settings, name)),
            "default": _printable(name, field.get_default(call_default_factory=True)),
            "variable": f"{ENV_PREFIX}{name.upper()}",
            "description": field.description,
        }
        for name, field in Settings.model_fields.items()
    ]


def _printable(name: str, value: object) -> object:
    if value is not None and (name in _SECRET_FIELDS or isinstance(value, SecretStr)):
        return _MASK
    return str(value) if isinstance(value, Path) else value


def _shown(value: object) -> str:
    if value is None:
        return "[dim]unset[/]"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) or "[dim]empty[/]"
