"""The application: builds the engine's services from settings, and the ASGI app that serves them."""

import uuid
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

from starlette.types import ASGIApp

from palaver import __version__, metrics
from palaver.auth.authenticate import Authenticator
from palaver.auth.policy import Authorizer
from palaver.auth.rate_limits import RateLimiter
from palaver.auth.secrets import SecretBox
from palaver.chat.machine import ChatMachine
from palaver.configuration.deployment_settings import DeploymentConfig
from palaver.contract.edge import build_edge
from palaver.database import Database
from palaver.files.storage import FileStorage
from palaver.housekeeping import Housekeeping, jobs_of
from palaver.llm.catalog import ModelCatalog
from palaver.recording.recorder import Recorder
from palaver.remembered import Teller, drop_what_others_change
from palaver.services import Services
from palaver.settings import Settings
from palaver.spending.beside import SideSpending
from palaver.spending.limits import SpendLimits
from palaver.stream.bus import build_bus
from palaver.stream.parts import PartsBuffer
from palaver.stream.relay import PartsRelay
from palaver.stream.watch_events import WatchTeller
from palaver.texts.background import BackgroundTexts
from palaver.texts.calls import TextCaller
from palaver.texts.summaries import ChatSummaries
from palaver.texts.titles import ChatTitles
from palaver.tools.credentials import Credentials
from palaver.tools.oauth.connections import Connections
from palaver.tools.service import ToolServers

if TYPE_CHECKING:
    from palaver.auth.oidc import OidcLogin


def create_app(settings: Settings) -> ASGIApp:
    """The server as an ASGI application; its lifespan starts the worker and, at the end, drains and closes everything.

    `settings.database_url` must name a migrated database. Raises ValueError without one.
    """
    return application(build_services(settings))


def application(services: Services) -> ASGIApp:
    """The ASGI application over services that are at rest.

    Closing `services.bus` ends its streams: a server that stops does so before it waits for open responses.
    """

    @asynccontextmanager
    async def lifespan(_: Any) -> AsyncIterator[None]:
        async with running(services):
            yield

    return build_edge(services, lifespan=lifespan)


def build_services(settings: Settings, replica_id: uuid.UUID | None = None, *, alone: bool = False) -> Services:
    """All parts of the engine, wired and at rest: nothing connects or runs before `running`.

    `replica_id` names this process among all that share the database; without one it gets a new name. `alone` says
    that there are no others.
    """
    replica_id = replica_id or uuid.uuid4()
    if settings.database_url is None:
        raise ValueError("database_url is not set")
    database = Database(
        settings.database_url,
        pool_size=settings.pool_size,
        idle_transaction_seconds=settings.heartbeat_stale_seconds,
    )
    files = FileStorage(settings, database)
    secrets = SecretBox.load(settings)
    bus, parts = build_bus(settings, replica_id, alone=alone), PartsBuffer(settings)
    machine = ChatMachine(database, bus, heartbeat_stale_seconds=settings.heartbeat_stale_seconds)
    watch_teller = WatchTeller(bus)
    machine.tell(watch_teller.moved)
    teller = Teller(bus)
    catalog = ModelCatalog(database, secrets, own_keys=settings.user_provider_keys, tell=teller.models)
    limits = SpendLimits(database, tell=teller.limits)
    config = DeploymentConfig(database, tell=teller.config)
    recorder = Recorder(database, config, forced=settings.chat_debug_logging)
    text_caller = TextCaller(settings, catalog, config, SideSpending(database, limits), recorder)
    titles = ChatTitles(database, text_caller, watch_teller)
    authorizer = Authorizer(chat_sharing=settings.chat_sharing)
    authenticator = Authenticator(settings, database, tell=partial(teller.callers, limits))
    oidc = _oidc_login(settings, database, secrets, authenticator)
    mcp_connections = Connections(settings, database, secrets)
    credentials = Credentials(secrets, mcp_connections.access_tokens, oidc)
    tools = ToolServers(settings, database, credentials, tell=teller.tool_servers)
    worker = None
    if settings.processor == "enabled" and settings.role != "api":
        # Here, and not by all: servers that run no turns do not wait for the model layer's libraries to load.
        from palaver.worker.service import Worker

        summaries = ChatSummaries(database, text_caller, watch_teller)
        texts = BackgroundTexts(titles, summaries, enabled=settings.automatic_texts == "on")
        worker = Worker(
            replica_id,
            settings,
            database,
            machine,
            bus,
            parts,
            catalog,
            config,
            authorizer,
            files,
            limits,
            texts,
            recorder,
            tools,
        )
    drop_what_others_change(bus, authenticator, catalog, limits, config, tools)
    return Services(
        replica_id=replica_id,
        settings=settings,
        database=database,
        files=files,
        machine=machine,
        bus=bus,
        parts=parts,
        relay=PartsRelay(bus, parts, settings),
        watch_teller=watch_teller,
        authenticator=authenticator,
        authorizer=authorizer,
        secrets=secrets,
        oidc=oidc,
        credentials=credentials,
        mcp_connections=mcp_connections,
        limiter=RateLimiter(settings),
        catalog=catalog,
        limits=limits,
        recorder=recorder,
        tools=tools,
        text_caller=text_caller,
        titles=titles,
        config=config,
        worker=worker,
        version=__version__,
    )


def _oidc_login(
    settings: Settings, database: Database, secrets: SecretBox, authenticator: Authenticator
) -> "OidcLogin | None":
    """The sign-in by a provider, where one is configured; other servers do not wait for its libraries to load."""
    if not settings.oidc_enabled:
        return None
    from palaver.auth.oidc import OidcLogin

    return OidcLogin(settings, database, secrets, authenticator)


@asynccontextmanager
async def running(services: Services) -> AsyncIterator[None]:
    """The engine at work; on leaving, turns in flight end or are let go, streams end, connections close."""
    async with AsyncExitStack() as stack:
        stack.push_async_callback(services.database.close)
        housekeeping = Housekeeping(services.database, jobs_of(services.settings, services.files, services.machine))
        stack.push_async_callback(housekeeping.stop)
        housekeeping.start()
        stack.callback(metrics.kept_sampled(services.sample))
        # Last to stop: letting chats go and leaving others' live parts has to be told.
        stack.push_async_callback(services.bus.stop)
        stack.push_async_callback(services.recorder.stop)
        services.recorder.start()
        stack.push_async_callback(services.text_caller.close)
        stack.callback(services.relay.stop)
        services.relay.start()
        await services.bus.start()
        stack.push_async_callback(services.mcp_connections.close)
        if services.oidc is not None:
            stack.push_async_callback(services.oidc.close)
        stack.push_async_callback(services.tools.aclose)
        if services.worker is not None:
            stack.push_async_callback(services.worker.stop, services.settings.shutdown_grace_seconds)
            await services.worker.start()
        stack.callback(services.bus.close)
        yield
