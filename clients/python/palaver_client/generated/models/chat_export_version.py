from typing import Literal

ChatExportVersion = Literal[1]

CHAT_EXPORT_VERSION_VALUES: set[ChatExportVersion] = { 1,  }

def check_chat_export_version(value: int) -> ChatExportVersion:
    if value in CHAT_EXPORT_VERSION_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {CHAT_EXPORT_VERSION_VALUES!r}")
