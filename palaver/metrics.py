"""What the server counts and measures, for /metrics: every metric is defined here, with its unit and its labels.

Whoever does the work counts it where it happens; what can only be read (pools, leases held) is `sample`d. Several
processes of one `palaver serve` keep their values in files of `PROMETHEUS_MULTIPROC_DIR`, which has to be set before
this module is imported, and each of them answers with the sum. docs/metrics.md is made from what is defined here.
"""

import asyncio
import os
from collections.abc import Callable
from typing import Final

from prometheus_client import REGISTRY, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.metrics import MetricWrapperBase
from prometheus_client.multiprocess import MultiProcessCollector

from palaver import __version__

MULTIPROCESS_DIRECTORY: Final = "PROMETHEUS_MULTIPROC_DIR"
"""The environment variable that makes several processes answer as one."""
SAMPLE_SECONDS: Final = 2.0
"""Age of what other processes tell of this one's pools, leases and bus."""

# ---- requests ----

REQUESTS: Final = Counter("palaver_requests_total", "Requests answered.", ["operation", "status"])
REQUEST_SECONDS: Final = Histogram(
    "palaver_request_seconds",
    "Time until the answer was ready to be sent; for streams, until they ended.",
    ["operation"],
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)

STREAMS: Final = Gauge(
    "palaver_streams", "Streams that are open, of chats and of watches.", ["encoding"], multiprocess_mode="livesum"
)

# ---- this server ----

BUILD: Final = Gauge(
    "palaver_build_info", "1, labelled with the version that runs.", ["version"], multiprocess_mode="livemax"
)
PROCESSES: Final = Gauge("palaver_processes", "Processes that answer as this one.", multiprocess_mode="livesum")
POOL_CONNECTIONS: Final = Gauge(
    "palaver_pool_connections", "Open database connections of the pools.", ["state"], multiprocess_mode="livesum"
)
POOL_LIMIT: Final = Gauge(
    "palaver_pool_limit", "Database connections that the pools may open.", multiprocess_mode="livesum"
)

# ---- leases and runners ----

LEASES_HELD: Final = Gauge(
    "palaver_leases_held", "Chats that are worked on here; each has one runner.", multiprocess_mode="livesum"
)
LEASES_LIMIT: Final = Gauge(
    "palaver_leases_limit", "Chats that may be worked on here at a time.", multiprocess_mode="livesum"
)
LEASES_ACQUIRED: Final = Counter(
    "palaver_leases_acquired_total",
    "Chats taken to work on: in the request that made them runnable, upon a notice, or found by the periodic search.",
    ["by"],
)
TAKEOVERS: Final = Counter(
    "palaver_takeovers_total", "Leases taken over from an owner that had not renewed them in time."
)
LEASES_LOST: Final = Counter(
    "palaver_leases_lost_total", "Chats that were worked on here and were found taken over, or deleted."
)

# ---- the bus ----

BUS_CONNECTED: Final = Gauge(
    "palaver_bus_connected",
    "1 while the bus reaches other processes, or needs not; 0 while only the periodic looks at the database repair.",
    multiprocess_mode="livemin",
)
BUS_PEERS: Final = Gauge(
    "palaver_bus_peers", "Other processes heard of on the bus within the last seconds.", multiprocess_mode="livemax"
)
BUS_ECHO_SECONDS: Final = Histogram(
    "palaver_bus_echo_seconds",
    "Time until a process heard its own frame on the bus: the lag of what others hear.",
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)
BUS_RECONNECTS: Final = Counter("palaver_bus_reconnects_total", "Times that the bus was lost and found again.")
BUS_FRAMES: Final = Counter("palaver_bus_frames_total", "Frames on the bus.", ["direction"])
BUS_BYTES: Final = Counter("palaver_bus_bytes_total", "Bytes of these frames.", ["direction"])
NOTICES_DROPPED: Final = Counter(
    "palaver_notices_dropped_total",
    "What was not told: dropped before it was sent (outbox), could not be read (malformed), came faster than it was "
    "taken (subscription), or asked for live parts of more episodes than one process serves (relay). The periodic "
    "looks repair it; live parts that were refused show once they are committed.",
    ["where"],
)

# ---- live parts between processes ----

RELAY_PARTS: Final = Counter("palaver_relay_parts_total", "Live parts that crossed between processes.", ["direction"])
RELAY_EPISODES: Final = Gauge(
    "palaver_relay_episodes",
    "Model calls whose parts cross now: served to other processes, or followed for viewers here.",
    ["side"],
    multiprocess_mode="livesum",
)
RELAY_GAPS: Final = Counter("palaver_relay_gaps_total", "Gaps in relayed parts, which were asked for again.")

# ---- repairs and upkeep ----

SYNC_REPAIRS: Final = Counter(
    "palaver_sync_repairs_total",
    "News that a periodic look at the database found before any notice told it; a few are notices just on their way.",
    ["where"],
)
STALE_TOLD: Final = Counter(
    "palaver_stale_told_total", "Changes that make remembered things stale: told to others, or heard.", ["direction"]
)
JOB_RUNS: Final = Counter("palaver_job_runs_total", "Runs of scheduled jobs.", ["job", "outcome"])
JOB_ROWS: Final = Counter("palaver_job_rows_total", "Rows that scheduled jobs removed or changed.", ["job"])
JOB_SECONDS: Final = Histogram(
    "palaver_job_seconds", "Time that a run took.", ["job"], buckets=(0.005, 0.025, 0.1, 0.5, 2.5, 10, 60, 600)
)

# ---- recorded model calls ----

DEBUG_WRITES: Final = Counter(
    "palaver_debug_writes_total",
    "Recorded runs of model calls: states of them written, writings that failed and are tried again, runs dropped "
    "because their chat is gone or too many wait.",
    ["outcome"],
)

# ---- tools on MCP servers ----

TOOL_CALLS: Final = Counter(
    "palaver_tool_calls_total",
    "Calls of tools on MCP servers: answered by the tool, with an error of its own, or without an answer of it.",
    ["outcome"],
)
TOOL_CALL_SECONDS: Final = Histogram(
    "palaver_tool_call_seconds",
    "Time until a call had its answer.",
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60),
)
MCP_TOKENS: Final = Counter(
    "palaver_mcp_token_renewals_total",
    "Tokens for MCP servers that were to be renewed: they were, the authorization server refused (its user has to "
    "sign in), or it did not answer as it should (failed).",
    ["outcome"],
)
MCP_SERVERS_LEFT_OUT: Final = Counter(
    "palaver_mcp_servers_left_out_total", "MCP servers whose tools a turn went without, by reason.", ["kind"]
)

_ALL: Final = [metric for metric in tuple(globals().values()) if isinstance(metric, MetricWrapperBase)]

# Labelled metrics begin at nothing, not at zero: what can be named is there from the start.
for _metric, _values in (
    (STREAMS, ("sse", "websocket")),
    (POOL_CONNECTIONS, ("in_use", "idle")),
    (LEASES_ACQUIRED, ("request", "notice", "search")),
    (BUS_FRAMES, ("sent", "received")),
    (BUS_BYTES, ("sent", "received")),
    (NOTICES_DROPPED, ("outbox", "malformed", "subscription", "relay")),
    (TOOL_CALLS, ("answered", "tool_error", "failed")),
    (MCP_TOKENS, ("renewed", "refused", "failed")),
    (MCP_SERVERS_LEFT_OUT, ("sign_in_required", "unavailable")),
    (RELAY_PARTS, ("sent", "received")),
    (RELAY_EPISODES, ("served", "followed")),
    (SYNC_REPAIRS, ("stream", "runner", "search")),
    (STALE_TOLD, ("sent", "received")),
    (DEBUG_WRITES, ("written", "failed", "dropped")),
):
    for _value in _values:
        _metric.labels(_value)

_UNROUTED: Final = "none"
_IN_USE: Final = POOL_CONNECTIONS.labels("in_use")
_IDLE: Final = POOL_CONNECTIONS.labels("idle")

# The labels are few (operations times statuses), and resolving them costs more than counting.
_counters: dict[tuple[str, int], Counter] = {}
_histograms: dict[str, Histogram] = {}


def observe(operation_id: str | None, status: int, seconds: float) -> None:
    """Count one answer. Requests to unknown paths count under the operation `none`."""
    name = operation_id or _UNROUTED
    counter = _counters.get((name, status))
    if counter is None:
        counter = _counters[name, status] = REQUESTS.labels(name, str(status))
    counter.inc()
    histogram = _histograms.get(name)
    if histogram is None:
        histogram = _histograms[name] = REQUEST_SECONDS.labels(name)
    histogram.observe(seconds)


def is_multiprocess() -> bool:
    """Whether several processes keep their values in files and answer as one."""
    return MULTIPROCESS_DIRECTORY in os.environ


def sample(
    *, in_use: int, idle: int, pool_limit: int, leases: int, lease_limit: int, connected: bool, peers: int
) -> None:
    """Note what is only known by looking: the pool's connections, the leases held, the bus."""
    BUILD.labels(__version__).set(1)
    PROCESSES.set(1)
    _IN_USE.set(in_use)
    _IDLE.set(idle)
    POOL_LIMIT.set(pool_limit)
    LEASES_HELD.set(leases)
    LEASES_LIMIT.set(lease_limit)
    BUS_CONNECTED.set(connected)
    BUS_PEERS.set(peers)


def kept_sampled(take: Callable[[], None]) -> Callable[[], None]:
    """Sample now and, where other processes answer for this one, every few seconds, on the running loop; ends when
    the returned function is called."""
    loop = asyncio.get_running_loop()
    timer: asyncio.TimerHandle | None = None

    def again() -> None:
        nonlocal timer
        take()
        if is_multiprocess():
            timer = loop.call_later(SAMPLE_SECONDS, again)

    def end() -> None:
        if timer is not None:
            timer.cancel()

    again()
    return end


def exposition() -> bytes:
    """All metrics in Prometheus' text format; those of all processes where several answer as one."""
    if not is_multiprocess():
        return generate_latest(REGISTRY)
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return generate_latest(registry)


def table() -> str:
    """Every metric with its kind, its labels and what it tells, as a Markdown table."""
    rows = ["| Metric | Kind | Labels | What it tells |", "|---|---|---|---|"]
    for metric in _ALL:
        described = next(iter(metric.describe()))
        name = described.name + ("_total" if described.type == "counter" else "")
        labels = ", ".join(f"`{label}`" for label in metric._labelnames)  # noqa: SLF001 - told by nothing else
        rows.append(f"| `{name}` | {described.type} | {labels} | {described.documentation} |")
    return "\n".join(rows) + "\n"
