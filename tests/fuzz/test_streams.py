"""The small form of `make fuzz-streams`: a moment of everything, against a server in this process."""

import asyncio
from collections import Counter
from urllib.parse import urlsplit

import pytest

from palaver import metrics
from tests.chaos import journal
from tests.fuzz.streams.run import Held, Size, Stage, fuzz
from tests.support.world import World

OF_STREAMS = ("run_asgi", "_stop_on_disconnect", "_listen")
"""What the tasks of requests and streams run."""


async def held() -> Held:
    """Streams that are counted as open, and the tasks that serve them."""
    names = [getattr(task.get_coro(), "__qualname__", "") for task in asyncio.all_tasks()]
    streams = {
        f"streams, {encoding}": int(metrics.STREAMS.labels(encoding)._value.get()) for encoding in ("sse", "websocket")
    }
    return {**Counter(name for name in names if name.endswith(OF_STREAMS)), **streams}


@pytest.mark.settings(requires_action_seconds=1, stream_poll_seconds=2)
async def test_viewers_see_the_truth_while_others_ask_wrongly(
    world: World, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    url = str(world.services.settings.database_url)
    await journal.install(url)
    port = urlsplit(world.url).port
    assert port is not None
    token = world.alice.token or ""
    stage = Stage([port], url, token, world.facts.organization_id, world.checker, 30.0, held)
    found = await fuzz(stage, "small form", Size(clients=3, chats=4, attackers=3, attacks=12, silence_seconds=0.3))
    told = "\n".join(found.lines())
    assert found.faults == [], told
    assert len(found.made) > 12, told
    printed = capfd.readouterr()
    assert "Traceback" not in printed.out + printed.err + caplog.text
