"""What goes wrong between a program and its server."""

from typing import Any

import httpx

from palaver_client.retries import retry_after


class PalaverError(Exception):
    """What the server refused a request with.

    `status` is the HTTP status; `body` the decoded body (an object's keys are those of the operation's error type, as
    `ChatBusyResponse`), or its text; `request_id` names the request in the server's logs.
    """

    def __init__(self, response: httpx.Response) -> None:
        self.status = response.status_code
        self.request_id: str | None = response.headers.get("x-request-id")
        self.retry_after = retry_after(response)
        try:
            self.body: Any = response.json()
        except ValueError:
            # Not everything that answers in a server's place speaks JSON.
            self.body = response.text
        known: dict[str, Any] = self.body if isinstance(self.body, dict) else {}
        self.message = str(known.get("message") or self.body or f"HTTP status {self.status}")
        self.detail: str | None = known.get("detail")
        self.validations: list[dict[str, str]] = known.get("validations") or []
        super().__init__(f"{self.status}: {self.message}" + (f" {self.detail}" if self.detail else ""))


class StreamLost(Exception):
    """A stream that could not be kept open; the cause is what the last attempt met."""
