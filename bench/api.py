"""Setting a server up through its own API: first user, session, provider, model, chats."""

import uuid
from dataclasses import dataclass
from typing import Any

import httpx2

from bench.cluster import Owner

_USER = {
    "email": "bench@example.com",
    "username": "bench",
    "name": "Bench",
    "password": "Nine-Measured-Herons-42",
}


@dataclass(frozen=True, slots=True)
class Account:
    """Who the clients are."""

    token: str
    owner: Owner


def set_up(port: int, *, model_port: int | None = None) -> Account:
    """The first user, logged in, with a default model: on an openai-compat provider, or on `demo` without a port."""
    with httpx2.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
        created = _post(client, "/api/v2/users/first", _USER)
        login = {"email": _USER["email"], "password": _USER["password"]}
        token = _post(client, "/api/v2/users/login", login)["session_token"]
        client.headers["Coder-Session-Token"] = token
        if model_port is None:
            provider: dict[str, Any] = {"type": "demo", "name": "demo", "base_url": "", "enabled": True}
        else:
            provider = {
                "type": "openai-compat",
                "name": "local",
                "base_url": f"http://127.0.0.1:{model_port}/v1",
                "api_keys": ["bench"],
                "enabled": True,
            }
        provider_id = _post(client, "/api/v2/ai/providers", provider)["id"]
        model = {
            "ai_provider_id": provider_id,
            "model": "paced",
            "context_limit": 1_000_000,
            "is_default": True,
            "enabled": True,
        }
        config_id = _post(client, "/api/experimental/chats/model-configs", model)["id"]
    owner = Owner(uuid.UUID(created["user_id"]), uuid.UUID(created["organization_id"]), uuid.UUID(config_id))
    return Account(token, owner)


def _post(client: httpx2.Client, path: str, body: dict[str, Any]) -> dict[str, Any]:
    answer = client.post(path, json=body)
    if answer.status_code >= 300:
        raise RuntimeError(f"POST {path} answered {answer.status_code}: {answer.text}")
    decoded: dict[str, Any] = answer.json()
    return decoded
