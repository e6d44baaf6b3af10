"""The search expression of `get-users`: `key:value` terms, all of which must hold, and one word without a key."""

import datetime as dt
from collections.abc import Callable
from typing import TypeAlias

from sqlalchemy import ColumnElement, false, or_, true

from models import User
from palaver.checks.search import read_boolean, read_terms
from palaver.contract.schemas import parse_date_time
from palaver.errors import BadRequest, FieldError
from palaver.errors.accounts import InvalidUserSearch

_STATUSES = ("active", "dormant", "suspended")
_LOGIN_TYPES = ("password", "github", "oidc", "token", "none")

Clause: TypeAlias = ColumnElement[bool]


def parse_user_search(query: str, refusal: type[BadRequest] = InvalidUserSearch) -> list[Clause]:
    """The search as where-clauses over `User`. Raises `refusal` with one validation per fault.

    Source: contract, `get-users` search syntax.
    """
    problems: list[FieldError] = []
    terms = read_terms(query.lower(), problems, bare="search")
    clauses = [
        clause for key, read in _KEYS.items() if (value := terms.pop(key, "")) for clause in read(value, problems)
    ]
    problems += [
        FieldError(field=key, detail=f'"{key}" is not a valid query param') for key in terms if key not in _KEYS
    ]
    if problems:
        raise refusal(validations=problems)
    return clauses


_Reader: TypeAlias = Callable[[str, list[FieldError]], list[Clause]]


def _anywhere(value: str, _: list[FieldError]) -> list[Clause]:
    columns = (User.username, User.email, User.name)
    return [or_(*(column.icontains(value, autoescape=True) for column in columns))]


def _in_name(value: str, _: list[FieldError]) -> list[Clause]:
    return [User.name.icontains(value, autoescape=True)]


def _with_status(value: str, problems: list[FieldError]) -> list[Clause]:
    return [User.status.in_(_choices("status", value, _STATUSES, problems))]


def _with_login_type(value: str, problems: list[FieldError]) -> list[Clause]:
    return [User.login_type.in_(_choices("login_type", value, _LOGIN_TYPES, problems))]


def _with_role(value: str, _: list[FieldError]) -> list[Clause]:
    roles = [role.strip() for role in value.split(",")]
    # The role that everybody has is stored with nobody.
    return [true() if "member" in roles else User.__table__.c.roles.overlap(roles)]


def _of_a_program(value: str, problems: list[FieldError]) -> list[Clause]:
    return [User.is_service_account.is_(read_boolean("service_account", value, problems) or False)]


def _from_github(value: str, problems: list[FieldError]) -> list[Clause]:
    if not (value.isascii() and value.isdigit()):
        detail = f'Query param "github_com_user_id" must be a valid integer: "{value}"'
        problems.append(FieldError(field="github_com_user_id", detail=detail))
    return [false()]


def _moment(key: str, value: str, problems: list[FieldError]) -> dt.datetime:
    try:
        return parse_date_time(value.upper())
    except ValueError as error:
        problems.append(FieldError(field=key, detail=f'Query param "{key}" must be a valid date format: {error}'))
        return dt.datetime.min.replace(tzinfo=dt.UTC)


def _seen_before(value: str, problems: list[FieldError]) -> list[Clause]:
    # Who never came was not there after any moment: before all of them.
    return [or_(User.last_seen_at.is_(None), User.last_seen_at < _moment("last_seen_before", value, problems))]


def _seen_after(value: str, problems: list[FieldError]) -> list[Clause]:
    return [User.last_seen_at > _moment("last_seen_after", value, problems)]


def _created_before(value: str, problems: list[FieldError]) -> list[Clause]:
    return [User.created_at < _moment("created_before", value, problems)]


def _created_after(value: str, problems: list[FieldError]) -> list[Clause]:
    return [User.created_at > _moment("created_after", value, problems)]


def _choices(key: str, value: str, known: tuple[str, ...], problems: list[FieldError]) -> list[str]:
    wanted = [choice.strip() for choice in value.split(",")]
    wrong = [f'"{choice}" is not a valid value' for choice in wanted if choice not in known]
    if wrong:
        problems.append(FieldError(field=key, detail=f'Query param "{key}" has invalid values: {", ".join(wrong)}'))
    return wanted


_KEYS: dict[str, _Reader] = {
    "search": _anywhere,
    "name": _in_name,
    "status": _with_status,
    "role": _with_role,
    "login_type": _with_login_type,
    "service_account": _of_a_program,
    "last_seen_before": _seen_before,
    "last_seen_after": _seen_after,
    "created_before": _created_before,
    "created_after": _created_after,
    "github_com_user_id": _from_github,
}
