"""The model layer: model configs to models, prompts, one streamed call at a time, its usage, price and failures."""
