"""Readies Django for commands that need the record, and words its refusals for people at a terminal."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager


def ready() -> None:
    """Load settings and rooms; needed once, before any model is imported."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "throughline.config.settings")
    import django

    from throughline.core.database.urls import DatabaseUrlUnreadable

    try:
        django.setup()
    except DatabaseUrlUnreadable as problem:
        sys.stderr.write(f"{problem}\n")
        raise SystemExit(2) from problem


@contextmanager
def in_words() -> Iterator[None]:
    """Turn faults that an operator can mend into one sentence on standard error and exit code 2."""
    from django.core.exceptions import PermissionDenied

    from throughline.core.authority import ConfigurationError
    from throughline.core.database.errors import DatabaseUnavailable
    from throughline.core.database.urls import DatabaseUrlUnreadable
    from throughline.core.errors import Refused

    try:
        yield
    except (DatabaseUnavailable, DatabaseUrlUnreadable, ConfigurationError, Refused, PermissionDenied) as problem:
        sys.stderr.write(f"{problem}\n")
        raise SystemExit(2) from problem


def migrated() -> None:
    """Bring the database's tables up to this version, quietly."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)


def collected() -> None:
    """Put static files under their far-future names, where the server finds them at once."""
    from django.core.management import call_command

    call_command("collectstatic", verbosity=0, interactive=False)
