"""A fresh database for each test run in a second: copied from one that was migrated once.

Migrating takes half a minute, most of it Django's. The migrated database is kept on the server under a name made from
the migrations' contents, so any change of them makes a new one. Each run (and each xdist worker) copies it.
"""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connections

ROOT = Path(__file__).resolve().parents[1]
KEPT = "throughline_migrated_"
_LOCK = 20_110_212


def digest() -> str:
    """Return a name for the state of all migrations and of the lock of their libraries."""
    total = hashlib.sha256()
    for path in sorted([*ROOT.glob("throughline/**/migrations/*.py"), ROOT / "requirements.lock"]):
        total.update(path.read_bytes())
    return total.hexdigest()[:16]


@contextmanager
def fresh(worker: str) -> Iterator[None]:
    """Point Django at a fresh copy for as long as the tests run, then drop it."""
    connection = connections["default"]
    server = connection.settings_dict["NAME"]
    kept, mine = KEPT + digest(), f"throughline_test_{os.getpid()}_{worker}"
    with _maintenance(connection) as run:
        run(f"SELECT pg_advisory_lock({_LOCK})")
        if not run("SELECT 1 FROM pg_database WHERE datname = %s", [kept]):
            _migrate(connection, run, kept)
        run(f'CREATE DATABASE "{mine}" TEMPLATE "{kept}"')
    connection.settings_dict["NAME"] = mine
    try:
        yield
    finally:
        connections.close_all()
        connection.settings_dict["NAME"] = server
        with _maintenance(connection) as run:
            run(f'DROP DATABASE IF EXISTS "{mine}" WITH (FORCE)')


def _migrate(connection: Any, run: Any, kept: str) -> None:
    for (old,) in run("SELECT datname FROM pg_database WHERE datname LIKE %s", [KEPT + "%"]):
        run(f'DROP DATABASE IF EXISTS "{old}" WITH (FORCE)')
    half = kept + "_half"
    run(f"CREATE DATABASE \"{half}\" ENCODING 'UTF8' TEMPLATE template0")
    server = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = half
    try:
        call_command("migrate", verbosity=0, interactive=False)
    finally:
        connections.close_all()
        connection.settings_dict["NAME"] = server
    # Only a whole one gets the name by which it is found.
    run(f'ALTER DATABASE "{half}" RENAME TO "{kept}"')


@contextmanager
def _maintenance(connection: Any) -> Iterator[Any]:
    """Yield a function that runs one statement on the server, outside any transaction."""
    import psycopg

    params = {**connection.get_connection_params(), "dbname": "postgres"}
    wanted = {"host", "port", "user", "password", "dbname", "sslmode"}
    link = psycopg.connect(**{key: value for key, value in params.items() if key in wanted and value}, autocommit=True)

    def run(statement: str, values: list[str] | None = None) -> list[Any]:
        cursor = link.execute(statement, values)
        return cursor.fetchall() if cursor.description else []

    try:
        yield run
    finally:
        link.close()
