from typing import Literal

ChatQueuedMessageConflictLocation = Literal['deleted', 'history', 'queue']

CHAT_QUEUED_MESSAGE_CONFLICT_LOCATION_VALUES: set[ChatQueuedMessageConflictLocation] = { 'deleted', 'history', 'queue',  }

def check_chat_queued_message_conflict_location(value: str) -> ChatQueuedMessageConflictLocation:
    if value in CHAT_QUEUED_MESSAGE_CONFLICT_LOCATION_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {CHAT_QUEUED_MESSAGE_CONFLICT_LOCATION_VALUES!r}")
