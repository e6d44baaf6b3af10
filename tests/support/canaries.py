"""Canaries: every secret that a test gives to the server, or gets from it, must never be seen again.

The test client learns them from the requests it sends (passwords, provider keys, secrets of MCP servers, tokens) and
from the answers that show a token its one time; the test's server from its settings. From then on every answer, header,
stream event, log line and metric of the process is searched for all of them.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote, unquote_plus

from pydantic import SecretStr
from pydantic_settings import BaseSettings

SECRET_FIELDS = frozenset(
    {
        "password",
        "old_password",
        "api_key",
        "api_keys",
        "api_key_value",
        "oauth2_client_secret",
        "custom_headers",
        "access_key",
        "access_key_secret",
        "external_id",
        "client_secret",
        "session_token",
        "key",
    }
)
"""Names of the fields that hold secrets, in requests and in the answers that may show one."""

SHOWS_A_TOKEN = frozenset({"log-in-user", "create-token-api-key", "create-new-session-key"})
"""The operations whose answer hands out a token; nowhere else may one stand."""

SHORTEST, VARIETY = 14, 6
"""Texts that are shorter, or of fewer different characters, turn up by chance, so they are no canaries."""

_TOKEN = re.compile(r"[A-Za-z0-9]{10}-([A-Za-z0-9]{22})(?![A-Za-z0-9-])")
_SET_COOKIE = "set-cookie"


class CanaryFound(AssertionError):
    """A secret stands where no secret may be. The message tells where, and only its beginning."""


class Canaries:
    """The secrets known so far, each in the spellings in which it could come back."""

    def __init__(self) -> None:
        self._spellings: dict[str, str] = {}
        """Spelling -> secret."""

    def learn(self, secret: str) -> None:
        """Remember one secret, if it is long enough to be unmistakable."""
        if len(secret) < SHORTEST or len(set(secret)) < VARIETY or secret in self._spellings:
            return
        escaped = json.dumps(secret)[1:-1]
        unicode = json.dumps(secret, ensure_ascii=False)[1:-1]
        for spelling in (secret, escaped, unicode, quote(secret), quote(secret, safe="")):
            self._spellings[spelling] = secret

    def learn_settings(self, settings: BaseSettings) -> None:
        """Remember the secrets of a server's settings."""
        for name in type(settings).model_fields:
            value = getattr(settings, name)
            if isinstance(value, SecretStr):
                for secret in value.get_secret_value().split(","):
                    self.learn(secret.strip())

    def learn_request(self, url: str, headers: Mapping[str, str], body: bytes) -> None:
        """Remember what a request carries: secret fields of its JSON, tokens of its headers, cookies and query."""
        self._learn_fields(body)
        carried = [headers.get("coder-session-token", ""), headers.get("authorization", ""), headers.get("cookie", "")]
        for text in (*carried, unquote_plus(url)):
            self._learn_tokens(text)

    def check_answer(
        self, operation_id: str | None, status: int, headers: Iterable[tuple[str, str]], body: bytes
    ) -> None:
        """Search an answer; one that may show a token is learnt from instead. Raises CanaryFound."""
        where = f"the answer {status} of {operation_id}"
        for name, value in headers:
            if name.lower() == _SET_COOKIE:
                self._learn_tokens(value)
            else:
                self.search(f"{where}, header {name}", value)
        if operation_id in SHOWS_A_TOKEN and status < 300:
            self._learn_fields(body)
            self._learn_tokens(body.decode(errors="replace"))
        else:
            self.search(where, body)

    def search(self, where: str, text: str | bytes | bytearray) -> None:
        """Raise CanaryFound when a known secret stands in a text, in whatever spelling."""
        if len(text) < SHORTEST:
            return
        seen = text if isinstance(text, str) else text.decode(errors="replace")
        # Some ten million comparisons in a run of all tests: nothing in this loop that need not be.
        for spelling in self._spellings:
            if spelling in seen:
                secret = self._spellings[spelling]
                raise CanaryFound(f"{where} holds a secret that begins with {secret[:4]!r} ({len(secret)} characters)")

    def _learn_fields(self, body: bytes) -> None:
        try:
            document = json.loads(body) if body else None
        except ValueError:
            return
        for secret in _secrets(document):
            self.learn(secret)

    def _learn_tokens(self, text: str) -> None:
        for secret in _TOKEN.findall(text):
            self.learn(secret)


def _secrets(node: Any, *, inside: bool = False) -> Iterator[str]:
    if isinstance(node, str) and inside:
        yield node
    elif isinstance(node, list):
        for child in node:
            yield from _secrets(child, inside=inside)
    elif isinstance(node, dict):
        for name, child in node.items():
            # A stored key is named by its id, which is no secret.
            yield from _secrets(child, inside=name != "id" and (inside or name in SECRET_FIELDS))


CANARIES = Canaries()
"""Those of this process: what one test gave away, another one must not see either."""
