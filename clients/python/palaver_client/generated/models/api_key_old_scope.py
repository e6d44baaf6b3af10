from typing import Literal

APIKeyOldScope = Literal['all', 'application_connect']

API_KEY_OLD_SCOPE_VALUES: set[APIKeyOldScope] = { 'all', 'application_connect',  }

def check_api_key_old_scope(value: str) -> APIKeyOldScope:
    if value in API_KEY_OLD_SCOPE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {API_KEY_OLD_SCOPE_VALUES!r}")
