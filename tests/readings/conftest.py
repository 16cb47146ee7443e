"""Tests with real commits leave append-only tables behind, which only the test runner may empty."""

from collections.abc import Iterator

import pytest
from django.db import connection


@pytest.fixture(scope="session", autouse=True)
def _emptied_by_the_runner() -> Iterator[None]:
    # For the whole session: the flush comes after the fixtures of its test are gone.
    plain = type(connection.ops).execute_sql_flush

    def flush(ops: object, sql_list: list[str]) -> None:
        plain(ops, ["SET session_replication_role = replica", *sql_list, "SET session_replication_role = DEFAULT"])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(connection.ops), "execute_sql_flush", flush)
        yield
