"""A deployment that does not let chats be shared."""

import uuid

import pytest
from sqlalchemy import update

from models import Chat
from tests.api.chats import idle_chat, refusal, sub_chat
from tests.api.refusals import NOT_FOUND
from tests.support.world import CHATS, World

pytestmark = pytest.mark.settings(chat_sharing=False, role="api")

DISABLED = (403, "Chat sharing is disabled for this deployment.", None)


async def test_the_access_list_is_out_of_reach_for_everybody(world: World) -> None:
    chat_id = await idle_chat(world)
    child = await sub_chat(world, chat_id)
    entry = {"user_roles": {world.facts.user_ids["bob"]: "read"}}
    for api in (world.alice, world.carol, world.owner):
        for id_ in (chat_id, child):
            assert refusal(await api.get(f"{CHATS}/{id_}/acl")) == DISABLED
            assert refusal(await api.patch(f"{CHATS}/{id_}/acl", entry)) == DISABLED
    # Who may not read the chat does not learn of it here either.
    assert refusal(await world.bob.get(f"{CHATS}/{chat_id}/acl")) == (404, NOT_FOUND, None)
    # What was shared before stays readable: the switch removes the right to share, not the shares.
    entry_of_bob = {world.facts.user_ids["bob"]: "read"}
    async with world.services.database.begin() as conn:
        await conn.execute(update(Chat).where(Chat.id == uuid.UUID(chat_id)).values(user_acl=entry_of_bob))
    assert (await world.bob.get(f"{CHATS}/{chat_id}")).status_code == 200
    assert refusal(await world.bob.get(f"{CHATS}/{chat_id}/acl")) == DISABLED
