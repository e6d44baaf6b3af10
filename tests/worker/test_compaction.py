"""Compaction from the outside: on request and by the model's threshold; what clients see and what the model gets."""

import datetime as dt
import uuid
from typing import Any

import pytest
import pytest_asyncio
from pydantic_ai.messages import ModelRequest, ModelResponse, TextPart, UserPromptPart
from sqlalchemy import update

from models import ChatModelConfig
from palaver.chat import history as stored
from palaver.chat.records import MessageRecord, NewMessage
from palaver.configuration.deployment_settings import DeploymentSettings
from palaver.configuration.user_settings import UserSettings
from palaver.llm.compaction import SUMMARY_REQUEST, TOO_LONG, summary_prompt
from palaver.worker.compaction import Context, context_of, used_tokens
from tests.api.chats import first_message, text
from tests.api.streams import is_kind, kinds, watch
from tests.support.world import CHATS, World, demo_model
from tests.worker.watching import history, send, settled, texts

PICK = {"name": "pick", "description": "pick one", "input_schema": {"type": "object"}}


@pytest_asyncio.fixture(autouse=True)
async def without_the_built_in_prompt(world: World) -> None:
    """The tests count the words that a model gets."""
    body = {"include_default_system_prompt": False}
    assert (await world.owner.put(f"{CHATS}/config/system-prompt", body)).status_code == 204


async def compact(world: World, chat_id: str) -> Any:
    """The response to a request for compaction."""
    return await world.alice.post(f"{CHATS}/{chat_id}/compact")


async def model(world: World, **values: Any) -> None:
    """Change the world's model."""
    async with world.services.database.begin() as conn:
        id_ = uuid.UUID(world.facts.model_config_id)
        await conn.execute(update(ChatModelConfig).where(ChatModelConfig.id == id_).values(**values))
    world.forget_models()


async def prompt(world: World, chat_id: str) -> list[tuple[str, str]]:
    """(role, text) of what the model would be given."""
    async with world.services.database.connect() as conn:
        messages = await stored.prompt_history(conn, uuid.UUID(chat_id))
    return [
        (message.role, "\n".join(part["text"] for part in message.content if part["type"] == "text"))
        for message in messages
    ]


def summaries(messages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The results that tell of compactions."""
    parts = [part for message in messages for part in message["content"]]
    return [
        part["result"] for part in parts if part["type"] == "tool-result" and part["tool_name"] == "chat_summarized"
    ]


async def test_on_request_the_history_is_summarised_and_the_chat_rests_without_an_answer(world: World) -> None:
    chat_id = (await world.create_chat(text="good morning"))["id"]
    await settled(world, chat_id)
    async with watch(world, chat_id, "sse") as viewer:
        await viewer.snapshot()
        response = await compact(world, chat_id)
        assert (response.status_code, response.json()["status"]) == (200, "running")
        events = await viewer.until(is_kind("status", status="waiting"))
    assert "message_part" not in kinds(events)
    messages = await history(world, chat_id)
    assert [message["role"] for message in messages] == ["user", "assistant", "assistant", "tool"]
    call, result = messages[2]["content"][0], messages[3]["content"][0]
    assert call["tool_call_id"].startswith("chat_summarized_")
    assert call["tool_call_id"] == result["tool_call_id"]
    assert call["args"] == {"source": "manual", "threshold_percent": 70}
    assert result["result"] == {
        "summary": "A conversation of 4 words. The user said last: good morning",
        "source": "manual",
        "threshold_percent": 70,
        "usage_percent": 0.0,
        "context_tokens": 2,
        "context_limit_tokens": 100_000,
    }
    assert messages[2]["usage"]["output_tokens"] > 0
    [(role, summary)] = await prompt(world, chat_id)
    assert role == "user"
    assert summary.endswith(result["result"]["summary"])


async def test_after_a_summary_the_model_sees_it_and_what_came_later(world: World) -> None:
    chat_id = (await world.create_chat(text="one two three", system_prompt="be brief"))["id"]
    await settled(world, chat_id)
    assert (await compact(world, chat_id)).status_code == 200
    await settled(world, chat_id)
    await send(world, chat_id, "four")
    await settled(world, chat_id)
    seen = await prompt(world, chat_id)
    assert [role for role, _ in seen] == ["system", "user", "user", "assistant"]
    assert [words for _, words in seen][2:] == ["four", "four"]
    assert (await texts(world, chat_id))[:2] == [("user", "one two three"), ("assistant", "one two three")]
    assert (await compact(world, chat_id)).status_code == 200
    await settled(world, chat_id)
    assert len(await prompt(world, chat_id)) == 2
    assert len(summaries(await history(world, chat_id))) == 2


async def test_there_must_be_an_answer_behind_the_newest_summary(world: World) -> None:
    chat_id = (await world.create_chat())["id"]
    await settled(world, chat_id)
    assert (await compact(world, chat_id)).status_code == 200
    await settled(world, chat_id)
    body = (await compact(world, chat_id)).json()
    assert body == {
        "message": "Nothing to compact.",
        "detail": "The chat has no conversation to summarize after the latest compaction.",
    }


async def test_a_message_sent_meanwhile_is_answered_behind_the_summary(world: World) -> None:
    chat_id = (await world.create_chat(text="/echo " + "word " * 30))["id"]
    await settled(world, chat_id)
    assert (await compact(world, chat_id)).status_code == 200
    assert (await send(world, chat_id, "next"))["queued"]
    await settled(world, chat_id)
    messages = await history(world, chat_id)
    assert [message["role"] for message in messages[2:]] == ["assistant", "tool", "user", "assistant"]
    assert (await texts(world, chat_id))[-1] == ("assistant", "next")


async def test_an_interruption_of_a_compaction_leaves_no_trace(world: World) -> None:
    chat_id = (await world.create_chat(text="/echo " + "word " * 30))["id"]
    await settled(world, chat_id)
    assert (await compact(world, chat_id)).status_code == 200
    assert (await world.alice.post(f"{CHATS}/{chat_id}/interrupt")).status_code == 200
    await settled(world, chat_id)
    assert [message["role"] for message in await history(world, chat_id)] == ["user", "assistant"]
    assert (await compact(world, chat_id)).status_code == 200
    await settled(world, chat_id)
    assert len(summaries(await history(world, chat_id))) == 1


async def test_an_edit_in_front_of_a_summary_takes_it_back(world: World) -> None:
    chat_id = (await world.create_chat())["id"]
    await settled(world, chat_id)
    await compact(world, chat_id)
    await settled(world, chat_id)
    path = f"{CHATS}/{chat_id}/messages/{await first_message(world, chat_id)}"
    assert (await world.alice.patch(path, {"content": [text("anew")]})).status_code == 200
    await settled(world, chat_id)
    assert await prompt(world, chat_id) == [("user", "anew"), ("assistant", "anew")]


# ---- automatic ----


async def test_a_context_over_the_threshold_is_summarised_before_the_next_message_is_answered(world: World) -> None:
    await model(world, context_limit=100, compression_threshold=10)
    chat_id = (await world.create_chat(text="word " * 10))["id"]
    await settled(world, chat_id)
    await send(world, chat_id, "/think hm\n/echo said anew")
    await settled(world, chat_id)
    messages = await history(world, chat_id)
    assert [message["role"] for message in messages] == ["user", "assistant", "user", "assistant", "tool", "assistant"]
    # The message that was waited with is kept word by word, and answered.
    assert messages[-1]["content"][-1]["text"] == "said anew"
    [result] = summaries(messages)
    assert (result["source"], result["threshold_percent"]) == ("automatic", 10)
    assert (result["usage_percent"], result["context_tokens"], result["context_limit_tokens"]) == (10.0, 10, 100)


@pytest.mark.parametrize("threshold", [11, 100])
async def test_below_the_threshold_and_with_100_nothing_is_summarised(world: World, threshold: int) -> None:
    await model(world, context_limit=100, compression_threshold=threshold)
    chat_id = (await world.create_chat(text="word " * 10))["id"]
    await settled(world, chat_id)
    await send(world, chat_id, "next")
    await settled(world, chat_id)
    assert summaries(await history(world, chat_id)) == []


async def test_in_the_middle_of_a_turn_it_goes_on_behind_the_summary(world: World) -> None:
    # With 0 every step is followed by a summary, however little was used.
    await model(world, compression_threshold=0)
    script = '/tool pick {"n": 1}\n/echo picked'
    chat_id = (await world.create_chat(text=script, unsafe_dynamic_tools=[PICK]))["id"]
    await settled(world, chat_id, status="requires_action")
    call = (await history(world, chat_id))[1]["content"][0]["tool_call_id"]
    body = {"results": [{"tool_call_id": call, "output": "one"}]}
    assert (await world.alice.post(f"{CHATS}/{chat_id}/tool-results", body)).status_code == 204
    await settled(world, chat_id)
    roles = [message["role"] for message in await history(world, chat_id)]
    assert roles == ["user", "assistant", "tool", "assistant", "tool", "assistant"]
    assert [role for role, _ in await prompt(world, chat_id)] == ["user", "assistant"]


async def test_a_turn_that_a_summary_does_not_help_fails(world: World) -> None:
    await model(world, context_limit=100, compression_threshold=5)
    script = '/tool pick {"n": 1}\n/echo picked'
    chat_id = (await world.create_chat(text="word " * 10, unsafe_dynamic_tools=[PICK]))["id"]
    await settled(world, chat_id)
    await send(world, chat_id, script)
    await settled(world, chat_id, status="requires_action")
    # The first step behind the summary has used more than five tokens, too: the summary alone is longer.
    call = (await history(world, chat_id))[-1]["content"][-1]["tool_call_id"]
    body = {"results": [{"tool_call_id": call, "output": "one"}]}
    await world.alice.post(f"{CHATS}/{chat_id}/tool-results", body)
    failed = await settled(world, chat_id, status="error")
    assert (failed["last_error"]["kind"], failed["last_error"]["message"]) == ("config", TOO_LONG)
    # The next message is another turn, which is begun with a summary.
    await send(world, chat_id, "next")
    await settled(world, chat_id)
    assert (await texts(world, chat_id))[-1] == ("assistant", "next")


async def test_the_steps_that_a_summary_stands_for_count_for_their_turn(world: World) -> None:
    chat_id = (await world.create_chat(text="earlier"))["id"]
    await settled(world, chat_id)
    steps = [NewMessage("assistant", [text("step")]) for _ in range(3)]
    summary = NewMessage("user", [text("summary")], visibility="model", compressed=True)
    shown = NewMessage("assistant", [text("shown")], visibility="user", compressed=True)
    async with world.services.machine.update(uuid.UUID(chat_id)) as tx:
        tx.insert([NewMessage("user", [text("now")]), *steps, summary, shown])
        await tx.flush()
        summary_id = tx.inserted[-2].id
        assert await stored.steps_before(tx.conn, uuid.UUID(chat_id), summary_id) == 3


# ---- whose threshold, whose model ----


async def test_the_owners_threshold_and_the_deployments_model_go_before_the_model_configs(world: World) -> None:
    chat_id = (await world.create_chat(text="word " * 10))["id"]
    await settled(world, chat_id)
    small = demo_model(world.facts.provider_id, model="small", context_limit=50)
    writer = uuid.UUID((await world.owner.post(f"{CHATS}/model-configs", small)).json()["id"])
    models = await world.services.catalog.current()
    choice = models.get(uuid.UUID(world.facts.model_config_id))
    assert choice is not None
    async with world.services.database.connect() as conn:
        chat = await stored.load_chat(conn, uuid.UUID(chat_id))
        messages = await stored.prompt_history(conn, uuid.UUID(chat_id))
    assert chat is not None

    def context(percent: int | None = None, override: str = "") -> Context:
        assert choice is not None
        thresholds = {} if percent is None else {str(choice.config_id): percent}
        own = UserSettings(compaction_thresholds=thresholds)
        return context_of(
            chat, messages, choice, models, own, DeploymentSettings(model_overrides={"compaction": override})
        )

    assert context() == Context(10, 100_000, 70, choice)
    assert context(5).threshold == 5
    own = context(20, str(writer))
    assert (own.writer.model, own.limit, own.percent, own.is_over) == ("small", 50, 20.0, True)
    assert not context(21, str(writer)).is_over
    assert not context(100, str(writer)).is_over
    assert context(0, str(writer)).is_over
    assert context(override=f"{writer}:low").effort == "low"
    for stale in (str(uuid.uuid4()), "nonsense"):
        assert context(override=stale).writer == choice


async def test_a_threshold_that_the_owner_has_set_counts_from_the_next_turn_on(world: World) -> None:
    chat_id = (await world.create_chat(text="word " * 10))["id"]
    await settled(world, chat_id)
    path = f"{CHATS}/config/user-compaction-thresholds/{world.facts.model_config_id}"
    assert (await world.alice.put(path, {"threshold_percent": 0})).status_code == 200
    await send(world, chat_id, "again")
    await settled(world, chat_id)
    [result] = summaries(await history(world, chat_id))
    assert (result["source"], result["threshold_percent"]) == ("automatic", 0)
    assert (await world.alice.put(path, {"threshold_percent": 100})).status_code == 200
    await model(world, compression_threshold=0)
    await send(world, chat_id, "again")
    await settled(world, chat_id)
    assert len(summaries(await history(world, chat_id))) == 1


def test_the_request_for_a_summary_stands_behind_the_prompt_of_the_next_step() -> None:
    asked = ModelRequest([UserPromptPart("hello")])
    [merged] = summary_prompt([asked])
    assert [part.content for part in merged.parts if isinstance(part, UserPromptPart)] == ["hello", SUMMARY_REQUEST]
    answer = ModelResponse([TextPart("hi")])
    behind = summary_prompt([asked, answer])
    assert behind[:2] == [asked, answer]
    assert len(behind) == 3


def test_what_was_used_is_read_from_the_newest_call_that_tells() -> None:
    def said(usage: dict[str, int] | None) -> MessageRecord:
        chat_id, now = uuid.uuid4(), dt.datetime.now(dt.UTC)
        rest = (None, None, "", 1, False, False, usage, None, None, now)
        return MessageRecord(chat_id, 1, "assistant", "both", [], *rest)

    counts = {"input_tokens": 125, "cache_read_tokens": 20, "cache_creation_tokens": 100, "output_tokens": 7}
    assert used_tokens([said(counts), said(None)]) == 125
    assert used_tokens([said({"total_tokens": 9}), said(None)]) == 9
    assert used_tokens([said(counts), said({"output_tokens": 7})]) is None
    assert used_tokens([]) is None
