"""The people of the permission matrix, their keys, and the things that requests are about."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert

from models import OrganizationMember, User
from palaver.auth.passwords import hash_password
from palaver.auth.sessions import ALL_SCOPES, create_token
from palaver.chat.states import State
from tests.api.chats import answer, chat_in, idle_chat, parked_chat, share
from tests.support.world import PASSWORD, World, demo_model, demo_provider

CALLERS = (
    "anonymous",
    "member",
    "reader",
    "owner",
    "organization_admin",
    "other_admin",
    "site_owner",
    "auditor",
    "suspended",
    "read_only_token",
    "expired_token",
)
"""The columns of the table; its head says who they are."""

OF_THE_OWNER = ("owner", "read_only_token", "expired_token")


@dataclass(slots=True)
class Stage:
    """A world with one person for every kind of caller; `people` has their ids."""

    world: World
    people: dict[str, uuid.UUID]
    password_hash: str
    caller: str = "anonymous"
    """Who asks next."""

    @property
    def organization(self) -> str:
        """Where everything happens."""
        return self.world.facts.organization_id

    async def user(self, organizations: Sequence[str] = (), **fields: Any) -> uuid.UUID:
        """A new user."""
        user_id, name = uuid.uuid4(), unique("u")
        values = {
            "username": name,
            "email": f"{name}@example.com",
            "password_hash": self.password_hash,
            "login_type": "password",
            "status": "active",
            "roles": [],
            **fields,
        }
        async with self.world.services.database.begin() as conn:
            await conn.execute(insert(User).values(id=user_id, **values))
        for organization in organizations:
            await self.join(organization, user_id)
        return user_id

    async def member(self) -> uuid.UUID:
        """A new user who belongs to the organization."""
        return await self.user([self.organization])

    async def join(self, organization_id: str, user_id: uuid.UUID, *roles: str) -> None:
        """Make a user a member of an organization."""
        values = {"organization_id": uuid.UUID(organization_id), "user_id": user_id, "roles": list(roles)}
        async with self.world.services.database.begin() as conn:
            await conn.execute(insert(OrganizationMember).values(**values))
        self.world.forget_user(user_id)

    async def token(
        self, user_id: uuid.UUID, scopes: Sequence[str] = ALL_SCOPES, lifetime: dt.timedelta = dt.timedelta(hours=1)
    ) -> str:
        """A new token."""
        async with self.world.services.database.begin() as conn:
            return await create_token(conn, user_id, uuid.uuid4().hex, lifetime, scopes)

    async def token_of(self, caller: str, owner: uuid.UUID) -> str | None:
        """A new token of a kind of caller, for a request about something that belongs to `owner`."""
        if caller == "anonymous":
            return None
        if caller not in OF_THE_OWNER:
            return await self.token(self.people[caller])
        if caller == "read_only_token":
            return await self.token(owner, ["chat:read"])
        return await self.token(owner, lifetime=dt.timedelta(hours=-1 if caller == "expired_token" else 1))

    async def chat(self, **fields: Any) -> str:
        """A new idle chat that its reader may read."""
        chat_id = await idle_chat(self.world, **fields)
        await self._share(chat_id)
        return chat_id

    async def answered_chat(self) -> str:
        """A new idle chat with an answer that its reader may read."""
        chat_id = str((await self.world.create_chat())["id"])
        await answer(self.world, chat_id)
        await self._share(chat_id)
        return chat_id

    async def busy_chat(self) -> tuple[str, int]:
        """A new running chat that its reader may read, and the id of its last queued message."""
        chat_id, queue = await chat_in(self.world, State.RUNNING_QUEUED)
        await self._share(chat_id)
        return chat_id, queue[-1]

    async def parked_chat(self) -> tuple[str, list[str]]:
        """A new chat that its reader may read, whose owner is asked about a call, and the ids of its approvals."""
        chat_id, approvals = await parked_chat(self.world, "call_1")
        await self._share(chat_id)
        return chat_id, approvals

    async def chat_in(self, state: State) -> str:
        """A new chat in a state that its reader may read."""
        chat_id, _ = await chat_in(self.world, state)
        await self._share(chat_id)
        return chat_id

    async def made(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """What the site owner makes with a POST."""
        response = await self.world.owner.post(path, body)
        assert response.status_code == 201, response.text
        answer: dict[str, Any] = response.json()
        return answer

    async def group(self) -> dict[str, Any]:
        """A new group of the organization, without members."""
        return await self.made(f"/api/v2/organizations/{self.organization}/groups", {"name": unique("g")})

    async def organization_of_the_caller(self) -> str:
        """A new organization in which nobody is but the caller, with the rights that he has in the usual one."""
        organization: str = (await self.made("/api/v2/organizations", {"name": unique("o")}))["id"]
        if self.caller == "organization_admin":
            await self.join(organization, self.people[self.caller], "organization-admin")
        elif self.caller in ("member", "reader", *OF_THE_OWNER):
            await self.join(organization, self.people.get(self.caller, self.people["owner"]))
        return organization

    async def provider(self) -> str:
        """A new model provider."""
        provider: str = (await self.made("/api/v2/ai/providers", demo_provider(name=unique("p"))))["id"]
        return provider

    async def model_config(self) -> str:
        """A new model config of the world's provider."""
        body = demo_model(self.world.facts.provider_id, model=unique("m"))
        config: str = (await self.made("/api/experimental/chats/model-configs", body))["id"]
        return config

    async def mcp_server(self, **fields: Any) -> str:
        """A new MCP server, switched on."""
        server: str = (await self.made("/api/experimental/mcp/servers", {**mcp_server(), **fields}))["id"]
        return server

    async def _share(self, chat_id: str) -> None:
        self.world.facts.user_ids["reader"] = str(self.people["reader"])
        await share(self.world, chat_id, "reader")


async def set_stage(world: World) -> Stage:
    """Bring the people."""
    ids = {name: uuid.UUID(id_) for name, id_ in world.facts.user_ids.items()}
    people = {"owner": ids["alice"], "member": ids["bob"], "organization_admin": ids["carol"]}
    people["site_owner"] = ids["owner"]
    stage = Stage(world, people, await hash_password(PASSWORD))
    people["reader"] = await stage.member()
    people["auditor"] = await stage.user(roles=["auditor"])
    people["suspended"] = await stage.user([stage.organization], status="suspended")
    people["other_admin"] = await stage.user()
    elsewhere = (await stage.made("/api/v2/organizations", {"name": unique("o")}))["id"]
    await stage.join(elsewhere, people["other_admin"], "organization-admin")
    return stage


def mcp_server() -> dict[str, Any]:
    """The body of an MCP server."""
    return {
        "display_name": "Tools",
        "slug": unique("s"),
        "transport": "streamable_http",
        "url": "https://tools.example.com/mcp",
        "auth_type": "none",
        "availability": "default_on",
        "enabled": True,
    }


def unique(prefix: str) -> str:
    """A name that nothing has."""
    return f"{prefix}-{uuid.uuid4().hex[:10]}"
