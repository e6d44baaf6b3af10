"""Who uses the server: organizations, users, memberships, groups and their API keys."""

import datetime as dt
import uuid

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, LargeBinary, func, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Organization(Base):
    """A tenant. Exactly one is the default, made by the first migration under the name `coder`."""

    __tablename__ = "organizations"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    name: Mapped[str]
    display_name: Mapped[str] = mapped_column(server_default="")
    description: Mapped[str] = mapped_column(server_default="")
    icon: Mapped[str] = mapped_column(server_default="")
    is_default: Mapped[bool] = mapped_column(server_default=text("false"))
    default_member_roles: Mapped[list[str]]
    created_at: Mapped[dt.datetime] = mapped_column(server_default=func.now())
    updated_at: Mapped[dt.datetime] = mapped_column(server_default=func.now())


Index("uq_organizations_name", func.lower(Organization.name), unique=True)
Index("uq_organizations_is_default", Organization.is_default, unique=True, postgresql_where=Organization.is_default)


class User(Base):
    """An account. `roles` are site roles without the implied `member`; a deleted user's name and e-mail are free."""

    __tablename__ = "users"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    username: Mapped[str]
    email: Mapped[str] = mapped_column(server_default="")
    name: Mapped[str] = mapped_column(server_default="")
    avatar_url: Mapped[str] = mapped_column(server_default="")
    password_hash: Mapped[str | None]
    login_type: Mapped[str]
    status: Mapped[str]
    roles: Mapped[list[str]]
    is_service_account: Mapped[bool] = mapped_column(server_default=text("false"))
    deleted: Mapped[bool] = mapped_column(server_default=text("false"))
    last_seen_at: Mapped[dt.datetime | None]
    created_at: Mapped[dt.datetime] = mapped_column(server_default=func.now())
    updated_at: Mapped[dt.datetime] = mapped_column(server_default=func.now())


Index("uq_users_username", func.lower(User.username), unique=True, postgresql_where=~User.deleted)
Index("uq_users_email", func.lower(User.email), unique=True, postgresql_where=~User.deleted & (User.email != ""))


class OrganizationMember(Base):
    """A membership with its explicit organization roles; the organization's default roles come on top."""

    __tablename__ = "organization_members"

    organization_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("organizations.id", ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, index=True)
    roles: Mapped[list[str]]
    created_at: Mapped[dt.datetime] = mapped_column(server_default=func.now())
    updated_at: Mapped[dt.datetime] = mapped_column(server_default=func.now())


class Group(Base):
    """Some members of an organization. The group of all its members has no row: its id is the organization's."""

    __tablename__ = "groups"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    organization_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organizations.id", ondelete="CASCADE"))
    name: Mapped[str]
    display_name: Mapped[str] = mapped_column(server_default="")
    avatar_url: Mapped[str] = mapped_column(server_default="")
    quota_allowance: Mapped[int] = mapped_column(server_default=text("0"))
    source: Mapped[str] = mapped_column(server_default="user")
    """`user`: made over the API; `oidc`: came with a single sign-on."""
    created_at: Mapped[dt.datetime] = mapped_column(server_default=func.now())
    updated_at: Mapped[dt.datetime] = mapped_column(server_default=func.now())


Index("uq_groups_name", Group.organization_id, func.lower(Group.name), unique=True)


class GroupMember(Base):
    """A user's place in a group; it ends with the membership in the group's organization."""

    __tablename__ = "group_members"
    __table_args__ = (
        ForeignKeyConstraint(
            ["organization_id", "user_id"],
            ["organization_members.organization_id", "organization_members.user_id"],
            ondelete="CASCADE",
        ),
        Index("ix_group_members_user_id", "user_id", "organization_id"),
    )

    group_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    organization_id: Mapped[uuid.UUID]
    """The group's."""
    created_at: Mapped[dt.datetime] = mapped_column(server_default=func.now())


class ApiKey(Base):
    """A session key or a long-lived token: the id is public, of the secret only the SHA-256 is stored."""

    __tablename__ = "api_keys"

    id: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    hashed_secret: Mapped[bytes] = mapped_column(LargeBinary)
    login_type: Mapped[str]
    scopes: Mapped[list[str]]
    allow_list: Mapped[list[str]] = mapped_column(server_default=text("'{*:*}'"))
    token_name: Mapped[str] = mapped_column(server_default="")
    lifetime_seconds: Mapped[int]
    expires_at: Mapped[dt.datetime]
    last_used: Mapped[dt.datetime]
    created_at: Mapped[dt.datetime] = mapped_column(server_default=func.now())
    updated_at: Mapped[dt.datetime] = mapped_column(server_default=func.now())


Index(
    "uq_api_keys_token_name", ApiKey.user_id, ApiKey.token_name, unique=True, postgresql_where=ApiKey.token_name != ""
)
