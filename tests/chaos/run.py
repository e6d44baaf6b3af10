"""One run: a fleet, its users, the faults, the healing, the judgement."""

import asyncio
import random
import tempfile
import time
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from tests.chaos import journal
from tests.chaos.api import Api
from tests.chaos.checker import Evidence, check
from tests.chaos.clients import Client
from tests.chaos.course import Course, Made
from tests.chaos.fleet import Fleet, Pace, Replica, role_of
from tests.chaos.ledger import Ledger
from tests.chaos.plan import BusKind, Fault, make_plan
from tests.chaos.settling import converge, settle
from tests.chaos.viewers import View, Viewer
from tests.chaos.violations import Violation

ANSWER_SECONDS = 60.0
"""How long the requests under way may take once all is healed."""
PASSWORD = "Nine-Broken-Herons-42"


@dataclass(frozen=True, slots=True)
class Size:
    """How much goes on."""

    clients: int = 16
    chats: int = 48
    viewers: int = 32
    replicas: int = 3


@dataclass(slots=True)
class Outcome:
    """What a run found."""

    evidence: Evidence
    violations: list[Violation]
    course: Course
    settled_seconds: float


@dataclass(slots=True)
class Run:
    """A run to be made once. `directory` takes the logs and the timeline; it must exist."""

    seed: str
    seconds: float
    bus: BusKind
    directory: Path
    size: Size = field(default_factory=Size)
    pace: Pace = field(default_factory=Pace)
    settings: dict[str, str] = field(default_factory=dict)
    """Further settings of the replicas."""
    _fleet: Fleet = field(init=False)
    _began: float = field(init=False, default=0.0)
    _course: Course = field(init=False)

    async def make(self) -> Outcome:
        """Run it to its verdict. Raises whatever keeps the fleet from starting."""
        with tempfile.TemporaryDirectory(prefix="palaver-chaos-", ignore_cleanup_errors=True) as name:
            directory = Path(name)
            # The database server may run as another user; what is inside is closed to everybody but that one.
            directory.chmod(0o711)  # noqa: ASYNC240 - one call, before anything runs
            self._course = Course(tuple(role_of(number) for number in range(self.size.replicas)), time.time())
            self._fleet = Fleet(directory, self.directory, self.bus, self.pace, self.size.replicas, self.settings)
            try:
                await self._fleet.start()
                return await self._make()
            finally:
                await self._fleet.stop()

    async def _make(self) -> Outcome:
        ledger, views = Ledger(), list[View]()
        ports = [replica.port for replica in self._fleet.replicas]
        token, organization_id = await set_up(ports[0])
        async with AsyncExitStack() as stack:
            http = await stack.enter_async_context(httpx.AsyncClient(limits=httpx.Limits(max_connections=200)))
            give_up, stopping = asyncio.Event(), asyncio.Event()

            def api(name: str) -> Api:
                rng = random.Random(f"{self.seed}:api:{name}")
                return Api(http, ports, token, ledger, rng, give_up)

            self._began, self._course.began = time.monotonic(), time.time()
            self._say(f"seed {self.seed}, bus {self.bus}, {self.seconds:.0f} s")
            clients = [
                Client(
                    number,
                    api(str(number)),
                    ledger,
                    random.Random(f"{self.seed}:client:{number}"),
                    organization_id,
                    self.size.chats,
                    self.pace.lease_seconds,
                )
                for number in range(self.size.clients)
            ]
            work = [asyncio.create_task(client.run(stopping)) for client in clients]
            watching = asyncio.create_task(self._watch(ledger, views, ports, token))
            try:
                await self._break_things()
                self._say("all is healed")
                stopping.set()
                _, late = await asyncio.wait(work, timeout=ANSWER_SECONDS)
                if late:
                    give_up.set()
                await asyncio.gather(*work)
                healed_at = time.monotonic()
                url = self._fleet.postgres.url
                await settle(url, api("settling"), ledger, patience=5 * self.pace.lease_seconds)
                settled_seconds = time.monotonic() - healed_at
                self._say("the chats are at rest")
                await converge(url, views, patience=2 * self.pace.poll_seconds + 10)
            finally:
                for task in (*work, watching):
                    task.cancel()
                await asyncio.gather(*work, watching, return_exceptions=True)
        evidence = Evidence(ledger, await journal.read_tables(url), views, self.pace.lease_seconds, self._course)
        violations = check(evidence)
        for violation in violations:
            self._say(f"VIOLATION {violation}")
        return Outcome(evidence, violations, self._course, settled_seconds)

    def _say(self, text: str) -> None:
        """A line of the timeline: seconds since the beginning, and the wall clock for the servers' logs."""
        clock = time.strftime("%H:%M:%S", time.gmtime())
        with (self.directory / "timeline.log").open("a") as file:
            file.write(f"{time.monotonic() - self._began:8.2f}  {clock}  {text}\n")

    async def _watch(self, ledger: Ledger, views: list[View], ports: list[int], token: str) -> None:
        """Give new chats their viewers, two to every other chat."""
        rng = random.Random(f"{self.seed}:viewers")
        watched = set[str]()
        async with asyncio.TaskGroup() as group:
            while True:
                for chat_id in ledger.chats.keys() - watched:
                    watched.add(chat_id)
                    for _ in range(rng.choice((1, 1, 2))):
                        if len(views) < self.size.viewers:
                            view = View(chat_id)
                            views.append(view)
                            own = random.Random(f"{self.seed}:viewer:{len(views)}")
                            group.create_task(Viewer(view, own, ports, token).run())
                await asyncio.sleep(0.1)

    # ---- faults ----

    async def _break_things(self) -> None:
        plan = make_plan(
            self.seed,
            seconds=self.seconds,
            replicas=self.size.replicas,
            bus=self.bus,
            lease_seconds=self.pace.lease_seconds,
        )
        self._course.planned = len(plan)
        async with asyncio.TaskGroup() as group:
            for fault in plan:
                await asyncio.sleep(max(0.0, self._began + fault.at - time.monotonic()))
                if not self._can_take(fault):
                    self._say(f"left out, too little serves: {fault}")
                    continue
                self._say(str(fault))
                group.create_task(self._make_fault(fault))
            await asyncio.sleep(max(0.0, self._began + self.seconds - time.monotonic()))
        await self._fleet.heal()

    def _can_take(self, fault: Fault) -> bool:
        """Whether enough serves for the fault to be told from the one before: a slow machine starts slowly."""
        serving = {replica.number for replica in self._fleet.replicas if replica.serving}
        if fault.kind in ("kill", "terminate", "freeze"):
            return fault.replica in serving and len(serving) > 1
        return bool(serving) if fault.replica is None else fault.replica in serving

    async def _make_fault(self, fault: Fault) -> None:
        concerned = self._course.authors if fault.replica is None else (role_of(fault.replica),)
        made = Made(fault.kind, concerned, time.time())
        self._course.made.append(made)
        if fault.replica is None:
            await self._harm_all(fault)
        else:
            await self._harm(fault, self._fleet.replicas[fault.replica], made)
        made.until = time.time()
        self._say(f"end of {fault}")

    async def _harm_all(self, fault: Fault) -> None:
        server: Any = self._fleet.postgres
        if fault.kind == "database_restart":
            await self._fleet.postgres.crash()
        else:
            server = self._fleet.redis
            await server.stop()
        await asyncio.sleep(fault.seconds)
        await server.start()

    async def _harm(self, fault: Fault, replica: Replica, made: Made) -> None:
        match fault.kind:
            case "kill":
                await replica.kill()
                made.at = time.time()  # until then it may have taken leases
                await asyncio.sleep(fault.seconds)
                await replica.start()
            case "terminate":
                if not await replica.terminate(patience=20):
                    self._say(f"replica {replica.number} did not end on SIGTERM")
                await asyncio.sleep(fault.seconds)
                await replica.start()
            case "freeze":
                replica.freeze()
                made.at = time.time()
                await asyncio.sleep(fault.seconds)
                replica.thaw()
            case _:
                await self._harm_link(fault, replica)

    async def _harm_link(self, fault: Fault, replica: Replica) -> None:
        proxy = replica.bus if fault.kind.startswith("bus_") else replica.database
        match fault.kind:
            case "database_cut" | "bus_cut":
                proxy.refuse()
            case "database_delay":
                proxy.delay(fault.delay)
            case _:
                proxy.hold()
        await asyncio.sleep(fault.seconds)
        if fault.kind == "database_lose":
            # What was on the way is gone: each side learns of it by a reset.
            proxy.cut()
        proxy.heal()


async def set_up(port: int) -> tuple[str, str]:
    """The first user with the demo model: (token, organization id)."""
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=30) as client:

        async def post(path: str, body: dict[str, Any]) -> dict[str, Any]:
            response = await client.post(path, json=body)
            response.raise_for_status()
            decoded: dict[str, Any] = response.json()
            return decoded

        user = {"email": "chaos@example.com", "username": "chaos", "name": "Chaos", "password": PASSWORD}
        created = await post("/api/v2/users/first", user)
        login = await post("/api/v2/users/login", {"email": user["email"], "password": PASSWORD})
        client.headers["Coder-Session-Token"] = login["session_token"]
        provider = await post("/api/v2/ai/providers", {"type": "demo", "name": "demo", "base_url": "", "enabled": True})
        model = {"ai_provider_id": provider["id"], "model": "demo", "context_limit": 1_000_000, "is_default": True}
        await post("/api/experimental/chats/model-configs", {**model, "enabled": True})
    return login["session_token"], created["organization_id"]
