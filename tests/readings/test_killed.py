"""A process that is killed while it brings in a return leaves each child wholly in the record or not at all."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection

from tests.readings.returns import bring_in
from throughline.core.audit.models import Event
from throughline.readings.models import ImportedChild, ImportRun, Source, State
from throughline.record.in_need.models import Case
from throughline.record.people.models import Person

ROOT = Path(__file__).resolve().parents[2]


def database_url() -> str:
    """The database of this test, for another process."""
    told = connection.get_connection_params()
    host = told.get("host") or ""
    return (
        f"postgresql://{told.get('user', '')}:{told.get('password') or ''}@/{told['dbname']}"
        f"?host={host}&port={told.get('port') or 5432}"
    )


@pytest.mark.django_db(transaction=True)
def test_a_killed_import_leaves_no_half_child_and_the_same_command_completes_it(shared: Path) -> None:
    path = shared / "cin" / "fake_CIN_data.xml"
    command = [sys.executable, "-c", "from throughline.cli import main; main()", "import", "cin", str(path)]
    # Connections that other tests of this run left open are not the import's.
    before = connected()
    killed = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": database_url()},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    try:
        wait_until(lambda: Person.objects.count() >= 15, killed)
    finally:
        killed.send_signal(signal.SIGKILL)
        killed.wait()
    # The server notices the death of its client, and takes back what was not committed, a moment later.
    wait_until(lambda: not connected() - before, None)
    brought = Person.objects.count()
    assert 15 <= brought < 332
    for person in Person.objects.all():
        assert ImportedChild.objects.filter(person=person).count() == 1
        assert Event.objects.filter(verb="readings.child_imported", person_id=person.pk).count() == 1
        assert (
            Source.objects.filter(person=person, table="CINdetails").count()
            == Case.objects.filter(person=person).count()
            >= 1
        )
    assert ImportRun.objects.get().state == State.RUNNING

    run = bring_in(path)
    assert (run.added, run.unchanged, run.aside) == (332 - brought, brought, 0)
    assert Person.objects.count() == 332
    assert Case.objects.count() == 402
    assert list(ImportRun.objects.order_by("pk").values_list("state", flat=True)) == [State.STOPPED, State.FINISHED]


def wait_until(ready: object, process: "subprocess.Popen[bytes] | None", seconds: int = 120) -> None:
    assert callable(ready)
    end = time.monotonic() + seconds
    while not ready():
        if process is not None and process.poll() is not None:
            assert process.stderr is not None
            pytest.fail(f"The import ended by itself: {process.stderr.read().decode()}")
        assert time.monotonic() < end, "It took too long"
        time.sleep(0.05)


def connected() -> set[int]:
    """Return the server processes that serve this database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pid FROM pg_stat_activity WHERE datname = current_database()")
        return {row[0] for row in cursor.fetchall()}
