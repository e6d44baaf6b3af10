"""The execution states of a chat and the table of allowed transitions (contract/states.yaml), as data."""

from collections.abc import Mapping
from enum import Enum, StrEnum
from types import MappingProxyType
from typing import Literal

ChatStatus = Literal["waiting", "running", "interrupting", "requires_action", "error"]


class State(Enum):
    """What a chat is doing, read from its status, its archived flag and whether messages wait in its queue.

    The value is the wire's name of the state, which refusals quote.
    """

    ABSENT = "N"
    """The chat does not exist."""
    WAITING = "W"
    """Idle."""
    ERROR = "E0"
    """The last turn failed."""
    ERROR_QUEUED = "E1"
    """The last turn failed and messages wait."""
    RUNNING = "R0"
    """A turn is to be produced."""
    RUNNING_QUEUED = "R1"
    """A turn is to be produced and messages wait behind it."""
    INTERRUPTING = "I0"
    """The turn was asked to stop."""
    INTERRUPTING_QUEUED = "I1"
    """The turn was asked to stop and messages wait behind it."""
    REQUIRES_ACTION = "A0"
    """The client owes results of its own tools."""
    REQUIRES_ACTION_QUEUED = "A1"
    """The client owes results of its own tools and messages wait."""
    ARCHIVED_WAITING = "XW"
    """Archived while idle."""
    ARCHIVED_ERROR = "XE0"
    """Archived after an error."""
    ARCHIVED_ERROR_QUEUED = "XE1"
    """Archived after an error with messages waiting."""
    INVALID = "Invalid"
    """Every other combination of columns; only ReconcileInvalidState leads out."""


class Transition(StrEnum):
    """A named change of the execution state; the value is the wire's name, which refusals quote."""

    CREATE_CHAT = "CreateChat"
    SET_ARCHIVED = "SetArchived"
    SEND_MESSAGE = "SendMessage"
    EDIT_MESSAGE = "EditMessage"
    REQUEST_COMPACTION = "RequestCompaction"
    DELETE_QUEUED_MESSAGE = "DeleteQueuedMessage"
    PROMOTE_QUEUED_MESSAGE = "PromoteQueuedMessage"
    INTERRUPT = "Interrupt"
    RECORD_GENERATION_ATTEMPT = "RecordGenerationAttempt"
    RECORD_RETRY_STATE = "RecordRetryState"
    COMMIT_STEP = "CommitStep"
    ENTER_REQUIRES_ACTION = "EnterRequiresAction"
    COMPLETE_REQUIRES_ACTION = "CompleteRequiresAction"
    CANCEL_REQUIRES_ACTION = "CancelRequiresAction"
    FINISH_INTERRUPTION = "FinishInterruption"
    FINISH_TURN = "FinishTurn"
    FINISH_ERROR = "FinishError"
    RECONCILE_INVALID_STATE = "ReconcileInvalidState"
    FORK_CHAT = "ForkChat"
    """Our own: a chat begins with a copy of another one's history."""
    IMPORT_CHAT = "ImportChat"
    """Our own: a chat begins with a history that was exported."""
    EDIT_QUEUED_MESSAGE = "EditQueuedMessage"
    """Our own: an entry of the queue gets another content or place."""
    HOLD_QUEUED_MESSAGE = "HoldQueuedMessage"
    """Our own: an entry is to wait until it is released."""
    RELEASE_QUEUED_MESSAGE = "ReleaseQueuedMessage"
    """Our own: an entry that was held waits for its turn again."""
    DELETE_CHAT = "DeleteChat"
    """Our own: the chat goes for good, from whatever it was doing."""
    ACQUIRE = "Acquire"
    """Ownership, orthogonal to the state: allowed everywhere, so in no table."""
    ABANDON = "Abandon"
    """Ownership, like ACQUIRE; refused only when nobody owns the chat."""


OWNERSHIP = frozenset({Transition.ACQUIRE, Transition.ABANDON})


def _to(*states: State) -> frozenset[State]:
    return frozenset(states)


_S, _T = State, Transition

COMPATIBLE: Mapping[State, Mapping[Transition, frozenset[State]]] = MappingProxyType(
    {
        _S.ABSENT: {_T.CREATE_CHAT: _to(_S.RUNNING)},
        _S.WAITING: {
            _T.SET_ARCHIVED: _to(_S.ARCHIVED_WAITING),
            _T.SEND_MESSAGE: _to(_S.RUNNING),
            _T.EDIT_MESSAGE: _to(_S.RUNNING),
            _T.REQUEST_COMPACTION: _to(_S.RUNNING),
            _T.FINISH_ERROR: _to(_S.ERROR),
        },
        _S.ERROR: {
            _T.SET_ARCHIVED: _to(_S.ARCHIVED_ERROR),
            _T.SEND_MESSAGE: _to(_S.RUNNING),
            _T.EDIT_MESSAGE: _to(_S.RUNNING),
        },
        _S.ERROR_QUEUED: {
            _T.SET_ARCHIVED: _to(_S.ARCHIVED_ERROR_QUEUED),
            _T.SEND_MESSAGE: _to(_S.RUNNING_QUEUED),
            _T.EDIT_MESSAGE: _to(_S.RUNNING),
            _T.DELETE_QUEUED_MESSAGE: _to(_S.ERROR, _S.ERROR_QUEUED),
            _T.PROMOTE_QUEUED_MESSAGE: _to(_S.RUNNING, _S.RUNNING_QUEUED),
        },
        _S.RUNNING: {
            _T.SEND_MESSAGE: _to(_S.RUNNING_QUEUED, _S.INTERRUPTING_QUEUED),
            _T.EDIT_MESSAGE: _to(_S.RUNNING),
            _T.INTERRUPT: _to(_S.INTERRUPTING),
            _T.RECORD_GENERATION_ATTEMPT: _to(_S.RUNNING),
            _T.RECORD_RETRY_STATE: _to(_S.RUNNING),
            _T.COMMIT_STEP: _to(_S.RUNNING),
            _T.ENTER_REQUIRES_ACTION: _to(_S.REQUIRES_ACTION),
            _T.FINISH_TURN: _to(_S.WAITING),
            _T.FINISH_ERROR: _to(_S.ERROR),
        },
        _S.RUNNING_QUEUED: {
            _T.SEND_MESSAGE: _to(_S.RUNNING_QUEUED, _S.INTERRUPTING_QUEUED),
            _T.EDIT_MESSAGE: _to(_S.RUNNING),
            _T.DELETE_QUEUED_MESSAGE: _to(_S.RUNNING, _S.RUNNING_QUEUED),
            _T.PROMOTE_QUEUED_MESSAGE: _to(_S.INTERRUPTING_QUEUED),
            _T.INTERRUPT: _to(_S.INTERRUPTING_QUEUED),
            _T.RECORD_GENERATION_ATTEMPT: _to(_S.RUNNING_QUEUED),
            _T.RECORD_RETRY_STATE: _to(_S.RUNNING_QUEUED),
            _T.COMMIT_STEP: _to(_S.RUNNING_QUEUED),
            _T.ENTER_REQUIRES_ACTION: _to(_S.REQUIRES_ACTION_QUEUED),
            _T.FINISH_TURN: _to(_S.RUNNING, _S.RUNNING_QUEUED),
            _T.FINISH_ERROR: _to(_S.ERROR_QUEUED),
        },
        _S.INTERRUPTING: {
            _T.SEND_MESSAGE: _to(_S.INTERRUPTING_QUEUED),
            _T.EDIT_MESSAGE: _to(_S.RUNNING),
            _T.FINISH_INTERRUPTION: _to(_S.WAITING),
        },
        _S.INTERRUPTING_QUEUED: {
            _T.SEND_MESSAGE: _to(_S.INTERRUPTING_QUEUED),
            _T.EDIT_MESSAGE: _to(_S.RUNNING),
            _T.DELETE_QUEUED_MESSAGE: _to(_S.INTERRUPTING, _S.INTERRUPTING_QUEUED),
            _T.PROMOTE_QUEUED_MESSAGE: _to(_S.INTERRUPTING_QUEUED),
            _T.FINISH_INTERRUPTION: _to(_S.RUNNING, _S.RUNNING_QUEUED),
        },
        _S.REQUIRES_ACTION: {
            _T.SEND_MESSAGE: _to(_S.REQUIRES_ACTION_QUEUED, _S.RUNNING_QUEUED),
            _T.EDIT_MESSAGE: _to(_S.RUNNING),
            _T.INTERRUPT: _to(_S.RUNNING),
            _T.COMPLETE_REQUIRES_ACTION: _to(_S.RUNNING),
            _T.CANCEL_REQUIRES_ACTION: _to(_S.RUNNING),
        },
        _S.REQUIRES_ACTION_QUEUED: {
            _T.SEND_MESSAGE: _to(_S.REQUIRES_ACTION_QUEUED, _S.RUNNING_QUEUED),
            _T.EDIT_MESSAGE: _to(_S.RUNNING),
            _T.DELETE_QUEUED_MESSAGE: _to(_S.REQUIRES_ACTION, _S.REQUIRES_ACTION_QUEUED),
            _T.PROMOTE_QUEUED_MESSAGE: _to(_S.RUNNING, _S.RUNNING_QUEUED),
            _T.INTERRUPT: _to(_S.RUNNING_QUEUED),
            _T.COMPLETE_REQUIRES_ACTION: _to(_S.RUNNING_QUEUED),
            _T.CANCEL_REQUIRES_ACTION: _to(_S.RUNNING_QUEUED),
        },
        _S.ARCHIVED_WAITING: {_T.SET_ARCHIVED: _to(_S.WAITING)},
        _S.ARCHIVED_ERROR: {_T.SET_ARCHIVED: _to(_S.ERROR)},
        _S.ARCHIVED_ERROR_QUEUED: {_T.SET_ARCHIVED: _to(_S.ERROR_QUEUED)},
        _S.INVALID: {_T.RECONCILE_INVALID_STATE: _to(_S.ERROR, _S.ERROR_QUEUED)},
    }
)
"""The contract's table: from -> transition -> the states it may land in."""

_EMPTIED: Mapping[State, State] = MappingProxyType(
    {
        _S.ERROR_QUEUED: _S.ERROR,
        _S.RUNNING_QUEUED: _S.RUNNING,
        _S.INTERRUPTING_QUEUED: _S.INTERRUPTING,
        _S.REQUIRES_ACTION_QUEUED: _S.REQUIRES_ACTION,
    }
)
"""A live state with a queue -> the same without."""


def _ours(state: State) -> Mapping[Transition, frozenset[State]]:
    if state is _S.ABSENT:
        return {_T.FORK_CHAT: _to(_S.WAITING), _T.IMPORT_CHAT: _to(_S.WAITING)}
    cells = {_T.DELETE_CHAT: _to(_S.ABSENT)}
    if state in _EMPTIED:
        cells[_T.EDIT_QUEUED_MESSAGE] = _to(state)
        cells[_T.HOLD_QUEUED_MESSAGE] = _to(state, _EMPTIED[state])
    return cells


OURS: Mapping[State, Mapping[Transition, frozenset[State]]] = MappingProxyType({state: _ours(state) for state in State})
"""What the compatible wire does not have, in the same form."""

WITH_HELD: Mapping[State, Mapping[Transition, frozenset[State]]] = MappingProxyType(
    {
        **{state: {} for state in State},
        **{queued: {_T.RELEASE_QUEUED_MESSAGE: _to(queued)} for queued in _EMPTIED},
        **{
            emptied: {
                _T.EDIT_QUEUED_MESSAGE: _to(emptied),
                _T.DELETE_QUEUED_MESSAGE: _to(emptied),
                _T.PROMOTE_QUEUED_MESSAGE: _to(
                    _S.INTERRUPTING_QUEUED if emptied in (_S.RUNNING, _S.INTERRUPTING) else _S.RUNNING
                ),
                _T.RELEASE_QUEUED_MESSAGE: _to(queued),
            }
            for queued, emptied in _EMPTIED.items()
        },
        _S.WAITING: {
            _T.EDIT_QUEUED_MESSAGE: _to(_S.WAITING),
            _T.DELETE_QUEUED_MESSAGE: _to(_S.WAITING),
            _T.PROMOTE_QUEUED_MESSAGE: _to(_S.RUNNING),
            _T.RELEASE_QUEUED_MESSAGE: _to(_S.RUNNING),
        },
    }
)
"""What is allowed besides while entries are held. Held entries are no queue to the state: a chat may rest beside them,
and the first of these transitions that makes one wait for its turn makes the queue."""

ALLOWED: Mapping[State, Mapping[Transition, frozenset[State]]] = MappingProxyType(
    {state: {**cells, **OURS[state]} for state, cells in COMPATIBLE.items()}
)
"""Both tables; a transition that is not listed is refused."""

RUNNABLE = frozenset(
    {
        _S.RUNNING,
        _S.RUNNING_QUEUED,
        _S.INTERRUPTING,
        _S.INTERRUPTING_QUEUED,
        _S.REQUIRES_ACTION,
        _S.REQUIRES_ACTION_QUEUED,
    }
)
"""States in which a worker has something to do."""

RUNNABLE_STATUSES: frozenset[ChatStatus] = frozenset({"running", "interrupting", "requires_action"})

_BY_COLUMNS: Mapping[tuple[str, bool, bool], State] = MappingProxyType(
    {
        # status, queue holds messages, archived
        ("waiting", False, False): _S.WAITING,
        ("error", False, False): _S.ERROR,
        ("error", True, False): _S.ERROR_QUEUED,
        ("running", False, False): _S.RUNNING,
        ("running", True, False): _S.RUNNING_QUEUED,
        ("interrupting", False, False): _S.INTERRUPTING,
        ("interrupting", True, False): _S.INTERRUPTING_QUEUED,
        ("requires_action", False, False): _S.REQUIRES_ACTION,
        ("requires_action", True, False): _S.REQUIRES_ACTION_QUEUED,
        ("waiting", False, True): _S.ARCHIVED_WAITING,
        ("error", False, True): _S.ARCHIVED_ERROR,
        ("error", True, True): _S.ARCHIVED_ERROR_QUEUED,
    }
)


def classify(status: str, has_queue: bool, archived: bool) -> State:
    """The state that the columns mean; INVALID for every combination that the table does not know."""
    return _BY_COLUMNS.get((status, has_queue, archived), State.INVALID)
