from typing import Literal

GetChatCostUsersFormat = Literal['csv', 'json']

GET_CHAT_COST_USERS_FORMAT_VALUES: set[GetChatCostUsersFormat] = { 'csv', 'json',  }

def check_get_chat_cost_users_format(value: str) -> GetChatCostUsersFormat:
    if value in GET_CHAT_COST_USERS_FORMAT_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {GET_CHAT_COST_USERS_FORMAT_VALUES!r}")
