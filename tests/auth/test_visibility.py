"""The SQL filters of lists and the policy give the same answers, over random worlds."""

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID, uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from models.chats import Chat
from models.identity import Group, GroupMember, Organization, OrganizationMember, User
from palaver.auth.actor import Actor
from palaver.auth.policy import Authorizer, ChatResource, MembershipResource
from palaver.auth.visibility import VisibleMembers, visible_chats, visible_roots
from palaver.database import Database
from palaver.identity.groups import group_members
from palaver.identity.members import list_members
from tests.auth.actors import actor

USERS = 4
ORGANIZATIONS = 2
SCOPES = [
    ("coder:all",), ("coder:all",), ("chat:read",), ("chat:*",), ("chat:update",), ("organization_member:read",),
]  # fmt: skip
ACCESS_ROLES = st.sampled_from(["read", "write"])


@dataclass
class World:
    users: list[UUID] = field(default_factory=lambda: [uuid4() for _ in range(USERS)])
    organizations: list[UUID] = field(default_factory=lambda: [uuid4() for _ in range(ORGANIZATIONS)])
    groups: dict[UUID, UUID] = field(default_factory=dict)
    """Group -> organization."""
    actors: list[Actor] = field(default_factory=list)
    chats: list[dict[str, Any]] = field(default_factory=list)

    def resource(self, chat: dict[str, Any]) -> ChatResource:
        root = next(candidate for candidate in self.chats if candidate["id"] == chat["root_chat_id"])
        return ChatResource(
            chat["organization_id"], chat["owner_id"], root["user_acl"], root["group_acl"], chat["id"], root["id"]
        )

    def narrowed(self) -> list[Actor]:
        """The callers again, with keys for single chats."""
        named = [f"chat:{chat['id']}" for chat in self.chats]
        members = [f"organization_member:{user}" for user in self.users]
        lists = [
            {named[0], members[0]},
            {named[-1], "user:*", members[1], members[2]},
            {"chat:*", "organization_member:*"},
            {"organization:*", "chat:nothing"},
        ]
        return [replace(caller, allow_list=frozenset(lists[at % 4])) for at, caller in enumerate(self.actors)]


@st.composite
def worlds(draw: st.DrawFn) -> World:
    world = World()
    world.groups = {uuid4(): id_ for id_ in world.organizations for _ in range(2)}
    roles = st.lists(
        st.sampled_from(["agents-access", "organization-admin", "organization-auditor", "organization-user-admin"]),
        max_size=2,
    )
    for user in world.users:
        organizations = draw(st.dictionaries(st.sampled_from(world.organizations), roles))
        # Places only where the user is a member: the table holds no others.
        open_groups = [group for group, place in world.groups.items() if place in organizations]
        world.actors.append(
            actor(
                *draw(st.lists(st.sampled_from(["owner", "auditor", "user-admin"]), max_size=1)),
                user_id=user,
                organizations=organizations,
                groups=draw(st.sets(st.sampled_from(open_groups))) if open_groups else (),
                scopes=draw(st.sampled_from(SCOPES)),
            )
        )
    for _ in range(draw(st.integers(1, 5))):
        root = draw(chats(world))
        root["root_chat_id"] = root["id"]
        world.chats.append(root)
        for _ in range(draw(st.integers(0, 1))):
            # A sub-chat's own entries must not count.
            world.chats.append(root | draw(access_lists(world)) | {"id": uuid4(), "parent_chat_id": root["id"]})
    return world


def access_lists(world: World) -> st.SearchStrategy[dict[str, Any]]:
    groups = [*world.organizations, *world.groups, uuid4()]
    return st.fixed_dictionaries(
        {
            "user_acl": st.dictionaries(st.sampled_from(world.users).map(str), ACCESS_ROLES, max_size=2),
            "group_acl": st.dictionaries(st.sampled_from(groups).map(str), ACCESS_ROLES, max_size=2),
        }
    )


@st.composite
def chats(draw: st.DrawFn, world: World) -> dict[str, Any]:
    return {
        "id": uuid4(),
        "parent_chat_id": None,
        "organization_id": draw(st.sampled_from(world.organizations)),
        "owner_id": draw(st.sampled_from(world.users)),
        "title": "a chat",
        "client_type": "api",
        "labels": {},
        "mcp_server_ids": [],
        "dynamic_tools": [],
        "status": "waiting",
        "snapshot_version": 1,
        "history_version": 1,
        "queue_version": 0,
        "retry_state_version": 0,
        "generation_attempt": 0,
        "last_model_config_id": uuid4(),
        "pending_tool_calls": [],
        "updated_at": dt.datetime.now(dt.UTC),
    } | draw(access_lists(world))


async def store_people(conn: AsyncConnection, world: World) -> None:
    """Write organizations, users, memberships, groups and places."""
    organizations = [{"id": id_, "name": f"o-{id_.hex}", "default_member_roles": []} for id_ in world.organizations]
    users = [
        {"id": id_, "username": id_.hex, "login_type": "password", "status": "active", "roles": []}
        for id_ in world.users
    ]
    memberships = [
        {"organization_id": place, "user_id": caller.user_id, "roles": []}
        for caller in world.actors
        for place in caller.organizations
    ]
    groups = [{"id": id_, "organization_id": place, "name": f"g-{id_.hex}"} for id_, place in world.groups.items()]
    places = [
        {"group_id": group, "user_id": caller.user_id, "organization_id": world.groups[group]}
        for caller in world.actors
        for group in sorted(caller.groups & world.groups.keys())
    ]
    rows: list[tuple[Any, list[dict[str, Any]]]] = [
        (Organization, organizations),
        (User, users),
        (OrganizationMember, memberships),
        (Group, groups),
        (GroupMember, places),
    ]
    for table, values in rows:
        if values:
            await conn.execute(insert(table), values)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(world=worlds())
async def test_a_list_shows_exactly_what_the_policy_lets_read(database: Database, world: World) -> None:
    authorizer = Authorizer()
    async with database.engine.connect() as conn:
        await store_people(conn, world)
        await conn.execute(insert(Chat), world.chats)
        for caller in (*world.actors, *world.narrowed()):
            listed = set((await conn.execute(select(Chat.id).where(visible_chats(caller)))).scalars())
            readable = {
                chat["id"] for chat in world.chats if authorizer.allowed(caller, "chat:read", world.resource(chat))
            }
            assert listed == readable
            of_roots = select(Chat.id).where(visible_roots(caller), Chat.parent_chat_id.is_(None))
            roots = {chat["id"] for chat in world.chats if chat["parent_chat_id"] is None}
            assert set((await conn.execute(of_roots)).scalars()) == readable & roots
        await conn.rollback()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(world=worlds())
async def test_members_are_listed_exactly_as_the_policy_lets_read_their_memberships(
    database: Database, world: World
) -> None:
    authorizer = Authorizer()
    async with database.engine.connect() as conn:
        await store_people(conn, world)
        for caller in (*world.actors, *world.narrowed()):
            visible = VisibleMembers.to(authorizer, caller, world.organizations)
            everyone = {place: place for place in world.organizations}
            listed = await group_members(conn, [*world.groups, *world.organizations], visible)
            for group, place in (world.groups | everyone).items():
                readable = {
                    member.user_id
                    for member in world.actors
                    if group in member.groups
                    and authorizer.allowed(
                        caller, "organization_member:read", MembershipResource(place, member.user_id)
                    )
                }
                assert {member.id for member in listed[group]} == readable
                if group == place:
                    members = await list_members(conn, place, visible)
                    assert {member.membership.user_id for member in members} == readable
        await conn.rollback()
