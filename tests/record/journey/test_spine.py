"""The spine: entries with each person's part, episodes that cannot overlap, nothing lost."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests.cast import Cast
from throughline.core.access import door, reach
from throughline.core.audit.models import Event
from throughline.core.errors import EditConflict, Refused
from throughline.record.journey import actions, queries, recording
from throughline.record.journey.actions import Part
from throughline.record.journey.models import Entry, EntrySubject, Episode
from throughline.record.journey.story import Filters

TODAY = timezone.localdate()


def note(cast: Cast, **more: object) -> Entry:
    return recording.record(
        **{  # type: ignore[arg-type]
            "by": cast.social_worker,
            "kind": "note",
            "happened_on": TODAY,
            "parts": [Part(cast.ada), Part(cast.ben)],
            "words": "The cooker is mended.",
            "family": cast.family,
            **more,
        }
    )


def test_an_entry_is_recorded_once_for_two_children_and_each_keeps_a_part_of_their_own(cast: Cast) -> None:
    entry = note(cast, parts=[Part(cast.ada, words="Ada was at school."), Part(cast.ben, said="I like it warm.")])
    ada = queries.story(cast.social_worker, cast.ada, Filters()).lines[0]
    ben = queries.story(cast.social_worker, cast.ben, Filters()).lines[0]
    assert ada.entry_id == ben.entry_id == entry.pk
    assert (ada.part, ada.said) == ("Ada was at school.", "")
    assert (ben.part, ben.said) == ("", "I like it warm.")
    assert ada.also_about == 1


def test_the_one_who_did_it_and_the_one_who_wrote_it_down_are_told_apart(cast: Cast) -> None:
    """Scenario S12: an administrator records what the child practitioner did."""
    note(cast, author_name="Jo Field, child practitioner")
    line = queries.story(cast.social_worker, cast.ada, Filters()).lines[0]
    assert (line.author, line.recorder) == ("Jo Field, child practitioner", "Ruth Bell")
    assert line.recorded_for_another


def test_a_day_in_the_future_is_refused_in_words_and_nothing_is_written(cast: Cast) -> None:
    with pytest.raises(Refused) as refusal:
        note(cast, happened_on=TODAY + timedelta(days=1))
    assert "in the future" in refusal.value.messages["happened_on"]
    assert not Entry.objects.exists()


@pytest.mark.parametrize("words", ["😀 זָהָב 王芳 Ñandú", "x" * 100_000], ids=["any letters", "a hundred thousand"])
def test_any_letters_and_a_hundred_thousand_of_them_are_kept_as_they_came(cast: Cast, words: str) -> None:
    entry = note(cast, words=words)
    entry.refresh_from_db()
    assert entry.words == words


def test_words_beyond_what_an_entry_holds_are_refused_with_what_to_do(cast: Cast) -> None:
    with pytest.raises(Refused) as refusal:
        note(cast, words="x" * 200_001)
    assert "attach" in refusal.value.messages["words"]


def test_seen_alone_without_being_seen_is_refused_by_words_and_by_the_database(cast: Cast) -> None:
    with pytest.raises(Refused):
        note(cast, parts=[Part(cast.ada, seen=False, seen_alone=True)])
    entry = note(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        EntrySubject.objects.filter(entry=entry).update(seen=False, seen_alone=True)


def test_a_decision_without_its_reason_is_refused(cast: Cast) -> None:
    with pytest.raises(Refused) as refusal:
        note(cast, kind="decision", decision="Ada stays with her aunt this week", words="")
    assert "reason" in refusal.value.messages


def test_the_worker_of_another_team_can_neither_record_nor_learn_that_the_child_exists(cast: Cast) -> None:
    with pytest.raises(door.NotFound):
        note(cast, by=cast.other_worker)
    with pytest.raises(door.NotFound):
        note(cast, by=cast.outsider)


def test_someone_who_may_look_but_not_record_is_told_so(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        note(cast, by=cast.analyst)


def test_an_entry_that_is_restricted_is_read_by_those_named_and_by_no_other_colleague(cast: Cast) -> None:
    entry = note(cast, restricted=True, readers=[cast.auditor])
    assert reach.visible(cast.social_worker, Entry).filter(pk=entry.pk).exists()
    assert reach.visible(cast.auditor, Entry).filter(pk=entry.pk).exists()
    assert not reach.visible(cast.team_manager, Entry).filter(pk=entry.pk).exists()
    assert not reach.visible(cast.team_manager, EntrySubject).filter(entry=entry).exists()
    assert queries.story(cast.team_manager, cast.ada, Filters()).lines == []
    assert queries.child(cast.team_manager, cast.ada.pk).marks == []


def test_a_part_is_read_only_by_those_who_may_read_that_person(cast: Cast) -> None:
    """An entry about children of two teams: each team reads its own child's part."""
    entry = actions.write_entry(
        by=None,
        kind="meeting",
        happened_on=TODAY,
        summary="A fight at school",
        parts=[Part(cast.ada, words="Ada's part"), Part(cast.theirs, words="Liam's part")],
    )
    assert [part.part for part in queries.parts_of(cast.social_worker, entry)] == ["Ada's part"]
    assert [part.part for part in queries.parts_of(cast.other_worker, entry)] == ["Liam's part"]


def test_revising_keeps_every_wording_with_who_and_when(cast: Cast) -> None:
    entry = note(cast)
    actions.revise_entry(by=cast.social_worker, entry=entry, version=1, changes={"words": "It broke again."})
    assert [one.words for one in queries.wordings(entry)] == ["The cooker is mended.", "It broke again."]


def test_two_who_revise_at_once_are_shown_each_others_words_and_nothing_is_lost(cast: Cast) -> None:
    entry = note(cast)
    actions.revise_entry(by=cast.social_worker, entry=entry, version=1, changes={"words": "First."})
    with pytest.raises(EditConflict) as conflict:
        actions.revise_entry(by=cast.team_manager, entry=entry, version=1, changes={"words": "Second."})
    assert conflict.value.theirs == {"words": "First."}


def test_each_act_is_written_to_the_account_for_each_child(cast: Cast) -> None:
    note(cast)
    assert set(Event.objects.filter(verb="journey.recorded").values_list("person_id", flat=True)) == {
        cast.ada.pk,
        cast.ben.pk,
    }


def test_the_database_itself_refuses_two_episodes_of_a_kind_at_once(cast: Cast) -> None:
    first = actions.open_episode(person=cast.ada, kind="in_need", started_on=date(2026, 1, 5), by=None)
    with pytest.raises(Refused):
        actions.open_episode(person=cast.ada, kind="in_need", started_on=date(2026, 2, 1), by=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Episode.objects.create(person=cast.ada, kind="in_need", started_on=date(2026, 3, 1))
    actions.open_episode(person=cast.ada, kind="protection", started_on=date(2026, 2, 1), by=None)
    actions.open_episode(person=cast.ben, kind="in_need", started_on=date(2026, 2, 1), by=None)
    actions.close_episode(episode=first, ended_on=date(2026, 2, 1), by=None, why="no longer needed")
    actions.open_episode(person=cast.ada, kind="in_need", started_on=date(2026, 2, 1), by=None)


def test_an_episode_does_not_end_before_it_starts(cast: Cast) -> None:
    one = actions.open_episode(person=cast.ada, kind="in_need", started_on=date(2026, 1, 5), by=None)
    with pytest.raises(Refused):
        actions.close_episode(episode=one, ended_on=date(2026, 1, 4), by=None, why="")
