"""A visit says who was seen, child by child, and asks after the one who was not."""

from datetime import date, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast
from throughline.core.access.door import NotFound
from throughline.core.audit import sentences
from throughline.core.audit.models import Event
from throughline.core.errors import Refused
from throughline.record.journey.actions import Part
from throughline.record.journey.models import Entry, EntrySubject
from throughline.record.visits import actions, queries
from throughline.record.visits.models import Visit

TODAY = timezone.localdate


def visit(cast: Cast, *parts: Part, days_ago: int = 0, **more: object) -> Visit:
    return actions.record_visit(
        by=cast.social_worker,
        family=cast.family,
        parts=parts,
        happened_on=TODAY() - timedelta(days=days_ago),
        where="home",
        **more,  # type: ignore[arg-type]
    )


def without_ben(cast: Cast, days_ago: int, why: str = "said to be at his grandmother's") -> Visit:
    return visit(cast, Part(cast.ada, seen=True), Part(cast.ben, seen=False, why_not_seen=why), days_ago=days_ago)


def test_s1_absent_child_three_visits_in_a_row_is_asked_after_without_inference(cast: Cast) -> None:
    today = TODAY()
    without_ben(cast, 21)
    without_ben(cast, 14)
    without_ben(cast, 7, "said to be asleep")
    attention = queries.unseen(cast.social_worker, [cast.ada.pk, cast.ben.pk], today)
    # His sister was seen each time; that suppresses nothing, and she herself is not asked after.
    assert set(attention) == {cast.ben.pk}
    ben = attention[cast.ben.pk]
    assert ben.open
    assert [one.why for one in ben.missed] == ["said to be at his grandmother's"] * 2 + ["said to be asleep"]
    assert ben.sentence.startswith("Ben Okafor was not seen at the last 3 visits (")
    assert ben.sentence.endswith("; no visit at which they were seen is recorded.")
    for conclusion in ("risk", "abuse", "neglect", "concern", "danger", "urgent"):
        assert conclusion not in ben.sentence.lower()


def test_s1_the_worker_answers_with_their_reasoning_and_the_question_says_so(cast: Cast) -> None:
    without_ben(cast, 14)
    answer = actions.answer_unseen(
        by=cast.social_worker,
        person=cast.ben,
        words="I rang his grandmother, who put him on. I will see him at school on Thursday.",
    )
    entry = Entry.objects.get(pk=answer.entry_id)
    assert entry.subjects.get().part.startswith("I rang his grandmother")
    ben = queries.unseen(cast.social_worker, [cast.ben.pk], TODAY())[cast.ben.pk]
    assert not ben.open
    assert ben.answered == f"Answered on {TODAY().day} {TODAY():%B %Y} by Ruth Bell."
    # Another visit without him asks again, and keeps the answer.
    without_ben(cast, 0)
    again = queries.unseen(cast.social_worker, [cast.ben.pk], TODAY())[cast.ben.pk]
    assert again.open
    assert again.answered.endswith("by Ruth Bell, before the latest visit.")
    assert sentences.tell(Event.objects.get(verb="visits.unseen_answered")) == (
        "Ruth Bell wrote down why a child was not seen."
    )


def test_being_seen_ends_the_question_and_an_earlier_visit_recorded_late_does_not_reopen_it(cast: Cast) -> None:
    without_ben(cast, 14)
    visit(cast, Part(cast.ben, seen=True), days_ago=7)
    without_ben(cast, 20)
    assert queries.unseen(cast.social_worker, [cast.ben.pk], TODAY()) == {}
    with pytest.raises(Refused, match="nothing to answer"):
        actions.answer_unseen(by=cast.social_worker, person=cast.ben, words="He was seen.")
    without_ben(cast, 3)
    ben = queries.unseen(cast.social_worker, [cast.ben.pk], TODAY())[cast.ben.pk]
    seen = TODAY() - timedelta(days=7)
    assert ben.last_seen == seen
    assert f"last seen on {seen.day} {seen:%B %Y}." in ben.sentence


def test_a_child_who_was_not_to_be_seen_is_not_asked_after(cast: Cast) -> None:
    visit(cast, Part(cast.ada, seen=True), Part(cast.unborn, words="Scan on the 20th"))
    assert queries.unseen(cast.social_worker, [cast.ben.pk, cast.unborn.pk], TODAY()) == {}


def test_many_missed_visits_are_told_by_their_first_and_last(cast: Cast) -> None:
    for days_ago in range(35, 0, -7):
        without_ben(cast, days_ago)
    sentence = queries.unseen(cast.social_worker, [cast.ben.pk], TODAY())[cast.ben.pk].sentence
    assert "at the last 5 visits (between " in sentence


def test_a_visit_keeps_each_childs_part_for_the_child_alone(cast: Cast) -> None:
    made = visit(
        cast,
        Part(cast.ada, seen=True, seen_alone=True, said="I want my own bed", said_how="drawing"),
        Part(cast.ben, seen=True, words="Shy; hid behind the door"),
        what_changed="The stairs have a gate now",
        words="A calm visit.",
        happened_at=time(0, 0),
    )
    assert made.entry.summary == "At home. 2 seen, 1 alone"
    ada = EntrySubject.objects.get(entry=made.entry, person=cast.ada)
    assert (ada.said, ada.said_how, ada.seen_alone) == ("I want my own bed", "drawing", True)
    assert "own bed" not in EntrySubject.objects.get(entry=made.entry, person=cast.ben).part
    told = sorted(sentences.tell(event) for event in Event.objects.filter(verb="visits.recorded"))
    assert told == [
        f"Ruth Bell recorded a visit of {TODAY().day} {TODAY():%B %Y} (seen alone).",
        f"Ruth Bell recorded a visit of {TODAY().day} {TODAY():%B %Y} (seen).",
    ]
    assert queries.last_seen(cast.social_worker, [cast.ada.pk, cast.mother.pk]) == {cast.ada.pk: TODAY()}


def test_a_planned_visit_is_refused_with_what_to_do(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        visit(cast, Part(cast.ada, seen=True), days_ago=-3)
    assert "has not come yet. Record the visit once you have made it" in refused.value.messages["happened_on"]
    with pytest.raises(Refused) as refused:
        visit(cast, Part(cast.ada, seen=True), happened_at=time(23, 59, 59, 999999))
    assert set(refused.value.messages) == {"happened_at"}
    assert not Entry.objects.exists()


def test_a_child_cannot_be_seen_before_their_birth(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        visit(cast, Part(cast.unborn, seen=True))
    assert refused.value.messages == {f"seen-{cast.unborn.pk}": "This child is not born yet. Choose “not born yet”."}
    with pytest.raises(Refused) as refused:
        actions.record_visit(
            by=cast.social_worker,
            family=cast.family,
            parts=[Part(cast.ada, seen=True)],
            happened_on=date(2001, 1, 1),
            where="home",
        )
    assert "after the visit" in refused.value.messages[f"seen-{cast.ada.pk}"]


def test_a_visit_to_nobody_or_nowhere_is_refused(cast: Cast) -> None:
    with pytest.raises(Refused, match="choose at least one person"):
        visit(cast)
    with pytest.raises(Refused, match="Say where"):
        actions.record_visit(
            by=cast.social_worker,
            family=None,
            parts=[Part(cast.ada, seen=True)],
            happened_on=TODAY(),
            where="the moon",
        )


def test_long_notes_emoji_and_other_scripts_are_kept_as_written(cast: Cast) -> None:
    words = "Она сказала: 我想回家 👩‍👧 " * 4000
    made = visit(cast, Part(cast.ada, seen=True, said="🦖 ا"), words=words)
    assert Entry.objects.get(pk=made.pk).words == words.strip()
    assert EntrySubject.objects.get(entry=made.pk).said == "🦖 ا"


def test_nobody_else_records_or_answers_or_is_told(cast: Cast) -> None:
    made = without_ben(cast, 1)
    for stranger in (cast.other_worker, cast.outsider):
        with pytest.raises(NotFound):
            actions.record_visit(
                by=stranger, family=None, parts=[Part(cast.ada, seen=True)], happened_on=TODAY(), where="home"
            )
        with pytest.raises((NotFound, Refused)):
            actions.answer_unseen(by=stranger, person=cast.ben, words="x")
        assert queries.unseen(stranger, [cast.ben.pk], TODAY()) == {}
        assert queries.last_seen(stranger, [cast.ada.pk]) == {}
        assert queries.of_entry(stranger, made.pk) is None
    with pytest.raises(PermissionDenied):
        actions.answer_unseen(by=cast.auditor, person=cast.ben, words="x")


def test_saving_a_visit_takes_few_queries(cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_max_num_queries(14):
        visit(cast, Part(cast.ada, seen=True), Part(cast.ben, seen=True), Part(cast.unborn))
    with django_assert_max_num_queries(3):
        assert queries.unseen(cast.social_worker, [cast.ada.pk, cast.ben.pk], TODAY()) == {}
