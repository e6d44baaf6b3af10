"""Counts of what the edge answered, for /metrics."""

from prometheus_client import Counter, Histogram

_REQUESTS = Counter("palaver_requests_total", "Requests answered.", ["operation", "status"])
_SECONDS = Histogram(
    "palaver_request_seconds",
    "Time until the answer was ready to be sent; for streams, until they ended.",
    ["operation"],
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)
_UNROUTED = "none"

# The labels are few (operations times statuses), and resolving them costs more than counting.
_counters: dict[tuple[str, int], Counter] = {}
_histograms: dict[str, Histogram] = {}


def observe(operation_id: str | None, status: int, seconds: float) -> None:
    """Count one answer. Requests to unknown paths count under the operation `none`."""
    name = operation_id or _UNROUTED
    counter = _counters.get((name, status))
    if counter is None:
        counter = _counters[name, status] = _REQUESTS.labels(name, str(status))
    counter.inc()
    histogram = _histograms.get(name)
    if histogram is None:
        histogram = _histograms[name] = _SECONDS.labels(name)
    histogram.observe(seconds)
