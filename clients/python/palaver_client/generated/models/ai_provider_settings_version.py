from typing import Literal

AIProviderSettingsVersion = Literal[1]

AI_PROVIDER_SETTINGS_VERSION_VALUES: set[AIProviderSettingsVersion] = { 1,  }

def check_ai_provider_settings_version(value: int) -> AIProviderSettingsVersion:
    if value in AI_PROVIDER_SETTINGS_VERSION_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {AI_PROVIDER_SETTINGS_VERSION_VALUES!r}")
