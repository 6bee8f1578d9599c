"""What a store promises: inbox, sessions, links and outbox, with one transaction per handled update.

Every implementation passes the same tests (tests/bot/store). The promises:

- What ``accept``, ``commit`` or ``sent`` returned from survives a power cut.
- An update is accepted once: the same number again is passed over, also while the first is waiting or long done.
- ``commit`` is all or nothing, and refuses to write over a session that changed since it was loaded (``Conflict``).
- The outbox of a chat is read in the order of the commits that filled it.
- A member's moment is stored with their session, in the same transaction, and gone with their part in it.
- ``hold`` gives a name to one holder at a time, across every process that uses the store, and a holder that dies
  lets go by itself.
"""

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from bot.arrival import Arrival
from bot.outgoing import Outgoing
from flows.conversation.session import Session


class StoreError(Exception):
    """The store cannot serve now or at all: what happened, in one line for whoever runs the bot."""


class Conflict(Exception):
    """A session of this commit was changed by someone else since it was loaded: load it again and repeat."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """The next arrival of a chat; ``tries`` is how often it has failed, ``ready_in`` the seconds until it may be tried."""

    arrival: Arrival
    tries: int = 0
    ready_in: float = 0.0


@dataclass(frozen=True, slots=True)
class Loaded:
    """A session as stored; ``revision`` identifies this state of it (0: not stored yet)."""

    session: Session
    revision: int


@dataclass(frozen=True, slots=True)
class Link:
    """A one-time deep link. ``digest`` is a hash of its token; ``meaning`` what the conversation gets when it is opened.

    ``user`` is the only one who may open it (None: the first who does); ``maker`` is whose step made it;
    ``expires`` is in seconds since 1970; ``used_by`` is who has opened it.
    """

    digest: str
    session: str
    meaning: str
    expires: float
    user: int | None = None
    maker: int | None = None
    used_by: int | None = None


@dataclass(frozen=True, slots=True)
class Write:
    """A session's new state, or its end (``session`` None); ``revision`` is the one it was loaded with.

    ``quiet``: nobody did anything, so it does not count as touched. ``alone``: its members, their moments and its group
    are as they were loaded, so that nothing but the session itself is looked at; most updates are like that.
    """

    id: str
    revision: int
    session: Session | None
    quiet: bool = False
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """All that one handled update changes. ``update`` is marked done in the inbox.

    ``active`` gives users their present session (None: none). ``used`` are links by digest with who opened them.
    ``forget`` removes these users' rows, queued messages and waiting updates up to this one; messages of this very
    change are still sent. ``moved`` are groups that go on under another id. ``topics`` are the forum topics in which
    groups talk to the bot.
    """

    update: int | None = None
    writes: tuple[Write, ...] = ()
    active: Mapping[int, str | None] = field(default_factory=dict)
    outgoing: tuple[Outgoing, ...] = ()
    links: tuple[Link, ...] = ()
    used: Mapping[str, int] = field(default_factory=dict)
    forget: tuple[int, ...] = ()
    moved: Mapping[int, int] = field(default_factory=dict)
    topics: Mapping[int, int | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Queued:
    """An unsent message; ``tries`` is how often sending failed, ``ready_in`` the seconds until it may be tried."""

    id: int
    outgoing: Outgoing
    tries: int = 0
    ready_in: float = 0.0


@dataclass(frozen=True, slots=True)
class Chat:
    """What is remembered of a chat: the ids of its living card and board, and the topic to write to."""

    card: int | None = None
    board: int | None = None
    thread: int | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """How much waits: updates and messages, with the age in seconds of the oldest of each, and what was set aside."""

    inbox: int = 0
    inbox_age: float = 0.0
    outbox: int = 0
    outbox_age: float = 0.0
    aside: int = 0


class Others(Protocol):
    """The processes that work on the same store. Every method may raise StoreError."""

    async def count(self) -> int:
        """How many there are, this one included."""

    async def tell(self) -> None:
        """Tell the others that this one leaves work behind. Who dies cannot: they find it when they look by themselves."""

    async def told(self) -> None:
        """Wait until one of them does."""


class Store(Protocol):
    """The promises above. Every method may raise StoreError; whoever calls repeats later or gives up, nothing is lost."""

    async def open(self) -> None:
        """Connect and bring the schema up to date; StoreError if the store is newer than this program or not readable."""

    async def close(self) -> None:
        """Finish what is being written and let go."""

    @property
    def others(self) -> Others:
        """Who shares the store."""

    def hold(self, name: str) -> AbstractAsyncContextManager[bool]:
        """Be the only one to work on ``name``; gives False at once if someone else is."""

    async def accept(self, arrivals: Sequence[Arrival]) -> list[Arrival]:
        """Put arrivals into the inbox; those that were new, durable once this returns."""

    async def next_update(self) -> int:
        """A number greater than that of every update accepted so far."""

    async def waiting_chats(self) -> dict[int, float]:
        """The chats with waiting arrivals, and in how many seconds the first of each may be tried."""

    async def next_arrival(self, chat: int) -> Waiting | None:
        """The waiting arrival of this chat with the lowest number."""

    async def postpone(self, update: int, seconds: float) -> None:
        """Count a failed try of this arrival; it waits that long before the next."""

    async def set_aside(self, update: int, outgoing: Sequence[Outgoing] = ()) -> None:
        """Take an arrival out of the way of others, keeping it for inspection; and queue these messages."""

    async def session_of(self, user: int, chat: int) -> Loaded | None:
        """The user's present session in their private chat (chat == user), or the group's; None if there is none."""

    async def session(self, session_id: str) -> Loaded | None:
        """The session with this id."""

    async def sessions_with(self, user: int) -> list[Loaded]:
        """All sessions of which this user is a member."""

    async def sessions_after(self, session_id: str, most: int = 200) -> list[Loaded]:
        """The next sessions in the order of their ids, for going through all of them; "" for the first."""

    async def wake(self, now: float, most: int = 200) -> list[Arrival]:
        """For each member whose moment (``flows.conversation.session.Member``) has come at ``now``, an arrival in the inbox;
        those that are new. The member's moment moves on by a day, so that one whose arrival was set aside is woken
        again; whoever handles it sets the right one. Taken and stored in one transaction, once across all processes."""

    async def link(self, digest: str) -> Link | None:
        """The link with this digest, used and expired ones included until they are purged."""

    async def commit(self, change: Change) -> None:
        """Write all of it in one transaction; Conflict if a session's revision is no longer the stored one."""

    async def unsent_chats(self) -> dict[int, float]:
        """The chats with unsent messages, and in how many seconds the first of each may be tried."""

    async def unsent(self, chat: int) -> list[Queued]:
        """Unsent messages of this chat, oldest first; at most a hundred at a time."""

    async def chat(self, chat: int) -> Chat:
        """What is remembered of this chat."""

    async def sent(self, chat: int, ids: Sequence[int], remember: Chat | None = None) -> None:
        """Take these messages off the outbox, and remember this of the chat; an empty one forgets the chat."""

    async def retry(self, message: int, seconds: float) -> None:
        """Count a failed try of this message; it and those after it in its chat wait that long."""

    async def export(self, user: int) -> dict[str, Any]:
        """All that is stored of this user, as plain data."""

    async def purge(self, *, sessions_older_than: float, updates_older_than: float) -> int:
        """Delete sessions untouched for so many seconds with what hangs on them, but none in which somebody is still to be
        woken, and done or aside updates and expired links that old; how many sessions went."""

    async def reseal(self) -> int:
        """Encrypt everything anew with the present first key; how many rows were rewritten."""

    async def backup(self, target: Path) -> None:
        """A consistent copy in a file while the store is in use; StoreError if there is none to be had or written."""

    async def counts(self) -> Counts:
        """How much waits."""
