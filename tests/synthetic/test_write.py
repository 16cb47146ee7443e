"""The made-up authority in the record: every room can read it, with the history that years would have left."""

from datetime import timedelta

import pytest
from django.utils import timezone

from throughline.core.access.models import User
from throughline.core.errors import Refused
from throughline.core.history import as_known, end_of
from throughline.record.assessment.models import Assessment
from throughline.record.front_door.models import Contact, Decision
from throughline.record.journey import known, queries
from throughline.record.journey.models import Entry, Episode
from throughline.record.people.models import Person
from throughline.record.plans.models import Plan
from throughline.record.visits.models import Visit
from throughline.synthetic.build import build
from throughline.synthetic.write import write
from throughline.synthetic.write.laying import Ids

TODAY = timezone.localdate()


@pytest.fixture
def ids(db: None) -> Ids:
    return write(build(60, 7, TODAY), password="made up")


def test_it_is_never_put_beside_a_record_in_use(ids: Ids) -> None:
    people = Person.objects.count()
    with pytest.raises(Refused, match="only ever put into an empty one"):
        write(build(5, 1, TODAY), password="made up")
    assert Person.objects.count() == people


def test_each_entry_with_a_room_has_its_typed_row(ids: Ids) -> None:
    for kind, model in (("visit", Visit), ("assessment", Assessment), ("plan", Plan), ("contact", Contact)):
        entries = set(Entry.objects.filter(kind=kind).values_list("pk", flat=True))
        assert entries
        assert set(model._base_manager.values_list("entry_id", flat=True)) == entries
    assert Decision.objects.exists()


def test_a_worker_of_it_opens_a_child_of_theirs(ids: Ids) -> None:
    allocation = next(one for one in ids.authority.allocations if one.ended is None)
    worker, child = ids.users[allocation.worker or 0], ids.people[allocation.person]
    page = queries.child(worker, child.pk)
    assert page.marks
    assert page.bands


def test_what_was_recorded_since_is_not_known_earlier(ids: Ids) -> None:
    ended = next(one for one in ids.authority.episodes if one.ended and one.ended > one.started)
    assert ended.ended is not None
    before = as_known(Episode, ended.ended - timedelta(days=1), person_id=ids.people[ended.person].pk)
    mine = [row for row in before if row.kind == ended.kind and row.started_on == ended.started]
    assert [row.ended_on for row in mine] == [None]


def test_the_record_as_known_a_year_ago_is_shorter_than_today(ids: Ids) -> None:
    director = User.objects.get(username="director")
    first = min(ids.authority.events, key=lambda event: event.on)
    child = ids.people[first.parts[0].person]
    then = known.child(director, child, first.on + timedelta(days=4))
    now = known.child(director, child, TODAY)
    assert 0 < len(then.told_lines) <= len(now.told_lines)
    assert all(line.recorded_at < end_of(first.on + timedelta(days=4)) for line in then.told_lines)
