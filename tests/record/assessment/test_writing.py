"""Writing an assessment: each heading on its own, nothing lost, nobody writing over anybody."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import Cast
from tests.record.assessment.conftest import Write
from throughline.core.access.door import NotFound
from throughline.core.access.models import Restriction
from throughline.core.audit.models import Event
from throughline.core.clocks.models import TimeFrame
from throughline.core.errors import EditConflict, Refused
from throughline.record.assessment import actions
from throughline.record.assessment.models import Answer, Assessment
from throughline.record.journey.models import EntrySubject


def test_it_begins_as_an_entry_about_each_child(cast: Cast, assessment: Assessment) -> None:
    subjects = EntrySubject.objects.filter(entry=assessment.entry).values_list("person_id", flat=True)

    assert set(subjects) == {cast.ada.pk, cast.ben.pk}
    assert assessment.entry.kind == "assessment"
    assert assessment.entry.family == cast.family


def test_the_statutory_clock_starts_for_each_child(cast: Cast, assessment: Assessment) -> None:
    frames = TimeFrame.objects.filter(entry=assessment.entry, rule="assessment")

    assert {frame.person_id for frame in frames} == {cast.ada.pk, cast.ben.pk}


def test_it_needs_a_child(cast: Cast) -> None:
    with pytest.raises(Refused, match="Choose at least one child"):
        actions.begin(by=cast.social_worker, family=cast.family, children=[])


def test_a_child_of_another_family_is_not_put_into_it(cast: Cast) -> None:
    with pytest.raises(Refused, match="not recorded in this family"):
        actions.begin(by=cast.front_door, family=cast.family, children=[cast.theirs])


def test_a_second_one_is_not_begun_beside_one_that_is_open(cast: Cast, assessment: Assessment) -> None:
    with pytest.raises(Refused, match="Continue that one"):
        actions.begin(by=cast.social_worker, family=cast.family, children=[cast.ada])


@pytest.mark.parametrize("who", ["other_worker", "outsider", "parent", "partner", "administrator"])
def test_nobody_from_outside_begins_one(cast: Cast, who: str) -> None:
    with pytest.raises(NotFound):
        actions.begin(by=getattr(cast, who), family=cast.family, children=[cast.ada])


def test_who_only_reads_does_not_write(cast: Cast, assessment: Assessment) -> None:
    with pytest.raises(PermissionDenied):
        actions.write_section(by=cast.auditor, assessment=assessment, section="reason", version=0, words="Mine")


@pytest.mark.parametrize("who", ["other_worker", "outsider"])
def test_nobody_from_outside_writes_in_it(cast: Cast, assessment: Assessment, who: str) -> None:
    with pytest.raises(NotFound):
        actions.write_section(
            by=getattr(cast, who), assessment=assessment, section="reason", version=0, words="Not mine to write"
        )


def test_two_workers_in_different_sections_never_collide(cast: Cast, assessment: Assessment) -> None:
    for who, section in ((cast.social_worker, "reason"), (cast.team_manager, "analysis")):
        actions.write_section(by=who, assessment=assessment, section=section, version=0, words=f"By {who}")
    for who, section in ((cast.team_manager, "analysis"), (cast.social_worker, "reason")):
        actions.write_section(by=who, assessment=assessment, section=section, version=1, words=f"Again by {who}")

    assert Answer.objects.get(section="reason").words == "Again by Ruth Bell"
    assert Answer.objects.get(section="analysis").words == "Again by Maya Clarke"


def test_two_workers_in_the_same_section_see_both_versions(cast: Cast, assessment: Assessment, write: Write) -> None:
    write("reason", "As it stood")
    actions.write_section(
        by=cast.team_manager, assessment=assessment, section="reason", version=1, words="As the manager has it"
    )

    with pytest.raises(EditConflict) as conflict:
        actions.write_section(
            by=cast.social_worker, assessment=assessment, section="reason", version=1, words="As the worker has it"
        )

    assert conflict.value.theirs["words"] == "As the manager has it"
    assert Answer.objects.get(section="reason").words == "As the manager has it"


def test_two_who_write_the_first_words_at_once_do_not_lose_one(cast: Cast, assessment: Assessment) -> None:
    actions.write_section(by=cast.team_manager, assessment=assessment, section="reason", version=0, words="First")

    with pytest.raises(EditConflict):
        actions.write_section(by=cast.social_worker, assessment=assessment, section="reason", version=0, words="Second")


def test_one_childs_part_is_not_another_childs(cast: Cast, write: Write) -> None:
    write("story", "Ada's day", cast.ada)
    write("story", "Ben's day", cast.ben)

    assert Answer.objects.get(section="story", person=cast.ada).words == "Ada's day"


def test_a_child_who_is_not_yet_born_is_included_later_with_the_clock(cast: Cast, assessment: Assessment) -> None:
    actions.include_child(by=cast.social_worker, assessment=assessment, child=cast.unborn)

    assert assessment.entry.subjects.filter(person=cast.unborn).exists()
    assert TimeFrame.objects.filter(entry=assessment.entry, person=cast.unborn).count() == 1


def test_a_worker_does_not_write_for_a_child_whose_record_is_closed_to_them(cast: Cast, assessment: Assessment) -> None:
    Restriction.objects.create(person=cast.ben, reason="Adoption", made_by=cast.team_manager)

    with pytest.raises(NotFound):
        actions.write_section(
            by=cast.social_worker, assessment=assessment, section="story", person=cast.ben, version=0, words="Closed"
        )
    actions.write_section(
        by=cast.social_worker, assessment=assessment, section="story", person=cast.ada, version=0, words="Open"
    )


def test_every_earlier_wording_stays_in_the_history(write: Write) -> None:
    answer = write("reason", "First")
    write("reason", "Second")

    assert list(answer.events.order_by("pgh_id").values_list("words", flat=True)) == ["First", "Second"]


def test_saving_as_one_types_is_one_line_in_the_account(write: Write) -> None:
    for words in ("A", "A worry", "A worry about the night"):
        write("reason", words)

    # One for each child whom the family's words concern, not one for each pause in typing.
    assert Event.objects.filter(verb="assessment.written").count() == 2


def test_a_hundred_thousand_characters_and_any_letters_are_kept(write: Write) -> None:
    long = "Zoë, 名前, عائلة 🎈 " * 6_000

    assert write("reason", long).words == long.strip()


def test_more_than_can_be_kept_is_refused_with_what_to_do(write: Write) -> None:
    with pytest.raises(Refused, match="attach the longer text as a document"):
        write("reason", "x" * 200_001)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(words=st.text(max_size=300))
def test_whatever_is_pasted_is_kept_as_it_was(write: Write, words: str) -> None:
    try:
        words.encode()
    except UnicodeEncodeError:
        return
    kept = write("reason", words).words

    assert kept == words.replace("\x00", "").replace("\r\n", "\n").strip()


def test_empty_rows_of_a_table_are_left_out_and_the_others_stay_in_order(write: Write) -> None:
    rows = [{"when": "2019", "event": "They moved"}, {"when": "", "event": " "}, {"when": "", "event": "Then school"}]

    assert [row["event"] for row in write("timeline", rows=rows).rows] == ["They moved", "Then school"]


def test_an_answer_that_was_not_offered_is_refused(write: Write) -> None:
    with pytest.raises(Refused, match="Choose yes or no"):
        write("section_47", "perhaps")


def test_a_view_its_challenge_and_the_revised_view_need_words(cast: Cast, assessment: Assessment) -> None:
    with pytest.raises(Refused) as refused:
        actions.challenge(
            by=cast.social_worker,
            assessment=assessment,
            hypothesis="",
            held_by="Ruth",
            question=" ",
            challenged_by="Maya",
            session="somewhere",
            happened_on=timezone.localdate() + timedelta(days=1),
        )

    assert set(refused.value.messages) == {"hypothesis", "challenge", "session", "happened_on"}


def test_a_discussion_that_was_is_in_the_past_and_one_that_will_be_is_not(cast: Cast, assessment: Assessment) -> None:
    today = timezone.localdate()
    for discussed, on in ((True, today + timedelta(days=1)), (False, today - timedelta(days=1))):
        with pytest.raises(Refused):
            actions.discuss(by=cast.social_worker, assessment=assessment, discussed=discussed, on=on)


def test_begun_in_the_future_is_refused(cast: Cast) -> None:
    with pytest.raises(Refused, match="in the future"):
        actions.begin(by=cast.social_worker, family=cast.family, children=[cast.ada], started_on=date(2999, 1, 1))
