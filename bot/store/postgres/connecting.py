"""Connections to the database: how they are made, kept alive and told of when they fail."""

from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from bot.store.contract import StoreError

# Either side notices within half a minute that the other machine is gone, so that what it held is freed.
_ALIVE: dict[str, Any] = {
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "application_name": "iec-together",
}
_SERVER = "-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3"


def conninfo(address: str) -> str:
    """The address with what every connection of ours wants; StoreError if it is none."""
    try:
        given = conninfo_to_dict(address)
    except psycopg.ProgrammingError:  # its text would quote the address, which may hold a password
        raise StoreError(
            "DATABASE_URL: expected an address such as postgresql://user@host/database, found something else"
        ) from None
    options = f"{given.get('options') or ''} {_SERVER}".strip()
    return make_conninfo(**{**_ALIVE, **given, "options": options})


async def connect(address: str) -> psycopg.AsyncConnection:
    """A connection in which each statement commits by itself; StoreError if the database cannot be reached."""
    try:
        return await psycopg.AsyncConnection.connect(conninfo(address), autocommit=True)
    except psycopg.OperationalError as error:
        raise StoreError(problem_of(error)) from error


def problem_of(error: Exception) -> str:
    """One line for whoever runs the bot."""
    lines = str(error).strip().splitlines() or [type(error).__name__]
    return f"the database does not serve: {lines[0]}"
