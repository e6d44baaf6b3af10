"""Tables of refusals: a request, and the words in which it is refused."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from tests.support.api import Api
from tests.support.world import World

FORBIDDEN = "Forbidden."
NOT_FOUND = "Resource not found or you do not have access to this resource"
NOT_JSON = "Request body must be valid JSON."
INVALID = "Validation failed."
SIGNED_OUT = "You are signed out or your session has expired. Please sign in again to continue."


@dataclass(frozen=True, slots=True)
class Refusal:
    """`body` is sent as JSON, bytes as they are; `{name}` in the path is filled from the test's names.

    Of `detail`, `field` and `field_detail` (the first validation) only what is given is compared.
    """

    method: str
    path: str
    status: int
    message: str
    body: Any = None
    by: str = "owner"
    detail: str | None = None
    field: str | None = None
    field_detail: str | None = None


async def assert_refused(world: World, refusals: Iterable[Refusal], **names: str) -> None:
    """Send every request of the table; all wrong answers are told at once."""
    wrong = []
    for refusal in refusals:
        answer = await _answer(getattr(world, refusal.by), refusal, names)
        wanted = _wanted(refusal, names)
        got = {key: answer.get(key) for key in wanted}
        if got != wanted:
            wrong.append(f"{refusal}\n  wanted {wanted}\n  got    {answer}")
    assert not wrong, "\n".join(wrong)


async def _answer(api: Api, refusal: Refusal, names: dict[str, str]) -> dict[str, Any]:
    options: dict[str, Any] = {}
    if isinstance(refusal.body, bytes):
        options["content"] = refusal.body
    elif refusal.body is not None:
        options["json"] = _filled(refusal.body, names)
    response = await api.request(refusal.method, _filled(refusal.path, names), **options)
    body = response.json()
    validations = body.get("validations") or [{}]
    return {
        "status": response.status_code,
        "message": body["message"],
        "detail": body.get("detail"),
        "field": validations[0].get("field"),
        "field_detail": validations[0].get("detail"),
    }


def _wanted(refusal: Refusal, names: dict[str, str]) -> dict[str, Any]:
    wanted = {"status": refusal.status, "message": _filled(refusal.message, names)}
    for key in ("detail", "field", "field_detail"):
        if (value := getattr(refusal, key)) is not None:
            wanted[key] = _filled(value, names)
    return wanted


def _filled(value: Any, names: dict[str, str]) -> Any:
    if isinstance(value, str):
        for name, text in names.items():
            value = value.replace(f"{{{name}}}", text)
        return value
    if isinstance(value, dict):
        return {key: _filled(item, names) for key, item in value.items()}
    if isinstance(value, list):
        return [_filled(item, names) for item in value]
    return value
