"""What a handler knows about the request it answers."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from palaver.auth.actor import Actor
    from palaver.services import Services


@dataclass(slots=True)
class Context:
    """One request behind the first three gates: routed, authenticated and valid against the contract.

    `actor` is None exactly on operations with `security: []`; `token` is then None too, otherwise the id (never the
    secret) of the key that was presented. `path` is the path as it came, still percent-encoded; `headers` has
    lower-case names, repeated headers joined by a comma (cookies by a semicolon). `body` holds the raw bytes, empty
    when the operation has no request body or defers it: then `take_body` reads it, once; it raises BodyTooLarge.
    `client_ip` is empty when the server is not reached over IP.
    """

    services: "Services"
    actor: "Actor | None"
    operation_id: str
    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes
    request_id: str
    client_ip: str
    token: str | None
    take_body: Callable[[], Awaitable[bytes]]

    @property
    def user(self) -> "Actor":
        """The caller, where the operation requires one; an AssertionError is a wrong `security` in the contract."""
        assert self.actor is not None, f"{self.operation_id} has no authentication and so no user"
        return self.actor
