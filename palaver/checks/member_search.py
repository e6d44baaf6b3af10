"""The search expressions of the lists of an organization's members."""

import uuid

from sqlalchemy import ColumnElement, false

from models import User
from palaver.checks.search import read_boolean, read_terms
from palaver.errors import FieldError
from palaver.errors.identity import InvalidMemberSearch


def parse_member_search(query: str) -> list[ColumnElement[bool]]:
    """The search of `list-organization-members` as where-clauses over `User`. Raises InvalidMemberSearch.

    Nobody here comes from GitHub, and there are no system users to include.
    """
    problems: list[FieldError] = []
    terms = read_terms(query, problems)
    which: list[ColumnElement[bool]] = []
    if (raw := terms.pop("user_id", None)) is not None:
        try:
            which.append(User.id == uuid.UUID(raw))
        except ValueError:
            problems.append(FieldError(field="user_id", detail='Query param "user_id" must be a valid uuid'))
    if terms.pop("github_user_id", None) is not None:
        which.append(false())
    read_boolean("include_system", terms.pop("include_system", None), problems)
    problems += [FieldError(field=key, detail=f'"{key}" is not a valid query param') for key in terms]
    if problems:
        raise InvalidMemberSearch(validations=problems)
    return which
