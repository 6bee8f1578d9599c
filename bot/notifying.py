"""Goes through everybody who asked to be told of changes, with the content as it is now, and tells whose answer changed.

Each is told in one transaction with what will be compared with next time: so it can be killed and started again, and the
bot may be at work on the same store. Reminders are worked out anew on the way, since their dates may have moved.
"""

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from bot.assembly import Conversation
from bot.outgoing import Button, Outgoing
from bot.store.contract import Change, Conflict, Loaded, Store, Write
from flows.conversation.event import Event, EventKind
from flows.conversation.following import news_for
from flows.conversation.session import Session
from flows.conversation.turn import Turn
from flows.conversation.view import View


@dataclass
class Counts:
    """Sessions looked at, members who asked to be told, those whose answer changed, those told, and what kind of news."""

    sessions: int = 0
    asked: int = 0
    changed: int = 0
    told: int = 0
    kinds: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        kinds = ", ".join(f"{kind} {count}" for kind, count in sorted(self.kinds.items())) or "none"
        return (
            f"{self.sessions} sessions, {self.asked} people asked to be told, {self.changed} answers changed ({kinds}), "
            f"{self.told} told"
        )


class Notifier:
    """``now`` is the moment, in seconds since 1970; ``pause`` the seconds after each message, so that those who write to
    the bot meanwhile do not wait behind all of them."""

    def __init__(self, store: Store, conversation: Conversation, *, today: date, now: float, pause: float) -> None:
        self._store = store
        self._conversation = conversation
        self._today = today
        self._now = now
        self._pause = pause

    async def look(self, *, tell: bool) -> Counts:
        """Count, and with ``tell`` also tell."""
        counts, last = Counts(), ""
        while some := await self._store.sessions_after(last):
            for loaded in some:
                last = loaded.session["id"]
                counts.sessions += 1
                for user, member in loaded.session["members"].items():
                    counts.asked += bool(member.get("follows"))
                    self._count(counts, loaded.session, user)
                    if tell and (member.get("follows") or member.get("reminders")):
                        counts.told += await self._tell(loaded, user)
        return counts

    def _count(self, counts: Counts, session: Session, user: str) -> None:
        if session["members"][user].get("follows"):
            turn = Turn(session, self._event(user), self._conversation.content(), self._today)
            kinds = {news.kind for news in news_for(turn, user)}
            counts.changed += bool(kinds)
            counts.kinds.update(kinds)

    async def _tell(self, found: Loaded, user: str) -> bool:
        """Whether they were told something; whoever changes the session at the same time goes first."""
        loaded: Loaded | None = await self._store.session(found.session["id"])
        while loaded is not None and user in loaded.session["members"]:
            step, content = self._conversation.step, self._conversation.content()
            after, shown = step(loaded.session, self._event(user), content, self._today)
            if after == loaded.session:
                return False
            outgoing = tuple(self._outgoing(view) for view in shown if isinstance(view, View))
            write = Write(loaded.session["id"], loaded.revision, after, quiet=True)
            try:
                await self._store.commit(Change(writes=(write,), outgoing=outgoing))
            except Conflict:
                loaded = await self._store.session(found.session["id"])
                continue
            if outgoing:
                await asyncio.sleep(self._pause)
            return bool(outgoing)
        return False

    def _event(self, user: str) -> Event:
        return Event(EventKind.RECHECKED, int(user), int(user), at=self._now)

    def _outgoing(self, view: View) -> Outgoing:
        rendered = self._conversation.render(view)
        buttons = tuple(tuple(Button(each.id, each.label, each.url) for each in row) for row in rendered.buttons)
        return Outgoing(view.chat, view.slot, rendered.text, buttons)
