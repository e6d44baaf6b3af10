"""Who users are to an OpenID provider, and the tokens that it gave for them."""

import datetime as dt
import uuid

from sqlalchemy import ForeignKey, Index, LargeBinary, func
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class ExternalIdentity(Base):
    """A user as an OpenID provider knows it: the subject never changes, everything else may.

    Both tokens are ciphertext; without `token_expires_at` the provider did not tell how long the access token lasts.
    """

    __tablename__ = "external_identities"

    issuer: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    access_token: Mapped[bytes | None] = mapped_column(LargeBinary)
    refresh_token: Mapped[bytes | None] = mapped_column(LargeBinary)
    token_expires_at: Mapped[dt.datetime | None]
    created_at: Mapped[dt.datetime] = mapped_column(server_default=func.now())
    updated_at: Mapped[dt.datetime] = mapped_column(server_default=func.now())


Index("uq_external_identities_user_id", ExternalIdentity.user_id, ExternalIdentity.issuer, unique=True)


class FinishedSignIn(Base):
    """A sign-in by a provider that has come back, so that it comes back once; `state` is the SHA-256 of its state."""

    __tablename__ = "finished_sign_ins"

    state: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    expires_at: Mapped[dt.datetime] = mapped_column(index=True)
