"""The family page and what is recorded from it: who may, what shows, and what never does."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import Cast, person
from throughline.core.access import actions as access
from throughline.core.access.models import User
from throughline.core.audit.models import Event
from throughline.record.families.actions import add_professional, make_household, move_in
from throughline.record.families.models import Family, Household, Involvement, Membership, Relationship
from throughline.record.people.actions import add_address
from throughline.record.people.models import Person


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def bare(page: Any) -> str:
    """Return a page without the tokens that differ each time."""
    return re.sub(r'(csrfmiddlewaretoken" value|nonce)="[^"]+"', "", page.content.decode())


def search_key(client: Client, family: Family, text: str) -> str:
    page = client.post(f"/family/{family.pk}/add/", {"text": text})
    client.get(page["Location"])
    return str(page["Location"].partition("?search=")[2])


def test_the_family_page_says_who_is_whose_in_few_queries_and_logs_the_look(
    cast: Cast, django_assert_max_num_queries
) -> None:  # type: ignore[no-untyped-def]
    home = make_household(by=cast.social_worker, family=cast.family, label="Grace's home")
    for one in (cast.ada, cast.ben, cast.mother):
        move_in(by=cast.social_worker, household=home, person=one)
    add_professional(by=cast.social_worker, person=cast.ada, name="Ms Hale", role="Teacher", agency="Hilltop School")
    client = signed_in(cast.social_worker)
    client.get("/find/")
    with django_assert_max_num_queries(26):
        page = client.get(f"/family/{cast.family.pk}/")
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page.content.decode()))
    assert "Mother of Ada Okafor, Ben Okafor and Baby Okafor" in words
    assert "Daughter of Grace Okafor" in words
    assert "Parental responsibility for Ada Okafor" in words
    assert "Main carer of Ada Okafor, Ben Okafor and Baby Okafor" in words
    assert "Grace&#x27;s home" in words
    assert "Ms Hale, Teacher" in words
    looks = Event.objects.filter(verb="access.viewed", data__page="the family page")
    assert set(looks.values_list("person_id", flat=True)) == {cast.ada.pk, cast.ben.pk, cast.unborn.pk}


PAGES = ["", "add/", "relate/", "household/", "professional/", "new/?search=x", "add/{ada}/", "member/{member}/end/",
         "tie/{tie}/", "tie/{tie}/end/", "household/{home}/"]  # fmt: skip


def addresses(cast: Cast) -> list[tuple[str, str]]:
    home = make_household(by=cast.social_worker, family=cast.family, label="One")
    ids = {
        "ada": cast.ada.pk,
        "member": Membership.objects.get(person=cast.ada).pk,
        "tie": Relationship.objects.get(other=cast.ada).pk,
        "home": home.pk,
    }
    named = [page.format(**ids) for page in PAGES]
    return [(f"/family/{cast.family.pk}/{page}", f"/family/999999/{page}") for page in named]


@pytest.mark.parametrize("who", ["outsider", "other_worker", "partner", "parent", "young_person", "administrator"])
def test_anothers_family_and_a_missing_one_give_the_same_answer(cast: Cast, who: str) -> None:
    pairs = addresses(cast)
    client = signed_in(getattr(cast, who))
    for theirs, missing in pairs:
        if "search=" in theirs:
            continue  # leads to the search before anything is fetched, whatever the family
        one, other = client.get(theirs), client.get(missing)
        assert (one.status_code, other.status_code) == (404, 404), theirs
        assert bare(one) == bare(other), theirs
        assert client.post(theirs).status_code in (404, 405), theirs


def test_those_who_only_read_see_the_page_and_may_change_nothing(cast: Cast) -> None:
    pairs = addresses(cast)
    client = signed_in(cast.analyst)
    assert client.get(pairs[0][0]).status_code == 200
    assert "Add someone" not in client.get(pairs[0][0]).content.decode()
    for theirs, _ in pairs[1:]:
        if "search=" not in theirs:
            assert client.get(theirs).status_code == 403, theirs


def test_a_restricted_brother_is_nowhere_on_the_page(cast: Cast) -> None:
    Relationship.objects.create(person=cast.ben, other=cast.ada, type="sibling")
    access.restrict(by=cast.front_door_manager, person=cast.ben, reason="A relative works here", permitted=[])
    page = signed_in(cast.social_worker).get(f"/family/{cast.family.pk}/").content.decode()
    assert "Ben" not in page
    assert "Ada" in page


def test_a_mother_shared_with_another_team_does_not_open_their_family(cast: Cast) -> None:
    Membership.objects.create(family=cast.their_family, person=cast.mother)
    Relationship.objects.create(person=cast.mother, other=cast.theirs, type="mother")
    client = signed_in(cast.social_worker)
    assert client.get(f"/family/{cast.their_family.pk}/").status_code == 404
    assert "Liam" not in client.get(f"/family/{cast.family.pk}/").content.decode()
    assert client.get(f"/child/{cast.mother.pk}/family/")["Location"] == f"/family/{cast.family.pk}/"


def test_a_confidential_address_is_not_on_the_family_page_for_anyone(cast: Cast) -> None:
    kept = add_address(by=cast.social_worker, person=cast.mother, lines="1 Refuge Way", confidential=True)
    Household.objects.create(family=cast.family, label="Grace's home", address=kept.address)
    for user in (cast.social_worker, cast.team_manager, cast.front_door, cast.analyst):
        page = signed_in(user).get(f"/family/{cast.family.pk}/").content.decode()
        assert "Refuge Way" not in page
        assert "Address kept confidential" in page


def test_someone_found_is_added_with_what_they_are_to_the_children(cast: Cast) -> None:
    father = person("Emeka", "Okafor", date(1989, 2, 3), sex="M")
    client = signed_in(cast.front_door)
    key = search_key(client, cast.family, "Emeka")
    results = client.get(f"/family/{cast.family.pk}/add/?search={key}").content.decode()
    assert f"/family/{cast.family.pk}/add/{father.pk}/" in results
    client.post(
        f"/family/{cast.family.pk}/add/{father.pk}/",
        {"tie": "father", "of": [cast.ada.pk, cast.ben.pk], "parental_responsibility": "on",
         "responsibility_basis": "registered_father"},
    )  # fmt: skip
    assert Relationship.objects.filter(person=father, type="father", parental_responsibility=True).count() == 2
    assert Membership.objects.filter(family=cast.family, person=father).exists()


def test_an_unlikely_father_is_asked_about_and_nothing_is_written_until_confirmed(cast: Cast) -> None:
    young = person("Emeka", "Okafor", date(2019, 2, 3), sex="M")
    client = signed_in(cast.front_door)
    said = {"tie": "father", "of": [cast.ada.pk]}
    again = client.post(f"/family/{cast.family.pk}/add/{young.pk}/", said).content.decode()
    assert "after Ada Okafor" in again
    assert "Yes, this is right" in again
    assert not Membership.objects.filter(person=young).exists()
    client.post(f"/family/{cast.family.pk}/add/{young.pk}/", {**said, "confirm": "on"})
    assert Relationship.objects.filter(person=young, other=cast.ada).exists()


def test_a_worker_records_someone_new_in_their_family_in_one_act_and_sees_them(cast: Cast) -> None:
    client = signed_in(cast.social_worker)
    key = search_key(client, cast.family, "Nkechi Eze")
    said = {"given": "Nkechi", "family": "Eze", "sex": "F", "tie": "aunt_or_uncle", "of": [cast.ada.pk]}
    done = client.post(f"/family/{cast.family.pk}/new/?search={key}", said)
    assert done["Location"] == f"/family/{cast.family.pk}/"
    assert "Aunt of Ada Okafor" in client.get(done["Location"]).content.decode()


def test_a_fault_in_the_relationship_leaves_nobody_half_created(cast: Cast) -> None:
    client = signed_in(cast.social_worker)
    key = search_key(client, cast.family, "Nkechi Eze")
    said = {"given": "Nkechi", "family": "Eze", "tie": "aunt_or_uncle"}
    again = client.post(f"/family/{cast.family.pk}/new/?search={key}", said)
    assert "Tick to whom" in again.content.decode()
    assert not Person.objects.filter(shown_name="Nkechi Eze").exists()


def test_a_worker_cannot_add_another_teams_child_by_the_address(cast: Cast) -> None:
    client = signed_in(cast.social_worker)
    for page in (f"add/{cast.theirs.pk}/", f"add-new/{cast.theirs.pk}/"):
        assert client.get(f"/family/{cast.family.pk}/{page}").status_code == 404
        assert client.post(f"/family/{cast.family.pk}/{page}", {"subject_child": "on"}).status_code == 404
    access.break_glass(by=cast.social_worker, person_id=cast.theirs.pk, reason="Met at the same school today")
    for page in (f"add/{cast.theirs.pk}/", f"add-new/{cast.theirs.pk}/"):
        assert client.post(f"/family/{cast.family.pk}/{page}", {"subject_child": "on"}).status_code == 403
    assert not Membership.objects.filter(family=cast.family, person=cast.theirs).exists()


def test_a_worker_places_someone_they_have_just_created(cast: Cast) -> None:
    made = person("Nkechi", "Eze")
    Person.objects.filter(pk=made.pk).update(recorded_by=cast.social_worker)
    client = signed_in(cast.social_worker)
    done = client.post(f"/child/{made.pk}/family/place/", {"family": cast.family.pk})
    assert client.get(done["Location"]).status_code == 200
    client.post(done["Location"], {})
    assert Membership.objects.filter(family=cast.family, person=made).exists()
    again = client.post(f"/child/{made.pk}/family/place/", {"family": cast.their_family.pk})
    assert "Location" not in again


def test_homes_and_professionals_are_recorded_and_end(cast: Cast) -> None:
    client, family = signed_in(cast.social_worker), f"/family/{cast.family.pk}/"
    today = timezone.localdate().isoformat()
    client.post(f"{family}household/", {"label": "Grace's home", "members": [cast.ada.pk, cast.mother.pk]})
    home = Household.objects.get()
    client.post(f"{family}household/{home.pk}/", {"person": cast.ben.pk, "part_time": "on"})
    assert home.members.count() == 3
    living = home.members.get(person=cast.ben)
    client.post(f"{family}living/{living.pk}/end/", {"on": today})
    living.refresh_from_db()
    assert living.ended_on == timezone.localdate()
    client.post(
        f"{family}professional/", {"name": "Ms Hale", "role": "Teacher", "children": [cast.ada.pk, cast.ben.pk]}
    )
    assert Involvement.objects.count() == 2
    involved = Involvement.objects.get(person=cast.ada)
    client.post(f"{family}professional/{involved.pk}/end/", {"on": today})
    involved.refresh_from_db()
    assert involved.ended_on == timezone.localdate()
    other = signed_in(cast.other_worker)
    assert other.post(f"{family}professional/{involved.pk}/end/", {"on": today}).status_code == 404


def test_responsibility_and_ends_are_recorded_from_the_page(cast: Cast) -> None:
    client, family = signed_in(cast.social_worker), f"/family/{cast.family.pk}/"
    tie = Relationship.objects.get(other=cast.ada)
    client.post(f"{family}tie/{tie.pk}/", {"held": "on", "responsibility_basis": "birth_mother"})
    tie.refresh_from_db()
    assert (tie.responsibility_basis, tie.main_carer) == ("birth_mother", False)
    wrong = client.post(f"{family}tie/{tie.pk}/", {"held": "on"}).content.decode()
    assert "Choose how parental responsibility is held" in wrong
    place = Membership.objects.get(family=cast.family, person=cast.mother)
    client.post(f"{family}member/{place.pk}/end/", {"on": timezone.localdate().isoformat(), "why_left": "Moved away"})
    place.refresh_from_db()
    assert place.why_ended == "Moved away"
    assert "Belonged before" in client.get(family).content.decode()


def test_a_child_without_a_family_begins_one(cast: Cast) -> None:
    alone = person("Zed", "Quill", date(2015, 1, 1))
    client = signed_in(cast.front_door)
    assert "Begin a family" in client.get(f"/child/{alone.pk}/family/").content.decode()
    done = client.post(f"/child/{alone.pk}/family/begin/")
    assert "Quill family" in client.get(done["Location"]).content.decode()
    assert signed_in(cast.other_worker).post(f"/child/{alone.pk}/family/begin/").status_code == 404
