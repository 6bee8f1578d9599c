"""What every store promises, one promise a test."""

from dataclasses import replace

import pytest

from bot.links import digest
from bot.store.contract import Change, Chat, Conflict, Link, Store
from flows.conversation.view import Attachment, Slot
from tests.bot.store.conftest import Clock, NewStore
from tests.bot.store.things import arrival, message, session, write

DAY = 24 * 3600.0


async def test_an_update_is_accepted_once(store: Store) -> None:
    assert [new.update for new in await store.accept([arrival(1), arrival(2), arrival(1)])] == [1, 2]
    assert await store.accept([arrival(2, text="again")]) == []
    await store.commit(Change(update=1))
    assert await store.accept([arrival(1)]) == [], "also when it is long done"
    waiting = await store.next_arrival(7)
    assert waiting is not None and waiting.arrival == arrival(2)


async def test_arrivals_of_a_chat_come_in_the_order_of_their_numbers(store: Store) -> None:
    for update in (5, 3, 9, 4):
        await store.accept([arrival(update)])
    await store.accept([arrival(1, chat=8)])
    order = []
    while (waiting := await store.next_arrival(7)) is not None:
        order.append(waiting.arrival.update)
        await store.commit(Change(update=waiting.arrival.update))
    assert order == [3, 4, 5, 9]
    assert await store.waiting_chats() == {8: 0.0}


async def test_what_was_returned_from_is_there_after_reopening(new_store: NewStore) -> None:
    first = new_store()
    await first.open()
    await first.accept([arrival(1), arrival(2)])
    await first.commit(
        Change(update=1, writes=(write(session("s", 7, age="31")),), active={7: "s"}, outgoing=(message(7, "hi"),))
    )
    await first.sent(7, [], Chat(card=12))
    await first.close()
    second = new_store()
    await second.open()
    loaded = await second.session_of(7, 7)
    assert loaded is not None and loaded.session == session("s", 7, age="31")
    assert [queued.outgoing.text for queued in await second.unsent(7)] == ["hi"]
    assert await second.chat(7) == Chat(card=12)
    waiting = await second.next_arrival(7)
    assert waiting is not None and waiting.arrival.update == 2
    await second.close()


async def test_a_commit_on_an_old_revision_changes_nothing(store: Store) -> None:
    await store.accept([arrival(1), arrival(2)])
    await store.commit(Change(writes=(write(session("s", 7)),), active={7: "s"}))
    loaded = await store.session("s")
    assert loaded is not None
    await store.commit(Change(writes=(write(session("s", 7, age="31"), loaded.revision),)))
    stale = Change(
        update=1,
        writes=(write(session("s", 7, age="99"), loaded.revision),),
        active={8: "s"},
        outgoing=(message(7, "no"),),
        links=(Link("d", "s", "x", 1.0),),
    )
    with pytest.raises(Conflict):
        await store.commit(stale)
    now = await store.session("s")
    assert now is not None and now.session["answers"] == {"age": "31"}
    assert await store.unsent(7) == []
    assert await store.session_of(8, 8) is None
    assert await store.link("d") is None
    waiting = await store.next_arrival(7)
    assert waiting is not None and waiting.arrival.update == 1


async def test_two_may_not_both_create_the_same_session(store: Store) -> None:
    await store.commit(Change(writes=(write(session("s", 7, age="1")),)))
    with pytest.raises(Conflict):
        await store.commit(Change(writes=(write(session("s", 8, age="2")),)))


async def test_deleting_a_session_takes_what_hangs_on_it_along(store: Store) -> None:
    made = session("s", 7, 8, group=-5)
    await store.commit(Change(writes=(write(made),), active={7: "s", 8: "s"}, links=(Link("d", "s", "join", 9e9),)))
    loaded = await store.session("s")
    assert loaded is not None
    await store.commit(Change(writes=(replace(write(made, loaded.revision), session=None),)))
    assert await store.session("s") is None
    assert [await store.session_of(7, 7), await store.session_of(8, 8), await store.session_of(7, -5)] == [None] * 3
    assert await store.sessions_with(7) == []
    assert await store.link("d") is None


async def test_who_leaves_a_session_has_it_no_more(store: Store) -> None:
    await store.commit(Change(writes=(write(session("s", 7, 8)),), active={7: "s", 8: "s"}))
    await store.commit(Change(writes=(write(session("s", 8), 1),)))
    assert await store.session_of(7, 7) is None
    assert await store.sessions_with(7) == []
    assert len(await store.sessions_with(8)) == 1


async def test_the_outbox_keeps_its_order_and_its_contents(store: Store) -> None:
    file = Attachment("dates.ics", "text/calendar", bytes(range(256)))
    first = replace(message(7, "one"), attachment=file, below=True, pressed=4, query="q", open_url="https://t.me/x")
    await store.commit(Change(outgoing=(first, message(8, "other"))))
    await store.commit(Change(outgoing=(message(7, "two", Slot.CARD),)))
    queued = await store.unsent(7)
    assert [each.outgoing for each in queued] == [first, message(7, "two", Slot.CARD)]
    assert set(await store.unsent_chats()) == {7, 8}
    await store.sent(7, [queued[0].id])
    assert [each.outgoing.text for each in await store.unsent(7)] == ["two"]


async def test_a_postponed_arrival_and_message_wait_for_their_time(store: Store, clock: Clock) -> None:
    await store.accept([arrival(1), arrival(2)])
    await store.postpone(1, 10)
    await store.commit(Change(outgoing=(message(7, "one"),)))
    await store.retry((await store.unsent(7))[0].id, 30)
    waiting = await store.next_arrival(7)
    assert waiting is not None and (waiting.arrival.update, waiting.tries, waiting.ready_in) == (1, 1, 10), (
        "order is kept"
    )
    assert await store.waiting_chats() == {7: 10}
    assert await store.unsent_chats() == {7: 30}
    clock.now += 31
    assert await store.waiting_chats() == {7: 0}
    (queued,) = await store.unsent(7)
    assert (queued.tries, queued.ready_in) == (1, 0)


async def test_what_is_set_aside_holds_up_nobody(store: Store) -> None:
    await store.accept([arrival(1), arrival(2)])
    await store.set_aside(1, [message(7, "sorry")])
    waiting = await store.next_arrival(7)
    assert waiting is not None and waiting.arrival.update == 2
    assert [queued.outgoing.text for queued in await store.unsent(7)] == ["sorry"]
    counts = await store.counts()
    assert (counts.inbox, counts.outbox, counts.aside) == (1, 1, 1)
    assert await store.accept([arrival(1)]) == []


async def test_forgetting_removes_everything_but_the_farewell(store: Store) -> None:
    await store.accept([arrival(1, chat=-5, user=7), arrival(2), arrival(3, chat=8), arrival(4)])
    await store.commit(
        Change(writes=(write(session("mine", 7)), write(session("ours", 7, 8, group=-5))), active={7: "mine"})
    )
    await store.commit(
        Change(outgoing=(message(7, "old"), message(8, "for another")), links=(Link("d", "ours", "x", 9e9, user=7),))
    )
    await store.set_aside(1)
    await store.sent(7, [], Chat(card=4))
    gone = replace(write(session("mine", 7), 1), session=None)
    await store.commit(
        Change(
            update=2, writes=(gone, write(session("ours", 8, group=-5), 1)), outgoing=(message(7, "bye"),), forget=(7,)
        )
    )
    found = await store.export(7)
    assert found["sessions"] == [] and found["links"] == []
    assert await store.chat(7) == Chat()
    assert [each.text for each in found["messages"]] == ["bye"]
    assert [each.update for each in found["updates"]] == [4], "what was written after the wish is a new beginning"
    assert len(await store.unsent(8)) == 1
    other = await store.next_arrival(8)
    assert other is not None and other.arrival.update == 3


async def test_a_chat_is_forgotten_but_not_a_groups_session(store: Store) -> None:
    await store.commit(Change(writes=(write(session("g", 7, group=-5)),)))
    for chat in (7, -5):
        await store.sent(chat, [], Chat(card=4))
        await store.sent(chat, [], Chat())
    assert await store.chat(7) == Chat()
    assert await store.session_of(7, -5) is not None


async def test_a_group_that_moves_takes_everything_along(store: Store) -> None:
    await store.accept([arrival(1, chat=-5, user=7), arrival(2, chat=-5, user=7)])
    await store.commit(
        Change(writes=(write(session("g", 7, group=-5)),), outgoing=(message(-5, "board"),), topics={-5: 3})
    )
    await store.sent(-5, [], Chat(board=11, thread=3))
    moved = Change(update=1, moved={-5: -1005}, writes=(write(session("g", 7, group=-1005), 1),))
    await store.commit(moved)
    loaded = await store.session_of(7, -1005)
    assert loaded is not None and loaded.session["id"] == "g"
    assert await store.session_of(7, -5) is None
    assert [queued.outgoing for queued in await store.unsent(-1005)] == [message(-1005, "board")]
    assert await store.unsent(-5) == []
    assert await store.chat(-1005) == Chat(thread=3), "message ids of the old chat mean nothing in the new one"
    waiting = await store.next_arrival(-1005)
    assert waiting is not None and waiting.arrival == arrival(2, chat=-1005, user=7)


async def test_links_are_found_by_their_digest_and_remember_who_used_them(store: Store) -> None:
    link = Link(digest("token"), "s", "join:p2", 9e9, user=None, maker=7)
    await store.commit(Change(writes=(write(session("s", 7)),), links=(link,)))
    assert await store.link(digest("token")) == link
    assert await store.link(digest("another")) is None
    await store.commit(Change(used={link.digest: 8}))
    assert await store.link(link.digest) == replace(link, used_by=8)


async def test_purge_takes_what_is_old_and_leaves_the_rest(store: Store, clock: Clock) -> None:
    await store.accept([arrival(1), arrival(2), arrival(3)])
    await store.commit(Change(update=1, writes=(write(session("old", 7)),), active={7: "old"}))
    await store.set_aside(2)
    await store.sent(7, [], Chat(card=3))
    await store.commit(Change(links=(Link("d", "old", "x", clock.now + DAY),)))
    clock.now += 10 * DAY
    await store.commit(Change(writes=(write(session("new", 8)),), active={8: "new"}))
    assert await store.purge(sessions_older_than=9 * DAY, updates_older_than=9 * DAY) == 1
    assert await store.session("old") is None and await store.session_of(7, 7) is None
    assert await store.session("new") is not None
    assert await store.chat(7) == Chat()
    assert await store.link("d") is None
    assert (await store.counts()).aside == 0
    waiting = await store.next_arrival(7)
    assert waiting is not None and waiting.arrival.update == 3, "what still waits is never purged"


async def test_a_name_has_one_holder_at_a_time(store: Store) -> None:
    async with store.hold("in:7") as mine, store.hold("in:7") as second, store.hold("in:8") as other:
        assert (mine, second, other) == (True, False, True)
    async with store.hold("in:7") as again:
        assert again


async def test_numbers_beyond_the_database_fail_alone(store: Store) -> None:
    """An impossible piece of work must not drag down those that share its commit."""
    import asyncio

    good, bad = await asyncio.gather(store.accept([arrival(1)]), store.accept([arrival(2**70)]), return_exceptions=True)
    assert not isinstance(good, BaseException) and [each.update for each in good] == [1]
    assert isinstance(bad, Exception)
