from typing import Literal

ChatAttachmentMediaType = Literal['application/json', 'application/pdf', 'image/gif', 'image/jpeg', 'image/png', 'image/webp', 'text/csv', 'text/markdown', 'text/plain']

CHAT_ATTACHMENT_MEDIA_TYPE_VALUES: set[ChatAttachmentMediaType] = { 'application/json', 'application/pdf', 'image/gif', 'image/jpeg', 'image/png', 'image/webp', 'text/csv', 'text/markdown', 'text/plain',  }

def check_chat_attachment_media_type(value: str) -> ChatAttachmentMediaType:
    if value in CHAT_ATTACHMENT_MEDIA_TYPE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {CHAT_ATTACHMENT_MEDIA_TYPE_VALUES!r}")
