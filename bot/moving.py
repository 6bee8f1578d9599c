"""A group that becomes a supergroup goes on under another id: its session, its queue and its topic move along."""

from bot.store.contract import Change, Store, Write


async def change_for_move(store: Store, chat: int, to: int, update: int | None = None) -> Change:
    """The change that moves everything of the group ``chat`` to its new id; ``update`` is what told us, if any."""
    loaded = await store.session_of(0, chat)
    writes: tuple[Write, ...] = ()
    if loaded is not None:
        moved = loaded.session.copy()
        moved["group"] = to
        writes = (Write(moved["id"], loaded.revision, moved),)
    return Change(update=update, writes=writes, moved={chat: to})
