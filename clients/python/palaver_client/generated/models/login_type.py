from typing import Literal

LoginType = Literal['', 'github', 'none', 'oidc', 'password', 'token']

LOGIN_TYPE_VALUES: set[LoginType] = { '', 'github', 'none', 'oidc', 'password', 'token',  }

def check_login_type(value: str) -> LoginType:
    if value in LOGIN_TYPE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {LOGIN_TYPE_VALUES!r}")
