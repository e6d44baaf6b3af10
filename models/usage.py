"""What models cost: how much was used, how much may be spent, and what running calls have set aside of it."""

import datetime as dt
import uuid

from sqlalchemy import CheckConstraint, ForeignKey, Index, func
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class UsageHour(Base):
    """What the model calls of one hour (UTC) used, by owner, chat tree and model config; only ever added to.

    Written by the statement that stores a call's message, so it is as true as the history. It points at nothing: what
    was spent stays spent when chats and models are gone.
    """

    __tablename__ = "usage_hours"

    owner_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    hour: Mapped[dt.datetime] = mapped_column(primary_key=True)
    root_chat_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    model_config_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    """The nil UUID where the message names none."""
    organization_id: Mapped[uuid.UUID]
    cost_micros: Mapped[int]
    priced_count: Mapped[int]
    unpriced_count: Mapped[int]
    """Calls of which the price is not known."""
    input_tokens: Mapped[int]
    output_tokens: Mapped[int]
    cache_read_tokens: Mapped[int]
    cache_creation_tokens: Mapped[int]
    runtime_ms: Mapped[int]


Index("ix_usage_hours_hour", UsageHour.hour)
Index("ix_usage_hours_root_chat_id", UsageHour.root_chat_id)


class UsageLimitConfig(Base):
    """The one row that says whether spending is limited, and per which period."""

    __tablename__ = "usage_limit_config"
    __table_args__ = (
        CheckConstraint("id = 1", name="single"),
        CheckConstraint("period IN ('day', 'week', 'month')", name="period"),
        CheckConstraint("spend_limit_micros > 0", name="positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    spend_limit_micros: Mapped[int | None]
    """The default limit; null: nobody is limited, whatever the overrides say."""
    period: Mapped[str]
    updated_at: Mapped[dt.datetime] = mapped_column(server_default=func.now())


class UserUsageLimit(Base):
    """A user's own limit; it goes before all others."""

    __tablename__ = "user_usage_limits"
    __table_args__ = (CheckConstraint("spend_limit_micros > 0", name="positive"),)

    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    spend_limit_micros: Mapped[int]


class GroupUsageLimit(Base):
    """The limit of each member of a group. `group_id` may be an organization's: the group of all its members."""

    __tablename__ = "group_usage_limits"
    __table_args__ = (CheckConstraint("spend_limit_micros > 0", name="positive"),)

    group_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    spend_limit_micros: Mapped[int]


class SpendReservation(Base):
    """What a chat's running model call may cost at most, set aside until its message is stored."""

    __tablename__ = "spend_reservations"

    chat_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("chats.id", ondelete="CASCADE"), primary_key=True)
    owner_id: Mapped[uuid.UUID] = mapped_column(index=True)
    micros: Mapped[int]
    expires_at: Mapped[dt.datetime]
    """When it counts no more, whatever became of the call."""


class SideReservation(Base):
    """What a running model call beside the turns may cost at most. It points at nothing: it ends with the call."""

    __tablename__ = "side_reservations"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    owner_id: Mapped[uuid.UUID] = mapped_column(index=True)
    micros: Mapped[int]
    expires_at: Mapped[dt.datetime]
    """When it counts no more, whatever became of the call; the owner's next such call clears it away."""
