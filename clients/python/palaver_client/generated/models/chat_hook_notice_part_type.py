from typing import Literal

ChatHookNoticePartType = Literal['hook-notice']

CHAT_HOOK_NOTICE_PART_TYPE_VALUES: set[ChatHookNoticePartType] = { 'hook-notice',  }

def check_chat_hook_notice_part_type(value: str) -> ChatHookNoticePartType:
    if value in CHAT_HOOK_NOTICE_PART_TYPE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {CHAT_HOOK_NOTICE_PART_TYPE_VALUES!r}")
