from typing import Literal

AIProviderType = Literal['anthropic', 'azure', 'bedrock', 'copilot', 'demo', 'google', 'openai', 'openai-compat', 'openrouter', 'vercel']

AI_PROVIDER_TYPE_VALUES: set[AIProviderType] = { 'anthropic', 'azure', 'bedrock', 'copilot', 'demo', 'google', 'openai', 'openai-compat', 'openrouter', 'vercel',  }

def check_ai_provider_type(value: str) -> AIProviderType:
    if value in AI_PROVIDER_TYPE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {AI_PROVIDER_TYPE_VALUES!r}")
