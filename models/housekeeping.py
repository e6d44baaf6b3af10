"""When scheduled work was last done, for all processes together."""

import datetime as dt

from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class ScheduledJob(Base):
    """One job that some process does once per period; without a row it was never done."""

    __tablename__ = "scheduled_jobs"

    name: Mapped[str] = mapped_column(primary_key=True)
    done_at: Mapped[dt.datetime]
    """By the database's clock, when the run began that did the last of the work."""
