from typing import Literal

GroupSource = Literal['oidc', 'user']

GROUP_SOURCE_VALUES: set[GroupSource] = { 'oidc', 'user',  }

def check_group_source(value: str) -> GroupSource:
    if value in GROUP_SOURCE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {GROUP_SOURCE_VALUES!r}")
