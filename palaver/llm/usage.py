"""Token counts of a model call as the contract's ChatMessageUsage."""

from pydantic_ai.usage import RequestUsage


def message_usage(usage: RequestUsage, context_limit: int) -> dict[str, int]:
    """ChatMessageUsage without its zero counts; {} when the provider reported nothing at all."""
    counts = {
        "input_tokens": usage.input_tokens,
        "output_tokens": usage.output_tokens,
        "total_tokens": usage.input_tokens + usage.output_tokens,
        "reasoning_tokens": usage.details.get("reasoning_tokens", 0),
        "cache_creation_tokens": usage.cache_write_tokens,
        "cache_read_tokens": usage.cache_read_tokens,
    }
    told = {name: count for name, count in counts.items() if count > 0}
    if told and context_limit > 0:
        told["context_limit"] = context_limit
    return told
