"""Rules on turns: each has exactly one final outcome, and its answer is the one that the outcome allows."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from tests.chaos.journal import Inserted, Message, Tables
from tests.chaos.journal_checks import Bundle, bundles
from tests.chaos.ledger import Ledger, token_of
from tests.chaos.scripts import expected_steps, expected_text, text_of
from tests.chaos.violations import Violation

ACTIVE = ("running", "interrupting", "requires_action")


def turns_have_one_outcome(ledger: Ledger, tables: Tables) -> Iterator[Violation]:
    """Between a user's message and the next there is one end of a turn; a finished one has the whole answer."""
    by_chat = bundles(tables)
    asked = defaultdict[str, list[Inserted]](list)
    for inserted in tables.inserted:
        if inserted.role == "user":
            asked[inserted.chat_id].append(inserted)
    histories = defaultdict[str, list[Message]](list)
    for message in tables.messages:
        histories[message.chat_id].append(message)
    for chat_id, questions in asked.items():
        edits = {message.revision for message in histories[chat_id] if message.deleted}
        begun = {question.revision for question in questions}
        if chat_id not in tables.chats:
            continue  # told of by another rule
        at_rest = tables.chats[chat_id].state.status in ("waiting", "error")
        for number, question in enumerate(questions):
            following = questions[number + 1] if number + 1 < len(questions) else None
            if following is None and not at_rest:
                continue  # told of by another rule
            outcomes = [
                outcome
                for bundle in by_chat[chat_id]
                if question.revision < bundle.version and (following is None or bundle.version <= following.revision)
                if (outcome := _outcome(bundle, begun=begun, edits=edits))
            ]
            if len(outcomes) != 1:
                yield Violation("outcome", chat_id, f"the turn of message {question.id} ended in {outcomes}")
                continue
            yield from _answered(ledger, histories[chat_id], question, outcomes[0])


def outcomes_of(tables: Tables) -> Counter[str]:
    """How turns ended, over all chats."""
    found = Counter[str]()
    begun = defaultdict[str, set[int]](set)
    for inserted in tables.inserted:
        if inserted.role == "user":
            begun[inserted.chat_id].add(inserted.revision)
    edits = defaultdict[str, set[int]](set)
    for message in tables.messages:
        if message.deleted:
            edits[message.chat_id].add(message.revision)
    for chat_id, group in bundles(tables).items():
        for bundle in group:
            if outcome := _outcome(bundle, begun=begun[chat_id], edits=edits[chat_id]):
                found[outcome] += 1
    return found


def _outcome(bundle: Bundle, *, begun: set[int], edits: set[int]) -> str:
    """The end of a turn that a bundle makes; empty when it makes none."""
    if bundle.old is None or bundle.old.status not in ACTIVE:
        return ""
    before, after = bundle.old.status, bundle.new.status
    if bundle.version in edits:
        return "edited"
    if after == "error":
        return "failed"
    if before == "requires_action":
        return "superseded" if bundle.version in begun else ""
    if after == "waiting" or bundle.version in begun:
        return "finished" if before == "running" else "interrupted"
    return ""


def _answered(ledger: Ledger, history: Sequence[Message], question: Inserted, outcome: str) -> Iterator[Violation]:
    """What stands behind a question, up to the next, fits the outcome of its turn."""
    chat_id = question.chat_id
    place = next((index for index, message in enumerate(history) if message.id == question.id), None)
    if place is None:
        yield Violation("message lost", chat_id, f"message {question.id} was inserted and is gone")
        return
    asked = history[place]
    sent = ledger.sent.get(token_of(asked.content))
    if asked.deleted or sent is None:
        return
    answers = []
    for message in history[place + 1 :]:
        if message.deleted:
            continue
        if message.role == "user":
            break
        if message.role == "assistant":
            answers.append(text_of(message.content))
    steps, text = expected_steps(sent.text), expected_text(sent.text)
    if outcome == "finished" and (len(answers) != steps or answers[-1] != text):
        yield Violation("answer", chat_id, f"{sent.token} was answered {[answer[-40:] for answer in answers]}")
    elif len(answers) > steps or any(not text.startswith(answer) for answer in answers[steps - 1 :]):
        yield Violation("answer", chat_id, f"{sent.token}, {outcome}, got {[answer[-40:] for answer in answers]}")
