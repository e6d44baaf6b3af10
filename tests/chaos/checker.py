"""The judge: holds what clients were promised and what viewers saw against what the database says."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from tests.chaos import course, history_checks, journal_checks
from tests.chaos.course import Course
from tests.chaos.journal import Message, Queued, Tables
from tests.chaos.ledger import Ledger, Sent, token_of
from tests.chaos.scripts import text_of
from tests.chaos.viewers import Shown, View
from tests.chaos.violations import Violation

Row = TypeVar("Row", Message, Queued)


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that a run leaves behind."""

    ledger: Ledger
    tables: Tables
    views: Sequence[View] = field(default_factory=list)
    lease_seconds: float = 0.0
    course: Course | None = None
    """None: nothing was broken on purpose."""


def check(evidence: Evidence) -> list[Violation]:
    """Every rule on everything; an empty list is the verdict "nothing was lost"."""
    return [violation for rule in RULES for violation in rule(evidence)]


def messages_are_there_once(evidence: Evidence) -> Iterator[Violation]:
    """Each acknowledged message is in history or queue exactly once, unless an acknowledged act took it away."""
    tables, ledger = evidence.tables, evidence.ledger
    live = defaultdict[str, list[Message | Queued]](list)
    for row in _live(tables):
        live[token_of(row.content)].append(row)
    stored = {token_of(row.content) for row in tables.messages} | {token_of(row.content) for row in tables.unqueued}
    taken_back, edited_away = _removed(evidence)
    for token, sent in ledger.sent.items():
        rows = live.get(token, [])
        if len(rows) > 1:
            yield Violation("message doubled", sent.chat_id, f"{token} is there {len(rows)} times")
        if any(row.chat_id != sent.chat_id for row in rows) and sent.outcome == "acknowledged":
            yield Violation("message elsewhere", sent.chat_id, f"{token} is in another chat")
        if sent.outcome == "refused" and (rows or token in stored):
            yield Violation("refused message stored", sent.chat_id, token)
        if sent.deleted == "yes" and rows:
            yield Violation("deleted message is there", sent.chat_id, token)
        excused = token in edited_away or (sent.deleted != "no" and token in taken_back)
        if sent.outcome == "acknowledged" and not rows and not excused:
            yield Violation("message lost", sent.chat_id, f"{token} was acknowledged and is nowhere")
    for token in live.keys() - ledger.sent.keys():
        yield Violation("message of nobody", live[token][0].chat_id, token or "without a token")


def _removed(evidence: Evidence) -> tuple[set[str], set[str]]:
    """The tokens that left a queue without joining the history, by edits apart from others; buried ones by edits too.

    An entry leaves its queue by a promotion, which inserts it in the same transaction, by an edit, whose replacement
    is inserted in the same transaction, or because somebody takes it back, which inserts nothing.
    """
    tables = evidence.tables
    replacements = {edit.token for edit in evidence.ledger.edits if edit.outcome != "refused"}
    inserted = defaultdict[tuple[str, int], set[str]](set)
    edits = set[tuple[str, int]]()
    for message in tables.inserted:
        if message.content is not None:
            token = token_of(message.content)
            inserted[message.chat_id, message.xid].add(token)
            if token in replacements:
                edits.add((message.chat_id, message.revision))
    taken_back = set[str]()
    edited_away = {
        token_of(message.content)
        for message in tables.messages
        if message.role == "user" and message.deleted and (message.chat_id, message.revision) in edits
    }
    for entry in tables.unqueued:
        joined = inserted[entry.chat_id, entry.xid]
        if not joined:
            taken_back.add(token_of(entry.content))
        elif joined & replacements and token_of(entry.content) not in joined:
            edited_away.add(token_of(entry.content))
    return taken_back, edited_away


def messages_are_in_order(evidence: Evidence) -> Iterator[Violation]:
    """What one client sent into one chat stands in the order of sending, but for what was promoted."""
    last: dict[tuple[str, int], Sent] = {}
    for row in _live(evidence.tables):
        sent = evidence.ledger.sent.get(token_of(row.content))
        if sent is None or sent.promoted != "no":
            continue
        before = last.get((row.chat_id, sent.client))
        if before is not None and before.order > sent.order:
            yield Violation("order", row.chat_id, f"{sent.token} stands behind {before.token}")
        last[row.chat_id, sent.client] = sent


def chats_are_at_rest(evidence: Evidence) -> Iterator[Violation]:
    """After everything was healed and the queues had time to drain, no chat waits for anybody."""
    waiting = Counter(entry.chat_id for entry in evidence.tables.queue)
    for chat_id, row in evidence.tables.chats.items():
        if row.state.status not in ("waiting", "error"):
            yield Violation("chat stuck", chat_id, f"{row.state.status}, version {row.state.snapshot_version}")
        elif waiting[chat_id]:
            yield Violation("chat stuck", chat_id, f"{waiting[chat_id]} messages wait in the queue")
    for chat_id in evidence.ledger.chats.keys() - evidence.tables.chats.keys():
        yield Violation("chat lost", chat_id, "its creation was acknowledged")


def tool_calls_are_answered(evidence: Evidence) -> Iterator[Violation]:
    """Each tool call has exactly one result, before the model or the user speaks again; a failed turn may lack it."""
    for chat_id, messages in _by_chat(message for message in evidence.tables.messages if not message.deleted).items():
        pending: dict[str, int] = {}
        for message in messages:
            if message.role in ("user", "assistant"):
                yield from _unanswered(chat_id, pending)
                pending = {}
            for part in message.content:
                if part.get("type") == "tool-call":
                    pending[part["tool_call_id"]] = 0
                elif part.get("type") == "tool-result":
                    if pending.get(part["tool_call_id"]) != 0:
                        yield Violation("tool call answered twice", chat_id, f"or out of place: {part['tool_call_id']}")
                    pending[part["tool_call_id"]] = 1
        row = evidence.tables.chats.get(chat_id)
        if row is not None and row.state.status == "waiting":
            yield from _unanswered(chat_id, pending)


def _unanswered(chat_id: str, pending: dict[str, int]) -> Iterator[Violation]:
    for call, answers in pending.items():
        if not answers:
            yield Violation("tool call unanswered", chat_id, call)


def viewers_saw_the_truth(evidence: Evidence) -> Iterator[Violation]:
    """What each viewer put together from its streams is what is stored; nothing went back before its eyes."""
    messages = _by_chat(evidence.tables.messages)
    queues = _by_chat(evidence.tables.queue)
    attempts = _last_attempts(evidence.tables)
    for number, view in enumerate(evidence.views):
        stored = {
            message.id: Shown(message.role, text_of(message.content))
            for message in messages.get(view.chat_id, ())
            if not message.deleted and message.visibility in ("user", "both")
        }
        if view.messages != stored:
            differing = sorted(
                message_id
                for message_id in view.messages.keys() | stored.keys()
                if view.messages.get(message_id) != stored.get(message_id)
            )
            yield Violation("view", view.chat_id, f"viewer {number} has other messages: {differing[:5]}")
        row = evidence.tables.chats.get(view.chat_id)
        if row is None or view.status != row.state.status:
            yield Violation("view", view.chat_id, f"viewer {number} has status {view.status}")
        if view.queue != [entry.id for entry in queues.get(view.chat_id, ())]:
            yield Violation("view", view.chat_id, f"viewer {number} has another queue")
        for finding in view.findings:
            yield Violation("stream", view.chat_id, f"viewer {number}: {finding}")
        for shown in view.shown_otherwise:
            # A worker that is thought to be dead goes on showing; what the next one commits takes the place of that.
            if shown.attempt >= attempts.get((view.chat_id, shown.history_version), 0):
                yield Violation("stream", view.chat_id, f"viewer {number}: {shown.told}")


def faults_did_what_they_should(evidence: Evidence) -> Iterator[Violation]:
    """There were enough of them, and what they cost was made good in time."""
    if evidence.course is not None:
        yield from course.enough_was_done(evidence.tables, evidence.course)
        yield from course.take_overs_are_in_time(evidence.tables, evidence.course, evidence.lease_seconds)


def clients_saw_nothing_wrong(evidence: Evidence) -> Iterator[Violation]:
    """What clients noticed by themselves, on the way."""
    for finding in evidence.ledger.findings:
        yield Violation("client", "", finding)


RULES: tuple[Callable[[Evidence], Iterable[Violation]], ...] = (
    messages_are_there_once,
    messages_are_in_order,
    chats_are_at_rest,
    tool_calls_are_answered,
    viewers_saw_the_truth,
    clients_saw_nothing_wrong,
    faults_did_what_they_should,
    lambda evidence: history_checks.turns_have_one_outcome(evidence.ledger, evidence.tables),
    lambda evidence: journal_checks.versions_only_grow(evidence.tables),
    lambda evidence: journal_checks.only_the_holder_commits(evidence.tables),
    lambda evidence: journal_checks.leases_are_respected(evidence.tables, evidence.lease_seconds),
)


def _last_attempts(tables: Tables) -> dict[tuple[str, int], int]:
    """The last attempt to answer each version of each chat's history."""
    last: dict[tuple[str, int], int] = {}
    for change in tables.changes:
        at = (change.chat_id, change.new.history_version)
        last[at] = max(change.new.generation_attempt, last.get(at, 0))
    return last


def _live(tables: Tables) -> Iterator[Message | Queued]:
    """The users' messages that are there, chat by chat: the history, then the queue."""
    queues = _by_chat(tables.queue)
    for chat_id, messages in _by_chat(tables.messages).items():
        yield from (message for message in messages if message.role == "user" and not message.deleted)
        yield from queues.get(chat_id, ())


def _by_chat(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found = defaultdict[str, list[Row]](list)
    for row in rows:
        found[row.chat_id].append(row)
    return found
