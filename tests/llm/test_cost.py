"""Prices of calls."""

from typing import Any

import pytest
from pydantic_ai.usage import RequestUsage

from palaver.llm.cost import cost_micros, invalid_prices
from palaver.llm.usage import message_usage
from tests.llm.conftest import make_choice

USAGE = RequestUsage(input_tokens=1000, output_tokens=200, cache_read_tokens=400, cache_write_tokens=100)


@pytest.mark.parametrize(
    ("cost", "micros"),
    [
        ({"input": "3", "output": "15"}, 6000),
        ({"input": "3", "output": "15", "cache_read": "0.3", "cache_write": "3.75"}, 4995),
        ({"input": "0.0005"}, 1),
        ({"input": "0.0004"}, 0),
        ({"output": "0.1"}, 20),
    ],
)
def test_own_prices_count_alone(cost: dict[str, str], micros: int) -> None:
    assert cost_micros(USAGE, make_choice("anthropic", call_config={"cost": cost})) == micros


def test_known_models_are_priced_and_unknown_ones_are_not() -> None:
    assert cost_micros(RequestUsage(input_tokens=1000), make_choice("anthropic")) == 3000
    assert cost_micros(USAGE, make_choice("anthropic", model="never-heard-of-it")) is None
    assert cost_micros(USAGE, make_choice("openai-compat", "http://localhost:11434")) is None
    assert cost_micros(RequestUsage(), make_choice("anthropic")) is None


def test_the_demo_model_is_free() -> None:
    assert cost_micros(USAGE, make_choice("demo", call_config={"cost": {"input": "3"}})) == 0


@pytest.mark.parametrize(
    ("cost", "wrong"),
    [
        ({"input": "1.25", "cache_write": None}, []),
        ({"input": 1.25, "output": "-1", "cache_read": "NaN", "per_call": "1"}, ["input", "output", "cache_read",
         "per_call"]),
        ({"input": "1e400"}, ["input"]),
        (None, []),
    ],
)  # fmt: skip
def test_prices_that_are_none_are_named(cost: dict[str, Any] | None, wrong: list[str]) -> None:
    assert invalid_prices(cost) == wrong


def test_usage_leaves_zero_counts_out() -> None:
    assert message_usage(RequestUsage(), 1000) == {}
    assert message_usage(RequestUsage(input_tokens=3), 1000) == {
        "input_tokens": 3,
        "total_tokens": 3,
        "context_limit": 1000,
    }
