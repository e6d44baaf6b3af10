"""People with keys, for the tests of the doors."""

import datetime as dt
from collections.abc import Sequence
from uuid import UUID, uuid4

import pytest
from sqlalchemy import insert, select

from models.identity import ApiKey, Group, GroupMember, Organization, OrganizationMember, User
from palaver.auth import tokens
from palaver.auth.authenticate import Authenticator
from palaver.database import Database
from palaver.settings import Settings


class People:
    """Makes users and keys in a database, with any age and expiry."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def user(
        self, *, status: str = "active", roles: Sequence[str] = (), member_roles: Sequence[str] | None = ()
    ) -> UUID:
        """A user; `member_roles` are the explicit ones in the default organization, None: not a member."""
        id_ = uuid4()
        async with self.database.begin() as conn:
            await conn.execute(
                insert(User).values(
                    id=id_,
                    username=f"user-{id_.hex[:8]}",
                    email=f"{id_.hex[:8]}@example.com",
                    login_type="password",
                    status=status,
                    roles=list(roles),
                )
            )
            if member_roles is not None:
                await conn.execute(
                    insert(OrganizationMember).values(
                        organization_id=await self.organization(), user_id=id_, roles=list(member_roles)
                    )
                )
        return id_

    async def group(self, organization_id: UUID, *user_ids: UUID) -> UUID:
        """A group of an organization with some of its members."""
        id_ = uuid4()
        async with self.database.begin() as conn:
            await conn.execute(insert(Group).values(id=id_, organization_id=organization_id, name=f"g-{id_.hex}"))
            for user_id in user_ids:
                place = {"group_id": id_, "user_id": user_id, "organization_id": organization_id}
                await conn.execute(insert(GroupMember).values(place))
        return id_

    async def organization(self) -> UUID:
        """The default organization."""
        async with self.database.connect() as conn:
            return (await conn.execute(select(Organization.id).where(Organization.is_default))).scalar_one()

    async def key(
        self,
        user_id: UUID,
        *,
        login_type: str = "password",
        expires_in: dt.timedelta = dt.timedelta(hours=24),
        used_ago: dt.timedelta = dt.timedelta(),
        scopes: Sequence[str] = ("coder:all",),
    ) -> str:
        """A key with a lifetime of 24 h; returns the full token."""
        token = tokens.mint()
        now = dt.datetime.now(dt.UTC)
        async with self.database.begin() as conn:
            await conn.execute(
                insert(ApiKey).values(
                    id=token.id,
                    user_id=user_id,
                    hashed_secret=token.hashed_secret,
                    login_type=login_type,
                    scopes=list(scopes),
                    lifetime_seconds=24 * 3600,
                    expires_at=now + expires_in,
                    last_used=now - used_ago,
                )
            )
        return token.text

    async def stored_key(self, token: str) -> ApiKey:
        """The key's row as it is now."""
        async with self.database.connect() as conn:
            row = (await conn.execute(select(ApiKey.__table__).where(ApiKey.id == token[:10]))).one()
            return ApiKey(**row._mapping)

    async def stored_user(self, user_id: UUID) -> User:
        """The user's row as it is now."""
        async with self.database.connect() as conn:
            row = (await conn.execute(select(User.__table__).where(User.id == user_id))).one()
            return User(**row._mapping)


@pytest.fixture
def people(database: Database) -> People:
    return People(database)


@pytest.fixture
def settings() -> Settings:
    return Settings(access_url="https://chat.example.com")


@pytest.fixture
def authenticator(settings: Settings, database: Database) -> Authenticator:
    return Authenticator(settings, database)
