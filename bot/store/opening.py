"""Which store: chosen by the settings."""

from bot.settings import Settings
from bot.store.contract import Store, StoreError
from bot.store.seal import Seal
from bot.store.sqlite.store import SqliteStore


def store_of(settings: Settings, *, beside_the_bot: bool = False) -> Store:
    """The store that the settings name, not yet open; StoreError where there is none of that kind.

    ``beside_the_bot``: for looking after a store that exists, whether or not a bot is at work on it.
    """
    seal = Seal(settings.keys)
    if settings.database_url is not None:
        kind = settings.database_url.get_secret_value().partition(":")[0]
        raise StoreError(f"DATABASE_URL: there is no store for {kind!r} addresses: unset it to use a file")
    return SqliteStore(settings.store_path, seal, exclusive=not beside_the_bot)
