"""One campaign: people write to a bot whose process, database and Telegram fail at random; then everything is counted."""

import asyncio
import random
from dataclasses import dataclass, field, fields
from pathlib import Path

from bot.local_api import LocalApi, acting
from bot.local_api.faults import Fault, FaultKind
from bot.store.contract import Store
from bot.store.postgres.store import PostgresStore
from bot.store.sqlite.store import SqliteStore
from tests.bot.telegram.conftest import STANDIN
from tests.faults.machine import Machine
from tests.kit.balancer import Balancer
from tests.kit.fixtures import make_api
from tests.kit.people import Place, PlayedWorld
from tests.kit.postgres import Cluster
from tests.kit.process import BotProcess, free_port

KINDS = ("sqlite by polling", "sqlite by webhook", "two on postgresql")
PEOPLE = 5
END_WITHIN = 180.0  # seconds until everything has to have arrived after the last fault
_OUTAGES = (FaultKind.SERVER_ERROR, FaultKind.BAD_GATEWAY, FaultKind.RESET, FaultKind.LOST_ANSWER)
_FURTHEST = 3 * 3600  # seconds that a clock is set wrong by
_METHODS = ("sendMessage", "editMessageText", "deleteMessage", "getUpdates", "*")


@dataclass(frozen=True)
class Bot:
    """A bot's process and what it runs on."""

    process: BotProcess
    machine: Machine


@dataclass
class Counts:
    """What was done, and what came of it. ``lost``: words never confirmed; ``wrong``: people whose stored words are not
    those they wrote, each once and in order, or who were not reminded of each once; ``disordered``: people who saw
    confirmations in another order; ``unreminded``: reminders that never came."""

    kills: int = 0
    stops: int = 0
    database_restarts: int = 0
    full_disks: int = 0
    clock_leaps: int = 0
    outages: int = 0
    silences: int = 0
    updates: int = 0
    lost: int = 0
    wrong: int = 0
    disordered: int = 0
    unreminded: int = 0
    aside: int = 0
    repeated: int = 0
    problems: list[str] = field(default_factory=list)

    @property
    def faultless(self) -> bool:
        """Nothing lost, wrong, out of order, set aside or refused by the Bot API server; repeated replies are allowed."""
        return not (self.lost or self.wrong or self.disordered or self.unreminded or self.aside or self.problems)

    def __str__(self) -> str:
        return ", ".join(f"{each.name.replace('_', ' ')} {getattr(self, each.name)}" for each in fields(self))


async def campaign(kind: str, faults: int, folder: Path, seed: int) -> Counts:
    """So many rounds, each with a word of everybody and a fault; then the count."""
    cluster = Cluster(durable=True) if kind == "two on postgresql" else None
    try:
        async with make_api() as api:
            if cluster is None:
                mode = kind.rpartition(" ")[2]
                machine = Machine(folder, 0)
                places = [Bot(_process(api, folder, mode, **machine.environment), machine)]
                return await _run(api, places, SqliteStore(folder / "store.sqlite"), None, faults, seed)
            place = cluster.new_place()
            ports = [free_port(), free_port()]
            async with Balancer([f"http://127.0.0.1:{port}" for port in ports]) as balancer:
                given = {"DATABASE_URL": place, "IEC_TOGETHER_WEBHOOK_URL": balancer.address}
                places = []
                for number, port in enumerate(ports):
                    machine = Machine(folder, number)
                    own = {"IEC_TOGETHER_WEBHOOK_LISTEN": f"127.0.0.1:{port}", **machine.environment}
                    places.append(Bot(_process(api, folder, "webhook", **given, **own), machine))
                return await _run(api, places, PostgresStore(place), cluster, faults, seed)
    finally:
        if cluster is not None:
            cluster.remove()


def _process(api: LocalApi, folder: Path, mode: str, **environment: str) -> BotProcess:
    command = (*STANDIN, "diary", "unlimited")
    return BotProcess(api, folder, mode, command, IEC_TOGETHER_SENDS_PER_SECOND="1000", **environment)


async def _run(api: LocalApi, bots: list[Bot], store: Store, cluster: Cluster | None, faults: int, seed: int) -> Counts:
    chance, counts, world = random.Random(seed), Counts(), PlayedWorld(api)
    try:
        for bot in bots:
            await bot.process.start()
        people = [world.private(f"Person{number}") for number in range(PEOPLE)]
        words: dict[int, list[str]] = {person.user.id: [] for person in people}
        for number in range(faults):
            for person in people:
                said = f"{person.name}-{number}!"
                acting.say(api.world, person.user.id, person.chat.id, said)
                words[person.user.id].append(said)
                counts.updates += 1
            if chance.random() < 0.5:
                api.faults.order(Fault(chance.choice(_OUTAGES), chance.choice(_METHODS), after=chance.randrange(4)))
                counts.outages += 1
            if chance.random() < 0.05:
                api.faults.order(Fault(FaultKind.TOO_MANY, "sendMessage", seconds=1))
                counts.silences += 1
            await asyncio.sleep(chance.random() ** 2 * 0.5)
            await _break(chance, counts, bots, cluster)
        for bot in bots:
            bot.machine.set_clock(_FURTHEST)  # whatever was to happen at any of the times told has its time now
        await _arrived(world, people, words)
        _look(people, words, counts)
        for bot in bots:
            await bot.process.stop()
        await _look_into(store, words, counts)
        counts.problems = list(api.problems)
    finally:
        for bot in bots:
            await bot.process.kill()
            bot.process.close()
    return counts


async def _break(chance: random.Random, counts: Counts, bots: list[Bot], cluster: Cluster | None) -> None:
    """End a process, mostly without warning, and start it again; now and then the database too. Or set its clock, or fill
    its disk, while it runs."""
    bot = chance.choice(bots)
    if bot.machine.has_clock and chance.random() < 0.2:
        bot.machine.set_clock(chance.randrange(-_FURTHEST, _FURTHEST))
        counts.clock_leaps += 1
    if cluster is None and chance.random() < 0.15:
        await bot.machine.fill_disk(bot.process, chance.random())
        counts.full_disks += 1
    if cluster is not None and chance.random() < 0.15:
        await asyncio.to_thread(cluster.stop, "immediate")
        await asyncio.to_thread(cluster.start)
        counts.database_restarts += 1
        return
    if chance.random() < 0.2:
        await bot.process.stop()
        counts.stops += 1
    else:
        await bot.process.kill()
        counts.kills += 1
    await bot.process.start()


async def _arrived(world: PlayedWorld, people: list[Place], words: dict[int, list[str]]) -> None:
    """Wait for the last state of everybody; what is missing then is counted."""
    try:
        for person in people:
            last = f"written: {len(words[person.user.id])}"
            await world.until(
                lambda who=person, last=last: (
                    any(message.text == last for message in who.from_bot())
                    and set(words[who.user.id]) <= {message.text for message in who.from_bot()}
                    and reminders_of(words[who.user.id]) <= {message.text for message in who.from_bot()}
                ),
                f"everything for {person.name}",
                END_WITHIN,
            )
    except (TimeoutError, AssertionError):
        return


def reminders_of(words: list[str]) -> set[str]:
    """What reminds of these words."""
    return {f"reminded of {word}" for word in words}


def _look(people: list[Place], words: dict[int, list[str]], counts: Counts) -> None:
    for person in people:
        wanted = words[person.user.id]
        seen = [message.text for message in person.from_bot() if not message.text.startswith("written")]
        first = [text for text in dict.fromkeys(seen) if text in set(wanted)]
        counts.lost += len(set(wanted) - set(first))
        counts.unreminded += len(reminders_of(wanted) - set(seen))
        counts.repeated += len(seen) - len(set(seen))
        counts.disordered += first != [word for word in wanted if word in set(first)]


async def _look_into(store: Store, words: dict[int, list[str]], counts: Counts) -> None:
    await store.open()
    for user, wanted in words.items():
        loaded = await store.session_of(user, user)
        answers = loaded.session["answers"] if loaded else {}
        reminded = answers.get(f"reminded:p{user}", [])
        counts.wrong += answers.get(f"diary:p{user}") != wanted or sorted(reminded) != sorted(wanted)
    counts.aside = (await store.counts()).aside
    await store.close()
