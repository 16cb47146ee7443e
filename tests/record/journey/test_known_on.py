"""The record as it was known on any day."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from tests.cast import Cast
from throughline.record.journey import actions, known, recording
from throughline.record.journey.actions import Part
from throughline.record.journey.models import Entry, Episode
from throughline.record.people.models import Person

TODAY = timezone.localdate()


def long_ago(days: int) -> None:
    """Move all of history so far into the past, as if it had been recorded then."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename LIKE '%event'")
        tables = [row[0] for row in cursor.fetchall() if row[0] != "audit_event"]
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table in tables:
            cursor.execute(f"UPDATE {table} SET pgh_created_at = pgh_created_at - %s", [timedelta(days=days)])
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")


def test_a_day_shows_exactly_what_had_been_recorded_by_then_as_it_was_worded_then(cast: Cast) -> None:
    entry = recording.record(
        by=cast.social_worker, kind="note", happened_on=TODAY - timedelta(days=40), parts=[Part(cast.ada)],
        words="The bruise is from football.",
    )  # fmt: skip
    actions.open_episode(person=cast.ada, kind="in_need", started_on=TODAY - timedelta(days=41), by=None)
    long_ago(30)
    actions.revise_entry(
        by=cast.social_worker, entry=entry, version=1, changes={"words": "Ada now says that it is not."}
    )
    recording.record(
        by=cast.social_worker, kind="note", happened_on=TODAY - timedelta(days=40), parts=[Part(cast.ada)],
        words="Written long after it happened.",
    )  # fmt: skip
    Episode.objects.filter(person=cast.ada).update(ended_on=TODAY)
    Person.objects.filter(pk=cast.ada.pk).update(pronouns="she, her")

    then = known.child(cast.social_worker, cast.ada, TODAY - timedelta(days=10))
    assert [line.words for line in then.told_lines] == ["The bruise is from football."]
    assert then.bands[0].ended_on is None
    assert then.pronouns == ""
    assert then.shown_name == "Ada Okafor"
    assert [worker.name for worker in then.known_workers] == ["Ruth Bell"]

    now = known.child(cast.social_worker, cast.ada, TODAY)
    assert {line.words for line in now.told_lines} == {
        "Ada now says that it is not.",
        "Written long after it happened.",
    }
    assert now.bands[0].ended_on == TODAY


def test_what_was_deleted_since_is_still_known_then(cast: Cast) -> None:
    entry = recording.record(
        by=cast.social_worker, kind="note", happened_on=TODAY - timedelta(days=9), parts=[Part(cast.ada)], words="Once."
    )
    long_ago(5)
    entry.subjects.all().delete()
    assert known.child(cast.social_worker, cast.ada, TODAY - timedelta(days=3)).told_lines
    assert not known.child(cast.social_worker, cast.ada, TODAY).told_lines


def test_before_the_child_was_known_there_is_nothing_and_that_is_said(cast: Cast) -> None:
    with pytest.raises(known.NotKnownThen):
        known.child(cast.social_worker, cast.ada, date(2001, 1, 1))


def test_an_entry_restricted_today_is_not_opened_by_asking_about_yesterday(cast: Cast) -> None:
    entry = recording.record(
        by=cast.social_worker, kind="note", happened_on=TODAY, parts=[Part(cast.ada)], words="Kept close."
    )
    long_ago(5)
    Entry.objects.filter(pk=entry.pk).update(sensitivity="restricted")
    assert not known.child(cast.team_manager, cast.ada, TODAY - timedelta(days=2)).told_lines


def test_not_even_a_script_changes_or_removes_history(cast: Cast) -> None:
    from django.db import transaction
    from django.db.utils import InternalError, NotSupportedError, ProgrammingError

    for statement in ("UPDATE people_personevent SET pronouns = 'x'", "DELETE FROM people_personevent"):
        with (
            pytest.raises((InternalError, NotSupportedError, ProgrammingError)),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
