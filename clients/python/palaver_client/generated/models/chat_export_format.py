from typing import Literal

ChatExportFormat = Literal['palaver-chat']

CHAT_EXPORT_FORMAT_VALUES: set[ChatExportFormat] = { 'palaver-chat',  }

def check_chat_export_format(value: str) -> ChatExportFormat:
    if value in CHAT_EXPORT_FORMAT_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {CHAT_EXPORT_FORMAT_VALUES!r}")
