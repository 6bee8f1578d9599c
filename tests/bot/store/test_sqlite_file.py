"""What only a file can suffer: another process, another version, a full disk, a backup in mid-work."""

import asyncio
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from bot.store.contract import Change, StoreError
from bot.store.sqlite.store import SqliteStore
from tests.bot.store.things import arrival, message, session, write


async def test_a_second_process_is_refused_and_a_dead_one_is_not_in_the_way(tmp_path: Path) -> None:
    file = tmp_path / "s.db"
    hold = (
        "import asyncio, sys, pathlib\n"
        "from bot.store.sqlite.store import SqliteStore\n"
        "store = SqliteStore(pathlib.Path(sys.argv[1]))\n"
        "asyncio.run(store.open())\n"
        "print('open', flush=True)\n"
        "sys.stdin.read()\n"
    )
    other = subprocess.Popen([sys.executable, "-c", hold, str(file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert other.stdout is not None
    assert other.stdout.readline() == b"open\n"
    with pytest.raises(StoreError, match="another running process"):
        await SqliteStore(file).open()
    other.kill()
    other.communicate()
    store = SqliteStore(file)
    await store.open()
    await store.close()


async def test_a_file_of_a_newer_version_is_refused_and_left_alone(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "s.db")
    await store.open()
    await store.close()
    with sqlite3.connect(tmp_path / "s.db") as db:
        db.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('iec_together', '9999_x', '')"
        )
    db.close()
    with pytest.raises(StoreError, match="newer version"):
        await SqliteStore(tmp_path / "s.db").open()


async def test_a_file_that_is_no_store_is_refused(tmp_path: Path) -> None:
    (tmp_path / "s.db").write_bytes(b"this is a letter, not a database\n" * 100)
    with pytest.raises(StoreError, match="cannot be opened"):
        await SqliteStore(tmp_path / "s.db").open()
    assert (tmp_path / "s.db").read_bytes().startswith(b"this is a letter")


async def test_nobody_else_on_the_machine_can_read_it(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "s.db")
    await store.open()
    assert all(file.stat().st_mode & 0o077 == 0 for file in tmp_path.iterdir())
    await store.close()


async def test_a_backup_in_mid_work_is_a_whole_store(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "s.db")
    await store.open()
    await store.commit(
        Change(writes=(write(session("s", 7, age="31")),), active={7: "s"}, outgoing=(message(7, "hi"),))
    )
    working = asyncio.gather(*(store.accept([arrival(update)]) for update in range(1, 200)))
    await store.backup(tmp_path / "copy.db")
    await working
    with pytest.raises(StoreError, match="exists"):
        await store.backup(tmp_path / "copy.db")
    await store.close()
    copy = SqliteStore(tmp_path / "copy.db")
    await copy.open()
    loaded = await copy.session_of(7, 7)
    assert loaded is not None and loaded.session["answers"] == {"age": "31"}
    assert len(await copy.unsent(7)) == 1
    await copy.close()


FILL_THE_DISK = """
import asyncio, pathlib, resource, signal, sys
from bot.store.contract import StoreError
from bot.store.sqlite.store import SqliteStore
from tests.bot.store.things import arrival

async def main():
    store = SqliteStore(pathlib.Path(sys.argv[1]))
    await store.open()
    await store.accept([arrival(1)])
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    size = pathlib.Path(sys.argv[1] + "-wal").stat().st_size
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + 20_000, resource.RLIM_INFINITY))
    accepted = [1]
    for update in range(2, 400):
        try:
            await store.accept([arrival(update, text="x" * 2000)])
            accepted.append(update)
        except StoreError:
            break
    else:
        raise SystemExit("the disk never filled")
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    await store.accept([arrival(1000)])
    print(*accepted, 1000)

asyncio.run(main())
"""


async def test_a_full_disk_loses_nothing_that_was_accepted_and_is_got_over(tmp_path: Path) -> None:
    """The limit on the size of files stands in for the full disk: writes fail in the same way."""
    file = tmp_path / "s.db"
    run = subprocess.run(
        [sys.executable, "-c", FILL_THE_DISK, str(file)],
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, "PYTHONPATH": str(Path.cwd())},
    )
    assert run.returncode == 0, run.stderr
    accepted = [int(update) for update in run.stdout.split()]
    store = SqliteStore(file)
    await store.open()
    found = []
    while (waiting := await store.next_arrival(7)) is not None:
        found.append(waiting.arrival.update)
        await store.commit(Change(update=waiting.arrival.update))
    assert found == accepted
    await store.close()
