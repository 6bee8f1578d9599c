"""A PostgreSQL of the tests' own: a private cluster on a free port of loopback, started when first asked for.

Where PostgreSQL is not installed the tests that need it are skipped and say so; on CI (``CI`` is set) that is a failure.
"""

import atexit
import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path
from urllib.parse import quote
from uuid import uuid4

import psycopg
import pytest

from tests.kit.process import free_port

HOW = "PostgreSQL is not installed (for example: apt-get install postgresql)"


def binaries() -> Path | None:
    """The folder of initdb and postgres: on the path, or where Debian has the newest."""
    found = shutil.which("initdb")
    places = (
        [Path(found).resolve().parent] if found else sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    )
    return next((place for place in places if (place / "initdb").exists() and (place / "postgres").exists()), None)


needs_postgres = pytest.mark.skipif(binaries() is None and not os.environ.get("CI"), reason=HOW)


class Cluster:
    """A running server. ``durable`` False trades safety against power cuts for speed; True is set up as in deploy/."""

    def __init__(self, *, durable: bool = False) -> None:
        found = binaries()
        if found is None:
            raise RuntimeError(HOW)
        self._bin = found
        self.folder = Path(tempfile.mkdtemp(prefix="iec-postgres-", dir="/tmp"))
        self.port = free_port()
        self._owner = "postgres" if os.geteuid() == 0 else None  # the server refuses to run as root
        if self._owner:
            shutil.chown(self.folder, self._owner)
        self._data = self.folder / "data"
        self._run("initdb", "--auth=trust", "--username=iec", "--encoding=UTF8", "--locale=C", "--no-sync")
        safety = (
            "wal_compression = lz4\n" if durable else "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n"
        )
        with (self._data / "postgresql.conf").open("a") as settings:
            settings.write(
                f"listen_addresses = '127.0.0.1'\nport = {self.port}\nunix_socket_directories = '{self.folder}'\n"
                f"max_connections = 100\n{safety}"
            )
        self.start()
        atexit.register(self.remove)

    @property
    def address(self) -> str:
        """The address of its database."""
        return f"postgresql://iec@127.0.0.1:{self.port}/postgres"

    def new_place(self) -> str:
        """The address of an empty store: a schema of its own."""
        name = f"s{uuid4().hex}"
        with psycopg.connect(self.address, autocommit=True) as connection:
            connection.execute(f"CREATE SCHEMA {name}".encode())
        return f"{self.address}?options={quote(f'-csearch_path={name}')}"

    def start(self) -> None:
        """Start it and wait until it serves."""
        self._run("pg_ctl", "start", "--wait", "--silent", f"--log={self.folder / 'log'}")

    def stop(self, how: str = "fast") -> None:
        """``fast``: ends what runs; ``immediate``: as if it had crashed."""
        self._run("pg_ctl", "stop", "--wait", "--silent", f"--mode={how}")

    def remove(self) -> None:
        """Stop it and delete its files."""
        atexit.unregister(self.remove)
        with contextlib.suppress(subprocess.CalledProcessError):
            self.stop("immediate")
        shutil.rmtree(self.folder, ignore_errors=True)

    def _run(self, program: str, *arguments: str) -> None:
        user = pwd.getpwnam(self._owner) if self._owner else None
        subprocess.run(
            [self._bin / program, f"--pgdata={self._data}", *arguments],
            check=True,
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL,
            timeout=120,
            **({"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}),
        )


@cache
def cluster() -> Cluster:
    """The one cluster of this process, stopped when it ends."""
    return Cluster()
