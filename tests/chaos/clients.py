"""Clients: each creates chats and works in its own and others', one request after the other, and notes every answer."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from tests.chaos.api import Answer, Api, NeverAnswered, routes
from tests.chaos.ledger import ChatFacts, Edit, Ledger, Sent, new_key, token_of
from tests.chaos.scripts import TOOL, make_script

EDIT = "edit-chat-message"
GONE = (400, 404, 409)
"""Refusals of requests that others were faster with, or that an earlier attempt of ours has overtaken."""

Act = tuple[float, Callable[[ChatFacts], Awaitable[None]], bool]
"""How often, what, and whether in chats where every turn shall run to its end as well."""


@dataclass(slots=True)
class Client:
    """One client of a run; all share the ledger and the user."""

    number: int
    api: Api
    ledger: Ledger
    rng: random.Random
    organization_id: str
    chat_limit: int
    lease_seconds: float
    write: Callable[[random.Random, str, bool, float], str] = make_script
    """Makes a message's text: choice, token, whether it may call the tool, length of a lease."""
    order: int = 0
    busy: ChatFacts | None = None
    """Where something was sent last: the chat that there is something to steer in."""
    queued: dict[str, list[Sent]] = field(default_factory=dict)
    """Own messages that were queued when they were acknowledged, by chat."""
    seen: dict[str, set[int]] = field(default_factory=dict)
    """Message ids that a read has shown, by chat."""

    def acts(self) -> list[Act]:
        """What it does."""
        acts: list[Act] = [
            (6.0, self.send, True),
            (2.0, self._send_interrupting, False),
            (1.5, self.delete_queued, True),
            (1.0, self._promote, False),
            (1.0, self.interrupt, False),
            (0.7, self._archive_and_back, True),
            (2.5, self._read, True),
        ]
        if EDIT in routes():
            acts.append((0.8, self.edit, False))
        return acts

    async def run(self, stopping: asyncio.Event) -> None:
        """Work until told to stop; the request under way is brought to its end."""
        acts = self.acts()
        weights = [weight for weight, _, _ in acts]
        try:
            await self.create(calm=self.rng.random() < 0.4, tools=self.rng.random() < 0.3)
            while not stopping.is_set():
                if len(self.ledger.chats) < self.chat_limit and self.rng.random() < 0.15:
                    await self.create(calm=self.rng.random() < 0.4, tools=self.rng.random() < 0.3)
                _, act, also_calm = self.rng.choices(acts, weights)[0]
                steers = act in (self.interrupt, self.delete_queued, self._promote)
                chat = self.busy if steers and self.busy is not None else self._any_chat()
                if chat is not None and (also_calm or not chat.calm):
                    await act(chat)
                await asyncio.sleep(self.rng.uniform(0.02, 0.6))
        except NeverAnswered as error:
            self.ledger.findings.append(f"client {self.number}: {error} was never answered")

    # ---- messages ----

    def _next(self, chat_id: str, *, tools: bool) -> Sent:
        self.order += 1
        token = f"msg-{self.number}-{self.order}"
        text = self.write(self.rng, token, tools, self.lease_seconds)
        sent = Sent(token, chat_id, self.number, self.order, text)
        self.ledger.sent[token] = sent
        return sent

    def _settle(self, sent: Sent, answer: Answer) -> bool:
        """Note what became of a message.

        A refusal says nothing about an earlier attempt without an answer: a replica that was frozen with it in hand may
        store it later, when what was refused would be granted.
        """
        sent.attempts = answer.attempts
        sent.outcome = "acknowledged" if answer.ok else "unknown" if answer.doubtful else "refused"
        return answer.ok

    async def create(self, *, calm: bool = False, tools: bool = False) -> None:
        """A new chat."""
        sent = self._next("", tools=tools)
        body: dict[str, Any] = {
            "organization_id": self.organization_id,
            "content": [{"type": "text", "text": sent.text}],
        }
        if tools:
            body["unsafe_dynamic_tools"] = [TOOL]
        answer = await self.api.call("create-chat", body, key=new_key())
        if not self._settle(sent, answer):
            self._unexpected("create-chat", answer)
            return
        sent.chat_id = answer.body["id"]
        if sent.chat_id in self.ledger.chats:
            self.ledger.findings.append(f"two creations were answered with one chat, {sent.chat_id}")
        self.ledger.chats[sent.chat_id] = ChatFacts(sent.chat_id, calm, tools)
        self.ledger.done("create-chat")

    async def send(self, chat: ChatFacts, behavior: str = "queue") -> None:
        """A new message."""
        sent = self._next(chat.chat_id, tools=chat.tools)
        body = {"content": [{"type": "text", "text": sent.text}], "busy_behavior": behavior}
        answer = await self.api.call("send-chat-message", body, key=new_key(), chat=chat.chat_id)
        if not self._settle(sent, answer):
            # Archived, or a full queue.
            if answer.status not in (400, 409, 429):
                self._unexpected("send-chat-message", answer)
            return
        self.ledger.done(f"send-chat-message ({behavior})")
        self.busy = chat
        stored = answer.body["queued_message"] if answer.body["queued"] else answer.body["message"]
        if token_of(stored["content"]) != sent.token:
            self.ledger.findings.append(f"{sent.token} was acknowledged with another message: {stored}")
        if answer.body["queued"]:
            sent.queued_id = stored["id"]
            self.queued.setdefault(chat.chat_id, []).append(sent)
        else:
            sent.message_id = stored["id"]

    async def _send_interrupting(self, chat: ChatFacts) -> None:
        await self.send(chat, "interrupt")

    async def edit(self, chat: ChatFacts) -> None:
        """Replace one of the own messages of which it is known where they are in the history."""
        known = [
            sent
            for sent in self.ledger.sent.values()
            if sent.chat_id == chat.chat_id and sent.message_id is not None and sent.client == self.number
        ]
        if not known:
            return
        target = self.rng.choice(known)
        assert target.message_id is not None
        sent = self._next(chat.chat_id, tools=chat.tools)
        edit = Edit(chat.chat_id, target.message_id, sent.token)
        self.ledger.edits.append(edit)
        places: dict[str, Any] = dict.fromkeys(("message", "messageId", "chatMessage", "message_id"), target.message_id)
        answer = await self.api.call(
            EDIT, {"content": [{"type": "text", "text": sent.text}]}, key=new_key(), chat=chat.chat_id, **places
        )
        self._settle(sent, answer)
        edit.outcome = sent.outcome
        if answer.ok:
            self.ledger.done(EDIT)
        elif answer.status not in GONE:
            self._unexpected(EDIT, answer)

    # ---- the queue ----

    def _own_queued(self, chat: ChatFacts) -> Sent | None:
        waiting = [sent for sent in self.queued.get(chat.chat_id, ()) if sent.deleted == "no"]
        return self.rng.choice(waiting[-3:]) if waiting else None

    async def delete_queued(self, chat: ChatFacts) -> None:
        """Take one of the own messages back that wait."""
        if (sent := self._own_queued(chat)) is None:
            return
        sent.deleted = "maybe"
        answer = await self._on_entry("delete-chat-queued-message", chat, sent)
        if answer.ok:
            sent.deleted = "yes"
        elif not answer.doubtful:
            sent.deleted = "no"
            self.queued[chat.chat_id].remove(sent)

    async def _promote(self, chat: ChatFacts) -> None:
        if (sent := self._own_queued(chat)) is None:
            return
        sent_before, sent.promoted = sent.promoted, "maybe"
        answer = await self._on_entry("promote-chat-queued-message", chat, sent)
        sent.promoted = "yes" if answer.ok else "maybe" if answer.doubtful else sent_before

    async def _on_entry(self, operation_id: str, chat: ChatFacts, sent: Sent) -> Answer:
        answer = await self.api.call(operation_id, chat=chat.chat_id, queuedMessage=sent.queued_id)
        if answer.ok:
            self.ledger.done(operation_id)
        elif answer.status not in GONE:
            self._unexpected(operation_id, answer)
        return answer

    # ---- the chat ----

    async def interrupt(self, chat: ChatFacts) -> None:
        """Stop the turn."""
        answer = await self.api.call("interrupt-chat", chat=chat.chat_id)
        if answer.ok:
            self.ledger.done("interrupt-chat")
        elif answer.status != 409:
            self._unexpected("interrupt-chat", answer)

    async def _archive_and_back(self, chat: ChatFacts) -> None:
        answer = await self.api.call("update-chat", {"archived": True}, chat=chat.chat_id)
        if answer.status not in (204, 400, 409):
            self._unexpected("update-chat", answer)
        if answer.ok or answer.doubtful:
            self.ledger.done("update-chat (archive)")
            await asyncio.sleep(self.rng.uniform(0.0, 0.3))
            back = await self.api.call("update-chat", {"archived": False}, chat=chat.chat_id)
            if back.status not in (204, 400, 409):
                self._unexpected("update-chat", back)

    async def _read(self, chat: ChatFacts) -> None:
        """Look at the newest messages: what was seen or acknowledged before must still be there, in its order."""
        edits = len(self.ledger.edits)
        promised = {
            sent.message_id
            for sent in self.ledger.sent.values()
            if sent.chat_id == chat.chat_id and sent.message_id is not None and sent.outcome == "acknowledged"
        }
        known = promised | self.seen.get(chat.chat_id, set())
        answer = await self.api.call("list-chat-messages", query="?limit=200", chat=chat.chat_id)
        if not answer.ok:
            self._unexpected("list-chat-messages", answer)
            return
        self.ledger.done("list-chat-messages")
        ids = [message["id"] for message in answer.body["messages"]]
        if ids != sorted(ids, reverse=True):
            self.ledger.findings.append(f"messages of {chat.chat_id} are listed out of order: {ids}")
        edited = any(edit.chat_id == chat.chat_id for edit in self.ledger.edits) or len(self.ledger.edits) > edits
        missing = {message_id for message_id in known - set(ids) if not answer.body["has_more"] or message_id > ids[-1]}
        if missing and not edited:
            self.ledger.findings.append(f"messages {sorted(missing)} of {chat.chat_id} are gone from the list")
        self.seen[chat.chat_id] = set(ids)

    # ---- helpers ----

    def _any_chat(self) -> ChatFacts | None:
        chats = list(self.ledger.chats.values())
        return self.rng.choice(chats) if chats else None

    def _unexpected(self, operation_id: str, answer: Answer) -> None:
        self.ledger.findings.append(f"{operation_id} was answered {answer.status}: {answer.body}")
