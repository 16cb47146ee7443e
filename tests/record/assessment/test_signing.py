"""Completeness reminds and never blocks, but for the essentials; after sign-off the text is closed."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests.cast import Cast
from throughline.core.access.models import User
from throughline.core.clocks.models import TimeFrame
from throughline.core.errors import Refused
from throughline.record.assessment import actions
from throughline.record.assessment.models import Addendum, Answer, Assessment, Status
from throughline.record.journey.models import Entry, EntrySubject


@pytest.fixture
def discussed(cast: Cast, assessment: Assessment) -> None:
    """Talked through with everyone whom the template names."""
    today = timezone.localdate()
    for person in (cast.ada, cast.ben, None):
        actions.discuss(by=cast.social_worker, assessment=assessment, person=person, discussed=True, on=today)


@pytest.fixture
def signed(cast: Cast, assessment: Assessment, essentials: None, discussed: None) -> Assessment:
    """Signed by the worker and the manager."""
    actions.sign_worker(by=cast.social_worker, assessment=assessment)
    actions.sign_manager(by=cast.team_manager, assessment=assessment, comments="Well understood.")
    assessment.refresh_from_db()
    return assessment


def test_signing_an_empty_record_names_what_is_essential(cast: Cast, assessment: Assessment) -> None:
    with pytest.raises(Refused) as refused:
        actions.sign_worker(by=cast.social_worker, assessment=assessment)

    assert "“Why we are doing this work”" in str(refused.value)
    assert "“Ada's story”" in str(refused.value)
    assert "“Ben's story”" in str(refused.value)
    assert "A sentence is enough" in str(refused.value)


def test_what_is_thin_but_not_essential_does_not_block(cast: Cast, assessment: Assessment, essentials: None) -> None:
    actions.sign_worker(by=cast.social_worker, assessment=assessment)

    assessment.refresh_from_db()
    assert assessment.status == Status.WITH_MANAGER


def test_the_manager_can_give_it_back_with_comments(cast: Cast, assessment: Assessment, essentials: None) -> None:
    actions.sign_worker(by=cast.social_worker, assessment=assessment)
    with pytest.raises(Refused, match="what is to be thought about"):
        actions.return_to_writer(by=cast.team_manager, assessment=assessment, comments=" ")
    actions.return_to_writer(by=cast.team_manager, assessment=assessment, comments="What does Ben's father say?")

    assessment.refresh_from_db()
    assert assessment.status == Status.WRITING


def test_while_the_manager_reads_it_the_text_is_still(cast: Cast, assessment: Assessment, essentials: None) -> None:
    actions.sign_worker(by=cast.social_worker, assessment=assessment)

    with pytest.raises(Refused, match="with the manager"):
        actions.write_section(by=cast.social_worker, assessment=assessment, section="reason", version=1, words="New")


def test_the_worker_does_not_sign_as_the_manager(cast: Cast, assessment: Assessment, essentials: None) -> None:
    actions.sign_worker(by=cast.social_worker, assessment=assessment)

    with pytest.raises(PermissionDenied):
        actions.sign_manager(by=cast.social_worker, assessment=assessment)


def test_a_manager_who_wrote_it_does_not_sign_twice(
    cast: Cast, assessment: Assessment, essentials: None, discussed: None
) -> None:
    actions.sign_worker(by=cast.team_manager, assessment=assessment)

    with pytest.raises(Refused, match="Someone else signs as the manager"):
        actions.sign_manager(by=cast.team_manager, assessment=assessment)


def test_the_manager_is_told_with_whom_it_was_not_yet_discussed(
    cast: Cast, assessment: Assessment, essentials: None
) -> None:
    actions.sign_worker(by=cast.social_worker, assessment=assessment)

    with pytest.raises(Refused, match="Ada, Ben and the parents or carers"):
        actions.sign_manager(by=cast.team_manager, assessment=assessment)


def test_a_child_too_young_and_one_not_born_are_not_asked_about(cast: Cast, assessment: Assessment) -> None:
    from throughline.record.assessment.actions.signing import asked_of
    from throughline.record.assessment.whole import whole

    actions.include_child(by=cast.social_worker, assessment=assessment, child=cast.unborn)
    cast.ben.date_of_birth = timezone.localdate() - timedelta(days=400)
    cast.ben.save()
    contents = whole(assessment)

    assert [child.shown_name for child in contents.children if asked_of(contents, child)] == ["Ada Okafor"]


def test_sign_off_ends_the_time_frames(signed: Assessment) -> None:
    assert not TimeFrame.objects.filter(entry=signed.entry, stopped_on__isnull=True).exists()


def test_sign_off_goes_into_each_childs_story_with_their_own_part(cast: Cast, signed: Assessment) -> None:
    entry = Entry.objects.get(follows=signed.entry, kind="decision")
    parts = {part.person_id: part.part for part in EntrySubject.objects.filter(entry=entry)}

    assert parts[cast.ada.pk] == "What is Ada Okafor's under meaning."
    assert parts[cast.ben.pk] == "What is Ben Okafor's under meaning."
    assert "Ben" not in f"{entry.summary} {entry.words} {entry.decision} {entry.reason}"


@pytest.mark.parametrize("who", ["social_worker", "team_manager"])
def test_after_sign_off_the_text_is_closed(cast: Cast, signed: Assessment, who: str) -> None:
    with pytest.raises(Refused, match="its text is closed"):
        actions.write_section(
            by=getattr(cast, who), assessment=signed, section="reason", version=1, words="Rewritten afterwards"
        )

    assert Answer.objects.get(assessment=signed, section="reason").words == "What the family shares under reason."


def test_a_correction_stands_beside_what_was_signed(cast: Cast, signed: Assessment) -> None:
    actions.add_addendum(
        by=cast.social_worker,
        assessment=signed,
        section="story",
        person=cast.ada,
        words="Ada says that her school is St Anne's.",
        asked_by="Ada",
    )

    assert Addendum.objects.get().asked_by == "Ada"
    assert Answer.objects.get(section="story", person=cast.ada).words.startswith("What is Ada")


def test_before_sign_off_there_is_nothing_to_correct_beside(cast: Cast, assessment: Assessment) -> None:
    with pytest.raises(Refused, match="change the text itself"):
        actions.add_addendum(by=cast.social_worker, assessment=assessment, section="reason", words="More")


def test_what_was_read_from_the_record_stays_as_it_was_on_the_day(cast: Cast, signed: Assessment) -> None:
    cast.mother.shown_name = "Grace Married"
    cast.mother.save()
    signed.refresh_from_db()

    assert [row["name"] for row in signed.readings["household"]] == ["Baby Okafor", "Grace Okafor"]


def test_the_database_itself_keeps_a_signed_record_and_its_day_together(signed: Assessment) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Assessment.objects.filter(pk=signed.pk).update(signed_off_on=None)


def test_another_teams_manager_does_not_sign(cast: Cast, assessment: Assessment, essentials: None) -> None:
    from tests.cast import user
    from throughline.core.access.door import NotFound

    actions.sign_worker(by=cast.social_worker, assessment=assessment)
    other: User = user("mo", "Mo", "Hill", "team_manager", cast.other_team)

    with pytest.raises(NotFound):
        actions.sign_manager(by=other, assessment=assessment)
