"""The server killed in the middle of saving: all of an act is in the record, or none of it."""

import os
import signal
import subprocess
import sys
import time

import pytest

from tests.cast import Cast, gather
from tests.readings.test_killed import ROOT, connected, database_url, wait_until
from throughline.core.audit.models import Event
from throughline.record.journey.models import Entry, EntrySubject

# Saves a note about two children, and stops for ever between one write of the act and the next.
_SAVING = """
import sys, time, django
django.setup()
from django.utils import timezone
from throughline.core.access.models import User
from throughline.core.audit import account
from throughline.record.journey import recording
from throughline.record.journey.actions import Part
from throughline.record.people.models import Person

plain = account.record
def slow(verb, **what):
    made = plain(verb, **what)
    if sys.argv[1] == "stop":
        print("half", flush=True)
        time.sleep(600)
    return made
account.record = slow
people = Person._base_manager.filter(pk__in=[int(pk) for pk in sys.argv[3:]])
recording.record(by=User.objects.get(pk=sys.argv[2]), kind="note", happened_on=timezone.localdate(),
                 parts=[Part(person) for person in people], words="Half of this is worse than none.")
print("whole", flush=True)
"""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("asked", "entries"), [("stop", 0), ("go on", 1)])
def test_a_killed_save_leaves_all_of_an_act_or_none_of_it(asked: str, entries: int) -> None:
    cast: Cast = gather()
    before = connected()
    saving = subprocess.Popen(
        [sys.executable, "-c", _SAVING, asked, str(cast.social_worker.pk), str(cast.ada.pk), str(cast.ben.pk)],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": database_url(), "DJANGO_SETTINGS_MODULE": "throughline.config.settings"},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert saving.stdout is not None
    assert saving.stdout.readline().strip() == ("half" if asked == "stop" else "whole")
    saving.send_signal(signal.SIGKILL)
    saving.wait()
    wait_until(lambda: not connected() - before, None)
    time.sleep(0.1)
    assert Entry.objects.count() == entries
    assert EntrySubject.objects.count() == 2 * entries
    assert Event.objects.filter(verb="journey.recorded").count() == 2 * entries
