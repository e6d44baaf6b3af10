"""Which versions may break clients; what is a break is for the comparison itself to prove (`make contract-changes`)."""

import pytest

from tools.contract_changes import may_break


@pytest.mark.parametrize(
    ("before", "after", "allowed"),
    [
        ("0.1.0", "0.1.1", False),
        ("0.1.0", "0.2.0", True),
        ("0.9.3", "1.0.0", True),
        ("1.0.0", "1.1.0", False),
        ("1.4.2", "2.0.0", True),
        ("1.4.2", "1.4.2", False),
        ("1.4.2", "0.9.0", False),
    ],
)
def test_only_a_major_version_may_break_clients_and_before_the_first_one_a_minor(
    before: str, after: str, allowed: bool
) -> None:
    assert may_break(before, after) is allowed
