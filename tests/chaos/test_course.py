"""What is made of the faults of a run: how long take-overs took, which were late, and whether anything was proved."""

import pytest

from tests.chaos import journal
from tests.chaos.course import Course, Made, enough_was_done, take_overs_are_in_time, takeovers

CHAT = "11111111-2222-3333-4444-555555555555"


def _change(at: float, author: str, status: str, old: str | None, new: str | None) -> journal.Change:
    def state(runner: str | None) -> journal.State:
        return journal.State(status, False, 1, 1, 0, 0, 0, runner and f"worker {runner}", runner)

    return journal.Change(int(at), at, author, CHAT, state(old), state(new))


def _tables(*changes: journal.Change) -> journal.Tables:
    return journal.Tables({}, [], [], list(changes), [], [])


def _course(*made: Made, planned: int = 0) -> Course:
    return Course(("replica_0", "replica_1", "replica_2"), 0, planned, list(made))


def _made(kind: str, replica: int, at: float, until: float | None = None) -> Made:
    return Made(kind, (f"replica_{replica}",), at, at + 1 if until is None else until)


TAKEN = _change(10, "replica_0", "running", None, "a")


def test_take_over_counts_from_the_last_harm_to_the_next_lease() -> None:
    tables = _tables(
        TAKEN,
        _change(30, "replica_1", "running", "a", "b"),
        _change(40, "replica_1", "waiting", "b", None),
        _change(60, "replica_2", "running", None, "c"),
    )
    harms = [_made("kill", 0, 5), _made("freeze", 0, 15), _made("kill", 0, 24)]
    found = takeovers(tables, _course(*harms, _made("kill", 1, 50)))
    assert [(takeover.kind, takeover.seconds) for takeover in found] == [("kill", 6)]


def test_take_over_of_a_dead_process_counts_from_its_death_whatever_befalls_the_next_one() -> None:
    tables = _tables(TAKEN, _change(30, "replica_1", "running", "a", "b"))
    found = takeovers(tables, _course(_made("kill", 0, 12), _made("freeze", 0, 24)))
    assert [(takeover.kind, takeover.seconds) for takeover in found] == [("kill", 18)]


@pytest.mark.parametrize("runner", ["a", None])
def test_who_went_on_or_let_go_after_a_freeze_was_not_taken_over_because_of_it(runner: str | None) -> None:
    went_on = _change(17, "replica_0", "running", "a", runner)
    tables = _tables(TAKEN, went_on, _change(90, "replica_1", "running", runner, "b"))
    assert takeovers(tables, _course(_made("freeze", 0, 12, 16))) == []


def test_late_take_over_is_found_unless_nobody_could_do_it() -> None:
    def rules(until: float, *others: Made) -> list[str]:
        tables = _tables(TAKEN, _change(until, "replica_1", "running", "a", "b"))
        course = _course(_made("kill", 0, 12, 100), *others)
        return [violation.rule for violation in take_overs_are_in_time(tables, course, 4)]

    assert rules(25.5) == []
    assert rules(26.5) == ["late take-over"]
    one = _made("database_lose", 1, 16, 22)
    assert rules(26.5, one) == ["late take-over"]
    assert rules(26.5, one, _made("database_delay", 2, 18, 24)) == []
    assert rules(40, one, _made("freeze", 2, 18, 24)) == ["late take-over"]
    everybody = Made("database_restart", ("replica_0", "replica_1", "replica_2"), 14, 15)
    assert rules(28.5, everybody) == []
    assert rules(29.5, everybody) == ["late take-over"]


def test_run_that_proved_nothing_is_found() -> None:
    taken_over = _tables(TAKEN, _change(20, "replica_1", "running", "a", "b"))
    kill, cut = _made("kill", 0, 15), _made("bus_cut", 1, 3)

    def told(tables: journal.Tables, *made: Made, planned: int) -> list[str]:
        return [violation.rule for violation in enough_was_done(tables, _course(*made, planned=planned))]

    assert told(taken_over, kill, cut, planned=4) == []
    assert told(taken_over, kill, cut, planned=5) == ["nothing proved"]
    assert told(taken_over, planned=3) == told(taken_over, planned=0) == ["nothing proved"]
    assert told(_tables(TAKEN), cut, planned=1) == []
    assert told(_tables(TAKEN), kill, cut, planned=2) == ["nothing proved"]
