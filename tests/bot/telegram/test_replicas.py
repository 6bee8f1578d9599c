"""Two bots on one database behind a load balancer: each update once, replies in order, also when one of them dies."""

import asyncio
import random

from bot.local_api import LocalApi, acting
from bot.store.postgres.store import PostgresStore
from tests.bot.telegram.test_faults import DIARY, all_there
from tests.kit.balancer import Balancer
from tests.kit.fixtures import StartBot
from tests.kit.people import PlayedWorld
from tests.kit.postgres import cluster, needs_postgres
from tests.kit.process import BotProcess, free_port

WORDS = 12


@needs_postgres
async def test_one_of_two_is_killed_and_nothing_is_lost_or_doubled(
    local_api: LocalApi, world: PlayedWorld, bot_process: StartBot
) -> None:
    address, chance = cluster().new_place(), random.Random(7)
    ports = [free_port(), free_port()]
    async with Balancer([f"http://127.0.0.1:{port}" for port in ports]) as balancer:
        bots: list[BotProcess] = []
        for port in ports:
            options = {
                "DATABASE_URL": address,
                "IEC_TOGETHER_WEBHOOK_URL": balancer.address,
                "IEC_TOGETHER_WEBHOOK_LISTEN": f"127.0.0.1:{port}",
                "IEC_TOGETHER_SENDS_PER_SECOND": "1000",
            }
            bots.append(await bot_process(local_api, "webhook", command=(*DIARY, "unlimited"), **options))
        people = [world.private(f"Person{number}") for number in range(6)]
        words = {person.user.id: [f"{person.name}-{number}" for number in range(WORDS)] for person in people}
        for number in range(WORDS):
            for person in people:
                acting.say(local_api.world, person.user.id, person.chat.id, words[person.user.id][number])
            await asyncio.sleep(chance.random() * 0.2)
            if number in (3, 7):  # in the middle of their work
                await bots[number == 7].kill()
            if number == 5:
                await bots[0].start(ready=False)
                await world.until(lambda: _serves(bots[0]), "the first bot being back")
        for person in people:
            await world.until(
                lambda who=person: all_there(who, words[who.user.id]), f"everything for {person.name}", 60
            )
    assert all(balancer.served.values()), "both had their share"
    store = PostgresStore(address)
    await store.open()
    for person in people:
        user = person.user.id
        loaded = await store.session_of(user, user)
        assert loaded is not None
        assert loaded.session["answers"][f"diary:p{user}"] == words[user], "each word exactly once, in order"
    assert await store.waiting_chats() == {} and (await store.counts()).aside == 0
    await store.close()


def _serves(bot: BotProcess) -> bool:
    return bot.log().count('"started"') > 1 or bot.log().count("started") > 1
