from typing import Literal

ChatWatchEventKind = Literal['action_required', 'chat_summary_change', 'context_dirty', 'created', 'deleted', 'diff_status_change', 'status_change', 'summary_change', 'title_change']

CHAT_WATCH_EVENT_KIND_VALUES: set[ChatWatchEventKind] = { 'action_required', 'chat_summary_change', 'context_dirty', 'created', 'deleted', 'diff_status_change', 'status_change', 'summary_change', 'title_change',  }

def check_chat_watch_event_kind(value: str) -> ChatWatchEventKind:
    if value in CHAT_WATCH_EVENT_KIND_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {CHAT_WATCH_EVENT_KIND_VALUES!r}")
