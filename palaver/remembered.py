"""What processes remember of the database, kept fresh over the bus: who changes something tells all others.

Telling is best effort. What is remembered also has an age at which it is read anew, at most ten seconds, so that a lost
word costs that and no more.
"""

from typing import TYPE_CHECKING
from uuid import UUID

from palaver import metrics
from palaver.stream.bus import Bus, Change
from palaver.stream.bus.interface import ChangeKind

if TYPE_CHECKING:
    from palaver.auth.authenticate import Authenticator
    from palaver.configuration.deployment_settings import DeploymentConfig
    from palaver.llm.catalog import ModelCatalog
    from palaver.spending.limits import SpendLimits
    from palaver.tools.service import ToolServers

_SENT = metrics.STALE_TOLD.labels("sent")
_RECEIVED = metrics.STALE_TOLD.labels("received")


class Teller:
    """Tells the other processes what they have to drop; to be called after the commit."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus

    def callers(self, limits: "SpendLimits", kind: ChangeKind, key: str) -> None:
        """A user, a key or everyone has changed (`Authenticator.forget_*`).

        Which limit holds hangs on the user's groups, so `limits` are dropped here, as they are elsewhere.
        """
        if kind != "key":
            limits.drop()
        self._bus.announce(Change(kind, key))
        _SENT.inc()

    def limits(self) -> None:
        """A limit on spending has changed (`SpendLimits.forget`)."""
        self._bus.announce(Change("limits"))
        _SENT.inc()

    def models(self) -> None:
        """A provider or model config has changed (`ModelCatalog.forget`)."""
        self._bus.announce(Change("models"))
        _SENT.inc()

    def tool_servers(self) -> None:
        """An MCP server has changed (`ToolServers.forget`)."""
        self._bus.announce(Change("tool_servers"))
        _SENT.inc()

    def config(self) -> None:
        """A setting of the deployment has changed (`DeploymentConfig.forget`)."""
        self._bus.announce(Change("config"))
        _SENT.inc()


def drop_what_others_change(
    bus: Bus,
    authenticator: "Authenticator",
    catalog: "ModelCatalog",
    limits: "SpendLimits",
    config: "DeploymentConfig",
    tools: "ToolServers",
) -> None:
    """From now on drop what other processes tell to be stale; everything, when some of it may have been missed."""

    def drop(change: Change | None) -> None:
        _RECEIVED.inc()
        match change:
            case Change("user", user_id) if (known := _uuid(user_id)) is not None:
                authenticator.drop_user(known)
                limits.drop()
            case Change("key", key):
                authenticator.drop_key(key)
            case Change("everyone"):
                authenticator.drop_all()
                limits.drop()
            case Change("models"):
                catalog.drop()
            case Change("limits"):
                limits.drop()
            case Change("config"):
                config.drop()
            case Change("tool_servers"):
                tools.drop()
            case _:
                authenticator.drop_all()
                catalog.drop()
                limits.drop()
                config.drop()
                tools.drop()

    bus.on_change(drop)


def _uuid(key: str) -> UUID | None:
    try:
        return UUID(key)
    except ValueError:
        return None
