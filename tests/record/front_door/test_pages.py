"""The front door's pages, whole requests."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.cast import Cast
from tests.record.front_door.conftest import deciding, taking
from throughline.core import drafts
from throughline.core.access import actions as access
from throughline.core.access.models import User
from throughline.core.audit.models import Event
from throughline.record.front_door import actions
from throughline.record.front_door.actions import Named
from throughline.record.front_door.models import Consultation, Contact, Decision, Feedback, Referral
from throughline.record.people.models import Person

SHEET = "/front-door/contact/abc123/"


def signed_in(user: User) -> Client:
    """Return a client for the user."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def without_token(answer: Any) -> str:
    """Return the page without the form token, which is another on every page."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", answer.content.decode())


def filled(cast: Cast, **changes: Any) -> dict[str, Any]:
    """Return the contact sheet as a browser would send it."""
    today = timezone.localdate()
    pk = cast.ada.pk
    return {
        "people": [str(pk)],
        f"part-{pk}": "child",
        f"safe-{pk}": "yes",
        "source": "2A",
        "source_name": "Mr Ali",
        "source_agency": "Hill School",
        "method": "telephone",
        "happened_on_0": str(today.day),
        "happened_on_1": str(today.month),
        "happened_on_2": str(today.year),
        "nature": "harm",
        "worry": "Hungry three days running.",
        "consent": "given",
        "basis": "public_task",
        "parents_told": "yes",
        "told_words": "The school rang Grace.",
        **changes,
    }


def test_a_contact_is_taken_from_its_sheet_and_leads_to_its_page(cast: Cast) -> None:
    client = signed_in(cast.front_door)
    answer = client.post(SHEET, filled(cast))
    contact = Contact.objects.get()
    assert answer.status_code == 302, answer.context["form"].errors
    assert answer["Location"] == reverse("front_door:open", args=[contact.pk])
    page = client.get(answer["Location"]).content.decode()
    assert "Hungry three days running." in page
    assert "Mr Ali, Hill School" in page
    assert "Article 6(1)(e)" in page
    assert drafts.load(cast.front_door, "contact_sheet:abc123") is None


def test_a_half_filled_sheet_survives_a_closed_browser(cast: Cast) -> None:
    client = signed_in(cast.front_door)
    client.post(SHEET, {"people": [str(cast.ada.pk)], "worry": "Half a sen", "_name": "1"})
    assert not Contact.objects.exists()
    another = signed_in(cast.front_door)
    begun = another.get("/front-door/contact/").content.decode()
    assert "Go on with the one last saved" in begun
    assert SHEET in begun
    page = another.get(SHEET).content.decode()
    assert "Half a sen" in page
    assert "Ada Okafor" in page


def test_what_is_refused_stays_on_the_sheet(cast: Cast) -> None:
    client = signed_in(cast.front_door)
    answer = client.post(SHEET, filled(cast, basis="consent", consent="not_sought", consent_why="Danger."))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Nobody agreed, so this cannot rest on their agreement" in page
    assert "Hungry three days running." in page
    assert drafts.load(cast.front_door, "contact_sheet:abc123") is not None
    answer = client.post(SHEET, filled(cast, people=[]))
    assert "Say which child this is about" in answer.content.decode()


def test_someone_is_named_through_a_search_and_their_record_is_listed(cast: Cast) -> None:
    client = signed_in(cast.front_door)
    earlier = taking(cast)
    client.post(SHEET, {"worry": "A worry", "_name": "1"})
    people = f"{SHEET}people/"
    answer = client.post(people, {"text": "Ada Okafor"})
    assert "Ada" not in answer["Location"], "no name is ever in an address"
    assert "This is the person" in client.get(answer["Location"]).content.decode()
    answer = client.post(people, {"person": str(cast.ada.pk)})
    assert answer["Location"] == f"{SHEET}#people"
    page = client.get(SHEET).content.decode()
    assert "A worry" in page
    assert earlier.entry.summary in page
    assert Event.objects.filter(verb="access.viewed", person_id=cast.ada.pk, actor_id=cast.front_door.pk).exists()


def test_someone_new_is_recorded_after_the_search_and_named_on_the_sheet(cast: Cast) -> None:
    client = signed_in(cast.front_door)
    found = client.post(f"{SHEET}people/", {"text": "Zebedee Quillfeather"})["Location"]
    assert "Record a new person" in client.get(found).content.decode()
    create = found.replace("/people/", "/people/new/")
    answer = client.post(create, {"given": "Zebedee", "family": "Quillfeather", "despite": ""})
    assert answer.status_code == 302, answer.content.decode()
    made = Person.objects.get(shown_name="Zebedee Quillfeather")
    draft = drafts.load(cast.front_door, "contact_sheet:abc123")
    assert draft is not None
    assert draft.data["people"] == [str(made.pk)]


def test_nobody_is_recorded_without_a_search(cast: Cast) -> None:
    answer = signed_in(cast.front_door).get(f"{SHEET}people/new/")
    assert answer["Location"] == f"{SHEET}people/"


def test_someone_is_taken_out_of_the_sheet_again(cast: Cast) -> None:
    client = signed_in(cast.front_door)
    client.post(SHEET, {"people": [str(cast.ada.pk), str(cast.ben.pk)], "_out": str(cast.ada.pk)})
    page = client.get(SHEET).content.decode()
    assert "Ben Okafor" in page
    assert "Ada Okafor" not in page


def test_a_number_slipped_into_the_sheet_shows_nobody_whom_one_may_not_record_about(cast: Cast) -> None:
    client = signed_in(cast.other_worker)
    answer = client.post(SHEET, filled(cast))
    assert not Contact.objects.exists()
    assert "Ada" not in answer.content.decode()
    assert client.post(f"{SHEET}people/", {"person": str(cast.ada.pk)}).status_code == 404


def test_an_urgent_contact_takes_whoever_may_decide_to_the_decision_at_once(cast: Cast) -> None:
    urgent = filled(cast, **{f"safe-{cast.ada.pk}": "no"}, consent="", basis="", parents_told="", told_words="")
    answer = signed_in(cast.front_door_manager).post(SHEET, urgent)
    contact = Contact.objects.get()
    assert answer["Location"] == reverse("front_door:decide", args=[contact.pk])
    page = signed_in(cast.front_door_manager).get(answer["Location"]).content.decode()
    assert page.index("Strategy discussion now") < page.index("Information and advice")


def test_a_consultation_is_kept_and_listed_apart(cast: Cast) -> None:
    client = signed_in(cast.front_door)
    today = timezone.localdate()
    answer = client.post(
        "/front-door/consultation/q1/",
        {
            "source": "2A", "source_name": "Mr Ali", "method": "telephone", "question": "Should I refer?",
            "checked": "Not known to us.", "advice": "Talk to his mother.", "next_step": "Rings back.",
            "next_by": "Mr Ali", "asked_on_0": today.day, "asked_on_1": today.month, "asked_on_2": today.year,
        },
    )  # fmt: skip
    assert answer.status_code == 302, answer.context["form"].errors
    assert Consultation.objects.count() == 1
    assert "Should I refer?" in client.get(answer["Location"]).content.decode()
    assert "Should I refer?" not in client.get("/front-door/").content.decode()


def test_a_manager_decides_on_the_page_and_the_absence_of_feedback_is_seen(cast: Cast, contact: Contact) -> None:
    client = signed_in(cast.front_door_manager)
    pk = cast.ada.pk
    address = reverse("front_door:decide", args=[contact.pk])
    answer = client.post(
        address, {f"outcome-{pk}": "assessment", f"team-{pk}": cast.other_team.pk, "reasons": "Hungry."}
    )
    assert answer.status_code == 302, answer.context["form"].errors
    assert Decision.objects.get().contact == contact
    assert "Nobody has told Hill School" in client.get("/front-door/").content.decode()
    today = timezone.localdate()
    client.post(
        reverse("front_door:tell", args=[contact.pk]),
        {"told_on_0": today.day, "told_on_1": today.month, "told_on_2": today.year, "told_whom": "Mr Ali",
         "method": "telephone", "words": "An assessment begins."},
    )  # fmt: skip
    assert Feedback.objects.count() == 1
    assert "Nobody has told" not in client.get("/front-door/").content.decode()


def test_a_worker_accepts_a_referral_and_passes_on_but_does_not_decide(
    cast: Cast, contact: Contact, door_of: Callable[[str], None]
) -> None:
    client = signed_in(cast.front_door)
    assert client.get(reverse("front_door:decide", args=[contact.pk])).status_code == 403
    client.post(reverse("front_door:refer", args=[contact.pk]))
    assert Referral.objects.filter(contact=contact).exists()
    again = client.post(reverse("front_door:refer", args=[contact.pk]), follow=True)
    assert "a referral already" in again.content.decode()
    door_of('door = "triage"\n')
    moved = client.post(
        reverse("front_door:pass_on", args=[contact.pk]), {"to": "early_help_triage", "reason": "Help."}
    )
    assert moved.status_code == 302
    contact.refresh_from_db()
    assert contact.step == "early_help_triage"


def test_how_an_urgent_contact_was_shared_is_recorded_afterwards(cast: Cast) -> None:
    contact = taking(cast, named=[Named(cast.ada, "child", "no")], sharing=None)
    client = signed_in(cast.front_door)
    assert "Not recorded: it was urgent" in client.get(reverse("front_door:open", args=[contact.pk])).content.decode()
    answer = client.post(
        reverse("front_door:sharing", args=[contact.pk]),
        {"consent": "not_sought", "consent_why": "No time.", "basis": "life", "parents_told": "no", "told_words": "X."},
    )
    assert answer.status_code == 302
    contact.refresh_from_db()
    assert contact.lawful_basis == "life"


@pytest.mark.parametrize("name", ["open", "decide", "tell", "pass_on", "sharing"])
def test_missing_restricted_and_another_teams_contact_answer_alike(cast: Cast, contact: Contact, name: str) -> None:
    restricted = taking(cast, named=[Named(cast.theirs, "child", "yes")])
    access.restrict(by=cast.front_door_manager, person=cast.theirs, reason="Named.", permitted=[])
    for user, pks in (
        (cast.other_worker, (contact.pk, restricted.pk, 999_999)),
        (cast.outsider, (contact.pk, 999_999)),
    ):
        client = signed_in(user)
        answers = [client.get(reverse(f"front_door:{name}", args=[pk])) for pk in pks]
        assert {answer.status_code for answer in answers} == {404}
        assert len({without_token(answer) for answer in answers}) == 1


def test_those_whose_role_opens_no_record_are_turned_away_at_the_front_door(cast: Cast) -> None:
    for someone in (cast.outsider, cast.partner, cast.parent):
        client = signed_in(someone)
        for path in ("/front-door/", "/front-door/numbers/", "/front-door/contact/", SHEET, f"{SHEET}people/"):
            assert client.get(path).status_code == 403, path


def test_the_list_shows_twenty_five_and_asks_a_fixed_number_of_questions(
    cast: Cast, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    for _ in range(26):
        taking(cast)
    deciding(cast, Contact.objects.order_by("pk")[0], "advice")
    client = signed_in(cast.front_door)
    with django_assert_max_num_queries(16):
        page = client.get("/front-door/").content.decode()
    assert page.count('class="fd-row"') == 25
    assert "Page 1 of 2" in page
    with django_assert_max_num_queries(16):
        last = client.get("/front-door/?page=2").content.decode()
    assert "Information and advice" in last
    assert client.get("/front-door/?page=elephants&show=none").status_code == 200


def test_one_contact_is_read_in_a_fixed_number_of_questions(
    cast: Cast, contact: Contact, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    actions.make_referral(by=cast.front_door, contact=contact)
    deciding(cast, contact)
    client = signed_in(cast.front_door_manager)
    with django_assert_max_num_queries(30):
        client.get(reverse("front_door:open", args=[contact.pk]))


def test_the_numbers_say_what_they_are_made_of(cast: Cast, contact: Contact) -> None:
    deciding(cast, contact)
    page = signed_in(cast.analyst).get("/front-door/numbers/?from=nonsense").content.decode()
    assert "1 of 1 contacts became referrals (100.0%)" in page
    assert "neither good nor bad" in page
