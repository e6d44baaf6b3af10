"""The verdict on a run of all tests: which documented statuses it was answered with, and the list of the others."""

import pytest
import yaml

from tests.support.documented_statuses import LIST, Verdict, documented_pairs, listed_pairs

PAIRS = sorted(documented_pairs())
FEW = PAIRS[:3]


def entry(*pairs: tuple[str, int]) -> list[dict[str, object]]:
    """A list with these pairs."""
    return [{"status": status, "operations": [name], "reason": "nobody can"} for name, status in pairs]


def test_all_that_is_documented_is_answered_or_listed() -> None:
    assert Verdict(PAIRS, []).faults == []
    assert Verdict(PAIRS[3:], entry(*FEW)).faults == []


def test_what_is_neither_answered_nor_listed_is_told() -> None:
    assert Verdict(PAIRS[3:], entry(*FEW[:2])).faults == [
        f"nothing answered {FEW[2][0]} {FEW[2][1]}, and no reason is listed"
    ]


def test_what_is_listed_and_answered_or_not_in_the_contract_is_told() -> None:
    assert Verdict(PAIRS, entry(FEW[0])).faults == [f"{FEW[0][0]} {FEW[0][1]} is listed as never answered, and was"]
    assert Verdict(PAIRS, entry(("brew-coffee", 418))).faults == ["brew-coffee 418 is listed and not in the contract"]


def test_a_list_of_everything_is_no_way_out() -> None:
    assert Verdict(PAIRS[100:], entry(*PAIRS[:100])).faults == ["less than 95% of what is documented was answered"]


def test_no_pair_is_listed_twice() -> None:
    with pytest.raises(ValueError, match="listed twice"):
        listed_pairs(entry(FEW[0], FEW[0]))


def test_the_list_is_of_pairs_that_the_contract_documents() -> None:
    assert listed_pairs(yaml.safe_load(LIST.read_text())) <= documented_pairs()
