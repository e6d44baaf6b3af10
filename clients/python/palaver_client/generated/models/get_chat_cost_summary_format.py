from typing import Literal

GetChatCostSummaryFormat = Literal['csv', 'json']

GET_CHAT_COST_SUMMARY_FORMAT_VALUES: set[GetChatCostSummaryFormat] = { 'csv', 'json',  }

def check_get_chat_cost_summary_format(value: str) -> GetChatCostSummaryFormat:
    if value in GET_CHAT_COST_SUMMARY_FORMAT_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {GET_CHAT_COST_SUMMARY_FORMAT_VALUES!r}")
