"""Telling people of changed answers: exactly those whom the content changed something for, once, whatever happens."""

import asyncio
import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.assembly import Conversation
from bot.notifying import Notifier
from bot.render.render import render_plain
from bot.store.contract import Change, Store, Write
from bot.store.sqlite.store import SqliteStore
from flows.content import Content, load_content
from flows.conversation.event import EventKind
from flows.conversation.session import Session
from flows.conversation.step import step
from flows.facts.content import CONTENT_ROOT
from tests.bot.mortal import Mortal, StepTaken, died
from tests.bot.store.conftest import NewStore, clock, new_store  # noqa: F401
from tests.bot.store.things import write
from tests.conversation.talk import ANA, TODAY, Talk, content

IRISH = ("/start", "Just me", "2 April 1996", "irish", "No, all new", "None of these", "/notify")
FRENCH = ("/start", "Just me", "2 April 1996", "french", "No, all new", "None of these", "/notify")
TOO_OLD = ("/start", "Just me", "2 April 1988", "irish", "No, all new", "None of these", "/notify")
IRELAND = Path("countries/ie.yaml")


@pytest.fixture
def changed(tmp_path: Path) -> Callable[..., Content]:
    """The content with words in one of its files replaced by others."""

    def change(file: Path | str, *pairs: tuple[str, str]) -> Content:
        root = tmp_path / "content"
        if not root.exists():
            shutil.copytree(CONTENT_ROOT, root)
        text = (root / file).read_text()
        for old, new in pairs:
            assert old in text
            text = text.replace(old, new)
        (root / file).write_text(text)
        return load_content(root)

    return change


def session_of(user: int, words: tuple[str, ...], name: str = "") -> Session:
    """What such a conversation leaves in the store."""
    talk = Talk().say(*words)
    member = talk.session["members"][str(ANA)]
    assert member.get("follows") or words[-1] != "/notify", talk.text
    return {**talk.session, "id": name or f"s{user:04}", "members": {str(user): member}}


def notifier(store: Any, content: Content, today: date = TODAY) -> Notifier:
    conversation = Conversation(step, lambda: content, partial(render_plain, words=content.words))
    now = datetime.combine(today, time(12), UTC).timestamp()
    return Notifier(store, conversation, today=today, now=now, pause=0)


async def told(store: Store, user: int) -> list[str]:
    return [queued.outgoing.text for queued in await store.unsent(user)]


@pytest.fixture
async def store(new_store: NewStore) -> Any:  # noqa: F811
    opened = new_store()
    await opened.open()
    people = {7: IRISH, 8: FRENCH, 9: IRISH[:-1], 10: TOO_OLD}
    await opened.commit(Change(writes=tuple(write(session_of(user, words)) for user, words in people.items())))
    yield opened
    await opened.close()


async def test_exactly_those_whose_answer_changed_are_told_once_and_where_it_says_so(
    store: Store, changed: Callable[..., Content]
) -> None:
    older = changed(IRELAND, ("max_age: 35", "max_age: 40"))
    counts = await notifier(store, older).look(tell=False)
    assert (counts.asked, counts.changed, counts.told) == (3, 2, 0)
    assert await store.unsent_chats() == {}, "a dry run tells nobody"
    counts = await notifier(store, older).look(tell=True)
    assert (counts.changed, counts.told) == (2, 2)
    (irish,) = await told(store, 7)
    assert "1 April 2032" in irish and "1 April 2037" in irish and "https://" in irish
    assert await told(store, 8) == await told(store, 9) == [], "not the others, and not who did not ask"
    (too_old,) = await told(store, 10)
    assert "Working Holiday" in too_old
    for days in (0, 1, 400):
        again = await notifier(store, older, TODAY + timedelta(days=days)).look(tell=True)
        assert (again.changed, again.told) == (0, 0)


async def test_words_and_checks_are_no_news(store: Store, changed: Callable[..., Content]) -> None:
    changed(IRELAND, ("checked_on: 2026-02-12", "checked_on: 2026-11-20"), ("confidence: high", "confidence: medium"))
    other = changed("en/route.yaml", ("Working Holiday", "Holiday with work"))
    assert other.facts.version != content().facts.version
    assert (await notifier(store, other).look(tell=True)).changed == 0
    assert await store.unsent_chats() == {}


async def test_a_rule_that_begins_later_is_told_once_with_its_day(
    store: Store, changed: Callable[..., Content]
) -> None:
    text = (CONTENT_ROOT / IRELAND).read_text()
    version = text[text.index("  - current_as_of") :]
    later = version.replace("current_as_of: 2025-12-24", "effective_from: 2027-03-01").replace(
        "max_age: 35", "max_age: 30"
    )
    known = changed(
        IRELAND, (version, version.replace("checked_on", "effective_to: 2027-02-28\n    checked_on", 1) + later)
    )
    assert (await notifier(store, known).look(tell=True)).told == 1
    (news,) = await told(store, 7)
    assert "from 1 March 2027" in news
    for day in (TODAY, date(2027, 2, 28), date(2027, 3, 1), date(2027, 9, 1)):
        assert (await notifier(store, known, day).look(tell=True)).told == 0


@settings(max_examples=25, deadline=None)
@given(
    st.dates(date(1985, 1, 1), date(2008, 12, 31)),
    st.integers(1, 1500),
    st.sampled_from(["irish", "french", "chilean"]),
)
def test_the_passing_of_days_is_no_news(born: date, days: int, passport: str) -> None:
    words = (*IRISH[:2], f"{born.day} {born:%B %Y}", passport, *IRISH[4:])
    talk = Talk().say(*words)
    before = json.loads(json.dumps(talk.session))
    talk.today += timedelta(days=days)
    user = str(ANA)
    after, shown = _rechecked(before, talk.today)
    assert not shown
    assert after["answers"] == before["answers"] and after["members"][user]["follows"]


def _rechecked(session: Session, today: date) -> tuple[Session, list[Any]]:
    from flows.conversation.event import Event

    after, shown = step(session, Event(EventKind.RECHECKED, ANA, ANA, at=1.0), content(), today)
    return after, list(shown)


def test_a_birthday_on_the_day_a_rule_begins_is_not_the_rules_doing() -> None:
    """On 1 January 2027 a fact begins; somebody turns 18 that day, or has then lived together for a year."""
    young = (*IRISH[:2], "1 January 2009", *IRISH[3:])
    assert not _rechecked(Talk().say(*young).session, TODAY)[1]
    couple = ("/start", "My partner and I", "Ben", "Living together", "30", "36", "irish", "american", "since 1 January 2026",
              "Neither of us", "Neither of us", "/notify")  # fmt: skip
    talk = Talk().say(*couple)
    assert talk.session["members"][str(ANA)].get("follows"), talk.text
    assert not _rechecked(talk.session, TODAY)[1]


def test_who_changes_an_answer_is_told_first_what_the_content_changed(changed: Callable[..., Content]) -> None:
    older = changed(IRELAND, ("max_age: 35", "max_age: 40"))
    talk = Talk().say(*IRISH)
    from flows.conversation.event import Event

    event = Event(EventKind.TEXT, ANA, ANA, text="I am Irish and French", at=1.0)
    after, shown = step(talk.session, event, older, TODAY)
    assert any("notify.title" in [words.key for words in view.words] for view in shown if hasattr(view, "words"))
    assert not [*step(after, replace(event, kind=EventKind.RECHECKED), older, TODAY)[1]], "and not again"


async def test_two_at_once_tell_each_once(new_store: NewStore, changed: Callable[..., Content]) -> None:  # noqa: F811
    older = changed(IRELAND, ("max_age: 35", "max_age: 40"))
    first = new_store()
    await first.open()
    second = first if isinstance(first, SqliteStore) else new_store()
    if second is not first:
        await second.open()
    one = session_of(7, IRISH)
    people = [{**one, "id": f"s{user:04}", "members": {str(user): one["members"]["7"]}} for user in range(7, 27)]
    await first.commit(Change(writes=tuple(write(each) for each in people)))
    counts = await asyncio.gather(*(notifier(each, older).look(tell=True) for each in (first, second)))
    assert sum(each.told for each in counts) == 20
    assert [len(await told(first, user)) for user in range(7, 27)] == [1] * 20
    for each in {id(store): store for store in (first, second)}.values():
        await each.close()


async def test_it_is_no_touch_and_what_somebody_says_meanwhile_stands(
    store: Store, changed: Callable[..., Content]
) -> None:
    older = changed(IRELAND, ("max_age: 35", "max_age: 40"))
    commit = store.commit
    hurried = False

    async def hurry(change: Change) -> None:
        nonlocal hurried
        if not hurried:
            hurried = True
            loaded = await store.session("s0007")
            assert loaded is not None
            told_more: Any = {**loaded.session, "answers": {**loaded.session["answers"], "name:p1": "Ana"}}
            await commit(Change(writes=(Write("s0007", loaded.revision, told_more),)))
        await commit(change)

    store.commit = hurry  # type: ignore[method-assign]
    assert (await notifier(store, older).look(tell=True)).told == 2
    loaded = await store.session("s0007")
    assert loaded is not None and loaded.session["answers"]["name:p1"] == "Ana"


def test_killed_at_every_step_each_is_told_once(
    tmp_path_factory: pytest.TempPathFactory, changed: Callable[..., Content]
) -> None:
    older = changed(IRELAND, ("max_age: 35", "max_age: 40"))
    prepared = tmp_path_factory.mktemp("prepared")
    users = (7, 10)

    async def prepare(place: Path) -> None:
        store = SqliteStore(place / "store.db")
        await store.open()
        people = {7: IRISH, 8: FRENCH, 10: TOO_OLD}
        await store.commit(Change(writes=tuple(write(session_of(user, words)) for user, words in people.items())))
        await store.close()

    async def live(place: Path, step_taken: StepTaken) -> None:
        store = SqliteStore(place / "store.db", exclusive=False)
        await store.open()
        await notifier(Mortal(store, ("commit", "session", "sessions_after"), step_taken), older).look(tell=True)
        await store.close()

    async def messages(place: Path) -> dict[int, int]:
        store = SqliteStore(place / "store.db")
        await store.open()
        found = {user: len(await told(store, user)) for user in (*users, 8)}
        await store.close()
        return found

    asyncio.run(prepare(prepared))
    die_at, killed = 0, True
    while killed:
        die_at += 1
        place = tmp_path_factory.mktemp(f"step{die_at}-")
        shutil.copy(prepared / "store.db", place)
        killed = died(partial(live, place), die_at)
        assert not died(partial(live, place), None)
        assert asyncio.run(messages(place)) == {7: 1, 10: 1, 8: 0}
    assert die_at > 8
