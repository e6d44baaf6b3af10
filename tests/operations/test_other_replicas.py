"""What one replica changes is seen by another: at once over the bus, within ten seconds without it."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from functools import partial

import pytest
import pytest_asyncio

from palaver.auth import authenticate
from palaver.auth.actor import Actor
from palaver.auth.authenticate import Authenticator
from palaver.auth.secrets import SecretBox
from palaver.auth.tokens import PresentedToken
from palaver.configuration.deployment_settings import DeploymentConfig
from palaver.database import Database
from palaver.errors.auth import Unauthenticated
from palaver.llm.catalog import ModelCatalog
from palaver.memory import REMEMBERED_SECONDS
from palaver.remembered import Teller, drop_what_others_change
from palaver.settings import Settings
from palaver.spending.limits import SpendLimits
from palaver.stream.bus import Bus, build_bus
from palaver.tools.credentials import Credentials
from palaver.tools.oauth.connections import Connections
from palaver.tools.service import ToolServers
from tests.support.world import CHATS, World

USERS = "/api/v2/users"
MEMBERS = "/api/v2/organizations/default/members"
PROVIDERS = "/api/v2/ai/providers"
PATIENCE_SECONDS = 10


@dataclass
class Replica:
    """What another process remembers; its clock stands still unless a test moves it."""

    bus: Bus
    database: Database
    settings: Settings
    now: float = 100.0

    def __post_init__(self) -> None:
        teller = Teller(self.bus)
        clock = lambda: self.now  # noqa: E731 - a closure is what both want
        self.limits = limits = SpendLimits(self.database, tell=teller.limits, clock=clock)
        self.authenticator = Authenticator(
            self.settings, self.database, tell=partial(teller.callers, limits), clock=clock
        )
        secrets = SecretBox.load(self.settings)
        self.catalog = ModelCatalog(self.database, secrets, tell=teller.models, clock=clock)
        self.config = config = DeploymentConfig(self.database, tell=teller.config, clock=clock)
        connections = Connections(self.settings, self.database, secrets)
        credentials = Credentials(secrets, connections.access_tokens, None)
        self.tools = ToolServers(self.settings, self.database, credentials, tell=teller.tool_servers, clock=clock)
        drop_what_others_change(self.bus, self.authenticator, self.catalog, limits, config, self.tools)

    async def caller(self, token: str | None) -> Actor | None:
        """The caller behind a token, None when it is refused."""
        assert token is not None
        try:
            return await self.authenticator.authenticate(PresentedToken(token))
        except Unauthenticated:
            return None


@pytest_asyncio.fixture
async def replica(world: World, world_settings: Settings) -> AsyncIterator[Replica]:
    """Another replica on the world's database, with the bus of its settings."""
    database = Database(str(world_settings.database_url), pool_size=2)
    bus = build_bus(world_settings, uuid.uuid4())
    await bus.start()
    yield Replica(bus, database, world_settings)
    await bus.stop()
    await database.close()


Fact = Callable[[World, Replica], Awaitable[object]]
"""What another replica knows, in a form that can be compared."""
Act = Callable[[World], Awaitable[None]]


async def _alice(world: World, replica: Replica) -> object:
    return await replica.caller(world.alice.token)


async def _bob(world: World, replica: Replica) -> object:
    return await replica.caller(world.bob.token)


async def _model(world: World, replica: Replica) -> object:
    return await replica.catalog.get(uuid.UUID(world.facts.model_config_id))


async def _tool_servers(world: World, replica: Replica) -> object:
    return sorted(server.slug for server in await replica.tools.known())


async def _limit(world: World, replica: Replica) -> object:
    limit = await replica.limits.of(uuid.UUID(world.facts.user_ids["alice"]))
    return "none" if limit is None else limit


async def _config(world: World, replica: Replica) -> object:
    return await replica.config.current()


async def _revoke(world: World) -> None:
    key_id = str(world.alice.token).partition("-")[0]
    assert (await world.alice.delete(f"{USERS}/me/keys/{key_id}")).status_code == 204


async def _expire(world: World) -> None:
    key_id = str(world.alice.token).partition("-")[0]
    assert (await world.alice.put(f"{USERS}/me/keys/{key_id}/expire")).status_code == 204


async def _log_out(world: World) -> None:
    assert (await world.alice.post(f"{USERS}/logout")).status_code == 200


async def _new_password(world: World) -> None:
    answer = await world.owner.put(f"{USERS}/alice/password", {"password": "another horse battery staple"})
    assert answer.status_code == 204


async def _suspend(world: World) -> None:
    assert (await world.owner.put(f"{USERS}/alice/status/suspend")).status_code == 200


async def _delete_user(world: World) -> None:
    assert (await world.owner.delete(f"{USERS}/alice")).status_code == 200


async def _site_role(world: World) -> None:
    assert (await world.owner.put(f"{USERS}/alice/roles", {"roles": ["auditor"]})).status_code == 200


async def _member_role(world: World) -> None:
    answer = await world.owner.put(f"{MEMBERS}/bob/roles", {"roles": ["organization-admin"]})
    assert answer.status_code == 200


async def _remove_member(world: World) -> None:
    assert (await world.owner.delete(f"{MEMBERS}/bob")).status_code == 204


async def _default_roles(world: World) -> None:
    body = {"default_org_member_roles": ["organization-auditor"]}
    assert (await world.owner.patch("/api/v2/organizations/default", body)).status_code == 200


async def _group(world: World) -> None:
    made = (await world.owner.post("/api/v2/organizations/default/groups", {"name": "writers"})).json()
    body = {"add_users": [world.facts.user_ids["alice"]]}
    assert (await world.owner.patch(f"/api/v2/groups/{made['id']}", body)).status_code == 200


async def _disable_model(world: World) -> None:
    path = f"{CHATS}/model-configs/{world.facts.model_config_id}"
    assert (await world.owner.patch(path, {"enabled": False})).status_code == 200


async def _disable_provider(world: World) -> None:
    answer = await world.owner.patch(f"{PROVIDERS}/{world.facts.provider_id}", {"enabled": False})
    assert answer.status_code == 200


async def _tool_server(world: World) -> None:
    body = {"display_name": "Wiki", "slug": "wiki", "transport": "streamable_http", "url": "https://wiki.example/mcp"}
    answer = await world.owner.post(
        "/api/experimental/mcp/servers", {**body, "auth_type": "none", "availability": "default_off", "enabled": True}
    )
    assert answer.status_code == 201, answer.text


async def _spend_limit(world: World) -> None:
    answer = await world.owner.put(f"{CHATS}/usage-limits", {"spend_limit_micros": 1000, "period": "month"})
    assert answer.status_code == 200, answer.text


async def _deployment_setting(world: World) -> None:
    answer = await world.owner.put(f"{CHATS}/config/system-prompt", {"system_prompt": "Be brief."})
    assert answer.status_code == 204, answer.text


CHANGES: dict[str, tuple[Act, Fact]] = {
    "a revoked key": (_revoke, _alice),
    "an expired key": (_expire, _alice),
    "a session that was left": (_log_out, _alice),
    "a new password": (_new_password, _alice),
    "a suspended user": (_suspend, _alice),
    "a deleted user": (_delete_user, _alice),
    "a site role": (_site_role, _alice),
    "an organization role": (_member_role, _bob),
    "a removed member": (_remove_member, _bob),
    "an organization's default roles": (_default_roles, _bob),
    "a group": (_group, _alice),
    "a disabled model": (_disable_model, _model),
    "a disabled provider": (_disable_provider, _model),
    "a new MCP server": (_tool_server, _tool_servers),
    "a limit on spending": (_spend_limit, _limit),
    "a setting of the deployment": (_deployment_setting, _config),
}


async def _peers(*buses: Bus) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not all(bus.peers for bus in buses):
            await asyncio.sleep(0.01)


@pytest.mark.parametrize("change", CHANGES)
async def test_a_change_is_seen_by_another_replica_at_once(world: World, replica: Replica, change: str) -> None:
    act, known = CHANGES[change]
    await _peers(world.services.bus, replica.bus)
    before = await known(world, replica)
    assert before is not None
    await act(world)
    # The replica's clock stands still: nothing but a word over the bus can end what it remembers.
    async with asyncio.timeout(PATIENCE_SECONDS):
        while await known(world, replica) == before:
            await asyncio.sleep(0.005)


@pytest.mark.settings(bus_url="local")
@pytest.mark.parametrize("change", CHANGES)
async def test_a_change_is_seen_within_ten_seconds_without_the_bus(world: World, replica: Replica, change: str) -> None:
    act, known = CHANGES[change]
    assert max(authenticate.CACHE_SECONDS, REMEMBERED_SECONDS) <= 10
    before = await known(world, replica)
    assert before is not None
    await act(world)
    assert await known(world, replica) == before, "remembered, since nobody told"
    replica.now += 10
    assert await known(world, replica) != before


async def test_after_a_cut_everything_is_read_anew(world: World, replica: Replica) -> None:
    await _peers(world.services.bus, replica.bus)
    known = await _alice(world, replica), await _model(world, replica)
    async with world.services.database.begin() as conn:
        await conn.exec_driver_sql("UPDATE users SET name = 'Other' WHERE username = 'alice'")
        await conn.exec_driver_sql("UPDATE chat_model_configs SET display_name = 'Other'")
    assert (await _alice(world, replica), await _model(world, replica)) == known
    async with world.services.database.connect() as conn:
        await conn.exec_driver_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND application_name LIKE '%bus%'"
        )
    async with asyncio.timeout(PATIENCE_SECONDS):
        while await _alice(world, replica) == known[0] or await _model(world, replica) == known[1]:
            await asyncio.sleep(0.01)
