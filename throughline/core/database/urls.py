"""Turns ``DATABASE_URL`` into Django's settings; without it, the embedded PostgreSQL is used."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

ENGINE = "throughline.core.database.engine"


class DatabaseUrlUnreadable(ValueError):
    """``DATABASE_URL`` is not an address of a PostgreSQL database."""


def connection(home: Path) -> dict[str, Any]:
    """Return one entry of Django's ``DATABASES`` for this installation.

    Raises DatabaseUrlUnreadable when ``DATABASE_URL`` is set and is not a PostgreSQL address.
    """
    common = {"ENGINE": ENGINE, "CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True, "ATOMIC_REQUESTS": False}
    url = os.environ.get("DATABASE_URL")
    if not url:
        return {
            **common,
            "NAME": "throughline",
            "USER": "postgres",
            "OPTIONS": {"embedded": str(home / "database")},
        }
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise DatabaseUrlUnreadable(
            "DATABASE_URL must look like postgresql://user:password@host:5432/name. "
            "Correct it, or unset it to use the PostgreSQL that comes with Throughline."
        )
    options = dict(parse_qsl(parts.query))
    return {
        **common,
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(options.pop("host", parts.hostname or "")),
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
    }
