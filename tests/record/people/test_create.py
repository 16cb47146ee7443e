"""Nobody is recorded without a search, and nobody twice without a reason."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from tests.cast import Cast, person
from throughline.core.access import actions as access
from throughline.core.access.models import User
from throughline.core.audit.models import Event
from throughline.core.audit.sentences import tell
from throughline.core.errors import Refused
from throughline.record.people.actions import add_identifier, create_person
from throughline.record.people.models import Identifier, Person
from throughline.record.people.search import Sought, find, receipt


def searched(user: User, **sought: Any) -> str:
    asked = Sought(**sought)
    return receipt(user, asked, find(user, asked))


def refusal(**given: Any) -> dict[str, str]:
    before = Person.objects.count()
    with pytest.raises(Refused) as refused:
        create_person(**given)
    assert Person.objects.count() == before
    return refused.value.messages


def test_a_person_who_was_searched_for_is_recorded_and_shown_by_name(cast: Cast) -> None:
    signed = searched(cast.social_worker, text="Kofi Mensah")
    made = create_person(
        by=cast.social_worker, receipt=signed, given=" Kofi ", family="Mensah", date_of_birth=date(2012, 4, 1), sex="M"
    )
    assert (made.shown_name, made.recorded_by) == ("Kofi Mensah", cast.social_worker)
    event = Event.objects.get(verb="people.created")
    assert tell(event) == "Ruth Bell recorded a new person after a search that showed 0 people."
    assert "Kofi" not in str(event.data)


@pytest.mark.parametrize("forged", ["", "nonsense", "a:b:c"])
def test_without_a_search_nobody_is_recorded(cast: Cast, forged: str) -> None:
    said = refusal(by=cast.social_worker, receipt=forged, given="Kofi", family="Mensah")
    assert said == {"": "Search for the person first, so that nobody is recorded twice."}


def test_anothers_search_does_not_count(cast: Cast) -> None:
    signed = searched(cast.other_worker, text="Kofi Mensah")
    assert "" in refusal(by=cast.social_worker, receipt=signed, given="Kofi", family="Mensah")


def test_a_search_counts_for_an_hour(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    signed = searched(cast.social_worker, text="Kofi Mensah")
    now = time.time()
    monkeypatch.setattr(signing.time, "time", lambda: now + 3601)
    said = refusal(by=cast.social_worker, receipt=signed, given="Kofi", family="Mensah")
    assert "more than an hour ago" in said[""]


def test_a_search_for_one_name_does_not_do_for_another(cast: Cast) -> None:
    signed = searched(cast.social_worker, text="Kofi Mensah")
    said = refusal(by=cast.social_worker, receipt=signed, given="Harriet", family="Blythe")
    assert said[""].startswith("You searched for another name")


def test_a_search_by_telephone_alone_is_not_yet_a_search_by_name(cast: Cast) -> None:
    signed = searched(cast.social_worker, phone="07700 900123")
    assert "by name" in refusal(by=cast.social_worker, receipt=signed, given="Kofi", family="Mensah")[""]


def test_someone_strongly_alike_asks_for_a_reason_which_is_kept(cast: Cast) -> None:
    born = cast.theirs.date_of_birth
    signed = searched(cast.social_worker, text="Liam Stone", date_of_birth=born)
    about: dict[str, Any] = {"given": "Liam", "family": "Stone", "date_of_birth": born}
    said = refusal(by=cast.social_worker, receipt=signed, **about)
    assert said["despite"].startswith("The record holds one person very like this one.")
    made = create_person(
        by=cast.social_worker, receipt=signed, despite="Cousins of one name; different mothers.", **about
    )
    told = tell(Event.objects.get(verb="people.created_despite", person_id=made.pk))
    assert "although 1 person like them were found: Cousins of one name; different mothers." in told


def test_what_is_added_after_the_search_is_searched_for_again(cast: Cast) -> None:
    person("Kofi", "Mensah", date(2012, 4, 1))
    other = searched(cast.social_worker, text="Kofee", date_of_birth=date(1950, 1, 1))
    said = refusal(by=cast.social_worker, receipt=other, given="Kofi", family="Mensah", date_of_birth=date(2012, 4, 1))
    assert "despite" in said


def test_a_restricted_double_neither_asks_for_a_reason_nor_shows(cast: Cast) -> None:
    access.restrict(by=cast.front_door_manager, person=cast.theirs, reason="Known to staff", permitted=[])
    signed = searched(cast.social_worker, text="Liam Stone")
    made = create_person(
        by=cast.social_worker, receipt=signed, given="Liam", family="Stone", date_of_birth=cast.theirs.date_of_birth
    )
    assert made.pk


def test_roles_that_record_nobody_are_told_so(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        create_person(by=cast.analyst, receipt="", given="Kofi", family="Mensah")


TODAY = timezone.localdate()


@pytest.mark.parametrize(
    ("about", "field", "says"),
    [
        ({"date_of_birth": TODAY + timedelta(days=1)}, "date_of_birth", "enter it as the expected date"),
        ({"date_of_birth": date(TODAY.year - 121, 1, 1)}, "date_of_birth", "over 120"),
        ({"expected_date": TODAY + timedelta(days=400)}, "expected_date", "more than ten months away"),
        ({"expected_date": TODAY - timedelta(days=90)}, "expected_date", "has passed"),
        ({"sex": "X"}, "sex", "not a code"),
        ({"ethnicity": "MARS"}, "ethnicity", "not a code"),
        ({"given": "K" * 201}, "given", "at most 200"),
        ({"given": " ", "family": " "}, "given", "at least one name"),
        ({"identifiers": [("nhs", "9434765918")]}, "nhs", "does not pass its own check"),
        ({"identifiers": [("nhs", "12345")]}, "nhs", "ten digits; this has 5"),
        ({"identifiers": [("upn", "A801200001001")]}, "upn", "first letter does not fit"),
        ({"identifiers": [("upn", "nonsense")]}, "upn", "a letter and twelve digits"),
    ],
)
def test_what_cannot_be_right_is_said_in_a_sentence(cast: Cast, about: dict[str, Any], field: str, says: str) -> None:
    signed = searched(cast.social_worker, text="Kofi Mensah")
    said = refusal(**{"by": cast.social_worker, "receipt": signed, "given": "Kofi", "family": "Mensah", **about})
    assert says in said[field]


def test_a_number_held_by_someone_reachable_is_named(cast: Cast) -> None:
    Identifier.objects.create(person=cast.ben, type="nhs", value="9434765919")
    with pytest.raises(Refused, match="Ben Okafor has this NHS number already"):
        add_identifier(by=cast.social_worker, person=cast.ada, type="nhs", value="943 476 5919")


def test_a_number_held_elsewhere_says_whom_to_ask_and_names_nobody(cast: Cast) -> None:
    Identifier.objects.create(person=cast.theirs, type="nhs", value="9434765919")
    with pytest.raises(Refused, match="Another record holds this NHS number already") as refused:
        add_identifier(by=cast.social_worker, person=cast.ada, type="nhs", value="943 476 5919")
    assert "Ask the duty manager" in str(refused.value)
    assert "Liam" not in str(refused.value)


def test_a_number_held_by_a_restricted_record_is_kept_without_a_hint_and_told_where_it_may_be(cast: Cast) -> None:
    Identifier.objects.create(person=cast.theirs, type="nhs", value="9434765919")
    access.restrict(by=cast.front_door_manager, person=cast.theirs, reason="Known to staff", permitted=[])
    add_identifier(by=cast.social_worker, person=cast.ada, type="nhs", value="9434765919")
    assert cast.ada.identifiers.get().disputed
    assert Event.objects.get(verb="people.number_elsewhere").person_id == cast.theirs.pk
