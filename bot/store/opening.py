"""Which store: chosen by the settings, or by an address given by hand."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bot.settings import Settings
from bot.steady_clock import steady_clock
from bot.store.contract import Store, StoreError
from bot.store.seal import Seal
from bot.store.sqlite.store import SqliteStore

if TYPE_CHECKING:
    from bot.store.postgres.store import PostgresStore


def store_of(settings: Settings, *, beside_the_bot: bool = False) -> Store:
    """The store that the settings name, not yet open; StoreError where there is none of that kind.

    ``beside_the_bot``: for looking after a store that exists, whether or not a bot is at work on it.
    """
    if settings.database_url is not None:
        return _database(settings.database_url.get_secret_value(), Seal(settings.keys), upgrade=not beside_the_bot)
    return SqliteStore(settings.store_path, Seal(settings.keys), exclusive=not beside_the_bot, waits=steady_clock())


def store_at(place: str, keys: Sequence[str], *, new: bool) -> "SqliteStore | PostgresStore":
    """The store in a file or at a database's address, for this process alone; ``new``: to be created if need be."""
    seal = Seal(keys)
    if "://" in place:
        return _database(place, seal, upgrade=new)
    path = Path(place).expanduser()
    if not new and not path.exists():
        raise StoreError(f"{path}: there is no store: start the bot first, or correct the name")
    return SqliteStore(path, seal)


def _database(address: str, seal: Seal, *, upgrade: bool) -> "PostgresStore":
    kind = address.partition(":")[0]
    if kind not in ("postgres", "postgresql"):
        raise StoreError(
            f"DATABASE_URL: there is no store for {kind!r} addresses, only for postgresql: correct it, or unset it to use "
            "a file"
        )
    try:
        from bot.store.postgres.store import PostgresStore
    except ImportError:
        raise StoreError(
            "DATABASE_URL: the driver for PostgreSQL is not installed: install iec-together[postgres]"
        ) from None
    return PostgresStore(address, seal, upgrade=upgrade, waits=steady_clock())
