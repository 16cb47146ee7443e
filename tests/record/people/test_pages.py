"""The pages about people: finding, creating, details. What each may see, and what never shows."""

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
from throughline.record.people.actions import add_address
from throughline.record.people.models import Identifier, Name, Person
from throughline.record.people.whom_to_ask import whom_to_ask


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def searched(client: Client, **said: Any) -> Any:
    return client.post("/find/", said, follow=True)


def bare(page: Any) -> str:
    """Return a page without the tokens that differ each time."""
    return re.sub(r'(csrfmiddlewaretoken" value|nonce|csrf-token" content)="[^"]+"', "", page.content.decode())


def search_key(page: Any) -> str:
    return str(page.redirect_chain[-1][0].partition("?search=")[2])


def test_a_search_leaves_no_name_in_any_address(cast: Cast) -> None:
    page = searched(signed_in(cast.social_worker), text="Ada Okafor")
    assert page.redirect_chain
    assert all("Ada" not in address and "Okafor" not in address for address, _ in page.redirect_chain)
    assert "Ada Okafor" in page.content.decode()


def test_the_top_bar_without_script_loses_the_name_from_the_address_at_once(cast: Cast) -> None:
    page = signed_in(cast.social_worker).get("/find/?text=Okafor")
    assert page.status_code == 302
    assert "Okafor" not in page["Location"]


@pytest.mark.parametrize("text", ["Okafor", "Nobody At All", "Liam Stone"])
def test_every_page_of_results_holds_the_same_standing_line(cast: Cast, text: str) -> None:
    client = signed_in(cast.social_worker)
    assert whom_to_ask() in searched(client, text=text).content.decode()
    live = client.post("/find/", {"text": text}, headers={"HX-Request": "true"})
    assert whom_to_ask() in live.content.decode()


def test_a_restricted_record_and_none_at_all_give_the_same_page(cast: Cast) -> None:
    access.restrict(by=cast.front_door_manager, person=cast.theirs, reason="A relative works here", permitted=[])
    client = signed_in(cast.social_worker)
    hidden = client.post("/find/", {"text": "Liam Stone"}, headers={"HX-Request": "true"})
    nobody = client.post("/find/", {"text": "Zebedee Quill"}, headers={"HX-Request": "true"})
    assert hidden.content == nobody.content
    assert "Nobody was found" in hidden.content.decode()


def test_a_child_of_another_team_is_shown_in_the_least_words_with_a_way_to_open_with_a_reason(cast: Cast) -> None:
    page = searched(signed_in(cast.social_worker), text="Liam Stone").content.decode()
    assert "Hillside works with them" in page
    assert f"/open/{cast.theirs.pk}/" in page
    assert f"/child/{cast.theirs.pk}/" not in page


def test_a_search_is_written_to_the_account_without_names(cast: Cast) -> None:
    searched(signed_in(cast.social_worker), text="Liam Stone")
    event = Event.objects.get(verb="people.searched")
    assert "Liam" not in str(event.data)
    assert event.data["others"] == [cast.theirs.pk]


@pytest.mark.parametrize("who", ["outsider", "partner", "parent", "young_person", "administrator"])
def test_those_without_a_part_in_the_work_have_no_search(cast: Cast, who: str) -> None:
    client = signed_in(getattr(cast, who))
    assert client.get("/find/").status_code == 403
    assert client.post("/find/", {"text": "Ada"}).status_code == 403
    assert "Ada" not in client.post("/find/", {"text": "Ada"}, headers={"HX-Request": "true"}).content.decode()


def test_another_sessions_search_cannot_be_opened(cast: Cast) -> None:
    key = search_key(searched(signed_in(cast.social_worker), text="Ada Okafor"))
    page = signed_in(cast.other_worker).get(f"/find/?search={key}").content.decode()
    assert "Okafor" not in page
    assert "That search has ended" in page


def test_a_wrong_date_in_the_line_is_said_and_the_rest_is_looked_for(cast: Cast) -> None:
    page = searched(signed_in(cast.social_worker), text="Ada 31/2/2016").content.decode()
    assert "31/2/2016 is not a date" in page
    assert "Ada Okafor" in page


def test_results_take_few_queries_however_many_are_found(cast: Cast, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    for at in range(30):
        person(f"Ada{at}", "Okafor", date(2012, 1, 1))
    client = signed_in(cast.front_door)
    page = searched(client, text="Okafor")
    with django_assert_max_num_queries(16):
        client.get(f"/find/?search={search_key(page)}")


def test_nobody_is_created_without_a_search(cast: Cast) -> None:
    client = signed_in(cast.front_door)
    for page in (client.get("/people/new/"), client.get("/people/new/?search=made-up"), client.post("/people/new/")):
        assert page.status_code == 302
        assert page["Location"] == "/find/"


def test_the_front_door_creates_after_a_search_with_what_was_typed(cast: Cast) -> None:
    client = signed_in(cast.front_door)
    page = searched(client, text="kofi Mensah 1/4/2012")
    address = f"/people/new/?search={search_key(page)}"
    form = client.get(address).context["form"]
    assert (form.initial["given"], form.initial["family"]) == ("Kofi", "Mensah")
    assert form.initial["date_of_birth"] == date(2012, 4, 1)
    done = client.post(
        address,
        {
            "given": "Kofi",
            "family": "Mensah",
            "date_of_birth_0": "1",
            "date_of_birth_1": "4",
            "date_of_birth_2": "2012",
        },
    )
    made = Person.objects.get(shown_name="Kofi Mensah")
    assert done["Location"] == f"/child/{made.pk}/details/"


def test_a_likely_double_is_shown_and_asks_why_not_before_anything_is_written(cast: Cast) -> None:
    client = signed_in(cast.front_door)
    born = cast.theirs.date_of_birth
    assert born is not None
    page = searched(client, text=f"Liam Stone {born:%d/%m/%Y}")
    address = f"/people/new/?search={search_key(page)}"
    assert "Why this is none of the people found" in client.get(address).content.decode()
    said = {"given": "Liam", "family": "Stone", "date_of_birth": born.isoformat()}
    again = client.post(address, said)
    assert "very like this one" in again.content.decode()
    assert Person.objects.filter(shown_name="Liam Stone").count() == 1
    client.post(address, {**said, "despite": "A cousin; seen with both boys today."})
    assert Person.objects.filter(shown_name="Liam Stone").count() == 2


def test_a_refused_number_keeps_what_was_written(cast: Cast) -> None:
    client = signed_in(cast.front_door)
    page = searched(client, text="Kofi Mensah")
    again = client.post(
        f"/people/new/?search={search_key(page)}", {"given": "Kofi", "family": "Mensah", "nhs": "943 476 5918"}
    )
    content = again.content.decode()
    assert "does not pass its own check" in content
    assert "943 476 5918" in content


def test_a_worker_who_could_not_open_what_they_created_is_led_to_place_it(cast: Cast) -> None:
    client = signed_in(cast.social_worker)
    page = searched(client, text="Kofi Mensah")
    done = client.post(f"/people/new/?search={search_key(page)}", {"given": "Kofi", "family": "Mensah"})
    made = Person.objects.get(shown_name="Kofi Mensah")
    assert done["Location"] == f"/child/{made.pk}/family/place/"
    assert client.get(f"/child/{made.pk}/details/").status_code == 404
    assert "Okafor family" in client.get(done["Location"]).content.decode()
    assert signed_in(cast.other_worker).get(done["Location"]).status_code == 404


PAGES = [
    "details/", "details/change/", "details/disabilities/", "details/add/name/", "details/add/contact/",
    "details/add/address/", "details/add/number/", "details/add/warning/", "family/",
]  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("who", ["outsider", "other_worker", "partner", "parent", "young_person", "administrator"])
def test_anothers_child_and_a_missing_one_give_the_same_answer(cast: Cast, who: str, page: str) -> None:
    client = signed_in(getattr(cast, who))
    theirs, missing = client.get(f"/child/{cast.ada.pk}/{page}"), client.get(f"/child/999999/{page}")
    assert theirs.status_code == missing.status_code == 404
    assert bare(theirs) == bare(missing)
    assert client.post(f"/child/{cast.ada.pk}/{page}").status_code in (404, 405)


@pytest.mark.parametrize("page", PAGES[1:8])
def test_those_who_only_read_are_told_that_they_may_not_change(cast: Cast, page: str) -> None:
    assert signed_in(cast.analyst).get(f"/child/{cast.ada.pk}/{page}").status_code == 403


def test_details_take_few_queries_and_the_look_is_logged(cast: Cast, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    client = signed_in(cast.social_worker)
    client.get("/find/")
    with django_assert_max_num_queries(22):
        page = client.get(f"/child/{cast.ada.pk}/details/")
    assert page.status_code == 200
    assert Event.objects.filter(verb="access.viewed", person_id=cast.ada.pk, data__page="the details page").exists()


def test_details_are_changed_and_a_change_by_another_meanwhile_is_shown_side_by_side(cast: Cast) -> None:
    client = signed_in(cast.social_worker)
    address = f"/child/{cast.ada.pk}/details/change/"
    form = client.get(address).context["form"]
    said = {"version": form.initial["version"], "date_of_birth": "2016-01-15", "sex": "F", "religion": "Anglican",
            "languages": "Igbo, English"}  # fmt: skip
    signed_in(cast.team_manager).post(address, {**said, "religion": "Catholic"})
    conflict = client.post(address, said)
    assert conflict.status_code == 409
    assert "Catholic" in conflict.content.decode()
    cast.ada.refresh_from_db()
    assert cast.ada.religion == "Catholic"
    client.post(address, {**said, "version": cast.ada.version})
    cast.ada.refresh_from_db()
    assert (cast.ada.religion, cast.ada.languages) == ("Anglican", ["Igbo", "English"])


@pytest.mark.parametrize(
    ("part", "said", "shows"),
    [
        ("name", {"given": "Addy", "family": "", "type": "known_as"}, "Addy"),
        ("contact", {"kind": "mobile", "value": "07700 900123", "safe": "no"}, "Not safe to use"),
        ("address", {"lines": "12 Mill Lane", "postcode": "zz99 1ab", "kind": "home"}, "ZZ99 1AB"),
        ("number", {"type": "nhs", "value": "943 476 5919"}, "9434765919"),
        ("warning", {"words": "Large dog: ring before you visit"}, "Large dog"),
    ],
)
def test_each_part_is_added_and_shown(cast: Cast, part: str, said: dict[str, str], shows: str) -> None:
    client = signed_in(cast.social_worker)
    done = client.post(f"/child/{cast.ada.pk}/details/add/{part}/", said, follow=True)
    assert done.redirect_chain
    assert shows in done.content.decode()


def test_a_name_that_is_shown_from_now_on_is_the_name_everywhere(cast: Cast) -> None:
    client = signed_in(cast.social_worker)
    client.post(
        f"/child/{cast.ada.pk}/details/add/name/", {"given": "Ada", "family": "Bell", "type": "legal", "shown": "on"}
    )
    cast.ada.refresh_from_db()
    assert cast.ada.shown_name == "Ada Bell"
    first = Name.objects.get(person=cast.ada, family="Okafor")
    client.post(f"/child/{cast.ada.pk}/details/name/{first.pk}/show/")
    cast.ada.refresh_from_db()
    assert cast.ada.shown_name == "Ada Okafor"
    client.post(f"/child/{cast.ben.pk}/details/name/{first.pk}/show/")
    cast.ben.refresh_from_db()
    assert cast.ben.shown_name == "Ben Okafor"


def test_a_row_of_one_person_is_not_ended_through_another(cast: Cast) -> None:
    number = Identifier.objects.create(person=cast.ben, type="nhs", value="9434765919")
    client = signed_in(cast.social_worker)
    assert client.get(f"/child/{cast.ada.pk}/details/number/{number.pk}/end/").status_code == 404
    today = timezone.localdate().isoformat()
    client.post(f"/child/{cast.ben.pk}/details/number/{number.pk}/end/", {"on": today})
    number.refresh_from_db()
    assert number.ended_on is not None


def test_disabilities_are_set_and_no_disability_stands_alone(cast: Cast) -> None:
    client = signed_in(cast.social_worker)
    address = f"/child/{cast.ada.pk}/details/disabilities/"
    version = client.get(address).context["form"].initial["version"]
    wrong = client.post(address, {"version": version, "disabilities": ["NONE", "LD"]})
    assert "No disability stands alone" in wrong.content.decode()
    client.post(address, {"version": version, "disabilities": ["LD", "AUT"], "disability_words": "Needs pictures"})
    assert [one.code for one in cast.ada.disabilities.all()] == ["LD", "AUT"]
    assert client.post(address, {"version": version, "disabilities": ["LD"]}).status_code == 409


def test_a_confidential_address_is_shown_only_on_asking_and_the_look_is_logged(cast: Cast) -> None:
    residence = add_address(by=cast.social_worker, person=cast.ada, lines="1 Refuge Way", confidential=True)
    client = signed_in(cast.social_worker)
    assert "Refuge Way" not in client.get(f"/child/{cast.ada.pk}/details/").content.decode()
    address = f"/child/{cast.ada.pk}/details/address/{residence.pk}/"
    assert "Refuge Way" in client.get(address).content.decode()
    assert Event.objects.filter(person_id=cast.ada.pk, data__page="a confidential address").exists()
    assert signed_in(cast.analyst).get(address).status_code == 403
    assert signed_in(cast.other_worker).get(address).status_code == 404
    assert client.get(f"/child/{cast.ben.pk}/details/address/{residence.pk}/").status_code == 404


def test_a_death_before_the_birth_is_refused_in_words_and_nothing_is_lost(cast: Cast) -> None:
    client = signed_in(cast.social_worker)
    again = client.post(
        f"/child/{cast.ada.pk}/details/change/",
        {"version": 1, "date_of_birth": "2016-01-15", "date_of_death": "2015-01-15", "religion": "Anglican"},
    )
    content = again.content.decode()
    assert "The person was born on 15 January 2016: check both dates." in content
    assert "Anglican" in content
