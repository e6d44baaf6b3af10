"""Attachments: what is known of a file, the chats that link it, and the store of bytes that the database itself is."""

import datetime as dt
import uuid

from sqlalchemy import ForeignKey, Integer, LargeBinary, func
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class ChatFile(Base):
    """An uploaded attachment; immutable. Its bytes are where `store` says, under the file's id.

    A trigger makes a `FileOrphan` of the bytes when the row goes, on whatever way.
    """

    __tablename__ = "chat_files"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    owner_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id"))
    organization_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organizations.id"))
    name: Mapped[str]
    mime_type: Mapped[str]
    size: Mapped[int]
    store: Mapped[str] = mapped_column(server_default="database")
    """Location of the store that holds the bytes."""
    data: Mapped[bytes | None] = mapped_column(LargeBinary)
    """The bytes of a file that an earlier version stored in its row; null where they are in a store."""
    created_at: Mapped[dt.datetime] = mapped_column(server_default=func.now(), index=True)


class FileChunk(Base):
    """A piece of a file's bytes in the store `database`: all of one size, except the last of a file."""

    __tablename__ = "file_chunks"

    file_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(Integer, primary_key=True)
    data: Mapped[bytes] = mapped_column(LargeBinary)


class FileOrphan(Base):
    """Bytes in a store that no row of `chat_files` owns, yet or any more; removed when they still are at that time."""

    __tablename__ = "file_orphans"

    file_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    store: Mapped[str] = mapped_column(primary_key=True)
    remove_at: Mapped[dt.datetime] = mapped_column(index=True)


class ChatFileLink(Base):
    """A file used in a chat; whoever may read the chat may read the file."""

    __tablename__ = "chat_file_links"

    chat_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("chats.id", ondelete="CASCADE"), primary_key=True)
    file_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("chat_files.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    created_at: Mapped[dt.datetime] = mapped_column(server_default=func.now())
