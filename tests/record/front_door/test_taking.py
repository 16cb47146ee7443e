"""Taking a contact, and advising someone who asks."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from tests.cast import Cast, person
from tests.record.front_door.conftest import SCHOOL, SHARED, taking
from throughline.core.access import actions as access
from throughline.core.access import door, reach
from throughline.core.audit.models import Event
from throughline.core.errors import EditConflict, Refused
from throughline.record.families.models import Membership
from throughline.record.front_door import actions, queries
from throughline.record.front_door.actions import Named, Sharing, Source
from throughline.record.front_door.models import Concerned, Consultation, Contact, Recalled
from throughline.record.journey.actions import Part, write_entry
from throughline.record.journey.models import Entry, EntrySubject, Episode


def test_a_contact_keeps_who_told_us_and_their_words(cast: Cast) -> None:
    contact = taking(cast)
    entry = contact.entry
    assert (entry.kind, entry.summary) == ("contact", "Contact from school")
    assert entry.words == "She came to school hungry three days running."
    assert contact.teller == "Mr Ali, form tutor, Hill School"
    assert (contact.step, contact.urgent) == ("hub", False)
    assert (contact.consent, contact.lawful_basis, contact.parents_told) == ("given", "public_task", True)
    assert Event.objects.filter(verb="front_door.contact_taken", person_id=cast.ada.pk).count() == 1


def test_several_children_and_an_adult_are_in_one_contact_each_with_their_own_part(cast: Cast) -> None:
    contact = taking(
        cast,
        named=[
            Named(cast.ada, "child", "yes", words="Hungry.", said="My tummy hurts."),
            Named(cast.ben, "child", "unknown", words="Not in school."),
            Named(cast.mother, "family"),
        ],
    )
    parts = {row.person_id: row for row in EntrySubject.objects.filter(entry=contact.entry)}
    assert set(parts) == {cast.ada.pk, cast.ben.pk, cast.mother.pk}
    assert (parts[cast.ada.pk].part, parts[cast.ada.pk].said) == ("Hungry.", "My tummy hurts.")
    assert contact.entry.family == cast.family
    safe = dict(Concerned.objects.filter(contact=contact).values_list("person_id", "safe"))
    assert safe == {cast.ada.pk: "yes", cast.ben.pk: "unknown", cast.mother.pk: ""}


def test_a_neighbour_is_named_and_their_own_record_says_nothing(cast: Cast) -> None:
    contact = taking(cast, named=[Named(cast.ada, "child", "yes"), Named(cast.theirs, "other")])
    assert Concerned.objects.filter(contact=contact, person=cast.theirs).exists()
    assert not EntrySubject.objects.filter(person=cast.theirs).exists()
    assert not reach.visible(cast.other_worker, Contact).exists()
    assert not Membership.objects.filter(person=cast.theirs, family=cast.family).exists()


def test_people_who_are_new_become_a_family_that_the_childs_workers_will_see(cast: Cast) -> None:
    child, father = person("New", "Child"), person("New", "Father")
    contact = taking(cast, named=[Named(child, "child", "yes"), Named(father, "family")])
    assert contact.entry.family is not None
    placed = dict(Membership.objects.filter(family=contact.entry.family).values_list("person_id", "subject_child"))
    assert placed == {child.pk: True, father.pk: False}


def test_someone_new_joins_the_family_that_is_known(cast: Cast) -> None:
    uncle = person("New", "Uncle")
    taking(cast, named=[Named(cast.ada, "child", "yes"), Named(uncle, "family")])
    assert Membership.objects.get(person=uncle).family == cast.family


def test_two_families_in_one_contact_are_not_made_into_one(cast: Cast) -> None:
    contact = taking(cast, named=[Named(cast.ada, "child", "yes"), Named(cast.theirs, "child", "yes")])
    assert contact.entry.family is None
    assert Membership.objects.get(person=cast.theirs).family == cast.their_family


def test_what_is_known_is_listed_and_only_what_is_chosen_is_pointed_to(cast: Cast) -> None:
    first, second = (
        write_entry(
            by=cast.social_worker,
            kind="note",
            happened_on=timezone.localdate(),
            summary=f"Note {number}",
            words="x",
            parts=[Part(cast.ada)],
        )
        for number in (1, 2)
    )
    assert queries.known_already(cast.front_door, [cast.ada.pk]) == [second, first]
    contact = taking(cast, known="The second note says the same.", known_entries=[second])
    assert [one.recalled for one in Recalled.objects.filter(contact=contact)] == [second]
    assert "Note" not in contact.entry.words


def test_nobody_points_to_what_they_may_not_see(cast: Cast) -> None:
    closed = write_entry(
        by=cast.social_worker,
        kind="note",
        happened_on=timezone.localdate(),
        summary="Closed",
        parts=[Part(cast.ada)],
        restricted=True,
    )
    assert queries.known_already(cast.front_door, [cast.ada.pk]) == []
    with pytest.raises(door.NotFound):
        taking(cast, known_entries=[closed])
    assert not Contact.objects.exists()


def test_s2_a_fractured_skull_in_a_baby_goes_straight_to_where_it_is_decided(cast: Cast, door_of: Any) -> None:
    door_of('door = "triage"\n')
    contact = taking(
        cast,
        nature="need",
        source=Source("3E", role="registrar", agency="Children's emergency department"),
        worry="A skull fracture that nobody can explain.",
        named=[Named(cast.ada, "child", "no")],
        sharing=None,
        done_now="The ward keeps her in. Police told at 14:05.",
    )
    assert contact.urgent
    assert contact.step == "hub", "triage and early help are passed by"
    assert contact.entry.summary == "Urgent contact from health: accident and emergency"
    assert contact.consent == "", "help comes before paper"
    listed = list(queries.listed(cast.front_door))
    assert listed[0] == contact


def test_what_was_left_for_later_in_an_emergency_is_completed_once(cast: Cast) -> None:
    contact = taking(cast, named=[Named(cast.ada, "child", "no")], sharing=None)
    with pytest.raises(Refused) as refused:
        actions.complete_sharing(by=cast.front_door, contact=contact, sharing=Sharing())
    assert set(refused.value.messages) == {"consent", "basis", "parents_told"}
    actions.complete_sharing(by=cast.front_door, contact=contact, sharing=SHARED)
    contact.refresh_from_db()
    assert contact.lawful_basis == "public_task"
    with pytest.raises(EditConflict):
        actions.complete_sharing(by=cast.front_door, contact=contact, sharing=SHARED)


@pytest.mark.parametrize(
    ("changes", "field", "says"),
    [
        ({"named": []}, "people", "which child"),
        ({"worry": " "}, "worry", "in their words"),
        ({"nature": "cross"}, "nature", "as you understand it now"),
        ({"method": "pigeon"}, "method", "how they reached us"),
        ({"source": Source("99", name="X")}, "source", "Not known"),
        ({"source": Source("2A")}, "source_name", "did not give their name"),
        ({"source": Source("9", name="Jo", anonymous=True)}, "source_name", "has none here"),
        ({"source": Source("2A", name="x" * 201)}, "source_name", "200 is the most"),
        ({"sharing": Sharing("refused", "", "public_task", True, "Told.")}, "consent_why", "without their agreement"),
        ({"sharing": Sharing("not_sought", "Danger.", "consent", True, "T.")}, "basis", "Nobody agreed"),
        ({"sharing": Sharing("given", "", "whim", True, "Told.")}, "basis", "Choose on what"),
        ({"sharing": Sharing("given", "", "care", False, "")}, "told_words", "why nobody was told"),
        ({"sharing": Sharing("given", "", "care", True, "")}, "told_words", "who was told"),
        ({"sharing": Sharing("given", "", "care", None, "")}, "parents_told", "whether the parents know"),
        ({"sharing": None}, "consent", "whether the family was asked"),
    ],
)
def test_what_is_missing_is_asked_for_in_a_sentence_and_nothing_is_written(
    cast: Cast, changes: dict[str, Any], field: str, says: str
) -> None:
    with pytest.raises(Refused) as refused:
        taking(cast, **changes)
    assert says in refused.value.messages[field]
    assert not Entry.objects.exists()


def test_only_an_adult_named_is_not_enough_and_whether_a_child_is_safe_is_always_asked(cast: Cast) -> None:
    with pytest.raises(Refused, match="not born yet counts"):
        taking(cast, named=[Named(cast.mother, "family")])
    with pytest.raises(Refused) as refused:
        taking(cast, named=[Named(cast.ada, "child", "")])
    assert "safe now" in refused.value.messages[f"safe-{cast.ada.pk}"]


def test_a_future_day_is_refused_and_emoji_and_long_words_are_kept(cast: Cast) -> None:
    with pytest.raises(Refused, match="in the future"):
        taking(cast, happened_on=timezone.localdate() + timedelta(days=1))
    words = "李小龍 🌸 " * 10_000
    assert taking(cast, worry=words).entry.words == words.strip()


def test_someone_who_did_not_give_their_name_leaves_none(cast: Cast) -> None:
    contact = taking(cast, source=Source("9", anonymous=True))
    assert contact.teller == "Someone who did not give their name"
    assert contact not in queries.untold(cast.front_door)


def test_a_contact_is_taken_only_about_those_whom_one_may_record_about(cast: Cast) -> None:
    for someone in (cast.other_worker, cast.outsider, cast.partner):
        with pytest.raises(door.NotFound):
            taking(cast, by=someone)
    with pytest.raises(PermissionDenied):
        taking(cast, by=cast.auditor)
    access.restrict(by=cast.team_manager, person=cast.ada, reason="A relative works here.", permitted=[])
    with pytest.raises(door.NotFound):
        taking(cast)


def asked(cast: Cast, **changes: Any) -> Consultation:
    """Advise a teacher who rings about a worry."""
    given: dict[str, Any] = {
        "by": cast.front_door,
        "source": SCHOOL,
        "method": "telephone",
        "asked_on": timezone.localdate(),
        "question": "He has come in the same clothes all week. Should I refer?",
        "checked": "Searched by name and date of birth: not known to us.",
        "advice": "Talk to his mother first, at the gate.",
        "next_step": "Mr Ali speaks with her on Monday and rings back.",
        "next_by": "Mr Ali",
    }
    return actions.consult(**{**given, **changes})


def test_s5_a_teacher_asks_and_is_advised_and_it_is_no_referral(cast: Cast) -> None:
    made = asked(cast, named=[cast.ada])
    taking(cast)
    entry = made.entry
    assert entry is not None
    assert entry.kind == "consultation"
    assert made.checked == "Searched by name and date of birth: not known to us."
    assert entry.decision == "Agreed: Mr Ali speaks with her on Monday and rings back."
    assert queries.latest_referral(cast.front_door, cast.ada.pk) is None
    assert not Episode.objects.exists()
    day = timezone.localdate()
    counted = queries.funnel(cast.front_door, day, day)
    assert (counted.contacts, counted.consultations, counted.referrals) == (1, 1, 0)


def test_s5_a_child_need_not_be_named_to_ask(cast: Cast) -> None:
    made = asked(cast)
    assert made.entry is None
    assert list(queries.consultations(cast.front_door_manager)) == [made]
    assert list(queries.consultations(cast.social_worker)) == []
    assert list(queries.consultations(cast.outsider)) == []


@pytest.mark.parametrize("field", ["question", "checked", "advice", "next_step", "next_by"])
def test_s5_each_thing_that_makes_it_advice_is_asked_for(cast: Cast, field: str) -> None:
    with pytest.raises(Refused) as refused:
        asked(cast, **{field: " "})
    assert set(refused.value.messages) == {field}
    assert not Consultation.objects.exists()


def test_a_consultation_of_tomorrow_is_refused_and_one_about_another_teams_child_finds_nobody(cast: Cast) -> None:
    with pytest.raises(Refused, match="in the future"):
        asked(cast, asked_on=timezone.localdate() + timedelta(days=1))
    with pytest.raises(door.NotFound):
        asked(cast, by=cast.social_worker, named=[cast.theirs])
    with pytest.raises(PermissionDenied):
        asked(cast, by=cast.outsider)
