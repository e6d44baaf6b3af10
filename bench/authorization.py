"""`authorize`: what it costs to know who sends a message and whether he may, as a share of the whole send."""

import time
import uuid
from collections.abc import Callable
from contextlib import ExitStack

from bench.api import set_up
from bench.cluster import Cluster, make_chats
from bench.figures import Bar, Report, percentile
from bench.processes import CpuMeter, palaver, worker
from bench.sending import BODY, CONNECTIONS, message_path
from palaver.auth.authenticate import Authenticator
from palaver.auth.policy import Authorizer, ChatResource
from palaver.auth.tokens import SESSION_HEADER, find_token
from palaver.database import Database
from palaver.settings import Settings


async def authorize(cluster: Cluster, *, quick: bool) -> Report:
    """Time of a decision; time of authentication and decision together against the server's CPU time for a send."""
    seconds, pool, times = (3, 9_000, 20_000) if quick else (8, 25_000, 100_000)
    report = Report("authorize: who sends, and may he")
    url = await cluster.new_database("authorize")
    with ExitStack() as stack:
        port, pid = stack.enter_context(palaver(url, cluster.directory, role="api", pool_size=CONNECTIONS))
        account = set_up(port)
        senders = stack.enter_context(worker("bench.senders"))
        job = {"port": port, "token": account.token, "body": BODY, "connections": CONNECTIONS, "seconds": seconds}
        cpu = 0.0
        for _ in range(2):  # the first round warms up
            chats = await make_chats(url, account.owner, chats=pool, messages=2)
            meter = CpuMeter(pid)
            answer = senders.ask({**job, "paths": [message_path(chat) for chat in chats]})
            cpu = meter.seconds()[0] / len(answer["milliseconds"]) * 1e6
    database = Database(url, pool_size=2)
    authenticator, authorizer = Authenticator(Settings(database_url=url), database), Authorizer()
    headers = {"host": f"127.0.0.1:{port}", "content-type": "application/json", SESSION_HEADER: account.token}
    actor = await authenticator.authenticate(find_token(headers, b""))
    owner = account.owner
    shares = {str(uuid.uuid4()): "read" for _ in range(3)}

    def decide() -> None:
        # A new resource each time, as each request makes its own.
        resource = ChatResource(owner.organization_id, owner.user_id, shares, {}, chats[0], chats[0])
        assert authorizer.allowed(actor, "chat:update", resource)

    async def identify() -> None:
        await authenticator.authenticate(find_token(headers, b""))

    decisions = _microseconds(decide, times)
    identities = []
    for _ in range(times):
        began = time.perf_counter_ns()
        await identify()
        identities.append((time.perf_counter_ns() - began) / 1000)
    await database.close()
    both = percentile(decisions, 0.5) + percentile(identities, 0.5)
    report.add("authorize: p50", percentile(decisions, 0.5), "us", Bar("<=", 20))
    report.add("authorize: p99", percentile(decisions, 0.99), "us")
    report.add("authenticate: p50", percentile(identities, 0.5), "us")
    report.add("server's CPU for a send", cpu, "us")
    report.add("authentication and authorization of it", 100 * both / cpu, "%", Bar("<=", 10))
    report.notes.append(f"{times} calls each, in a process of their own; the send's CPU is that of the server process.")
    return report


def _microseconds(call: Callable[[], None], times: int) -> list[float]:
    taken = []
    for _ in range(times):
        began = time.perf_counter_ns()
        call()
        taken.append((time.perf_counter_ns() - began) / 1000)
    return taken
