"""The same conversation of seven updates through this bot and through others, side by side: updates a second, latency,
memory, CPU. ``python -m tests.bench.load [NAME]``, only those kinds whose name has NAME in it; 15 seconds each.

Everybody does the same: /start, three texts and three presses, each answered with one message, each press also with
answerCallbackQuery (aiogram-dialog by itself also takes old buttons away, and edits after a press). "calls" says how many
calls of the Bot API an update took, fetching apart. What they do besides is their own: the others note the answers in
memory (PTB also in a file, once a minute); this bot stores update, session and reply durably and works out nothing in its
conversation - "real step" adds what it does for people, a couple's routes and plans for every update.

The bot runs on one core, the stub Bot API with its people on another (PostgreSQL wherever there is room). "a core-second"
is updates by the CPU time of the bot's processes, which other work on the machine disturbs less than updates by the
clock. "at half" is the latency at half of the capacity just measured, people coming at random moments.
"""

import asyncio
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from time import perf_counter

from tests.bench.stub_api import StubApi
from tests.kit.oracles import AIOGRAM_PYTHON
from tests.kit.postgres import HOW, Cluster, binaries
from tests.kit.process import free_port

PEOPLE = 50
WARM_UP, SATURATED, HALF = 1.5, 5.0, 5.0  # seconds
SECRET = "a-secret-of-the-benchmark"
HERE = Path(__file__).parent
CORES = sorted(os.sched_getaffinity(0))


@dataclass
class Kind:
    """A bot to be measured: how it is started, by which way updates reach it, how many processes of it."""

    name: str
    command: Sequence[str]
    environment: dict[str, str] = field(default_factory=dict)
    webhook: bool = False
    processes: int = 1


def ours(name: str, webhook: bool, processes: int = 1, *arguments: str, **environment: str) -> Kind:
    """This project's bot."""
    command = (sys.executable, "-m", "tests.bench.peers.ours_bot", *arguments)
    given = {"IEC_TOGETHER_SENDS_PER_SECOND": "100000", "IEC_TOGETHER_LOG_LEVEL": "warning", **environment}
    return Kind(name, command, given, webhook, processes)


@dataclass(frozen=True)
class Figures:
    """What was measured; times in milliseconds, memory in MiB over all processes."""

    per_second: float
    p50: float
    p99: float
    half_p50: float
    half_p99: float
    cpu: float
    memory: float
    stub_busy: float
    calls: float


def measure(kind: Kind, folder: Path) -> Figures:
    """Run one kind."""
    return asyncio.run(_measure(kind, folder))


async def _measure(kind: Kind, folder: Path) -> Figures:
    stub = StubApi()
    address = await stub.start()
    processes: list[subprocess.Popen[bytes]] = []
    try:
        for _ in range(kind.processes):
            processes.append(_started(kind, address, stub, folder))
            stub.signed_in.clear()
            async with asyncio.timeout(30):
                await stub.signed_in.wait()
        stub.bring()
        await stub.saturate(PEOPLE, WARM_UP)
        stub.calls.clear()
        cpu, own, start = _cpu(processes), _own_cpu(), perf_counter()
        answered = await stub.saturate(PEOPLE, SATURATED)
        took = perf_counter() - start
        per_update, busy = (_cpu(processes) - cpu) / answered, (_own_cpu() - own) / took
        calls = (stub.calls.total() - stub.calls["getUpdates"]) / answered
        capacity, latencies = answered / took, list(stub.latencies)
        await stub.settle()
        await stub.saturate(PEOPLE * 20, 0)  # enough people that somebody is always free
        await stub.settle()
        await stub.pace(capacity / 2, HALF)
        await stub.settle()
        half = list(stub.latencies)
        memory = sum(_memory(process.pid) for process in processes)
    finally:
        for process in processes:
            process.kill()
            process.wait()
        await stub.stop()
    return Figures(
        capacity, *_middle_and_end(latencies), *_middle_and_end(half), per_update * 1000, memory, busy, calls
    )


def _started(kind: Kind, address: str, stub: StubApi, folder: Path) -> "subprocess.Popen[bytes]":
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("IEC_TOGETHER_")}
    environment = {
        **inherited,
        "TELEGRAM_BOT_TOKEN": "1:bench",
        "IEC_TOGETHER_API_URL": address,
        "IEC_TOGETHER_STORE": str(folder / "store.db"),
        **kind.environment,
    }
    if kind.webhook:
        port = free_port()
        url = f"http://127.0.0.1:{port}"
        environment |= {
            "IEC_TOGETHER_WEBHOOK_URL": url,
            "IEC_TOGETHER_WEBHOOK_LISTEN": f"127.0.0.1:{port}",
            "IEC_TOGETHER_WEBHOOK_SECRET": SECRET,
        }
        stub.webhooks.append(f"{url}/updates")
    command = [part.format(address=address, folder=folder) for part in kind.command]
    process = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    if len(CORES) > 1:
        os.sched_setaffinity(process.pid, set(CORES[1:2] if kind.processes == 1 else CORES[1:] or CORES))
    return process


def _cpu(processes: "Sequence[subprocess.Popen[bytes]]") -> float:
    """CPU seconds so far."""
    ticks = 0
    for process in processes:
        fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _own_cpu() -> float:
    times = os.times()
    return times.user + times.system


def _memory(pid: int) -> float:
    line = next(line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def _middle_and_end(seconds: Sequence[float]) -> tuple[float, float]:
    if len(seconds) < 2:
        return float("nan"), float("nan")
    parts = quantiles(seconds, n=100)
    return parts[49] * 1000, parts[98] * 1000


@contextmanager
def kinds() -> Iterator[list[Kind]]:
    """All that can be measured here; what cannot is said."""
    peers = HERE / "peers"
    found = [
        Kind("PTB ConversationHandler + pickle", (sys.executable, str(peers / "ptb_bot.py"), "{address}", "{folder}/p"))
    ]
    if AIOGRAM_PYTHON.exists():
        for name, file in (
            ("aiogram FSM in memory", "aiogram_bot"),
            ("aiogram-dialog in memory", "aiogram_dialog_bot"),
        ):
            found.append(Kind(name, (str(AIOGRAM_PYTHON), str(peers / f"{file}.py"), "{address}")))
    else:
        print("skipped: aiogram is not installed (tests/kit/install_oracles.sh)")
    found += [ours("ours, SQLite, polling", False), ours("ours, SQLite, webhook", True)]
    found.append(ours("ours, SQLite, polling, real step", False, 1, "real"))
    if binaries() is None:
        print(f"skipped: {HOW}")
        yield found
        return
    cluster = Cluster(durable=True)
    try:
        for count in (1, 2):
            name = f"ours, PostgreSQL, webhook x{count}"
            found.append(ours(name, True, count, DATABASE_URL=cluster.new_place()))
        yield found
    finally:
        cluster.remove()


def main(only: str = "") -> None:
    """Print the figures."""
    if len(CORES) > 1:
        os.sched_setaffinity(0, set(CORES[:1]))
    print(f"{len(CORES)} cores; load when starting: {os.getloadavg()[0]:.1f}")
    heads = ("upd/s", "a core-s", "p50 ms", "p99 ms", "half p50", "half p99", "CPU ms", "RSS MiB", "calls", "stub busy")
    print(f"{'':36}" + "".join(f"{head:>10}" for head in heads))
    with kinds() as found:
        for kind in found:
            if only not in kind.name:
                continue
            with tempfile.TemporaryDirectory(prefix="iec-bench-") as folder:
                f = measure(kind, Path(folder))
            print(
                f"{kind.name:36}{f.per_second:>10.0f}{1000 / f.cpu:>10.0f}{f.p50:>10.1f}{f.p99:>10.1f}{f.half_p50:>10.1f}"
                f"{f.half_p99:>10.1f}{f.cpu:>10.2f}{f.memory:>10.0f}{f.calls:>10.2f}{f.stub_busy:>10.0%}",
                flush=True,
            )


if __name__ == "__main__":
    main(*sys.argv[1:2])
