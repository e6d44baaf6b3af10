"""What a model is told beside the history: the deployment's prompt, the owner's, plan mode; and that it stays so."""

from itertools import pairwise
from typing import Any

from sqlalchemy import event

from palaver.configuration.prompts import DEFAULT_SYSTEM_PROMPT, PLANNING_PROMPT
from tests.fakes.llm_server import LLMServer
from tests.fakes.llm_wire import Plan
from tests.support.world import CHATS, World
from tests.worker.test_turns_with_providers import provider, use_provider
from tests.worker.watching import send, settled

__all__ = ["provider"]

CONFIG = f"{CHATS}/config"


async def configure(world: World, setting: str, body: Any, *, by: str = "owner") -> None:
    answer = await getattr(world, by).put(f"{CONFIG}/{setting}", body)
    assert answer.is_success, answer.text


def system_texts(provider: LLMServer, at: int = -1) -> list[str]:
    """The system messages of a request."""
    messages = provider.requests[at].body["messages"]
    return [message["content"] for message in messages if message["role"] == "system"]


async def test_the_texts_stand_in_the_order_of_the_contract(world: World, provider: LLMServer) -> None:
    model = await use_provider(world, provider, "openai-compat", "local-model")
    await configure(world, "system-prompt", {"system_prompt": "Deployment.", "include_default_system_prompt": True})
    await configure(world, "plan-mode-instructions", {"plan_mode_instructions": "Instructions."})
    await configure(world, "user-prompt", {"custom_prompt": "Mine."}, by="alice")
    chat = await world.create_chat(model_config_id=model, system_prompt="Chat.", plan_mode="plan")
    await settled(world, chat["id"])
    wanted = [f"{DEFAULT_SYSTEM_PROMPT}\n\nDeployment.", "Chat.", "Mine.", PLANNING_PROMPT, "Instructions."]
    assert system_texts(provider) == wanted
    await world.alice.patch(f"{CHATS}/{chat['id']}", {"plan_mode": ""})
    await send(world, chat["id"], "go on")
    await settled(world, chat["id"])
    assert system_texts(provider) == wanted[:3]


async def test_a_chat_keeps_the_deployments_prompt_that_it_began_with(world: World, provider: LLMServer) -> None:
    model = await use_provider(world, provider, "openai-compat", "local-model")
    await configure(world, "system-prompt", {"system_prompt": "First."})
    chat = await world.create_chat(model_config_id=model)
    await settled(world, chat["id"])
    await configure(world, "system-prompt", {"include_default_system_prompt": False})
    await send(world, chat["id"], "again")
    await settled(world, chat["id"])
    assert system_texts(provider) == ["First."]
    other = await world.create_chat(model_config_id=model)
    await settled(world, other["id"])
    assert system_texts(provider) == []


async def test_the_owners_prompt_counts_whoever_has_set_one_since(world: World, provider: LLMServer) -> None:
    model = await use_provider(world, provider, "openai-compat", "local-model")
    await configure(world, "system-prompt", {"include_default_system_prompt": False})
    await configure(world, "user-prompt", {"custom_prompt": "Somebody else's."}, by="bob")
    chat = await world.create_chat(model_config_id=model)
    await settled(world, chat["id"])
    assert system_texts(provider) == []
    await configure(world, "user-prompt", {"custom_prompt": "Mine."}, by="alice")
    await send(world, chat["id"], "again")
    await settled(world, chat["id"])
    assert system_texts(provider) == ["Mine."]


async def test_each_request_begins_with_the_messages_of_the_one_before(world: World, provider: LLMServer) -> None:
    model = await use_provider(world, provider, "openai-compat", "local-model")
    await configure(world, "user-prompt", {"custom_prompt": "Mine."}, by="alice")
    call = {"id": "call_1", "name": "nothing", "args": '{"b": 1, "a": 2}'}
    provider.enqueue(Plan(text="", tool_calls=[call]), Plan(text="I see"), Plan(text="Sure"))
    chat = await world.create_chat(model_config_id=model, plan_mode="plan")
    await settled(world, chat["id"])
    await send(world, chat["id"], "again")
    await settled(world, chat["id"])
    prompts = [request.body["messages"] for request in provider.requests]
    assert len(prompts) == 3
    for before, after in pairwise(prompts):
        assert after[: len(before)] == before
        assert len(after) > len(before)


async def test_a_new_chat_takes_the_model_that_its_owner_has_chosen(world: World, provider: LLMServer) -> None:
    model = await use_provider(world, provider, "openai-compat", "local-model")
    default = world.facts.model_config_id
    await configure(world, "personal-model-overrides", {"allow_users": True})
    choice = {"mode": "model", "model_config_id": model}
    await configure(world, "user-personal-model-overrides/root", choice, by="alice")
    assert (await world.create_chat())["last_model_config_id"] == model
    assert (await world.create_chat(model_config_id=default))["last_model_config_id"] == default
    assert (await world.create_chat(world.bob))["last_model_config_id"] == default
    await configure(world, "personal-model-overrides", {"allow_users": False})
    assert (await world.create_chat())["last_model_config_id"] == default
    await configure(world, "personal-model-overrides", {"allow_users": True})
    assert (await world.owner.patch(f"{CHATS}/model-configs/{model}", {"enabled": False})).status_code == 200
    assert (await world.create_chat())["last_model_config_id"] == default


async def test_what_is_configured_costs_a_send_and_its_turn_no_statement(world: World) -> None:
    chat = await world.create_chat()
    await settled(world, chat["id"])
    executed: list[str] = []

    def note(conn: Any, cursor: Any, statement: str, *rest: Any) -> None:
        executed.append(statement)

    engine = world.services.database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        await send(world, chat["id"], "again")
        await settled(world, chat["id"])
    finally:
        event.remove(engine, "before_cursor_execute", note)
    assert not [statement for statement in executed if "deployment_settings" in statement], "remembered"
    of_the_owner = [statement for statement in executed if "user_chat_settings" in statement]
    assert all("organization_members" in statement for statement in of_the_owner), "read with the owner's rights"
    assert len(of_the_owner) == 1
