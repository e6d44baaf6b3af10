"""Runs checks, one after the other, and then says what all the answers and events on the way were like."""

import asyncio
import contextlib
import signal
import time
from collections.abc import Coroutine, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

import httpx2
from websockets.exceptions import WebSocketException

from palaver.conformance.areas import AREAS
from palaver.conformance.callers import Caller, Wire
from palaver.conformance.checks import Check, Failed, Skipped
from palaver.conformance.judging import Judge, Ledger
from palaver.conformance.lab import Lab, NoService, person
from palaver.conformance.streams import StreamRefused
from palaver.contract.loader import Contract

Verdict = Literal["passed", "failed", "skipped"]

CHECK_SECONDS_FACTOR: Final = 5
"""How many times the patience for one event a whole check may take."""
_ANSWERS: Final = "answers"
_EVENTS: Final = "events"
AREA_TITLES: Final = {area.name: area.title for area in AREAS} | {
    _ANSWERS: "All answers on the way",
    _EVENTS: "All events on the way",
}


@dataclass(frozen=True, slots=True)
class Target:
    """What is examined, and how. Tokens are never shown."""

    url: str
    token: str
    admin_token: str | None = None
    other_token: str | None = None
    model: str | None = None
    messages: int | None = None
    seconds: float = 120.0
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """What came out of one check; `words` are the reason or the fault, `notes` what is worth knowing besides."""

    id: str
    title: str
    proves: str
    verdict: Verdict
    seconds: float = 0.0
    words: str = ""
    notes: tuple[str, ...] = ()
    extension: bool = False

    @property
    def area(self) -> str:
        """The part of the id before the dot."""
        return self.id.partition(".")[0]


@dataclass(slots=True)
class Report:
    """A whole run. `left` is what could not be put away; `interrupted` when somebody stopped it."""

    url: str
    version: str
    user: str
    model: str
    strict: bool
    started_at: float
    results: list[Result] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    seconds: float = 0.0
    interrupted: bool = False

    def count(self, verdict: Verdict) -> int:
        """How many results have that verdict."""
        return sum(result.verdict == verdict for result in self.results)


class Progress:
    """Is told what happens; the command line shows it."""

    def begin(self, check: Check, number: int, count: int) -> None:
        """A check begins, the `number`th of `count`."""

    def end(self, result: Result) -> None:
        """A check is over."""

    def pause(self, seconds: float) -> None:
        """The server asks to wait."""


async def examine(target: Target, checks: Sequence[Check], progress: Progress) -> Report:
    """Run `checks` against a server. Raises NoService when it does not answer, or does not know the token.

    An interrupt (SIGINT) ends the checks; what they made is put away all the same.
    """
    judge = Judge(Contract.load(), strict=target.strict)
    wire = Wire(target.url, judge, seconds=target.seconds, pausing=progress.pause)
    began, report = time.monotonic(), None
    try:
        with _unreachable(target.url):
            lab = await _enter(wire, target)
            try:
                report = await _report(lab, target)
                report.interrupted = await _interruptible(_prepare_and_run(lab, target, checks, progress, report))
            finally:
                left = await lab.put_away()
        report.left = left
        report.results += _standing(judge)
        report.seconds = time.monotonic() - began
        return report
    finally:
        await wire.close()


@contextlib.contextmanager
def _unreachable(url: str) -> Iterator[None]:
    try:
        yield
    except (httpx2.HTTPError, httpx2.InvalidURL, OSError) as error:
        raise NoService(f"{url} does not answer: {error or type(error).__name__}") from None
    except (Failed, KeyError, TypeError, AttributeError) as odd:
        raise NoService(f"{url} does not speak this wire: {type(odd).__name__}: {odd}") from None


async def _enter(wire: Wire, target: Target) -> Lab:
    me = await person(Caller(wire, target.token))
    if not me.user.get("organization_ids"):
        raise NoService("the token's user is a member of no organization, so there is no place for a chat.")
    admin = await person(Caller(wire, target.admin_token)) if target.admin_token else None
    return Lab(wire, me, str(me.user["organization_ids"][0]), admin, messages=target.messages)


async def _report(lab: Lab, target: Target) -> Report:
    build = await Caller(lab.wire, None).get("/api/v2/buildinfo")
    version = build.json.get("version", "") if build.status == 200 else ""
    return Report(lab.wire.url, str(version), lab.me.user["username"], "", target.strict, time.time())


async def _prepare_and_run(
    lab: Lab, target: Target, checks: Sequence[Check], progress: Progress, report: Report
) -> None:
    await lab.find_other(target.other_token)
    await lab.find_model(target.model)
    report.model = str(lab.model["display_name"] or lab.model["model"]) if lab.model else ""
    for number, check in enumerate(checks, 1):
        progress.begin(check, number, len(checks))
        result = await _run(lab, check)
        report.results.append(result)
        progress.end(result)


async def _interruptible(running: Coroutine[None, None, None]) -> bool:
    """Await it; whether an interrupt ended it."""
    task = asyncio.create_task(running, name="checks")
    loop = asyncio.get_running_loop()
    with contextlib.suppress(NotImplementedError, RuntimeError):  # not in the main thread
        loop.add_signal_handler(signal.SIGINT, task.cancel)
    try:
        await asyncio.wait([task])
    finally:
        if not task.done():  # whoever awaits this has been cancelled: the checks end with him
            task.cancel()
            await asyncio.wait([task])
        with contextlib.suppress(NotImplementedError, RuntimeError):
            loop.remove_signal_handler(signal.SIGINT)
    if task.cancelled():
        return True
    task.result()
    return False


async def _run(lab: Lab, check: Check) -> Result:
    began = time.monotonic()
    lab.wire.last = ""
    verdict, words = await _try(lab, check)
    seconds = time.monotonic() - began
    return Result(check.id, check.title, check.proves, verdict, seconds, words, extension=check.extension)


async def _try(lab: Lab, check: Check) -> tuple[Verdict, str]:
    for need in check.needs:
        if reason := lab.lacks(need):
            return "skipped", reason
    limit = asyncio.timeout(lab.wire.seconds * CHECK_SECONDS_FACTOR)
    try:
        async with limit:
            await check.run(lab)
    except Skipped as skipped:
        return "skipped", str(skipped)
    except Failed as failed:
        return "failed", str(failed)
    except StreamRefused as refused:
        return "failed", f"the stream was refused; {refused.answer}"
    except TimeoutError:
        seconds = lab.wire.seconds * (CHECK_SECONDS_FACTOR if limit.expired() else 1)
        return "failed", f"not over after {seconds:g} s; {lab.wire.last}"
    except (KeyError, IndexError, TypeError, ValueError, AttributeError) as odd:
        # A check takes answers to be as the contract says: what is not there breaks it. The answer itself was judged.
        return "failed", f"an answer is not as the contract says ({type(odd).__name__}: {odd}); {lab.wire.last}"
    except (httpx2.HTTPError, WebSocketException, OSError) as error:
        return "failed", f"the connection failed: {error or type(error).__name__}; after {lab.wire.last}"
    return "passed", ""


def _standing(judge: Judge) -> list[Result]:
    """What every answer and event was held against, whatever asked for it."""
    fits = "status, media type, body and headers are those that the contract lists"
    results = [_of_ledger(f"{_ANSWERS}.headers", "Every answer has the headers of all answers", _COMMON, judge.headers)]
    for operation_id, ledger in sorted(judge.operations.items()):
        results.append(_of_ledger(f"{_ANSWERS}.{operation_id}", f"{operation_id} answers as described", fits, ledger))
    for kind, ledger in sorted(judge.events.items()):
        title = f"{kind.partition('-')[2]} events are as described"
        results.append(_of_ledger(f"{_EVENTS}.{kind}", title, "each fits its schema", ledger))
    return results


_COMMON: Final = "`X-Coder-Build-Version` and `X-Content-Type-Options: nosniff`"


def _of_ledger(result_id: str, title: str, proves: str, ledger: Ledger) -> Result:
    verdict: Verdict = "failed" if ledger.faults else "passed"
    seen = ", ".join(f"{count} x {what}" for what, count in sorted(ledger.seen.items()))
    words = "; ".join(ledger.faults) if ledger.faults else seen
    return Result(result_id, title, proves, verdict, words=words, notes=tuple(ledger.notes))
