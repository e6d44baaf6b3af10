"""Chat configuration under options of the server."""

from typing import Any

import pytest

from tests.api.refusals import SIGNED_OUT, Refusal, assert_refused
from tests.support.world import CHATS, World

CONFIG = f"{CHATS}/config"
ADVISOR = "Chat Advisor functionality requires enabling the 'chat-advisor' experiment."
FORCED = "Chat debug logging is already forced on by deployment configuration."


@pytest.mark.settings(role="api")
async def test_the_advisor_needs_its_experiment(world: World) -> None:
    body: Any = {"max_uses_per_run": 0, "max_output_tokens": 0, "model_config_id": world.facts.model_config_id}
    await assert_refused(
        world,
        [
            Refusal("GET", f"{CONFIG}/advisor", 401, SIGNED_OUT, by="anonymous"),
            Refusal("GET", f"{CONFIG}/advisor", 403, ADVISOR, by="alice"),
            Refusal("PUT", f"{CONFIG}/advisor", 403, ADVISOR, body),
            Refusal("PUT", f"{CONFIG}/advisor", 403, ADVISOR, body, by="alice"),
        ],
    )


@pytest.mark.settings(role="api", experiments="chat-advisor")
async def test_experiments_are_told(world: World) -> None:
    assert (await world.alice.get("/api/v2/experiments")).json() == ["chat-advisor"]


@pytest.mark.settings(role="api", chat_debug_logging=True)
async def test_forced_debug_logging_leaves_users_no_choice(world: World) -> None:
    assert (await world.owner.put(f"{CONFIG}/debug-logging", {"allow_users": True})).status_code == 204
    answer = await world.owner.get(f"{CONFIG}/debug-logging")
    assert answer.json() == {"allow_users": True, "forced_by_deployment": True}
    answer = await world.alice.get(f"{CONFIG}/user-debug-logging")
    told = {"debug_logging_enabled": True, "user_toggle_allowed": False, "forced_by_deployment": True}
    assert answer.json() == told
    body = {"debug_logging_enabled": False}
    await assert_refused(world, [Refusal("PUT", f"{CONFIG}/user-debug-logging", 409, FORCED, body, by="alice")])
