"""Why a chat's MCP server is left out of a turn. None of these fails the turn; none of the texts holds a secret."""

import uuid
from typing import ClassVar, Literal, Protocol, TypeAlias

ProblemKind: TypeAlias = Literal["sign_in_required", "unavailable"]


class NamedServer(Protocol):
    """What is told of a server that has a problem."""

    @property
    def id(self) -> uuid.UUID: ...

    @property
    def slug(self) -> str: ...

    @property
    def display_name(self) -> str: ...


class ToolServerProblem(Exception):
    """The tools of one server cannot be used now; the text says why, fit for the chat's owner."""

    kind: ClassVar[ProblemKind]

    def __init__(self, server: NamedServer, reason: str) -> None:
        super().__init__(reason)
        self.server_id = server.id
        self.slug = server.slug
        self.display_name = server.display_name
        self.reason = reason


class SignInRequired(ToolServerProblem):
    """The chat's owner has no usable token: only signing in (again) helps."""

    kind = "sign_in_required"

    def __init__(self, server: NamedServer, reason: str | None = None) -> None:
        super().__init__(server, reason or f"Connect {server.display_name} to use its tools.")


class ToolServerUnavailable(ToolServerProblem):
    """The server, or what issues its tokens, does not work now; nobody's signing in would help."""

    kind = "unavailable"


class CallFailed(Exception):
    """A call of a tool has no result; the text says why, fit for the model."""


class CallLost(Exception):
    """The answer to a call will not come. `called`: the tool may have run; `over`: the session has ended as well."""

    def __init__(self, *, called: bool, over: bool) -> None:
        super().__init__("The connection to the server was lost.")
        self.called = called
        self.over = over
