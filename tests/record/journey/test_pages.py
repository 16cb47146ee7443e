"""The child's page and the pages round it: who sees them, what they hold, how many queries they take."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from tests.cast import Cast
from throughline.core.access.models import Restriction, User
from throughline.core.audit.models import Event
from throughline.core.clocks import actions as clocks
from throughline.record.assessment import actions as assessments
from throughline.record.journey import actions, chronologies, recording
from throughline.record.journey.actions import Part
from throughline.record.journey.models import Chronology, Entry
from throughline.record.plans import actions as plans
from throughline.record.visits import actions as visits

TODAY = timezone.localdate()
AsUser = Callable[[User], Client]


@pytest.fixture
def as_user() -> AsUser:
    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return signed_in


@pytest.fixture
def entry(cast: Cast) -> Entry:
    return recording.record(
        by=cast.social_worker,
        kind="direct_work",
        happened_on=TODAY - timedelta(days=3),
        parts=[Part(cast.ada, said="I like it when Nan comes.", said_how="Drawing", seen=True, seen_alone=True)],
        words="Walked to the park with the dog.",
        family=cast.family,
    )


@pytest.fixture
def chronology(cast: Cast, entry: Entry) -> Chronology:
    made = chronologies.make(by=cast.social_worker, person=cast.ada, title="For the review")
    chronologies.choose(by=cast.social_worker, chronology=made, entry_ids=[entry.pk])
    return made


@pytest.fixture
def pages(cast: Cast, entry: Entry, chronology: Chronology) -> list[str]:
    child, item = cast.ada.pk, chronology.items.get().pk
    return [
        f"/child/{child}/",
        f"/child/{child}/?known_on={TODAY.isoformat()}",
        f"/child/{child}/record/",
        f"/child/{child}/record/note/",
        f"/child/{child}/record/decision/",
        f"/entry/{entry.pk}/",
        f"/entry/{entry.pk}/revise/",
        f"/child/{child}/chronologies/",
        f"/child/{child}/chronologies/new/",
        f"/chronology/{chronology.pk}/",
        f"/chronology/{chronology.pk}/choose/",
        f"/chronology/{chronology.pk}/add/",
        f"/chronology/event/{item}/",
    ]


def read(answer: HttpResponse) -> str:
    """What a page says, without the form token that differs each time."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", answer.content.decode())


def test_the_worker_reads_every_page(cast: Cast, pages: list[str], as_user: AsUser) -> None:
    client = as_user(cast.social_worker)
    assert {page: client.get(page).status_code for page in pages} == dict.fromkeys(pages, 200)


def test_the_outsider_and_another_teams_worker_get_the_answer_of_a_child_who_does_not_exist(
    cast: Cast, pages: list[str], as_user: AsUser
) -> None:
    for someone in (cast.outsider, cast.other_worker, cast.partner, cast.parent, cast.administrator):
        client = as_user(someone)
        missing = client.get("/child/999999999/")
        assert missing.status_code == 404
        for page in pages:
            answer = client.get(page)
            assert (page, answer.status_code, read(answer)) == (page, 404, read(missing))


def test_a_restricted_child_answers_as_missing_even_to_the_director_of_another_matter(
    cast: Cast, pages: list[str], as_user: AsUser
) -> None:
    Restriction.objects.create(person=cast.ada, reason="A relative works here", made_by=cast.team_manager)
    client = as_user(cast.analyst)
    assert read(client.get(pages[0])) == read(client.get("/child/999999999/"))


def test_nobody_reads_anything_without_signing_in(cast: Cast, pages: list[str], client: Client) -> None:
    for page in pages:
        answer = client.get(page)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/sign-in/")


def test_each_look_is_written_down_with_why_it_was_allowed(cast: Cast, pages: list[str], as_user: AsUser) -> None:
    as_user(cast.team_manager).get(pages[0])
    event = Event.objects.filter(verb="access.viewed", actor_id=cast.team_manager.pk).get()
    assert event.person_id == cast.ada.pk
    assert event.data == {"page": "the child's page", "why": "team manager of Riverside"}


def test_the_page_tells_who_this_is_what_they_say_and_what_happened(cast: Cast, entry: Entry, as_user: AsUser) -> None:
    actions.open_episode(person=cast.ada, kind="in_need", started_on=TODAY - timedelta(days=100), by=None)
    text = as_user(cast.social_worker).get(f"/child/{cast.ada.pk}/").content.decode()
    for words in (
        "Ada Okafor", "I like it when Nan comes.", "Walked to the park with the dog.", "seen alone",
        "Child in need since", "Ruth Bell, lead worker (Riverside)", "<svg",
    ):  # fmt: skip
        assert words in text


def test_what_is_the_siblings_alone_is_not_on_the_childs_page(cast: Cast, as_user: AsUser) -> None:
    recording.record(
        by=cast.social_worker, kind="note", happened_on=TODAY,
        words="Both.",
        parts=[Part(cast.ada, words="Ada: glasses."), Part(cast.ben, words="Ben: the secret he asked us to keep.")],
    )  # fmt: skip
    text = as_user(cast.social_worker).get(f"/child/{cast.ada.pk}/").content.decode()
    assert "Ada: glasses." in text
    assert "secret he asked" not in text


def test_the_childs_page_takes_at_most_fifteen_queries_however_long_the_story(
    cast: Cast, as_user: AsUser, django_assert_max_num_queries: Callable[..., object]
) -> None:
    for number in range(60):
        recording.record(
            by=cast.social_worker, kind="note", happened_on=TODAY - timedelta(days=number),
            parts=[Part(cast.ada), Part(cast.ben)], words=f"Note {number}", family=cast.family,
        )  # fmt: skip
    entry = Entry.objects.first()
    assert entry is not None
    for number in range(4):
        frame = clocks.start_agreed(
            by=cast.social_worker, person=cast.ada, label=f"Agreed {number}", started_on=TODAY, due_on=TODAY,
            reason="So that it is not forgotten", agreed_with="Grace", entry=entry,
        )  # fmt: skip
        clocks.move(by=cast.social_worker, frame=frame, due_on=TODAY + timedelta(days=9), reason="Ill", told=["Grace"])
    plan = plans.begin(
        by=cast.social_worker,
        person=cast.ada,
        kind="in_need",
        started_on=TODAY,
        words={"needs_to_change": "Quiet nights", "safe_enough": "A month of them"},
    )
    plans.add_action(by=cast.social_worker, plan=plan, what="Ring", who="Nan")
    assessments.begin(by=cast.social_worker, family=cast.family, children=[cast.ada])
    for number in (3, 2):
        visits.record_visit(
            by=cast.social_worker, family=cast.family, parts=[Part(cast.ada, seen=False)], where="home",
            happened_on=TODAY - timedelta(days=number),
        )  # fmt: skip
    client = as_user(cast.social_worker)
    with django_assert_max_num_queries(15):
        assert client.get(f"/child/{cast.ada.pk}/").status_code == 200


def test_the_story_is_paged_and_every_entry_can_be_reached(cast: Cast, as_user: AsUser) -> None:
    for number in range(60):
        recording.record(
            by=cast.social_worker, kind="note", happened_on=TODAY, parts=[Part(cast.ada)], words=f"Note {number:02d}."
        )
    client, seen, address = as_user(cast.social_worker), set(), f"/child/{cast.ada.pk}/"
    while address:
        answer = client.get(address, headers={"HX-Target": "story"})
        told = answer.context["told"]
        seen |= {line.words for line in told.lines}
        address = f"/child/{cast.ada.pk}/?before={told.earlier}" if told.earlier else ""
    assert len(seen) == 60


def test_filters_stay_until_they_are_changed(cast: Cast, entry: Entry, as_user: AsUser) -> None:
    recording.record(by=cast.social_worker, kind="note", happened_on=TODAY, parts=[Part(cast.ada)], words="The cooker.")
    client = as_user(cast.social_worker)
    client.get(f"/child/{cast.ada.pk}/?filter=1&only=said")
    told = client.get(f"/child/{cast.ada.pk}/").context["told"]
    assert [line.entry_id for line in told.lines] == [entry.pk]
    assert len(client.get(f"/child/{cast.ada.pk}/?clear=1").context["told"].lines) == 2


@pytest.mark.parametrize(
    "odd", ["known_on=2026-02-31", "known_on=tomorrow", "from=x&to=y", "window=z", "before=9.x", "filter=1&since=no"]
)
def test_odd_addresses_show_the_page_rather_than_an_error(cast: Cast, entry: Entry, as_user: AsUser, odd: str) -> None:
    assert as_user(cast.social_worker).get(f"/child/{cast.ada.pk}/?{odd}").status_code == 200


def test_recording_from_the_page_keeps_each_childs_part(cast: Cast, as_user: AsUser) -> None:
    client = as_user(cast.social_worker)
    answer = client.post(
        f"/child/{cast.ada.pk}/record/direct_work/",
        {
            "about": [cast.ada.pk, cast.ben.pk],
            "happened_on_0": TODAY.day, "happened_on_1": TODAY.month, "happened_on_2": TODAY.year,
            "words": "Made biscuits.",
            f"seen-{cast.ada.pk}": "alone", f"said-{cast.ada.pk}": "Mine is a star.",
            f"seen-{cast.ben.pk}": "no", f"part-{cast.ben.pk}": "Ben was at a party.",
        },
    )  # fmt: skip
    assert answer.status_code == 302, answer.context["form"].errors
    parts = {part.person_id: part for part in Entry.objects.get().subjects.all()}
    assert parts[cast.ada.pk].seen_alone
    assert parts[cast.ada.pk].said == "Mine is a star."
    assert parts[cast.ben.pk].seen is False
    assert parts[cast.ben.pk].part == "Ben was at a party."


def test_a_form_with_a_fault_comes_back_with_every_word(cast: Cast, as_user: AsUser) -> None:
    answer = as_user(cast.social_worker).post(
        f"/child/{cast.ada.pk}/record/note/", {"about": [cast.ada.pk], "words": "A long account", "happened_on_0": "31",
                                               "happened_on_1": "2", "happened_on_2": "2026"}
    )  # fmt: skip
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "A long account" in text
    assert "govuk-error-summary" in text
    assert not Entry.objects.exists()


def test_a_child_of_another_family_cannot_be_slipped_into_a_form(cast: Cast, as_user: AsUser) -> None:
    answer = as_user(cast.social_worker).post(
        f"/child/{cast.ada.pk}/record/note/",
        {"about": [cast.theirs.pk], "words": "x", "happened_on_0": TODAY.day, "happened_on_1": TODAY.month,
         "happened_on_2": TODAY.year},
    )  # fmt: skip
    assert answer.status_code == 200
    assert not Entry.objects.exists()
