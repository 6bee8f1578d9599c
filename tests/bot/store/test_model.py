"""A store and a plain model of it, driven through the same random steps, must never tell different stories.

Among the steps: redelivered updates, stale writes, members who leave or are woken, forgetting, a restart without a
goodbye.
"""

import asyncio
import shutil
import tempfile
from collections.abc import Coroutine
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from bot.store.contract import Change, Conflict
from bot.store.seal import Seal
from bot.store.waking import AGAIN
from tests.bot.store.conftest import KINDS, STORES, Clock
from tests.bot.store.things import arrival, message, session, write

T = TypeVar("T")
USERS = st.integers(1, 4)
CHATS = st.one_of(USERS, st.sampled_from([-1, -2]))
NAMES = st.sampled_from(["a", "b", "c"])


class StoreAgainstModel(RuleBasedStateMachine):
    kind = "sqlite"

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.place = Path(tempfile.mkdtemp(prefix="store-model-"))
        self.clock = Clock()
        self.store = self._opened()
        self.waiting: dict[int, tuple[int, int]] = {}  # update: chat, user
        self.seen: set[int] = set()
        self.sessions: dict[str, tuple[Any, int]] = {}  # name: session, revision
        self.active: dict[int, str] = {}
        self.moments: dict[tuple[int, str], float] = {}  # when a member of a session is to be woken
        self.taken: set[tuple[tuple[int, str], float]] = set()
        self.outbox: list[tuple[int, str]] = []
        self.count = 0

    def _opened(self) -> Any:
        store = STORES[self.kind](self.place, Seal(), self.clock)
        self.run(store.open())
        return store

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.loop.run_until_complete(work)

    def teardown(self) -> None:
        self.run(self.store.close())
        self.loop.close()
        shutil.rmtree(self.place)

    @rule(updates=st.lists(st.tuples(st.integers(1, 30), CHATS, USERS), max_size=4))
    def accept(self, updates: list[tuple[int, int, int]]) -> None:
        arrivals = [arrival(update, chat, chat if chat > 0 else user) for update, chat, user in updates]
        new = self.run(self.store.accept(arrivals))
        expected = []
        for each in arrivals:
            if each.update not in self.seen:
                self.seen.add(each.update)
                self.waiting[each.update] = (each.chat, each.user)
                expected.append(each)
        assert new == expected

    @rule(
        name=NAMES,
        members=st.frozensets(USERS, max_size=3),
        group=st.sampled_from([None, -1, -2]),
        stale=st.booleans(),
        alone=st.booleans(),
        reminded=st.frozensets(USERS, max_size=2),
    )
    def handle(
        self,
        name: str,
        members: frozenset[int],
        group: int | None,
        stale: bool,
        alone: bool,
        reminded: frozenset[int],
    ) -> None:
        """Handle the first waiting update, if any, as a turn that writes a session and says something."""
        self.count += 1
        update = min(self.waiting, default=None)
        known = self.sessions.get(name)
        alone = alone and known is not None
        if known is not None and alone:
            members, group = frozenset(int(user) for user in known[0]["members"]), known[0].get("group")
        revision = (known[1] if known else 0) + (7 if stale else 0)
        made = session(name, *sorted(members), group=group, count=str(self.count))
        for user in members & reminded:
            made["members"][str(user)]["reminders"] = {"zone": "UTC", "due": {}, "wake": float(self.count)}
        if known is not None and alone:
            made["members"] = known[0]["members"]
        chat = min(members, default=1)
        change = Change(
            update=update,
            writes=(replace(write(made, revision), alone=alone),),
            active={chat: name} if chat in members else {},
            outgoing=(message(chat, str(self.count)),),
        )
        if stale:
            with pytest.raises(Conflict):
                self.run(self.store.commit(change))
            return
        self.run(self.store.commit(change))
        self.waiting.pop(update, None)
        self._write(name, made, revision + 1, alone=alone)
        if chat in members:
            self.active[chat] = name
        self.outbox.append((chat, str(self.count)))

    @rule(now=st.integers(0, 40))
    def wake(self, now: int) -> None:
        """A moment that was taken is not taken again, though its session be written once more with it."""
        due = {who: moment for who, moment in self.moments.items() if moment <= now}
        woken = self.run(self.store.wake(float(now)))
        assert {(each.user, each.session) for each in woken} == {who for who, _ in due.items() - self.taken}
        self.taken |= due.items()
        for each in woken:
            self.seen.add(each.update)
            self.waiting[each.update] = (each.chat, each.user)
        self.moments |= dict.fromkeys(due, now + AGAIN)

    @rule(name=NAMES)
    def end(self, name: str) -> None:
        if name in self.sessions:
            made, revision = self.sessions.pop(name)
            self.run(self.store.commit(Change(writes=(type(write(made))(name, revision, None),))))
            self.active = {user: active for user, active in self.active.items() if active != name}
            self.moments = {who: moment for who, moment in self.moments.items() if who[1] != name}

    @rule(user=USERS)
    def forget(self, user: int) -> None:
        update = min(self.waiting, default=None)
        writes = []
        for name, (made, revision) in list(self.sessions.items()):
            if str(user) in made["members"]:
                left = {**made, "members": {key: who for key, who in made["members"].items() if key != str(user)}}
                writes.append(write(left, revision))
                self._write(name, left, revision + 1)
        self.run(self.store.commit(Change(update=update, writes=tuple(writes), forget=(user,))))
        if update is not None:
            self.waiting.pop(update)
            self.waiting = {u: who for u, who in self.waiting.items() if not (who[1] == user and u <= update)}
        self.active.pop(user, None)
        self.outbox = [(chat, text) for chat, text in self.outbox if chat != user]

    @rule(chat=USERS, how_many=st.integers(1, 3))
    def send(self, chat: int, how_many: int) -> None:
        unsent = self.run(self.store.unsent(chat))[:how_many]
        self.run(self.store.sent(chat, [queued.id for queued in unsent]))
        for queued in unsent:
            self.outbox.remove((chat, queued.outgoing.text))

    @rule()
    def reopen(self) -> None:
        self.run(self.store.close())
        self.store = self._opened()

    @rule()
    def lose_power(self) -> None:
        """Copy what is on disk as it is, without closing anything, and go on with the copy."""
        copy = Path(tempfile.mkdtemp(prefix="store-model-"))
        for file in self.place.iterdir():
            shutil.copy(file, copy)
        self.run(self.store.close())
        shutil.rmtree(self.place)
        self.place = copy
        self.store = self._opened()

    @invariant()
    def tells_the_same_story(self) -> None:
        for chat in (1, 2, 3, 4, -1, -2):
            mine = [update for update, (where, _) in self.waiting.items() if where == chat]
            found = self.run(self.store.next_arrival(chat))
            assert (found.arrival.update if found else None) == min(mine, default=None)
            texts = [text for where, text in self.outbox if where == chat]
            assert [queued.outgoing.text for queued in self.run(self.store.unsent(chat))] == texts
        assert set(self.run(self.store.waiting_chats())) == {chat for chat, _ in self.waiting.values()}
        for name in ("a", "b", "c"):
            loaded = self.run(self.store.session(name))
            assert (loaded.session, loaded.revision) == self.sessions[name] if loaded else name not in self.sessions
        for user in (1, 2, 3, 4):
            loaded = self.run(self.store.session_of(user, user))
            assert (loaded.session["id"] if loaded else None) == self.active.get(user)
            mine_too = {name for name, (made, _) in self.sessions.items() if str(user) in made["members"]}
            assert {each.session["id"] for each in self.run(self.store.sessions_with(user))} == mine_too
        assert self.run(self.store.counts()).inbox == len(self.waiting)

    def _write(self, name: str, made: Any, revision: int, alone: bool = False) -> None:
        self.sessions[name] = (made, revision)
        members = {int(user) for user in made["members"]}
        self.active = {user: active for user, active in self.active.items() if active != name or user in members}
        if alone:
            return
        self.moments = {who: moment for who, moment in self.moments.items() if who[1] != name}
        for user in members:
            reminders = made["members"][str(user)].get("reminders")
            if reminders:
                self.moments[user, name] = reminders["wake"]


@pytest.mark.parametrize("kind", KINDS)
def test_the_store_is_its_model(kind: str) -> None:
    machine = type("Machine", (StoreAgainstModel,), {"kind": kind})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=40, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
