"""The notice bus: coalescing, bounded, never blocking."""

import asyncio
import uuid

import pytest

from palaver.chat.notices import ChatNotice, OwnershipNotice, WatchNotice
from palaver.stream.bus import BusClosed, LocalBus, WatchBatch, subscriptions
from palaver.stream.signals import Signal


def notice(chat_id: uuid.UUID, version: int) -> ChatNotice:
    return ChatNotice(chat_id, version, None, None, version, 0, 0, 0, "running", False)


async def test_chat_subscription_keeps_the_newest_notice_only() -> None:
    bus, chat_id = LocalBus(), uuid.uuid4()
    with bus.subscribe_chat(chat_id) as subscription:
        for version in (1, 3, 2):
            bus.publish(notice(chat_id, version))
        bus.publish(notice(uuid.uuid4(), 9))
        assert (await subscription.wait()).snapshot_version == 3
        assert subscription.take() is None


async def test_waiting_subscription_wakes_on_publish() -> None:
    bus, chat_id = LocalBus(), uuid.uuid4()
    with bus.subscribe_chat(chat_id) as subscription:
        waiting = asyncio.create_task(subscription.wait())
        await asyncio.sleep(0)
        bus.publish(notice(chat_id, 1))
        assert (await waiting).chat_id == chat_id


async def test_nothing_is_delivered_or_kept_after_leaving() -> None:
    bus, chat_id = LocalBus(), uuid.uuid4()
    with bus.subscribe_chat(chat_id) as subscription:
        pass
    bus.publish(notice(chat_id, 1))
    assert subscription.take() is None
    assert not bus._chats


async def test_tap_coalesces_per_chat_and_says_when_it_overflows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subscriptions, "MAX_PENDING_CHATS", 2)
    bus, first, second = LocalBus(), uuid.uuid4(), uuid.uuid4()
    with bus.subscribe_chats() as tap:
        for chat_id, version in ((first, 1), (second, 1), (first, 2), (first, 1)):
            bus.publish(notice(chat_id, version))
        batch = await tap.wait()
        assert {(got.chat_id, got.snapshot_version) for got in batch.notices} == {(first, 2), (second, 1)}
        assert not batch.overflowed
        for _ in range(3):
            bus.publish(notice(uuid.uuid4(), 1))
        batch = await tap.wait()
        assert len(batch.notices) == 2
        assert batch.overflowed


async def test_ownership_is_a_bounded_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subscriptions, "MAX_PENDING_CHATS", 2)
    bus, chat_id = LocalBus(), uuid.uuid4()
    with bus.subscribe_ownership() as subscription:
        bus.publish(OwnershipNotice(chat_id, 1))
        bus.publish(OwnershipNotice(chat_id, 2))
        bus.publish(notice(chat_id, 3))
        batch = await subscription.wait()
        assert (batch.chat_ids, batch.overflowed) == ({chat_id}, False)
        for _ in range(3):
            bus.publish(OwnershipNotice(uuid.uuid4(), 1))
        batch = await subscription.wait()
        assert (len(batch.chat_ids), batch.overflowed) == (2, True)


async def test_a_slow_watcher_holds_no_more_than_so_many_changes_and_is_told() -> None:
    bus, owner = LocalBus(), uuid.uuid4()
    with bus.subscribe_watch(owner) as watch:
        for _ in range(subscriptions.MAX_PENDING_CHANGES + 1):
            bus.publish(WatchNotice(owner, uuid.uuid4(), "created"))
        batch = await watch.wait()
        assert batch.dropped
        assert len(batch.notices) == subscriptions.MAX_PENDING_CHANGES
        bus.publish(WatchNotice(uuid.uuid4(), uuid.uuid4(), "created"))
        following = WatchNotice(owner, uuid.uuid4(), "created")
        bus.publish(following)
        assert await watch.wait() == WatchBatch([following], dropped=False)


async def test_of_changes_alike_a_watcher_keeps_the_last_in_its_place() -> None:
    bus, owner, chat, other = LocalBus(), uuid.uuid4(), uuid.uuid4(), uuid.uuid4()
    deleted, created = WatchNotice(owner, chat, "deleted"), WatchNotice(owner, chat, "created")
    renamed, elsewhere = WatchNotice(owner, chat, "title_change"), WatchNotice(owner, other, "deleted")
    with bus.subscribe_watch(owner) as watch:
        for said in (renamed, elsewhere, renamed):
            bus.publish(said)
        assert watch.take().notices == [elsewhere, renamed]
        assert watch.take().notices == []
        # Coming and going are alike: which of the two it is, is read with the chat.
        for said in (deleted, elsewhere, created):
            bus.publish(said)
        assert watch.take().notices == [elsewhere, created]


async def test_the_end_of_a_chat_is_not_lost_to_what_another_process_told_before_it() -> None:
    bus, owner, chat = LocalBus(), uuid.uuid4(), uuid.uuid4()
    gone = WatchNotice(owner, chat, "deleted", b"{}")
    with bus.subscribe_watch(owner) as watch:
        for said in (gone, WatchNotice(owner, chat, "deleted"), WatchNotice(owner, chat, "created")):
            bus.publish(said)
        assert watch.take().notices == [gone]


async def test_close_wakes_everybody() -> None:
    bus = LocalBus()
    with bus.subscribe_chat(uuid.uuid4()) as chat, bus.subscribe_ownership() as ownership, bus.subscribe_chats() as tap:
        waiting = [asyncio.create_task(wait) for wait in (chat.wait(), ownership.wait(), tap.wait())]
        await asyncio.sleep(0)
        bus.close()
        results = await asyncio.gather(*waiting, return_exceptions=True)
        assert [type(result) for result in results] == [BusClosed] * 3


async def test_signal_is_level_triggered_and_survives_a_cancelled_wait() -> None:
    signal = Signal()
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.001):
            await signal.wait()
    signal.set()
    signal.set()
    await signal.wait()
    signal.clear()
    assert not signal.is_set()
