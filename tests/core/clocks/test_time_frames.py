"""Time frames: agreed, moved, reviewed, explained, ended; and that they lock nothing."""

from datetime import date, time, timedelta
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from tests.cast import Cast
from throughline.core.access.door import NotFound
from throughline.core.audit import sentences
from throughline.core.audit.models import Event
from throughline.core.clocks import actions, queries
from throughline.core.clocks.models import Move, Review, TimeFrame
from throughline.core.errors import EditConflict, Refused

AUTHORITIES = Path(__file__).parent / "authorities"
TODAY = timezone.localdate


def agreed(cast: Cast, days: int = 20, started_on: date | None = None) -> TimeFrame:
    start = started_on or TODAY()
    return actions.start_agreed(
        by=cast.social_worker,
        person=cast.ada,
        label="Assessment",
        started_on=start,
        due_on=start + timedelta(days=days),
        reason="Ada moves school on the 9th, and her teacher needs to know her first",
        agreed_with="Grace Okafor and Maya Clarke",
    )


def test_a_statutory_clock_copies_its_rule_so_that_later_law_does_not_rewrite_it(cast: Cast) -> None:
    frame = actions.start_statutory(
        by=cast.social_worker, person=cast.ada, rule="assessment", started_on=date(2026, 3, 2)
    )
    assert frame is not None
    assert frame.due_on == date(2026, 5, 7)
    assert queries.explain(frame) == (
        "Due within 45 working days of the referral being received (2 March 2026): "
        "Working Together to Safeguard Children 2023, chapter 3."
    )


def test_s3_two_children_have_different_frames_with_their_rationale_and_neither_has_failed(cast: Cast) -> None:
    today = TODAY()
    urgent = actions.start_agreed(
        by=cast.social_worker,
        person=cast.ada,
        label="Assessment",
        started_on=today,
        due_on=today,
        due_at=time(15, 0),
        reason="Ada may be hurt tonight",
        agreed_with="Maya Clarke, manager",
    )
    slow = actions.start_agreed(
        by=cast.social_worker,
        person=cast.ben,
        label="Assessment",
        started_on=today - timedelta(days=80),
        due_on=today - timedelta(days=2),
        reason="Three clinics must see Ben first, and they take turns",
        agreed_with="Grace Okafor and Maya Clarke",
    )
    assert queries.words(urgent, today) == "due today at 15:00"
    assert "at 15:00: Ada may be hurt tonight." in queries.explain(urgent)
    # Far longer than ten working days, and nothing calls it late for that: only its own date counts.
    assert queries.words(slow, today - timedelta(days=3)) == "due tomorrow"
    # An overrun asks for words, and says that there are none.
    assert queries.words(slow, today) == "date passed 2 days ago, no explanation recorded"
    actions.review(
        by=cast.social_worker,
        frame=slow,
        held_on=today,
        outcome="Wait for the last clinic",
        quality="Ben's own account is full; his father's is missing",
    )
    actions.explain_delay(by=cast.social_worker, frame=slow, explanation="The clinic was closed for a week")
    # The relations were not fetched before the review: read afresh, as a page does.
    read = queries.running(cast.social_worker, [cast.ben.pk]).get()
    assert queries.words(read, today) == "date passed 2 days ago, with an explanation"
    assert queries.quality(read).startswith("Ben's own account is full; his father's is missing (")
    # Nothing is locked: the work goes on and ends after its date.
    ended = actions.stop(by=cast.social_worker, frame=read, on=today)
    assert "2 days after its date, with an explanation" in queries.words(ended, today)


def test_s9_a_frame_that_slips_keeps_its_first_date_its_review_and_who_was_told(cast: Cast) -> None:
    start = TODAY() - timedelta(days=12)
    frame = agreed(cast, 20, start)
    actions.review(
        by=cast.social_worker,
        frame=frame,
        held_on=start + timedelta(days=12),
        outcome="Ten days more",
        quality="History is thin on her father's side",
    )
    actions.move(
        by=cast.social_worker,
        frame=frame,
        due_on=start + timedelta(days=30),
        reason="Her father came back from sea and wants to be heard",
        told=["Grace, her mother", "Ada"],
    )
    read = queries.running(cast.social_worker, [cast.ada.pk]).get()
    assert read.due_on == start + timedelta(days=30)
    move = read.moves.get()
    assert (move.due_before, move.due_after) == (start + timedelta(days=20), start + timedelta(days=30))
    assert move.told == ["Grace, her mother", "Ada"]
    assert move.moved_by == cast.social_worker
    assert read.reviews.count() == 1
    assert "moved once since, last to" in queries.explain(read)
    told = [sentences.tell(event) for event in Event.objects.filter(verb__startswith="clocks.").order_by("pk")]
    assert told[-1].startswith("Ruth Bell moved a time frame from ")


def test_s10_a_suspended_clock_does_not_start_and_a_frame_is_agreed_instead(cast: Cast, settings: Settings) -> None:
    day = date(2011, 5, 3)
    start = {"by": cast.social_worker, "person": cast.ada, "started_on": day}
    settings.AUTHORITY = AUTHORITIES / "hackney"
    assert actions.start_statutory(rule="core_group", **start) is None
    assert agreed(cast, 8, day).due_on == date(2011, 5, 11)
    settings.AUTHORITY = AUTHORITIES / "elsewhere"
    kept = actions.start_statutory(rule="core_group", **start)
    assert kept is not None
    assert kept.due_on == date(2011, 5, 17)
    # Before 2013 there was no single assessment to time.
    assert actions.start_statutory(rule="assessment", **start) is None


def test_a_frame_without_words_is_refused_a_sentence_for_each(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        actions.start_agreed(
            by=cast.social_worker,
            person=cast.ada,
            label=" ",
            started_on=date(2026, 3, 2),
            due_on=date(2026, 3, 1),
            reason="",
            agreed_with="",
        )
    assert set(refused.value.messages) == {"label", "reason", "agreed_with", "due_on"}
    assert refused.value.messages["due_on"] == "It starts on 2 March 2026: choose that day or later."
    assert not TimeFrame.objects.exists()


@pytest.mark.parametrize(
    ("days", "reason", "field"),
    [(10, " ", "reason"), (-1, "why", "due_on"), (20, "why", "due_on"), (10, "x" * 20_001, "reason")],
)
def test_a_move_without_reason_or_to_no_new_day_is_refused(cast: Cast, days: int, reason: str, field: str) -> None:
    frame = agreed(cast)
    with pytest.raises(Refused) as refused:
        actions.move(by=cast.social_worker, frame=frame, due_on=frame.started_on + timedelta(days=days), reason=reason)
    assert set(refused.value.messages) == {field}
    assert not Move.objects.exists()


def test_a_move_over_someone_elses_move_shows_theirs(cast: Cast) -> None:
    frame = agreed(cast)
    later = frame.due_on + timedelta(days=3)
    actions.move(by=cast.team_manager, frame=frame, due_on=later, reason="Half term", version=frame.version)
    with pytest.raises(EditConflict) as conflict:
        actions.move(by=cast.social_worker, frame=frame, due_on=TODAY(), reason="Sooner", version=frame.version)
    assert conflict.value.theirs == {"due_on": later}


def test_who_was_told_can_be_added_later_and_nobody_twice(cast: Cast) -> None:
    frame = agreed(cast)
    move = actions.move(by=cast.social_worker, frame=frame, due_on=frame.due_on + timedelta(days=1), reason="Illness")
    actions.tell(by=cast.social_worker, move=move, told=["Ada", " "])
    assert actions.tell(by=cast.social_worker, move=move, told=["Ada", "school"]).told == ["Ada", "school"]
    with pytest.raises(Refused, match="Say who was told"):
        actions.tell(by=cast.social_worker, move=move, told=[" "])


@pytest.mark.parametrize("days", [-400, 1])
def test_a_review_is_of_its_own_time_and_of_the_past(cast: Cast, days: int) -> None:
    with pytest.raises(Refused) as refused:
        actions.review(
            by=cast.social_worker, frame=agreed(cast), held_on=TODAY() + timedelta(days=days), outcome="It stands"
        )
    assert set(refused.value.messages) == {"held_on"}
    assert not Review.objects.exists()


def test_an_ended_frame_cannot_be_moved_and_ends_once(cast: Cast) -> None:
    frame = agreed(cast)
    first = actions.stop(by=cast.social_worker, frame=frame, on=TODAY())
    again = actions.stop(by=cast.social_worker, frame=frame, on=TODAY() + timedelta(days=9))
    assert again.stopped_on == first.stopped_on == TODAY()
    assert queries.words(first, TODAY()).endswith(", by its date")
    with pytest.raises(Refused, match="there is no date to move"):
        actions.move(by=cast.social_worker, frame=frame, due_on=TODAY() + timedelta(days=40), reason="Why not")
    with pytest.raises(Refused, match="choose that day or later"):
        actions.stop(by=cast.social_worker, frame=agreed(cast), on=TODAY() - timedelta(days=1))


def test_words_count_working_days_where_the_rule_does(cast: Cast) -> None:
    friday = date(2026, 3, 6)
    frame = actions.start_statutory(by=None, person=cast.ada, rule="core_group", started_on=friday)
    assert frame is not None
    assert queries.words(frame, friday) == "due in 10 working days"
    assert queries.words(agreed(cast, 20, friday), friday) == "due in 20 days"
    assert queries.words(agreed(cast, 0, friday), friday) == "due today"
    assert queries.is_past(frame, date(2026, 4, 30))


def test_the_database_refuses_a_frame_that_does_not_say_why(cast: Cast) -> None:
    for wrong in (
        {"basis": "agreed"},
        {"basis": "statutory", "rule": "assessment"},
        {"basis": "statutory", "citation": "x"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            TimeFrame.objects.create(
                person=cast.ada, label="x", started_on=date(2026, 1, 1), due_on=date(2026, 1, 2), **wrong
            )


def test_nobody_else_sees_or_moves_a_frame(cast: Cast) -> None:
    frame = agreed(cast)
    for stranger in (cast.other_worker, cast.outsider):
        assert not queries.running(stranger, [cast.ada.pk]).exists()
        assert not queries.every(stranger, cast.ada.pk).exists()
        with pytest.raises(NotFound):
            actions.move(by=stranger, frame=frame, due_on=TODAY(), reason="x")
        with pytest.raises(NotFound):
            actions.start_statutory(by=stranger, person=cast.ada, rule="assessment", started_on=TODAY())
    with pytest.raises(PermissionDenied):
        actions.stop(by=cast.auditor, frame=frame, on=TODAY())


def test_what_is_due_for_a_family_is_read_in_five_queries(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(3):
        frame = agreed(cast)
        actions.move(by=cast.social_worker, frame=frame, due_on=frame.due_on + timedelta(days=1), reason="Illness")
        actions.review(by=cast.social_worker, frame=frame, held_on=TODAY(), outcome="It stands")
    with django_assert_max_num_queries(6):
        frames = list(queries.running(cast.social_worker, [cast.ada.pk, cast.ben.pk]))
        assert [queries.explain(one) + queries.quality(one) for one in frames]
    assert list(queries.every(cast.social_worker, cast.ada.pk)) == frames[::-1]
