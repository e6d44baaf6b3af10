from typing import Literal

ExportChatFormat = Literal['json', 'markdown']

EXPORT_CHAT_FORMAT_VALUES: set[ExportChatFormat] = { 'json', 'markdown',  }

def check_export_chat_format(value: str) -> ExportChatFormat:
    if value in EXPORT_CHAT_FORMAT_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {EXPORT_CHAT_FORMAT_VALUES!r}")
