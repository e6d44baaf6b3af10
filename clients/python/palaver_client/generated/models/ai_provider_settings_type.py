from typing import Literal

AIProviderSettingsType = Literal['bedrock']

AI_PROVIDER_SETTINGS_TYPE_VALUES: set[AIProviderSettingsType] = { 'bedrock',  }

def check_ai_provider_settings_type(value: str) -> AIProviderSettingsType:
    if value in AI_PROVIDER_SETTINGS_TYPE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {AI_PROVIDER_SETTINGS_TYPE_VALUES!r}")
