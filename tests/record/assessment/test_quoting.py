"""Earlier words are quoted with their source, never silently copied."""

from datetime import date

import pytest

from tests.cast import Cast
from throughline.core.access.door import NotFound
from throughline.core.errors import Refused
from throughline.record.assessment import actions
from throughline.record.assessment.models import Answer, Assessment, Quotation
from throughline.record.journey import recording
from throughline.record.journey.actions import Part
from throughline.record.journey.models import Entry, EntrySubject

WORDS = "Grace said that the nights are hard. She has asked her sister to come."


@pytest.fixture
def visit(cast: Cast) -> Entry:
    """Something that was recorded before, with a part for each child."""
    return recording.record(
        by=cast.social_worker,
        kind="direct_work",
        happened_on=date(2026, 3, 3),
        parts=[Part(cast.ada, words="Ada drew her bed.", said="I sleep by the door"), Part(cast.ben, words="Ben hid.")],
        words=WORDS,
        family=cast.family,
    )


def test_words_are_quoted_with_who_wrote_them_and_when(cast: Cast, assessment: Assessment, visit: Entry) -> None:
    made = actions.quote(
        by=cast.social_worker,
        assessment=assessment,
        section="family_history",
        entry=visit,
        which="words",
        words="the nights are hard",
    )

    assert made.words == "the nights are hard"
    assert made.source == "Direct work, 3 March 2026, Ruth Bell"
    assert not Answer.objects.filter(assessment=assessment).exists(), "a quotation is not anyone's own text"


def test_words_that_do_not_stand_there_are_not_a_quotation(cast: Cast, assessment: Assessment, visit: Entry) -> None:
    with pytest.raises(Refused, match="do not stand there"):
        actions.quote(
            by=cast.social_worker,
            assessment=assessment,
            section="family_history",
            entry=visit,
            which="words",
            words="the nights are impossible",
        )


def test_a_childs_own_words_are_quoted_as_said(cast: Cast, assessment: Assessment, visit: Entry) -> None:
    made = actions.quote(
        by=cast.social_worker,
        assessment=assessment,
        section="voice",
        person=cast.ada,
        entry=visit,
        which="said",
        whose=cast.ada,
        words="I sleep by the door",
    )

    assert made.said


def test_one_childs_words_are_not_quoted_in_anothers_part(cast: Cast, assessment: Assessment, visit: Entry) -> None:
    with pytest.raises(Refused, match="another child's alone"):
        actions.quote(
            by=cast.social_worker,
            assessment=assessment,
            section="story",
            person=cast.ben,
            entry=visit,
            which="part",
            whose=cast.ada,
            words="Ada drew her bed.",
        )


def test_an_entry_of_another_family_cannot_be_quoted(cast: Cast, assessment: Assessment) -> None:
    theirs = recording.record(
        by=cast.other_worker, kind="note", happened_on=date(2026, 3, 3), parts=[Part(cast.theirs)], words="Not ours"
    )

    with pytest.raises(NotFound):
        actions.quote(
            by=cast.social_worker,
            assessment=assessment,
            section="reason",
            entry=theirs,
            which="words",
            words="Not ours",
        )


def test_a_restricted_entry_is_not_opened_by_quoting_it(cast: Cast, assessment: Assessment) -> None:
    closed = recording.record(
        by=cast.social_worker,
        kind="note",
        happened_on=date(2026, 3, 3),
        parts=[Part(cast.ada)],
        words="For two people only",
        restricted=True,
    )

    with pytest.raises(Refused, match="open to named people only"):
        actions.quote(
            by=cast.social_worker,
            assessment=assessment,
            section="reason",
            entry=closed,
            which="words",
            words="For two people only",
        )


def test_what_a_child_says_is_recorded_once_in_their_record_and_quoted(cast: Cast, assessment: Assessment) -> None:
    made = actions.record_voice(
        by=cast.social_worker,
        assessment=assessment,
        child=cast.ada,
        said="I want it to be quiet",
        how="while drawing",
        on=date(2026, 3, 4),
    )

    part = EntrySubject.objects.get(entry=made.entry, person=cast.ada)
    assert (part.said, part.said_how) == ("I want it to be quiet", "while drawing")
    assert made.entry.kind == "child_said"
    assert made.on == date(2026, 3, 4)


def test_a_quotation_that_is_taken_out_stays_in_the_history(cast: Cast, assessment: Assessment, visit: Entry) -> None:
    made = actions.quote(
        by=cast.social_worker, assessment=assessment, section="reason", entry=visit, which="words", words=WORDS
    )
    actions.unquote(by=cast.social_worker, quotation=made)

    assert not Quotation.objects.filter(withdrawn_at__isnull=True).exists()
    assert Quotation.objects.get(pk=made.pk).words == WORDS
