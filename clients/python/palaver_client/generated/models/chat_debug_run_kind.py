from typing import Literal

ChatDebugRunKind = Literal['chat_turn', 'compaction', 'quickgen', 'title_generation']

CHAT_DEBUG_RUN_KIND_VALUES: set[ChatDebugRunKind] = { 'chat_turn', 'compaction', 'quickgen', 'title_generation',  }

def check_chat_debug_run_kind(value: str) -> ChatDebugRunKind:
    if value in CHAT_DEBUG_RUN_KIND_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {CHAT_DEBUG_RUN_KIND_VALUES!r}")
