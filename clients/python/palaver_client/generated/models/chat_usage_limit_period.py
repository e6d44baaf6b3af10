from typing import Literal

ChatUsageLimitPeriod = Literal['day', 'month', 'week']

CHAT_USAGE_LIMIT_PERIOD_VALUES: set[ChatUsageLimitPeriod] = { 'day', 'month', 'week',  }

def check_chat_usage_limit_period(value: str) -> ChatUsageLimitPeriod:
    if value in CHAT_USAGE_LIMIT_PERIOD_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {CHAT_USAGE_LIMIT_PERIOD_VALUES!r}")
