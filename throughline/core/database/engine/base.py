"""Django's PostgreSQL engine, which starts the embedded server at the first connection.

Starting at the first connection (not when settings load) lets commands that need no database,
such as ``throughline validate``, and the type checker, run without one.
"""

from pathlib import Path
from typing import Any

import psycopg
from django.db.backends.postgresql import base
from django.db.utils import OperationalError

from throughline.core.database import embedded
from throughline.core.database.errors import DatabaseUnavailable


class DatabaseWrapper(base.DatabaseWrapper):
    """PostgreSQL 15 or newer: the embedded one, or the one that ``DATABASE_URL`` names."""

    def get_connection_params(self) -> dict[str, Any]:
        """Return psycopg's connection arguments, with the embedded server running if it is the one."""
        given = self.settings_dict["OPTIONS"]
        folder = given.get("embedded")
        if folder and not self.settings_dict["HOST"]:
            self.settings_dict["HOST"] = embedded.start(Path(folder))
        params: dict[str, Any] = super().get_connection_params()
        params.pop("embedded", None)
        return params

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Connect, or say in one sentence why not and what to do."""
        try:
            connection = super().get_new_connection(conn_params)
        except psycopg.OperationalError as problem:
            raise DatabaseUnavailable(_in_words(str(problem), conn_params)) from problem
        if connection.info.server_version < embedded.OLDEST_VERSION * 10_000:
            found = connection.info.server_version // 10_000
            connection.close()
            raise DatabaseUnavailable(
                f"The database server is PostgreSQL {found}; Throughline needs {embedded.OLDEST_VERSION} or newer. "
                "Upgrade the server, or unset DATABASE_URL to use the one that comes with Throughline."
            )
        return connection

    def check_database_version_supported(self) -> None:
        """Leave the version to get_new_connection, which words its refusal for an operator."""


def _in_words(problem: str, params: dict[str, Any]) -> str:
    where = f"{params.get('host') or 'this machine'}, database {params.get('dbname')}"
    lowered = problem.lower()
    if "password" in lowered or "authentication" in lowered:
        return f"The database at {where} refused the sign-in. Check user and password in DATABASE_URL."
    if "does not exist" in lowered:
        return f"The database at {where} does not exist. Create it (createdb) or correct DATABASE_URL."
    if "too many" in lowered or "starting up" in lowered or "shutting down" in lowered:
        return f"The database at {where} is busy ({problem.strip().splitlines()[-1]}). Try again in a moment."
    return (
        f"The database at {where} cannot be reached. See that the server runs and that DATABASE_URL is right. "
        f"PostgreSQL says: {problem.strip().splitlines()[0]}"
    )


__all__ = ["DatabaseWrapper", "OperationalError"]
