"""Handles one arrival: load the session, take the step, write everything it changes in one transaction.

Nothing is decided here about routes or dialogue: ``step`` is given, and so is how views are presented.
"""

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from weakref import WeakValueDictionary

from bot import links, own_words
from bot.arrival import Arrival
from bot.belonging import where_pressed
from bot.calendar_file import with_calendar
from bot.departing import is_empty, without_traces
from bot.export import export_file
from bot.moving import change_for_move
from bot.outgoing import Outgoing
from bot.pictures.orders import with_picture
from bot.presenting import Presenter
from bot.store.contract import Change, Conflict, Link, Loaded, Store, Write
from bot.store.session_json import same_around
from flows.conversation.board import PRESS_HERE
from flows.conversation.effect import Calendar, Effect, Elsewhere, Export, Forget, Picture, Plans, StartAfresh
from flows.conversation.event import Event, EventKind
from flows.conversation.plans_view import plans_view
from flows.conversation.session import Session
from flows.conversation.view import Attachment, Slot, View
from flows.message import Message

Step = Callable[[Session, Event, Any, date], tuple[Session, Sequence[View | Effect]]]


@dataclass(frozen=True, slots=True)
class Handled:
    """The messages that were queued, and whether the press (if it was one) still wants its silent answer."""

    outgoing: tuple[Outgoing, ...]
    press_unanswered: bool


@dataclass(slots=True)
class _Turn:
    """Where one arrival happens, and what it is about to change."""

    arrival: Arrival
    event: Event
    session: Session
    revision: int
    used: dict[str, int] = field(default_factory=dict)
    active: dict[int, str | None] = field(default_factory=dict)
    writes: dict[str, Write] = field(default_factory=dict)
    forget: list[int] = field(default_factory=list)
    views: list[tuple[str, View]] = field(default_factory=list)  # with the id of the session they come from

    def say(self, message: Message, attachment: Attachment | None = None) -> None:
        """Show one of our own messages to the user, in their private chat."""
        user = self.event.user
        member = self.session["members"].get(str(user))
        spoken = member["language"] if member else self.event.language
        view = View(user, Slot.MESSAGE, (message(),), attachment=attachment, language=spoken)
        self.views.append((self.session["id"], view))


class Handler:
    """Gives arrivals to ``step`` and stores what comes of it; its messages then wait in the outbox."""

    def __init__(
        self,
        store: Store,
        step: Step,
        content: Callable[[], Any],
        presenter: Presenter,
        *,
        today: Callable[[], date],
        clock: Callable[[], float] = time.time,
        new_id: Callable[[Arrival], str],
    ) -> None:
        self._store = store
        self._step = step
        self._present_content = content
        self._presenter = presenter
        self._today = today
        self._clock = clock
        self._new_id = new_id
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @property
    def _content(self) -> Any:
        return self._present_content()

    async def handle(self, arrival: Arrival) -> Handled:
        """Handle it once and for all; where someone else changed the session meanwhile, start over from what is now."""
        while True:
            turn = await self._begin(arrival)
            lock = self._locks.setdefault(turn.session["id"], asyncio.Lock())
            if lock.locked():  # wait for whoever has it, then look at what they left
                async with lock:
                    pass
                continue
            async with lock:
                try:
                    return await self._finish(turn)
                except Conflict:
                    continue

    async def _begin(self, arrival: Arrival) -> _Turn:
        """Find the session in which this happens: the link's, else the user's or the group's, else a new one."""
        event = arrival.event or Event(EventKind.LEFT, arrival.user, arrival.chat)
        if not event.private and self._presenter.whispers:
            event = replace(event, can_whisper=True)
        if arrival.session is not None:
            return self._turn(arrival, event, await self._store.session(arrival.session))
        present = await self._store.session_of(event.user, event.chat)
        if event.kind is EventKind.COMMAND and event.name == "start" and event.private and event.text:
            return await self._open_link(arrival, event, present)
        event, loaded = await where_pressed(self._store, event, present)
        if not event.private and event.press == PRESS_HERE:
            event = replace(event, earlier=_unless_same(await self._store.session_of(event.user, event.user), loaded))
        return self._turn(arrival, event, loaded)

    def _turn(self, arrival: Arrival, event: Event, loaded: Loaded | None) -> _Turn:
        if loaded is not None:
            return _Turn(arrival, event, loaded.session, loaded.revision)
        session = Session(id=self._new_id(arrival), version=0, answers={}, people=[], members={})
        if not event.private:
            session["group"] = event.chat
        return _Turn(arrival, event, session, 0)

    async def _open_link(self, arrival: Arrival, event: Event, present: Loaded | None) -> _Turn:
        digest = links.digest(event.text)
        link = await self._store.link(digest) if links.looks_like_token(event.text) else None
        target = await self._store.session(link.session) if link else None
        if link and target and self._may_open(link, event.user):
            earlier = _unless_same(present, target)
            turn = self._turn(arrival, replace(event, text=link.meaning, earlier=earlier), target)
            if (
                link.user is not None or link.maker != event.user
            ):  # who tries the link they are to pass on leaves it as it is
                turn.used[digest] = event.user
            return turn
        turn = self._turn(arrival, replace(event, text=""), present)
        if links.looks_like_token(event.text):
            taken = link is not None and target is not None and link.expires > self._clock()
            turn.say(own_words.LINK_TAKEN if taken else own_words.LINK_GONE)
        return turn

    def _may_open(self, link: Link, user: int) -> bool:
        """Whoever opened it before may do so again: a second tap leads to the same place."""
        if link.used_by is not None:
            return link.used_by == user
        return link.expires > self._clock() and link.user in (None, user)

    async def _finish(self, turn: _Turn) -> Handled:
        arrival, event = turn.arrival, turn.event
        if arrival.moved_to is not None:
            change = await change_for_move(self._store, arrival.chat, arrival.moved_to, arrival.update)
            change = self._shown_anew(change, arrival, arrival.moved_to)
            await self._store.commit(change)
            return Handled(change.outgoing, False)
        if event.kind is EventKind.TEXT and not event.text:
            turn.say(own_words.ONLY_TEXT)
            after = turn.session
        else:
            after = await self._take_step(turn)
        self._write(turn, turn.session, after, turn.revision)
        if event.kind is EventKind.BLOCKED:
            turn.views = [(session, view) for session, view in turn.views if view.chat != event.user]
        shown = self._presenter.present(arrival, event, turn.views, farewell_to=turn.forget)
        if not turn.revision and (shown.links or (turn.views and not event.private)):
            # What was shown refers to this new session: keep it.
            turn.writes.setdefault(after["id"], Write(after["id"], turn.revision, after))
        topics = {event.chat: arrival.thread} if event.kind is EventKind.COMMAND and not event.private else {}
        change = Change(
            update=arrival.update,
            writes=tuple(turn.writes.values()),
            active=turn.active,
            outgoing=shown.outgoing,
            links=shown.links,
            used=turn.used,
            forget=tuple(turn.forget),
            topics=topics,
        )
        await self._store.commit(change)
        return Handled(shown.outgoing, arrival.query is not None and not shown.answers_press)

    def _shown_anew(self, change: Change, arrival: Arrival, chat: int) -> Change:
        """With what the group's conversation shows in its new chat, where its old messages can no longer be edited."""
        event = Event(EventKind.RETURNED, 0, chat)
        views: list[tuple[str, View]] = []
        for write in change.writes:
            if write.session is not None:
                _, shown = self._step(write.session, event, self._content, self._today())
                views += [(write.id, view) for view in shown if isinstance(view, View)]
        return replace(change, outgoing=self._presenter.present(arrival, event, views).outgoing)

    async def _take_step(self, turn: _Turn) -> Session:
        event = turn.event
        after, shown = self._step(turn.session, event, self._content, self._today())
        session_id = turn.session["id"]
        turn.views += [(session_id, view) for view in shown if isinstance(view, View)]
        if event.private and event.kind is not EventKind.WOKEN:
            turn.active[event.user] = session_id if str(event.user) in after["members"] else None
        if str(event.user) in turn.session["members"] and str(event.user) not in after["members"]:
            await self._back_to_another(turn, session_id)
        if event.kind is EventKind.BLOCKED:
            await self._block_elsewhere(turn)
        for effect in shown:
            match effect:
                case Export(user=user):
                    stored = await self._store.export(user)
                    turn.say(own_words.EXPORTED, export_file(user, stored, turn.arrival.update))
                case Calendar():
                    file = with_calendar(effect, turn.session["id"], self._content.words)
                    turn.views.append((turn.session["id"], file))
                case Picture():
                    turn.views.append((turn.session["id"], with_picture(effect, self._content.words)))
                case Plans(user=user):
                    others = [each.session for each in await self._store.sessions_with(user)]
                    known = [after, *(each for each in others if each["id"] != session_id)]
                    turn.views.append((session_id, plans_view(known, session_id, user)))
                case Elsewhere():
                    await self._let_happen_elsewhere(turn, effect)
                case StartAfresh(user=user):
                    after = self._leave(turn, after, user)
                    turn.active[user] = None
                case Forget(user=user):
                    after = self._forget_in(turn, turn.session, after, user)
                    await self._forget_elsewhere(turn, user)
                case _:
                    pass
        return after

    async def _back_to_another(self, turn: _Turn, left: str) -> None:
        """Whoever leaves the session they were in goes on in another one that they are part of, if there is one."""
        user = turn.event.user
        present = await self._store.session_of(user, user)
        if present is None or present.session["id"] != left:
            return
        others = [each.session["id"] for each in await self._store.sessions_with(user) if each.session["id"] != left]
        turn.active[user] = others[-1] if others else None

    def _leave(self, turn: _Turn, session: Session, user: int) -> Session:
        """The session after the conversation has seen this user leave; the others may be told, the user is not."""
        if str(user) not in session["members"]:
            return session
        event = Event(EventKind.LEFT, user, session.get("group") or user)
        after, shown = self._step(session, event, self._content, self._today())
        turn.views += [(session["id"], view) for view in shown if isinstance(view, View) and view.chat != user]
        return without_traces(after, user, None)

    def _forget_in(self, turn: _Turn, before: Session, after: Session, user: int) -> Session:
        """As ``_leave``, and nothing about the person whom the user was is left in the session."""
        member = before["members"].get(str(user))
        return without_traces(self._leave(turn, after, user), user, member["person"] if member else None)

    async def _forget_elsewhere(self, turn: _Turn, user: int) -> None:
        turn.forget.append(user)
        turn.active.pop(user, None)
        for other in await self._store.sessions_with(user):
            if other.session["id"] != turn.session["id"]:
                left = self._forget_in(turn, other.session, other.session, user)
                self._write(turn, other.session, left, other.revision)

    async def _block_elsewhere(self, turn: _Turn) -> None:
        """Whoever blocked the bot is reached by no plan any more: each of theirs sees them leave."""
        for other in await self._store.sessions_with(turn.event.user):
            if other.session["id"] != turn.session["id"]:
                after, shown = self._step(other.session, turn.event, self._content, self._today())
                turn.views += [(after["id"], view) for view in shown if isinstance(view, View)]
                self._write(turn, other.session, after, other.revision)

    async def _let_happen_elsewhere(self, turn: _Turn, wish: Elsewhere) -> None:
        """What the user wants in this session counts in their others too; only the sessions change."""
        event = replace(turn.event, kind=EventKind.COMMAND, name=wish.name, text=wish.text, chat=wish.user)
        for other in await self._store.sessions_with(wish.user):
            if other.session["id"] != turn.session["id"]:
                after, _ = self._step(other.session, event, self._content, self._today())
                self._write(turn, other.session, after, other.revision)

    def _write(self, turn: _Turn, before: Session, after: Session, revision: int) -> None:
        """Note a session to be written: only if it changed, and not at all while there is nobody in it."""
        if after == before:
            return
        if is_empty(after):
            if revision:
                turn.writes[before["id"]] = Write(before["id"], revision, None)
            return
        woken = turn.event.kind is EventKind.WOKEN  # whose moment the store has moved on
        alone = revision > 0 and not woken and same_around(before, after)
        turn.writes[before["id"]] = Write(before["id"], revision, after, quiet=woken, alone=alone)


def _unless_same(earlier: Loaded | None, present: Loaded | None) -> Session | None:
    """The session that somebody comes from, unless it is the one they come to."""
    if earlier is None or (present is not None and earlier.session["id"] == present.session["id"]):
        return None
    return earlier.session
