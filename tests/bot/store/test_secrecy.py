"""Encryption at rest: nothing readable without the key, and keys that can be changed."""

from pathlib import Path

import psycopg
import pytest
from cryptography.fernet import Fernet

from bot.store.contract import Change, Link, StoreError
from tests.bot.store.conftest import Clock, NewStore
from tests.bot.store.things import arrival, message, session, write

SECRET = "Hedwig-and-her-age-31"


async def _filled(store) -> None:
    await store.open()
    await store.accept([arrival(1, text=SECRET), arrival(2, text=SECRET)])
    made = session("s", 7, age=SECRET)
    await store.commit(
        Change(
            update=1,
            writes=(write(made),),
            active={7: "s"},
            outgoing=(message(7, SECRET),),
            links=(Link("d", "s", SECRET, 9e9),),
        )
    )


async def _complete(store) -> bool:
    loaded, waiting, link = await store.session("s"), await store.next_arrival(7), await store.link("d")
    (queued,) = await store.unsent(7)
    assert loaded and waiting and link and waiting.arrival.event
    said = (loaded.session["answers"]["age"], waiting.arrival.event.text, link.meaning, queued.outgoing.text)
    return said == (SECRET,) * 4


def _kept(place: Path) -> bytes:
    """Every byte of the files; of a database, every column of every row."""
    files = b"".join(file.read_bytes() for file in place.iterdir() if file.is_file())
    if not (place / "address").exists():
        return files
    with psycopg.connect((place / "address").read_text()) as database:
        listed = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
        tables = [name for (name,) in database.execute(listed)]
        rows = [row for table in tables for row in database.execute(f"SELECT * FROM {table}".encode())]
    assert len(tables) > 5
    return repr(rows).encode()


async def test_without_the_key_nothing_can_be_read(new_store: NewStore, tmp_path: Path) -> None:
    key = Fernet.generate_key().decode()
    store = new_store(key)
    await _filled(store)
    assert await _complete(store)
    assert SECRET.encode() not in _kept(tmp_path)
    await store.close()
    for wrong in ((), (Fernet.generate_key().decode(),)):
        with pytest.raises(StoreError, match="IEC_TOGETHER_STORE_KEYS"):
            await new_store(*wrong).open()


async def test_keys_rotate_and_a_key_can_be_introduced(new_store: NewStore, tmp_path: Path) -> None:
    old, new = (Fernet.generate_key().decode() for _ in range(2))
    store = new_store()
    await _filled(store)
    await store.close()
    for keys in ((old,), (new, old)):
        store = new_store(*keys)
        await store.open()
        assert await _complete(store)
        assert await store.reseal() > 0
        await store.close()
    store = new_store(new)
    await store.open()
    assert await _complete(store), "the old key is no longer needed"
    await store.close()
    assert SECRET.encode() not in _kept(tmp_path)


async def test_what_was_forgotten_is_not_left_in_the_file(new_store: NewStore, tmp_path: Path, clock: Clock) -> None:
    store = new_store()
    await _filled(store)
    gone = write(session("s", 7), 1)
    await store.commit(Change(update=2, writes=(type(gone)("s", 1, None),), forget=(7,)))
    await store.close()
    assert SECRET.encode() not in _kept(tmp_path)
