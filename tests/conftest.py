"""What every test may use: the cast, the shared reference data, a database that refuses what production refuses."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.cast import Cast, gather
from tests.database import fresh

ROOT = Path(__file__).resolve().parents[1]


def pytest_configure() -> None:
    """Hash the cast's passwords quickly: thirteen slow hashes would be most of each test."""
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest, django_test_environment: None, django_db_blocker: Any
) -> Iterator[None]:
    """Copy the migrated database (see tests.database)."""
    worker = getattr(request.config, "workerinput", {}).get("workerid", "main")
    with django_db_blocker.unblock():
        context = fresh(worker)
        context.__enter__()
    yield
    with django_db_blocker.unblock():
        context.__exit__(None, None, None)


@pytest.fixture
def cast(db: None) -> Cast:
    """The fixed cast of people, with two families and two teams."""
    return gather()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The reference data beside the project; tests that need it skip where it is absent, and must run in CI."""
    found = Path(os.environ.get("THROUGHLINE_SHARED", ROOT.parent / "shared")) / "data"
    if not found.exists():
        if os.environ.get("CI"):
            pytest.fail(f"{found} is missing, and CI must have it")
        pytest.skip(f"{found} is missing: put the reference data there, or set THROUGHLINE_SHARED")
    return found


@pytest.fixture(scope="session", autouse=True)
def _tables_can_be_emptied() -> Iterator[None]:
    """Let the test runner, and nothing else, empty the append-only tables after a test with real commits.

    For the session: the flush comes after a test's own fixtures are gone.
    """
    kind = type(connection.ops)
    plain = kind.execute_sql_flush

    def flush(ops: Any, sql_list: list[str]) -> None:
        plain(ops, ["SET session_replication_role = replica", *sql_list, "SET session_replication_role = DEFAULT"])

    kind.execute_sql_flush = flush  # type: ignore[method-assign]
    yield
    kind.execute_sql_flush = plain  # type: ignore[method-assign]
