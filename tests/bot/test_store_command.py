"""Looking after the store from the command line, while the bot may be at work on it."""

import asyncio
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from bot.commands.store import run_store
from bot.store.contract import Change
from bot.store.seal import Seal
from bot.store.sqlite.store import SqliteStore
from tests.bot.store.things import session, write


async def _filled(file: Path) -> SqliteStore:
    store = SqliteStore(file)
    await store.open()
    await store.commit(Change(writes=(write(session("s", 7, age="31")),), active={7: "s"}))
    return store


async def _age(file: Path, *keys: str) -> str:
    store = SqliteStore(file, Seal(keys))
    await store.open()
    loaded = await store.session_of(7, 7)
    await store.close()
    assert loaded is not None
    return str(loaded.session["answers"]["age"])


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("IEC_TOGETHER_STORE", str(tmp_path / "s.db"))
    return tmp_path / "s.db"


def test_a_backup_beside_a_bot_at_work(file: Path, tmp_path: Path) -> None:
    async def at_work() -> int:
        store = await _filled(file)
        status = await asyncio.to_thread(run_store, "backup", [str(tmp_path / "copy.db")])
        await store.close()
        return status

    assert asyncio.run(at_work()) == 0
    assert asyncio.run(_age(tmp_path / "copy.db")) == "31"


def test_resealing_with_a_new_key(
    file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    key = Fernet.generate_key().decode()
    asyncio.run(asyncio.wait_for(_closed(file), 10))
    monkeypatch.setenv("IEC_TOGETHER_STORE_KEYS", key)
    assert run_store("reseal") == 0
    assert asyncio.run(_age(file, key)) == "31"
    monkeypatch.delenv("IEC_TOGETHER_STORE_KEYS")
    assert run_store("purge") == 1
    assert "IEC_TOGETHER_STORE_KEYS" in capsys.readouterr().err


async def _closed(file: Path) -> None:
    await (await _filled(file)).close()


def test_what_cannot_be_done_is_said_in_one_line(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_store("purge") == 1
    assert "there is no store" in capsys.readouterr().err
    assert not file.exists()
    assert run_store("backup") == 2
    assert run_store("polish") == 2
    asyncio.run(_closed(file))
    (tmp_path / "taken").write_text("mine")
    assert run_store("backup", [str(tmp_path / "taken")]) == 1
    assert run_store("purge") == 0
