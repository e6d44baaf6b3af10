"""How a fleet grows: what each shared resource has to bear at a size, and at which size it ends.

    python -m bench.capacity            # the tables of docs/operations.md
    python -m bench.capacity --write    # ... put into it

Arithmetic, not measurement: periods come from the settings' defaults, sizes of notices from the bus itself, costs of
single things from `python -m bench.unit_costs`, what one machine can give from `Limits`. Change one and see.
"""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from bench.unit_costs import sample_notice
from palaver.settings import Settings
from palaver.stream.bus.frames import HEADER_BYTES, encode
from palaver.stream.bus.keeper import Timing
from palaver.stream.ending import RECHECK_SECONDS
from palaver.stream.parts import GATHER_SECONDS_UNDER_LOAD

DOCUMENT: Final = Path(__file__).parent.parent / "docs" / "operations.md"
BEGIN, END = "<!-- capacity: begin -->\n", "<!-- capacity: end -->"


def _default(setting: str) -> Any:
    return Settings.model_fields[setting].default


@dataclass(frozen=True, slots=True)
class Workload:
    """What a running chat does: an agent at work, with tools between its model calls, and one person watching."""

    turn_seconds: float = 60.0
    model_calls_per_turn: int = 3
    parts_per_call: int = 200
    viewers_per_chat: float = 1.0
    pages_per_owner: float = 1.0
    """Open pages with a list of chats, of each owner of a running chat."""

    @property
    def commits_per_turn(self) -> int:
        """The message, each call's step, the tools' results between calls; the last step ends the turn."""
        return 2 * self.model_calls_per_turn

    @property
    def parts_per_second(self) -> float:
        """Of one chat, on average."""
        return self.model_calls_per_turn * self.parts_per_call / self.turn_seconds


@dataclass(frozen=True, slots=True)
class Costs:
    """CPU seconds and bytes of single things, on one core of the machine that measured them."""

    database_per_commit: float = 2.9e-3 / 2
    """A turn of one model call has two commits."""
    wal_per_commit: float = 6_000 / 2
    frame_to_a_listener: float = 15e-6
    frame_past_a_listener: float = 10e-6
    """PostgreSQL wakes every connection that listens to anything, to see whether it is meant."""
    notice_heard: float = 7e-6
    watch_notice_heard: float = 4e-6
    lease_renewed: float = 5e-6
    wal_per_lease: float = 250
    row_looked_at: float = 1e-6
    search_per_running_chat: float = 0.8e-6
    stream_look: float = 45e-6
    part_to_a_viewer: float = 0.226e-3
    """Of the replica: from the model to the viewer's socket (`python -m bench stream`)."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What is there to give: one large PostgreSQL, one Redis, and processes of one core each."""

    database_cores: float = 48
    bus_cores_of_the_database: float = 4
    """Beside its work: the bus must not be what a database is bought for."""
    wal_bytes_per_second: float = 300e6
    connections: float = 1_000
    """Each is a process of PostgreSQL; more cost more than they bring."""
    redis_deliveries_per_second: float = 500_000
    dead_rows_per_second: float = 30_000
    """Of one table that one vacuum worker, with all its indexes, keeps up with."""
    replica_share_for_hearing: float = 0.2
    replica_cores: float = 0.8


@dataclass(frozen=True, slots=True)
class Fleet:
    """A size: `replicas` are processes."""

    replicas: int
    running_chats: int
    workload: Workload = Workload()

    @property
    def commits_per_second(self) -> float:
        """Each is a transaction, and causes a notice."""
        return self.running_chats * self.workload.commits_per_turn / self.workload.turn_seconds

    @property
    def watch_notices_per_second(self) -> float:
        """A turn begins, ends, and gets labels where they are written automatically: of little else watchers hear."""
        return 3 * self.running_chats / self.workload.turn_seconds

    @property
    def notice_frames_per_second(self) -> float:
        """A replica gathers for a moment: at most one frame each time, and never more than there are notices.

        An upper bound: it counts with the shortest moment (`Timing.gather`), and where sending is slow it is longer.
        """
        most = self.replicas / Timing().gather
        return min(self.commits_per_second, most) if self.replicas > 1 else 0.0

    @property
    def relayed_frames_per_second(self) -> float:
        """Parts gather for a moment per chat, and those of one pair of replicas share frames."""
        elsewhere = self.running_chats * self.workload.viewers_per_chat * (1 - 1 / self.replicas)
        gathers = 1 / GATHER_SECONDS_UNDER_LOAD
        pairs = self.replicas * (self.replicas - 1)
        return min(elsewhere * min(self.workload.parts_per_second, gathers), pairs * gathers)

    @property
    def viewers(self) -> float:
        """Streams that are open."""
        return self.running_chats * self.workload.viewers_per_chat


@dataclass(frozen=True, slots=True)
class Resource:
    """Something that a fleet shares: what it needs of it, what there is, what comes when that ends."""

    name: str
    unit: str
    needs: Callable[[Fleet], float]
    has: float
    then: str

    def ends_at(self, grown: Callable[[int], Fleet]) -> int | None:
        """The number of running chats beyond which it does not suffice; None: beyond a thousand million."""
        low, high = 0, 10**9
        if self.needs(grown(high)) <= self.has:
            return None
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if self.needs(grown(middle)) <= self.has else (low, middle)
        return low


def resources(costs: Costs = Costs(), limits: Limits = Limits()) -> list[Resource]:
    """Everything that replicas share, and what each of them has for itself."""

    def notify(fleet: Fleet) -> float:
        return fleet.notice_frames_per_second * fleet.replicas * costs.frame_to_a_listener

    def notify_parts(fleet: Fleet) -> float:
        others = max(fleet.replicas - 1, 0) * costs.frame_past_a_listener
        return fleet.relayed_frames_per_second * (costs.frame_to_a_listener + others)

    def looks(fleet: Fleet) -> float:
        per_second = 1 / _default("stream_poll_seconds") + 1 / RECHECK_SECONDS
        return fleet.viewers * per_second * costs.stream_look

    def watch_looks(fleet: Fleet) -> float:
        # One read by an index, much as a stream's look; changes that wait together share one, which is left out.
        return fleet.watch_notices_per_second * fleet.workload.pages_per_owner * costs.stream_look

    def periodic(fleet: Fleet) -> float:
        renewals = fleet.running_chats / _default("heartbeat_seconds") * costs.lease_renewed
        return renewals + fleet.running_chats / _default("runner_sync_seconds") * costs.row_looked_at

    def wal(fleet: Fleet) -> float:
        renewals = fleet.running_chats / _default("heartbeat_seconds") * costs.wal_per_lease
        return fleet.commits_per_second * costs.wal_per_commit + renewals

    return [
        Resource(
            "Live parts over NOTIFY",
            "cores of the database",
            notify_parts,
            limits.bus_cores_of_the_database,
            "Redis; then parts go from replica to replica, or viewers to the replica that runs their chat",
        ),
        Resource(
            "Notices over NOTIFY",
            "cores of the database",
            notify,
            limits.bus_cores_of_the_database,
            "Redis",
        ),
        Resource(
            "Notices over Redis, all to all",
            "deliveries/s",
            lambda fleet: fleet.notice_frames_per_second * fleet.replicas,
            limits.redis_deliveries_per_second,
            "a channel per shard of chats: a replica hears those that it runs or shows",
        ),
        Resource(
            "Live parts over Redis",
            "deliveries/s",
            lambda fleet: fleet.relayed_frames_per_second,
            limits.redis_deliveries_per_second,
            "several Redis, by receiver; or from replica to replica",
        ),
        Resource(
            "Hearing all notices",
            "cores of each replica",
            lambda fleet: (
                fleet.commits_per_second * costs.notice_heard
                + fleet.watch_notices_per_second * costs.watch_notice_heard
                if fleet.replicas > 1
                else 0.0
            ),
            limits.replica_share_for_hearing,
            "a channel per shard of chats",
        ),
        Resource(
            "Connections without a pooler",
            "connections",
            lambda fleet: fleet.replicas * (_default("pool_size") + 1.0),
            limits.connections,
            "PgBouncer for the pools, Redis instead of the listening ones",
        ),
        Resource(
            "Commits",
            "cores of the database",
            lambda fleet: fleet.commits_per_second * costs.database_per_commit,
            limits.database_cores,
            "chats distributed over several databases by `chat_id`",
        ),
        Resource("WAL", "bytes/s", wal, limits.wal_bytes_per_second, "chats distributed by `chat_id`"),
        Resource(
            "Dead rows of `chats`",
            "rows/s",
            lambda fleet: fleet.commits_per_second,
            limits.dead_rows_per_second,
            "`chats` partitioned by a hash of `id`: a vacuum for each part",
        ),
        Resource(
            "Leases and looks of runners",
            "cores of the database",
            periodic,
            limits.database_cores / 4,
            "one lease per replica instead of one per chat",
        ),
        Resource(
            "Search for chats without an owner",
            "cores of the database",
            lambda fleet: (
                fleet.replicas / _default("acquisition_seconds") * fleet.running_chats * costs.search_per_running_chat
            ),
            limits.database_cores / 4,
            "one replica searches for all",
        ),
        Resource(
            "Looks of streams",
            "cores of the database",
            looks,
            limits.database_cores / 4,
            "read replicas; the check of the right once per user instead of once per stream",
        ),
        Resource(
            "Looks of watchers",
            "cores of the database",
            watch_looks,
            limits.database_cores / 4,
            "one look per user and process instead of one per page; read replicas",
        ),
        Resource(
            "Parts to viewers",
            "cores of each replica",
            lambda fleet: fleet.viewers * fleet.workload.parts_per_second * costs.part_to_a_viewer / fleet.replicas,
            limits.replica_cores,
            "more replicas: nothing is shared here",
        ),
    ]


FLEETS: Final = (Fleet(2, 200), Fleet(20, 4_000), Fleet(100, 20_000), Fleet(1_000, 1_000_000))
CHATS_PER_REPLICA: Final = 200
"""Of the fleet that grows: about half of what one core streams of this workload."""


def grown(running_chats: int) -> Fleet:
    """A fleet with as many replicas as that many chats want."""
    return Fleet(max(2, -(-running_chats // CHATS_PER_REPLICA)), running_chats)


def tables() -> str:
    """Both tables: the needs of some fleets, and the order in which resources end."""
    return "\n".join([*_needs(), "", *_ends(), ""])


def _needs() -> Iterator[str]:
    names = [f"{fleet.replicas:,} / {fleet.running_chats:,}" for fleet in FLEETS]
    yield f"| Needed by replicas / running chats | {' | '.join(names)} | There is |"
    yield f"|---|{'---:|' * (len(FLEETS) + 1)}"
    for resource in resources():
        cells = [_cell(resource.needs(fleet), resource.has) for fleet in FLEETS]
        yield f"| {resource.name}, {resource.unit} | {' | '.join(cells)} | {_short(resource.has)} |"


def _ends() -> Iterator[str]:
    yield "| Ends first | at running chats | with replicas | What replaces it |"
    yield "|---|---:|---:|---|"
    ends = [(resource.ends_at(grown), resource) for resource in resources()]
    for end, resource in sorted(((end, resource) for end, resource in ends if end is not None), key=lambda e: e[0]):
        yield f"| {resource.name} | {_round(end):,} | {grown(_round(end)).replicas:,} | {resource.then} |"


def _cell(needed: float, there: float) -> str:
    return f"**{_short(needed)}**" if needed > there else _short(needed)


def _short(value: float) -> str:
    for size, letter in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if value >= 10 * size or (value >= size and letter != "k"):
            return f"{value / size:,.0f} {letter}"
    if value >= 10:
        return f"{value:,.0f}"
    return f"{value:.2g}" if value >= 0.01 or value == 0 else "< 0.01"


def _round(value: int) -> int:
    """To two digits: nobody knows more."""
    unit = 10 ** max(len(str(value)) - 2, 0)
    return value // unit * unit


def notice_bytes() -> int:
    """Bytes of a frame with one notice."""
    return HEADER_BYTES + len(encode(sample_notice()))


def written(document: str) -> str:
    """The document with the tables as they are now."""
    head, _, rest = document.partition(BEGIN)
    return head + BEGIN + tables() + END + rest.partition(END)[2]


if __name__ == "__main__":
    if sys.argv[1:] == ["--write"]:
        DOCUMENT.write_text(written(DOCUMENT.read_text()))
    else:
        print(tables())
