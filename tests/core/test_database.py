"""PostgreSQL, always real: what is said when it is lost, locked, too old or not there."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from throughline.core.database import embedded, urls
from throughline.core.database.errors import DatabaseUnavailable

THROUGHLINE = Path(sys.executable).parent / "throughline"


def run(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "THROUGHLINE_HOME")}
    together = {**clean, **environment}
    return subprocess.run(
        [str(THROUGHLINE), *words], capture_output=True, text=True, env=together, timeout=300, check=False
    )


def open_to_all(path: Path) -> Path:
    """Let the embedded server's own user walk down to a folder of pytest's."""
    for folder in (path, *path.parents):
        if str(folder).startswith("/tmp/") and folder != Path("/tmp"):
            folder.chmod(0o755)
    return path


def test_the_database_is_postgresql_15_or_newer(db: None) -> None:
    assert connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        assert int(cursor.fetchone()[0]) >= 150_000


def test_an_address_of_another_kind_of_database_is_refused_with_an_example(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATABASE_URL", "mysql://me@there/db")
    with pytest.raises(urls.DatabaseUrlUnreadable, match="postgresql://user:password@host"):
        urls.connection(tmp_path)


def test_an_address_is_read_with_odd_letters_and_options(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://an%40na:p%2Fw@db.example:6543/care?sslmode=require")
    read = urls.connection(tmp_path)
    assert (read["USER"], read["PASSWORD"], read["HOST"], read["PORT"], read["NAME"]) == (
        "an@na", "p/w", "db.example", "6543", "care",
    )  # fmt: skip
    assert read["OPTIONS"] == {"sslmode": "require"}


def test_a_folder_that_lost_its_database_is_not_silently_begun_anew(tmp_path: Path) -> None:
    (tmp_path / "base").mkdir()
    with pytest.raises(DatabaseUnavailable, match=r"PG_VERSION is missing.*Restore the folder from a backup"):
        embedded.start(tmp_path)


def test_a_folder_of_an_older_postgresql_says_which_and_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "PG_VERSION").write_text("13\n")
    with pytest.raises(DatabaseUnavailable, match=r"made by PostgreSQL 13; Throughline needs 15 or newer"):
        embedded.start(tmp_path)


def test_holders_that_were_killed_do_not_keep_the_server_running_for_ever(tmp_path: Path) -> None:
    listing = tmp_path / ".handle_pids.json"
    listing.write_text(f"[999999, {os.getppid()}]")
    embedded._forget_dead_holders(tmp_path)
    assert listing.read_text() == f"[{os.getppid()}]"


def test_the_embedded_server_starts_for_a_command_and_is_stopped_with_it(tmp_path: Path) -> None:
    home = open_to_all(tmp_path) / "home"
    done = run("database", "where", THROUGHLINE_HOME=str(home))
    assert done.returncode == 0, done.stderr
    assert "embedded" in done.stdout
    assert not (home / "database" / "postmaster.pid").exists()


def test_a_locked_database_says_who_may_hold_it(tmp_path: Path) -> None:
    home = open_to_all(tmp_path) / "home"
    assert run("database", "where", THROUGHLINE_HOME=str(home)).returncode == 0
    # A lock left by a process that lives and is no PostgreSQL: what a copied folder looks like.
    (home / "database" / "postmaster.pid").write_text(f"{os.getpid()}\n{home / 'database'}\n1\n\n{home / 'database'}\n")
    done = run("database", "where", THROUGHLINE_HOME=str(home))
    assert done.returncode == 2
    assert "did not start" in done.stderr or "cannot be reached" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_server_that_is_not_there_is_said_in_one_sentence() -> None:
    done = run("database", "where", DATABASE_URL="postgresql://nobody@127.0.0.1:1/care")
    assert done.returncode == 2
    assert "cannot be reached" in done.stderr
    assert "DATABASE_URL" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unreadable_address_is_said_in_one_sentence() -> None:
    done = run("database", "where", DATABASE_URL="nonsense")
    assert done.returncode == 2
    assert "must look like postgresql://" in done.stderr
    assert "Traceback" not in done.stderr
