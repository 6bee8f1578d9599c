"""The stores under test: every test that asks for ``new_store`` runs against each of them."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from bot.store.contract import Store
from bot.store.postgres.store import PostgresStore
from bot.store.seal import Seal
from bot.store.sqlite.store import SqliteStore
from tests.kit.postgres import cluster, needs_postgres

NewStore = Callable[..., Store]


class Clock:
    """Time in the test's hand, in seconds since 1970."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


def sqlite(place: Path, seal: Seal, clock: Callable[[], float]) -> Store:
    return SqliteStore(place / "store.db", seal, clock=clock)


def postgres(place: Path, seal: Seal, clock: Callable[[], float]) -> Store:
    """The folder only says where in the database the store is."""
    address = place / "address"
    if not address.exists():
        address.write_text(cluster().new_place())
    return PostgresStore(address.read_text(), seal, clock=clock)


STORES: dict[str, Callable[[Path, Seal, Callable[[], float]], Store]] = {"postgres": postgres, "sqlite": sqlite}
KINDS = [pytest.param("postgres", marks=needs_postgres), "sqlite"]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=KINDS)
def new_store(request: pytest.FixtureRequest, tmp_path: Path, clock: Clock) -> NewStore:
    """Makes stores that are all the same place: ``new_store(*keys)``, not yet open."""
    return lambda *keys: STORES[request.param](tmp_path, Seal(keys), clock)


@pytest.fixture
async def store(new_store: NewStore) -> AsyncIterator[Store]:
    opened = new_store()
    await opened.open()
    yield opened
    await opened.close()
