"""What administrators and users set about chats: one row per setting of the deployment, one row per user."""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import JSON, ForeignKey, func, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class DeploymentSetting(Base):
    """A setting of the deployment that was written at least once; others have their default."""

    __tablename__ = "deployment_settings"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[Any] = mapped_column(JSON)
    updated_at: Mapped[dt.datetime] = mapped_column(server_default=func.now())


class UserChatSettings(Base):
    """A user's own settings; a user without a row has the defaults."""

    __tablename__ = "user_chat_settings"

    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    custom_prompt: Mapped[str] = mapped_column(server_default="")
    debug_logging: Mapped[bool] = mapped_column(server_default=text("false"))
    model_overrides: Mapped[dict[str, str]] = mapped_column(server_default=text("'{}'"))
    """Kind of chat -> override, as `palaver.configuration.overrides` writes it."""
    compaction_thresholds: Mapped[dict[str, int]] = mapped_column(server_default=text("'{}'"))
    """Model config id -> percent of the context window."""
    updated_at: Mapped[dt.datetime] = mapped_column(server_default=func.now())
