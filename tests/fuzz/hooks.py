"""What schemathesis calls during one user's run (`hooks` in schemathesis.toml): tokens, aim, the count of answers."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import schemathesis
from schemathesis import AuthContext, Case, HookContext, Response
from schemathesis.core import NOT_SET
from schemathesis.core.parameters import ParameterLocation
from schemathesis.generation.meta import TestPhase

from tests.fuzz.aiming import Aim
from tests.fuzz.world import Maker, Seeds

_DIRECTORY = Path(os.environ["PALAVER_FUZZ_DIRECTORY"])
_USER = os.environ["PALAVER_FUZZ_USER"]
_SEEDS = Seeds.load(_DIRECTORY / f"{_USER}.json")
_COUNTS = (_DIRECTORY / "answers").open("a", buffering=1)
_GIVEN = (_DIRECTORY / "parameters").open("a", buffering=1)
_given: set[tuple[str, str, str]] = set()


def _tally(operation_id: str, status: int) -> None:
    _COUNTS.write(f"{_USER} {operation_id} {status}\n")


def _note_parameters(operation_id: str, case: Case) -> None:
    """Write down what a request had that none of the operation had before."""
    places = {"path": case.path_parameters, "query": case.query, "header": case.headers, "body": case.body}
    for place, values in places.items():
        for name in values if isinstance(values, Mapping) else ():
            given = (operation_id, place, name.lower() if place == "header" else str(name))
            if given not in _given and given[2].isprintable() and " " not in given[2]:
                _given.add(given)
                _GIVEN.write(" ".join(given) + "\n")


def _maker(token: str) -> Maker:
    return Maker(_SEEDS.url, _USER, lambda user, operation_id, status: None, token)


_OWN = _maker(_SEEDS.token or _SEEDS.owner_token)
_AIM = Aim(_SEEDS, _OWN, _maker(_SEEDS.owner_token))


def _operation_id(case: Case) -> str:
    return str(case.operation.definition.raw["operationId"])


class Token:
    """The user's token; a session of its own for every log-out, which would end all others' requests."""

    def get(self, case: Case, context: AuthContext) -> str:
        if _operation_id(case) == "log-out-user":
            return _OWN.session(_USER)
        return _SEEDS.token

    def set(self, case: Case, data: str, context: AuthContext) -> None:
        case.headers = case.headers or {}
        case.headers["Coder-Session-Token"] = data


if _SEEDS.token:
    schemathesis.auth(refresh_interval=None)(Token)


@schemathesis.hook
def before_call(context: HookContext, case: Case, kwargs: dict[str, Any]) -> None:
    """Aim the parts of the request that were generated to be valid."""
    meta = case.meta
    if meta is None or case.method.upper() != case.operation.method.upper():
        return
    operation_id = _operation_id(case)
    always = meta.phase.name == TestPhase.EXAMPLES

    def valid(location: ParameterLocation) -> bool:
        component = meta.components.get(location)
        return component is None or component.mode.is_positive

    if case.path_parameters and valid(ParameterLocation.PATH):
        _AIM.path(operation_id, case.path_parameters, linked=meta.phase.name == TestPhase.STATEFUL, always=always)
    if meta.generation.mode.is_positive:
        if case.query:
            _AIM.query(operation_id, case.query, always=always)
        if case.headers:
            _AIM.headers(operation_id, case.headers, always=always)
        if case.body is not NOT_SET:
            case.body = _AIM.body(operation_id, case.body, always=always)


@schemathesis.hook
def after_call(context: HookContext, case: Case, response: Response) -> None:
    """Count the answer, and remember what it made."""
    _tally(_operation_id(case), response.status_code)
    _note_parameters(_operation_id(case), case)
    if response.status_code == 201 and case.meta is not None and case.meta.phase.name == TestPhase.STATEFUL:
        body = response.json()
        if isinstance(body, dict) and "id" in body:
            _AIM.remember(str(body["id"]))
