"""One effect and one answer for each `Idempotency-Key`, also when two requests with it run at once.

The key's row is written in the transaction of the effect, so a second request waits for the first one's commit. Only
answers of effects that were committed are kept: a refusal rolls its row back with everything else.
"""

import hashlib
from collections.abc import Awaitable, Callable, Mapping
from typing import Protocol, TypeVar

import orjson
from sqlalchemy.ext.asyncio import AsyncConnection

from palaver.chat.idempotency import KeptAnswer, claim, find, keep
from palaver.contract.context import Context
from palaver.contract.replies import RawReply

JSON = "application/json; charset=utf-8"


class HasConnection(Protocol):
    """A bundle of changes."""

    @property
    def conn(self) -> AsyncConnection: ...


Bundle = TypeVar("Bundle", bound=HasConnection)
Bundle_co = TypeVar("Bundle_co", bound=HasConnection, covariant=True)


class Bundles(Protocol[Bundle_co]):
    """Runs `act` as one bundle; with `alone` a single statement may be all of it, and `act` be run a second time."""

    async def __call__(self, act: Callable[[Bundle_co], Awaitable[RawReply]], *, alone: bool) -> RawReply: ...


class _AnsweredMeanwhile(Exception):
    """Another request with the same key has committed; leaves the transaction, so that nothing of ours stays."""

    def __init__(self, answer: KeptAnswer) -> None:
        self.answer = answer


class IdempotentRequest:
    """A request that may carry an `Idempotency-Key`; without one nothing is looked up, written or kept."""

    def __init__(self, ctx: Context, key: str | None) -> None:
        self._ctx = ctx
        self._key = key

    @property
    def _hash(self) -> bytes:
        # The same request: method, path and body bytes.
        digest = hashlib.sha256(f"{self._ctx.method} {self._ctx.path}\n".encode())
        digest.update(self._ctx.body)
        return digest.digest()

    async def kept_answer(self) -> RawReply | None:
        """The answer kept for the key, if any. Raises IdempotencyKeyReused when it was kept for another request."""
        if self._key is None:
            return None
        async with self._ctx.services.database.connect() as conn:
            answer = await find(conn, self._ctx.user.user_id, self._ctx.operation_id, self._key, self._hash)
        return None if answer is None else _replay(answer)

    async def once(
        self,
        run: Bundles[Bundle],
        effect: Callable[[Bundle], Awaitable[object]],
        *,
        status: int,
        headers: Mapping[str, str] | None = None,
        authorize: Callable[[Bundle], None] = lambda _: None,
    ) -> RawReply:
        """Have `effect` run as one bundle, and answer with the JSON that it returns.

        `authorize` comes first: a kept answer is told only to who may do it again. When another request with the key
        was faster, its answer is replayed and `effect` leaves no trace.
        """

        async def act(bundle: Bundle) -> RawReply:
            authorize(bundle)
            await self._claim(bundle.conn)
            body = orjson.dumps(await effect(bundle)) + b"\n"
            reply = RawReply(body, JSON, headers=headers or {}, status=status)
            await self._keep(bundle.conn, reply)
            return reply

        try:
            # A key's row needs the effect's transaction.
            return await run(act, alone=self._key is None)
        except _AnsweredMeanwhile as meanwhile:
            return _replay(meanwhile.answer)

    async def _claim(self, conn: AsyncConnection) -> None:
        if self._key is None:
            return
        answer = await claim(conn, self._ctx.user.user_id, self._ctx.operation_id, self._key, self._hash)
        if answer is not None:
            raise _AnsweredMeanwhile(answer)

    async def _keep(self, conn: AsyncConnection, reply: RawReply) -> None:
        if self._key is not None:
            await keep(
                conn,
                self._ctx.user.user_id,
                self._ctx.operation_id,
                self._key,
                KeptAnswer(reply.status or 200, reply.body, dict(reply.headers)),
            )


def _replay(answer: KeptAnswer) -> RawReply:
    return RawReply(answer.body, JSON, headers={**answer.headers, "Idempotent-Replayed": "true"}, status=answer.status)
