"""Stored files as the contract's ChatFileMetadata."""

from typing import cast

from palaver.contract.types import ChatFileMetadata
from palaver.files.rows import FileFacts
from palaver.wire.times import format_time


def file_metadata_json(file: FileFacts) -> ChatFileMetadata:
    """A file without its bytes."""
    metadata = {
        "id": str(file.id),
        "owner_id": str(file.owner_id),
        "organization_id": str(file.organization_id),
        "name": file.name,
        "mime_type": file.mime_type,
        "created_at": format_time(file.created_at),
    }
    return cast(ChatFileMetadata, metadata)
