"""Metrics of several processes that answer as one: each keeps its values in a file of a common directory."""

import os
import re
import subprocess
import sys
from pathlib import Path

from prometheus_client.multiprocess import mark_process_dead

from palaver.metrics import MULTIPROCESS_DIRECTORY
from tests.operations.processes import ROOT

_COUNT = """
import os, sys
from palaver import metrics

leases, connected = int(sys.argv[1]), sys.argv[2] == "connected"
metrics.TAKEOVERS.inc(2)
metrics.observe("send-chat-message", 200, 0.02)
metrics.sample(
    in_use=1, idle=2, pool_limit=10, leases=leases, lease_limit=400, connected=connected, peers=leases
)
print(os.getpid())
print(metrics.exposition().decode())
"""


def _run(directory: Path, leases: int, bus: str) -> tuple[int, dict[str, str]]:
    """A process that counts; its id, and what it then tells for all, by sample."""
    environment = {**os.environ, MULTIPROCESS_DIRECTORY: str(directory), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", _COUNT, str(leases), bus]
    said = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout
    pid, _, told = said.partition("\n")
    return int(pid), dict(re.findall(r"^(palaver_\S+) (\S+)$", told, re.MULTILINE))


def test_one_process_answers_for_all(tmp_path: Path) -> None:
    first, alone = _run(tmp_path, 3, "connected")
    assert (alone["palaver_processes"], alone["palaver_leases_held"]) == ("1.0", "3.0")
    _, told = _run(tmp_path, 4, "alone")
    assert told["palaver_takeovers_total"] == "4.0"
    assert told['palaver_requests_total{operation="send-chat-message",status="200"}'] == "2.0"
    assert told['palaver_request_seconds_count{operation="send-chat-message"}'] == "2.0"
    assert told["palaver_processes"] == "2.0"
    assert told["palaver_leases_held"] == "7.0"
    assert told["palaver_leases_limit"] == "800.0"
    assert told['palaver_pool_connections{state="idle"}'] == "4.0"
    assert told["palaver_bus_connected"] == "0.0", "the least tells that one of them is cut off"
    assert told["palaver_bus_peers"] == "4.0"
    assert told['palaver_sync_repairs_total{where="stream"}'] == "0.0"
    mark_process_dead(first, str(tmp_path))
    _, told = _run(tmp_path, 1, "alone")
    assert told["palaver_takeovers_total"] == "6.0", "what the dead have counted stays"
    assert (told["palaver_processes"], told["palaver_leases_held"]) == ("2.0", "5.0")
