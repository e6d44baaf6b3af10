"""Rules on the journal: versions only grow, and nobody commits a turn's work without holding the chat."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tests.chaos.journal import Change, State, Tables
from tests.chaos.violations import Violation


@dataclass(frozen=True, slots=True)
class Bundle:
    """All writes of one bundle: what the chat was before the first and after the last."""

    chat_id: str
    author: str
    at: float
    old: State | None
    new: State

    @property
    def version(self) -> int:
        """The snapshot_version that it made."""
        return self.new.snapshot_version


def bundles(tables: Tables) -> dict[str, list[Bundle]]:
    """The bundles of each chat, in the order of their commits."""
    found = defaultdict[str, list[Bundle]](list)
    for change in tables.changes:
        mine = found[change.chat_id]
        last = mine[-1] if mine else None
        if last is not None and last.version == change.new.snapshot_version and last.author == change.author:
            mine[-1] = Bundle(change.chat_id, change.author, change.at, last.old, change.new)
        else:
            mine.append(Bundle(change.chat_id, change.author, change.at, change.old, change.new))
    return found


def versions_only_grow(tables: Tables) -> Iterator[Violation]:
    """Each bundle begins where the last one ended, counts up by one, and stamps what it changes with its number."""
    for chat_id, changes in _by_chat(tables.changes).items():
        before: State | None = None
        for change in changes:
            yield from _grows(change, before)
            before = change.new
        row = tables.chats.get(chat_id)
        if row is not None and row.state != before:
            yield Violation("versions", chat_id, "the row was changed behind the journal's back")
    known = {(bundle.chat_id, bundle.version) for group in bundles(tables).values() for bundle in group}
    for message in tables.messages:
        if (message.chat_id, message.revision) not in known:
            yield Violation("versions", message.chat_id, f"message {message.id} has a revision that no bundle made")


def _grows(change: Change, before: State | None) -> Iterator[Violation]:
    old, new = change.old, change.new
    if old != before:
        yield Violation("versions", change.chat_id, f"change {change.seq} does not begin where the last one ended")
    if old is None:
        return
    if new.snapshot_version not in (old.snapshot_version, old.snapshot_version + 1):
        yield Violation("versions", change.chat_id, f"snapshot {old.snapshot_version} -> {new.snapshot_version}")
    for name in ("history_version", "queue_version", "retry_state_version"):
        was, now = getattr(old, name), getattr(new, name)
        if now < was or now not in (was, new.snapshot_version):
            yield Violation("versions", change.chat_id, f"{name} {was} -> {now} in bundle {new.snapshot_version}")


def only_the_holder_commits(tables: Tables) -> Iterator[Violation]:
    """What only a runner may write was written by the replica that held the chat at that moment."""
    said = {(message.chat_id, message.revision) for message in tables.inserted if message.role == "assistant"}
    owner: dict[str, str] = {}
    for chat_id, group in bundles(tables).items():
        for bundle in group:
            before, worker = None if bundle.old is None else bundle.old.worker_id, bundle.new.worker_id
            if worker is not None and worker != before and owner.setdefault(worker, bundle.author) != bundle.author:
                yield Violation("fencing", chat_id, f"{bundle.author} leased for {owner[worker]}: {bundle.version}")
    for chat_id, group in bundles(tables).items():
        for bundle in group:
            holder = bundle.new.worker_id or (None if bundle.old is None else bundle.old.worker_id)
            work = _runners_work(bundle, spoke=(chat_id, bundle.version) in said)
            if work and (holder is None or owner.get(holder) != bundle.author):
                held = "nobody" if holder is None else owner.get(holder)
                yield Violation(
                    "fencing", chat_id, f"{bundle.author} {work} in bundle {bundle.version}, held by {held}"
                )
    authors = {(message.chat_id, message.revision): message.author for message in tables.inserted}
    for chat_id, group in bundles(tables).items():
        for bundle in group:
            if authors.get((chat_id, bundle.version), bundle.author) != bundle.author:
                yield Violation("fencing", chat_id, f"bundle {bundle.version} has messages of another author")


def leases_are_respected(tables: Tables, lease_seconds: float) -> Iterator[Violation]:
    """No lease is taken over that was itself taken a moment ago: it cannot have lapsed yet.

    Half a lease is the bound, for the journal's clock is read somewhat later than the one that judges.
    """
    for chat_id, changes in _by_chat(tables.changes).items():
        taken_at = 0.0
        for change in changes:
            before = None if change.old is None else change.old.runner_id
            if change.new.runner_id in (None, before):
                continue
            if before is not None and change.at - taken_at < lease_seconds / 2:
                age = change.at - taken_at
                yield Violation(
                    "lease stolen", chat_id, f"{change.author} took a lease {age:.2f} s old in {change.seq}"
                )
            taken_at = change.at


def _runners_work(bundle: Bundle, *, spoke: bool) -> str:
    """What in a bundle only a runner may do; empty when there is nothing."""
    old, new = bundle.old, bundle.new
    if spoke:
        return "spoke for the model"
    if old is None or old.status not in ("running", "interrupting"):
        return ""
    if new.status in ("waiting", "error", "requires_action"):
        return f"ended a turn ({old.status} -> {new.status})"
    if new.history_version == old.history_version and new.generation_attempt > old.generation_attempt:
        return "began a model call"
    if new.history_version == old.history_version and new.retry_state_version > old.retry_state_version:
        return "announced a retry"
    return ""


def _by_chat(changes: Sequence[Change]) -> dict[str, list[Change]]:
    found = defaultdict[str, list[Change]](list)
    for change in changes:
        found[change.chat_id].append(change)
    return found
