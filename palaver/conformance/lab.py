"""What checks work with: the callers, a model, chats made for the purpose. All that is made here is put away again."""

import asyncio
import contextlib
import secrets
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any, Final

import httpx2
from websockets.exceptions import WebSocketException

from palaver.conformance.callers import CHATS, Answer, Caller, Wire
from palaver.conformance.checks import Failed, Need, Skipped
from palaver.conformance.streams import Stream, StreamRefused, chat_socket, text_of

NOBODY: Final = "00000000-0000-4000-8000-000000000000"
"""An id that nothing has."""
NIL: Final = "00000000-0000-0000-0000-000000000000"
NOT_FOUND: Final = "Resource not found or you do not have access to this resource"
_FAR_AHEAD: Final = 2**53
_PUT_AWAY_SECONDS: Final = 30.0
_USER_PREFIX: Final = "conformance-"


class NoService(Exception):
    """The kit cannot begin; the text says why."""


@dataclass(frozen=True, slots=True)
class Prompts:
    """What to say so that a model does what a check needs."""

    short: str
    paced: str
    """An answer of several parts that takes some seconds."""
    endless: str
    """An answer that takes longer than whoever interrupts it."""
    tool: str
    """Makes the model call the tool `pick` with `{"n": 1}`."""


DEMO: Final = Prompts("hello there", "/slow 60 0.05", "/slow 2000 0.1", '/tool pick {"n": 1}')
ANY_MODEL: Final = Prompts(
    "Answer with one short sentence: what is a queue?",
    "Write about 200 words on the history of the lighthouse.",
    "Write a story of at least 5000 words about a lighthouse keeper. Do not stop early and do not ask back.",
    'Call the tool "pick" now, once, with the arguments {"n": 1}. Say nothing before you have its result.',
)


@dataclass(slots=True)
class Person:
    """A user, how to call as that user, and the password where it is known."""

    caller: Caller
    user: dict[str, Any]
    password: str | None = None

    @property
    def id(self) -> str:
        """The user's id."""
        return str(self.user["id"])


@dataclass(slots=True)
class Lab:
    """The server under examination. `me` is the token's user, `admin` and `other` are there when they can be had."""

    wire: Wire
    me: Person
    organization: str
    admin: Person | None = None
    other: Person | None = None
    without_other: str = ""
    model: dict[str, Any] | None = None
    without_model: str = ""
    without_answers: str = ""
    is_demo: bool = False
    messages: int | None = None
    _idle: dict[str, Any] | None = None
    _chats: list[tuple[Caller, str]] = field(default_factory=list)
    _made_user: bool = False

    @property
    def caller(self) -> Caller:
        """The token's user as a caller."""
        return self.me.caller

    @property
    def prompts(self) -> Prompts:
        """What to say to the model that is there."""
        return DEMO if self.is_demo else ANY_MODEL

    def lacks(self, need: Need) -> str:
        """Why a check with that need cannot be done; empty when it can."""
        reasons = {
            Need.CHATS: self.without_model,
            Need.ANSWERS: self.without_model or self.without_answers,
            Need.OTHER_USER: "" if self.other else self.without_other,
            Need.PASSWORD: ""
            if self.other and self.other.password
            else "no user whose password is known: --admin-token",
            Need.ADMIN: "" if self.admin else "no administrator's token: --admin-token",
        }
        return reasons[need]

    @property
    def stranger(self) -> Person:
        """The second user. Raises Skipped when there is none."""
        if self.other is None:
            raise Skipped(self.without_other)
        return self.other

    # ---- chats ----

    def body(self, text: str | None = None, **fields: Any) -> dict[str, Any]:
        """What create-chat takes."""
        body: dict[str, Any] = {"organization_id": self.organization, "content": said(text or self.prompts.short)}
        if self.model is not None:
            body["model_config_id"] = self.model["id"]
        return body | fields

    async def new_chat(self, text: str | None = None, *, by: Person | None = None, **fields: Any) -> dict[str, Any]:
        """A chat that has just begun its first turn. Raises Failed when the server makes none."""
        caller = (by or self.me).caller
        answer = (await caller.post(CHATS, self.body(text, **fields))).expect(201)
        return self.keep(answer, caller)

    def keep(self, answer: Answer, caller: Caller | None = None) -> dict[str, Any]:
        """The chat of an answer, which will be put away at the end."""
        chat: dict[str, Any] = answer.json
        self._chats.append((caller or self.caller, str(chat["id"])))
        return chat

    async def settled_chat(self, text: str | None = None, **fields: Any) -> dict[str, Any]:
        """A chat of one's own whose first turn is over."""
        chat = await self.new_chat(text, **fields)
        await self.settle(chat["id"])
        return chat

    async def idle_chat(self) -> dict[str, Any]:
        """A chat at rest that checks share; they leave it as it is."""
        if self._idle is None:
            self._idle = await self.settled_chat()
        return self._idle

    async def busy_chat(self, **fields: Any) -> dict[str, Any]:
        """A chat whose turn lasts until somebody interrupts it."""
        return await self.new_chat(self.prompts.endless, **fields)

    async def send(self, chat_id: str, text: str | None = None, **fields: Any) -> dict[str, Any]:
        """What send-chat-message answers. Raises Failed when it refuses."""
        answer = await self.caller.post(
            f"{CHATS}/{chat_id}/messages", {"content": said(text or self.prompts.short)} | fields
        )
        sent: dict[str, Any] = answer.expect(200).json
        return sent

    async def queued(self, chat_id: str, text: str | None = None, **fields: Any) -> dict[str, Any]:
        """The queue entry of a message to a busy chat."""
        sent = await self.send(chat_id, text, **fields)
        self.demand(sent["queued"] is True, f"a message to a busy chat is queued, not {sent}")
        entry: dict[str, Any] = sent["queued_message"]
        return entry

    def demand(self, holds: bool, words: str) -> None:
        """Raise unless something holds that hangs on how long the model's turn takes.

        That of the demo model lasts as asked; another model may just have been done.
        """
        if not holds:
            raise Failed(words) if self.is_demo else Skipped(f"the model's turn was too short for this ({words})")

    async def get(self, chat_id: str, caller: Caller | None = None) -> dict[str, Any]:
        """The chat as it is now."""
        chat: dict[str, Any] = (await (caller or self.caller).get(f"{CHATS}/{chat_id}")).expect(200).json
        return chat

    async def history(self, chat_id: str) -> list[dict[str, Any]]:
        """All messages, oldest first."""
        found: list[dict[str, Any]] = []
        before: dict[str, Any] = {}
        while True:
            page = (await self.caller.get(f"{CHATS}/{chat_id}/messages", limit=200, **before)).expect(200).json
            found += page["messages"]
            if not page["has_more"]:
                return found[::-1]
            before = {"before_id": page["messages"][-1]["id"]}

    async def said_by_users(self, chat_id: str) -> list[str]:
        """The texts of the user's messages, oldest first."""
        return [text_of(message["content"]) for message in await self.history(chat_id) if message["role"] == "user"]

    async def settle(self, chat_id: str, caller: Caller | None = None) -> str:
        """Wait until a chat rests; its status then. The turn of a model that does not answer is interrupted."""
        if self.without_answers:
            await (caller or self.caller).post(f"{CHATS}/{chat_id}/interrupt")
        async with chat_socket(caller or self.caller, chat_id, _FAR_AHEAD) as stream:
            return await stream.rest()

    async def interrupt(self, chat_id: str) -> str:
        """Stop the turn if there is one, and wait until the chat rests."""
        await self.caller.post(f"{CHATS}/{chat_id}/interrupt")
        return await self.settle(chat_id)

    @contextlib.asynccontextmanager
    async def streaming(self, chat_id: str, after_id: int | None = None) -> AsyncIterator[Stream]:
        """The chat's stream, its snapshot read up to the status."""
        async with chat_socket(self.caller, chat_id, after_id) as stream:
            await stream.until(lambda event: event.get("type") == "status", "the snapshot's status")
            yield stream

    # ---- before and after ----

    async def find_model(self, wanted: str | None) -> None:
        """Choose the model config that chats are made with, and see whether it answers. Raises NoService."""
        answer = await self.caller.get(f"{CHATS}/model-configs")
        configs = [config for config in answer.json if config["enabled"]] if answer.status == 200 else []
        if wanted is not None:
            fits = [config for config in configs if wanted in (config["id"], config["model"], config["display_name"])]
            if not fits:
                known = ", ".join(config["display_name"] or config["model"] for config in configs) or "none"
                raise NoService(f"there is no model {wanted!r}. There are: {known}.")
            configs = fits
        configs.sort(key=lambda config: not config["is_default"])
        if not configs:
            self.without_model = "the server has no enabled model for this user"
            return
        self.model = configs[0]
        self.is_demo = self.model["model"] == "demo"
        created = await self.caller.post(CHATS, self.body())
        if created.status != 201:
            self.without_model = f"no chat can be made: {created}"
            return
        self._idle = self.keep(created)
        await self._try_to_settle(self._idle["id"])
        probed = await self.get(self._idle["id"])
        if probed["status"] == "error":
            reason = (probed.get("last_error") or {}).get("message", "no reason is given")
            self.without_answers = f"the model does not answer: {reason}"
        elif probed["status"] != "waiting":
            self.without_answers = f"the model does not answer within {self.wire.seconds:g} s"
            await self._try_to_settle(self._idle["id"])

    async def _try_to_settle(self, chat_id: str) -> None:
        # What is wrong with the stream is for the checks to find.
        with contextlib.suppress(Failed, StreamRefused, WebSocketException, OSError):
            await self.settle(chat_id)

    async def find_other(self, token: str | None) -> None:
        """The second user: whose token was given, else one that the administrator makes. Raises NoService."""
        if token is not None:
            self.other = await person(Caller(self.wire, token))
            if self.other.id == self.me.id:
                raise NoService("the second user's token is the same user's.")
            if self.organization not in self.other.user.get("organization_ids", ()):
                self.other, self.without_other = None, "the second user is no member of the user's organization"
        elif self.admin is not None:
            await self._make_user(self.admin)
        else:
            self.without_other = "no second user: --admin-token or --other-token"

    async def _make_user(self, admin: Person) -> None:
        name, password = f"{_USER_PREFIX}{secrets.token_hex(4)}", secrets.token_urlsafe(24)
        body = {"username": name, "email": f"{name}@example.com", "password": password}
        made = await admin.caller.post("/api/v2/users", body | {"organization_ids": [self.organization]})
        if made.status != 201:
            self.without_other = f"the administrator cannot make a second user: {made}"
            return
        self._made_user = True
        # From here on there is somebody to delete.
        self.other = Person(Caller(self.wire, None), made.json, password)
        log_in = await Caller(self.wire, None).post(
            "/api/v2/users/login", {"email": body["email"], "password": password}
        )
        if log_in.status != 201:
            self.without_other = f"the second user cannot log in: {log_in}"
            await self._delete_user()
            return
        self.other.caller = Caller(self.wire, str(log_in.json["session_token"]))

    async def put_away(self) -> list[str]:
        """Archive every chat that was made, delete the user that was made; what could not be done."""
        left = []
        for caller, chat_id in self._chats:
            try:
                if not await self._archive(caller, chat_id):
                    left.append(f"chat {chat_id} could not be archived: {self.wire.last}")
            except (httpx2.HTTPError, OSError, Failed) as error:
                left.append(f"chat {chat_id} could not be archived: {error}")
        self._chats.clear()
        if self._made_user and (words := await self._delete_user()):
            left.append(words)
        return left

    async def _delete_user(self) -> str:
        assert self.admin is not None
        assert self.other is not None
        self._made_user = False
        made, self.other = self.other, None
        try:
            deleted = await self.admin.caller.delete(f"/api/v2/users/{made.id}")
        except httpx2.HTTPError as error:
            return f"user {made.user['username']} could not be deleted: {error}"
        return "" if deleted.status == 200 else f"user {made.user['username']} could not be deleted: {deleted}"

    async def _archive(self, caller: Caller, chat_id: str) -> bool:
        give_up_at = time.monotonic() + _PUT_AWAY_SECONDS
        path = f"{CHATS}/{chat_id}"
        while time.monotonic() < give_up_at:
            # Not judged: checks may have left it in any state, and gone it may be as well.
            answer = await caller.request("PATCH", path, json={"archived": True}, judged=False)
            if answer.status in (204, 404) or "already archived" in answer.body.decode(errors="replace"):
                return True
            if answer.status != 409:
                return False
            await caller.request("POST", f"{path}/interrupt", judged=False)
            await asyncio.sleep(0.1)
        return False


def said(text: str) -> list[dict[str, Any]]:
    """A message's content with that text."""
    return [{"type": "text", "text": text}]


async def person(caller: Caller) -> Person:
    """Whose token it is. Raises NoService when the server does not know it."""
    answer = await caller.get("/api/v2/users/me")
    if answer.status != 200 or not isinstance(answer.json, dict):
        raise NoService(f"the token is not good here: {answer}")
    return Person(caller, answer.json)


async def refusal_of_stream(caller: Caller, chat_id: str, after_id: str | None = None) -> Answer:
    """The answer with which the stream of a chat is refused. Raises Failed when it opens."""
    try:
        async with chat_socket(caller, chat_id, after_id):
            raise Failed("the stream opened")
    except StreamRefused as refused:
        return refused.answer
