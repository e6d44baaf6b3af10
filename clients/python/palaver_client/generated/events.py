"""What a chat stream tells."""

from typing import Any, Final

from .models import (ChatStreamMessagePartEvent, ChatStreamMessageEvent, ChatStreamStatusEvent, ChatStreamErrorEvent, ChatStreamQueueUpdateEvent, ChatStreamRetryEvent, ChatStreamActionRequiredEvent, ChatStreamPreviewResetEvent, ChatStreamHistoryResetEvent, ChatStreamSignInRequiredEvent)

ChatStreamEvent = ChatStreamMessagePartEvent | ChatStreamMessageEvent | ChatStreamStatusEvent | ChatStreamErrorEvent | ChatStreamQueueUpdateEvent | ChatStreamRetryEvent | ChatStreamActionRequiredEvent | ChatStreamPreviewResetEvent | ChatStreamHistoryResetEvent | ChatStreamSignInRequiredEvent

EVENTS: Final[dict[str, Any]] = {
    "message_part": ChatStreamMessagePartEvent,
    "message": ChatStreamMessageEvent,
    "status": ChatStreamStatusEvent,
    "error": ChatStreamErrorEvent,
    "queue_update": ChatStreamQueueUpdateEvent,
    "retry": ChatStreamRetryEvent,
    "action_required": ChatStreamActionRequiredEvent,
    "preview_reset": ChatStreamPreviewResetEvent,
    "history_reset": ChatStreamHistoryResetEvent,
    "sign_in_required": ChatStreamSignInRequiredEvent,
}
