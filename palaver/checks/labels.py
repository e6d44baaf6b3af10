"""The rules for labels that a schema cannot say: lengths in bytes and the pattern of the keys."""

import re
from collections.abc import Mapping

from palaver.errors.checks import InvalidLabels

MAX_LABELS = 50
MAX_KEY_BYTES = 64
MAX_VALUE_BYTES = 256
KEY_PATTERN = r"^[a-zA-Z0-9][a-zA-Z0-9._/-]*$"


def check_labels(labels: Mapping[str, str] | None) -> dict[str, str]:
    """The labels as a new dictionary, none when absent. Raises InvalidLabels with one entry per broken rule."""
    if not labels:
        return {}
    if len(labels) > MAX_LABELS:
        raise InvalidLabels([f"too many labels ({len(labels)}); maximum is {MAX_LABELS}"])
    problems = [problem for key, value in labels.items() for problem in _problems(key, value)]
    if problems:
        raise InvalidLabels(problems)
    return dict(labels)


def _problems(key: str, value: str) -> list[str]:
    problems = []
    if not key:
        problems.append("label key must not be empty")
    elif len(key.encode()) > MAX_KEY_BYTES:
        problems.append(f'label key "{key}" exceeds maximum length of {MAX_KEY_BYTES} bytes')
    elif not re.fullmatch(KEY_PATTERN, key, re.ASCII):
        problems.append(f'label key "{key}" contains invalid characters; must match {KEY_PATTERN}')
    if not value:
        problems.append(f'label value for key "{key}" must not be empty')
    elif len(value.encode()) > MAX_VALUE_BYTES:
        problems.append(f'label value for key "{key}" exceeds maximum length of {MAX_VALUE_BYTES} bytes')
    elif "\0" in value:
        # JSONB, which the label filters search, cannot hold it.
        problems.append(f'label value for key "{key}" contains invalid characters')
    return problems
