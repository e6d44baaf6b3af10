"""Requests that tests of the chat operations share."""

from typing import Any

from tests.support.api import Api
from tests.support.world import CHATS, World

NIL = "00000000-0000-0000-0000-000000000000"


def text(words: str) -> dict[str, Any]:
    """A text part."""
    return {"type": "text", "text": words}


async def send(api: Api, chat_id: str, content: Any = None, **fields: Any) -> Any:
    """The response to a send; the content is one text part unless given."""
    body = {"content": [text("hello")] if content is None else content, **fields}
    return await api.post(f"{CHATS}/{chat_id}/messages", body)


async def upload(
    world: World,
    data: bytes = b"notes",
    *,
    name: str = "notes.txt",
    media_type: str = "text/plain",
    api: Api | None = None,
) -> Any:
    """The response to an upload into the world's organization."""
    return await (api or world.alice).request(
        "POST",
        f"{CHATS}/files?organization={world.facts.organization_id}",
        content=data,
        headers={"Content-Type": media_type, "Content-Disposition": f'attachment; filename="{name}"'},
    )


def refusal(response: Any) -> tuple[int, str, str | None]:
    """(status, message, detail) of a refusal."""
    body = response.json()
    return response.status_code, body["message"], body.get("detail")
