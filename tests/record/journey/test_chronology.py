"""A chronology is made by a person; software lists and never interprets."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.cast import Cast
from throughline.core.access import door
from throughline.core.errors import EditConflict, Refused
from throughline.record.journey import chronologies, recording
from throughline.record.journey.actions import Part
from throughline.record.journey.models import Chronology, Entry

TODAY = timezone.localdate()


@pytest.fixture
def three(cast: Cast) -> list[Entry]:
    return [
        recording.record(
            by=cast.social_worker,
            kind="note",
            happened_on=TODAY - timedelta(days=days),
            parts=[Part(cast.ada)],
            words=words,
        )
        for days, words in ((30, "Moved house"), (20, "New school"), (10, "Grandmother died"))
    ]


@pytest.fixture
def made(cast: Cast) -> Chronology:
    return chronologies.make(by=cast.social_worker, person=cast.ada, title="For the conference")


def events(chronology: Chronology) -> list[str]:
    return [item.event for item in chronology.items.all()]


def test_a_new_chronology_is_empty_until_someone_chooses(cast: Cast, three: list[Entry], made: Chronology) -> None:
    assert events(made) == []
    assert chronologies.choose(by=cast.social_worker, chronology=made, entry_ids=[three[2].pk, three[0].pk]) == 2
    assert events(made) == ["Moved house", "Grandmother died"]
    assert all(item.significance == "" for item in made.items.all())


def test_choosing_the_same_entry_twice_adds_it_once(cast: Cast, three: list[Entry], made: Chronology) -> None:
    for _ in range(2):
        chronologies.choose(by=cast.social_worker, chronology=made, entry_ids=[three[0].pk])
    assert len(events(made)) == 1


def test_an_event_from_before_the_record_can_be_added_and_put_in_order(
    cast: Cast, three: list[Entry], made: Chronology
) -> None:
    chronologies.choose(by=cast.social_worker, chronology=made, entry_ids=[one.pk for one in three])
    chronologies.add_own(
        by=cast.social_worker, chronology=made, happened_on=date(2014, 6, 1), event="Lived in a refuge"
    )
    chronologies.order_by_date(by=cast.social_worker, chronology=made)
    assert events(made)[0] == "Lived in a refuge"
    chronologies.move(by=cast.social_worker, item=made.items.all()[0], up=False)
    assert events(made)[:2] == ["Moved house", "Lived in a refuge"]


def test_two_who_write_at_once_do_not_overwrite_each_other(cast: Cast, three: list[Entry], made: Chronology) -> None:
    chronologies.choose(by=cast.social_worker, chronology=made, entry_ids=[three[0].pk])
    made.refresh_from_db()
    item = made.items.get()
    version = made.version
    chronologies.write(
        by=cast.social_worker, item=item, version=version, event="Moved", significance="The third move", analysis=""
    )
    with pytest.raises(EditConflict) as conflict:
        chronologies.write(
            by=cast.team_manager, item=item, version=version, event="Moved", significance="", analysis="Mine"
        )
    assert conflict.value.theirs["significance"] == "The third move"


def test_entries_of_another_child_are_never_added(cast: Cast, made: Chronology) -> None:
    theirs = recording.record(
        by=cast.other_worker, kind="note", happened_on=TODAY, parts=[Part(cast.theirs)], words="Liam's"
    )
    assert chronologies.choose(by=cast.social_worker, chronology=made, entry_ids=[theirs.pk]) == 0


def test_another_teams_worker_cannot_touch_it(cast: Cast, made: Chronology) -> None:
    for someone in (cast.other_worker, cast.outsider):
        with pytest.raises(door.NotFound):
            chronologies.add_own(by=someone, chronology=made, happened_on=TODAY, event="x")


def test_a_title_is_asked_for(cast: Cast) -> None:
    with pytest.raises(Refused):
        chronologies.make(by=cast.social_worker, person=cast.ada, title="  ")
