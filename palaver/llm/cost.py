"""What a model call cost, in micros (1e-6 US dollar).

Prices come from `genai-prices`; a model config may carry its own (extension `model_config.cost`: decimal strings per
million tokens under `input`, `output`, `cache_read`, `cache_write`), which then count alone.
"""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from genai_prices import Usage, calc_price

from palaver.llm.catalog import ModelChoice

if TYPE_CHECKING:
    from pydantic_ai.usage import RequestUsage

PRICE_NAMES = ("input", "output", "cache_read", "cache_write")
MAX_PRICE = Decimal(1_000_000)
"""US dollars per million tokens; what is dearer is a mistake."""

_PRICE_PROVIDERS = {"openai": "openai", "anthropic": "anthropic"}


def preload_prices() -> None:
    """Read the price table; the first look-up takes a tenth of a second, too long for the event loop."""
    calc_price(Usage(input_tokens=1), "gpt-4o", provider_id="openai")


def invalid_prices(cost: Mapping[str, Any] | None) -> list[str]:
    """The names of the prices in a config's `cost` that are unknown or no decimal string from 0 to `MAX_PRICE`."""
    return [
        name
        for name, price in (cost or {}).items()
        if price is not None and (name not in PRICE_NAMES or _decimal(price) is None)
    ]


def _decimal(price: object) -> Decimal | None:
    if not isinstance(price, str):
        return None
    try:
        value = Decimal(price)
    except InvalidOperation:
        return None
    return value if value.is_finite() and 0 <= value <= MAX_PRICE else None


BYTES_PER_TOKEN = 3
"""Fewer than texts have on average, so that an estimate is rather too high."""
OUTPUT_TOKENS = 8192
"""What a call is expected to answer at most when its config does not say."""


def estimated_micros(choice: ModelChoice, prompt_bytes: int) -> int:
    """What a call with so large a prompt may cost; 0 when no price is known."""
    output_tokens = choice.call_config.get("max_output_tokens") or OUTPUT_TOKENS
    return cost_micros(_usage(prompt_bytes // BYTES_PER_TOKEN + 1, output_tokens), choice) or 0


def is_priced(choice: ModelChoice) -> bool:
    """Whether the price of a model's calls is known."""
    return cost_micros(_usage(1, 1), choice) is not None


def _usage(input_tokens: int, output_tokens: int) -> "RequestUsage":
    # Here, for servers that run no turns do without the model layer's libraries.
    from pydantic_ai.usage import RequestUsage

    return RequestUsage(input_tokens=input_tokens, output_tokens=output_tokens)


def cost_micros(usage: "RequestUsage", choice: ModelChoice) -> int | None:
    """The price of a call with this usage; None when no price is known, 0 for the demo model."""
    if choice.provider_type == "demo":
        return 0
    if own := choice.call_config.get("cost"):
        return _from_own_prices(usage, own)
    if usage.input_tokens == 0 and usage.output_tokens == 0:
        return None
    provider = _PRICE_PROVIDERS.get(choice.provider_type)
    try:
        if provider is not None:
            price = calc_price(usage, choice.model, provider_id=provider)
        else:
            price = calc_price(usage, choice.model, provider_api_url=choice.base_url)
    except (LookupError, ValueError):
        # Also how the library says that it does not know the model; its own validation errors are ValueErrors.
        return None
    return _rounded(price.total_price * 1_000_000)


def _from_own_prices(usage: "RequestUsage", own: Mapping[str, Any]) -> int:
    """A price per million tokens is a price in micros per token; cached tokens without a price pay as input."""
    prices = {name: price for name in PRICE_NAMES if (price := _decimal(own.get(name))) is not None}
    input_price = prices.get("input", Decimal(0))
    uncached = max(usage.input_tokens - usage.cache_read_tokens - usage.cache_write_tokens, 0)
    total = (
        uncached * input_price
        + usage.cache_read_tokens * prices.get("cache_read", input_price)
        + usage.cache_write_tokens * prices.get("cache_write", input_price)
        + usage.output_tokens * prices.get("output", Decimal(0))
    )
    return _rounded(total)


def _rounded(micros: Decimal) -> int:
    return int(micros.to_integral_value(rounding=ROUND_HALF_UP))
