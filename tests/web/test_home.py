"""Home: what needs me, my children, my drafts; each in sentences, and no more queries for more children."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import Cast, person
from throughline.core import drafts
from throughline.core.access.models import Allocation, BreakGlass
from throughline.core.clocks import actions as clocks
from throughline.record.families.models import Membership
from throughline.record.journey.actions import Part
from throughline.record.journey.models import Episode
from throughline.record.visits import actions as visits
from throughline.web.home.band import WIDTH, Stretch, draw


@pytest.fixture
def today() -> date:
    return timezone.localdate()


def home(client: Client, user: Any, **query: Any) -> Any:
    client.force_login(user)
    return client.get("/", query)


def visit(cast: Cast, day: date, **seen: bool) -> None:
    children = {"ada": cast.ada, "ben": cast.ben}
    parts = [
        Part(children[name], seen=was, seen_alone=was, said="Hello" if was else "", why_not_seen="Asleep" * (not was))
        for name, was in seen.items()
    ]
    visits.record_visit(
        by=cast.social_worker, family=cast.family, parts=parts, happened_on=day, where="home", words="We talked."
    )


def test_a_worker_sees_their_children_with_who_is_around_them(client: Client, cast: Cast) -> None:
    page = home(client, cast.social_worker).content.decode()
    assert "Ada Okafor" in page
    assert "9 years" in page
    assert "Grace Okafor (mother)" in page
    assert "Liam Stone" not in page


def test_someone_elses_children_are_on_nobody_elses_home(client: Client, cast: Cast) -> None:
    for user in (cast.other_worker, cast.outsider, cast.partner, cast.administrator, cast.analyst):
        page = home(client, user).content.decode()
        assert "Ada Okafor" not in page, user


def test_what_is_happening_now_and_when_the_child_was_last_seen(client: Client, cast: Cast, today: date) -> None:
    Episode.objects.create(person=cast.ada, kind="in_need", started_on=today - timedelta(days=60))
    visit(cast, today - timedelta(days=4), ada=True)
    row = next(row for row in home(client, cast.social_worker).context["rows"] if row.person.pk == cast.ada.pk)
    assert row.now[0].startswith("Child in need since")
    assert row.last_seen == today - timedelta(days=4)
    assert "seen once" in row.band.words


def test_a_child_who_was_missed_is_the_first_sentence(client: Client, cast: Cast, today: date) -> None:
    visit(cast, today - timedelta(days=20), ada=True, ben=True)
    visit(cast, today - timedelta(days=6), ada=True, ben=False)
    first = home(client, cast.social_worker).context["needs"][0]
    assert first.sentence.startswith("Ben Okafor was not seen at the last visit")
    assert first.url == f"/child/{cast.ben.pk}/unseen/"


def test_a_date_that_passed_asks_for_words_and_says_what_it_rests_on(client: Client, cast: Cast, today: date) -> None:
    clocks.start_agreed(
        by=cast.social_worker, person=cast.ada, label="Family meeting", started_on=today - timedelta(days=20),
        due_on=today - timedelta(days=2), reason="Grandmother can come then", agreed_with="Grace",
    )  # fmt: skip
    needs = home(client, cast.social_worker).context["needs"]
    assert "Ada Okafor: family meeting, date passed 2 days ago" in needs[0].sentence
    assert "Agreed on" in needs[0].why


def test_when_nothing_is_due_it_says_so_calmly(client: Client, cast: Cast) -> None:
    assert "Nothing that was agreed falls due this week" in home(client, cast.social_worker).content.decode()


def test_a_draft_is_on_the_home_page_of_its_writer_alone(client: Client, cast: Cast) -> None:
    drafts.save(cast.social_worker, "k", "A telephone call", f"/child/{cast.ada.pk}/record/call/", cast.ada.pk, {})
    assert "A telephone call" in home(client, cast.social_worker).content.decode()
    assert "A telephone call" not in home(client, cast.team_manager).content.decode()


def test_a_draft_can_be_thrown_away(client: Client, cast: Cast) -> None:
    made = drafts.save(cast.social_worker, "k", "A telephone call", "/", None, {})
    client.force_login(cast.other_worker)
    client.post("/drafts/throw-away/", {"draft": made.pk})  # type: ignore[union-attr]
    assert drafts.mine(cast.social_worker).exists()
    client.force_login(cast.social_worker)
    client.post("/drafts/throw-away/", {"draft": made.pk})  # type: ignore[union-attr]
    assert not drafts.mine(cast.social_worker).exists()


def test_a_manager_sees_who_has_whom_and_which_child_has_no_worker(client: Client, cast: Cast, today: date) -> None:
    new = person("Noor", "Haddad", date(today.year - 3, 1, 1))
    Allocation.objects.create(person=new, team=cast.team, started_on=today - timedelta(days=2))
    page = home(client, cast.team_manager)
    assert [(one.name, one.children) for one in page.context["team"].workers] == [("Ruth Bell", 3)]
    assert "Noor Haddad has no worker yet" in page.content.decode()


def test_drift_is_said_in_words(client: Client, cast: Cast) -> None:
    worker = home(client, cast.team_manager).context["team"].workers[0]
    assert [(one.what, [name for _pk, name in one.children]) for one in worker.drift] == [
        # Not the child who is not born yet.
        ("No visit recorded for six weeks or more", ["Ada Okafor", "Ben Okafor"])
    ]


def test_a_manager_sees_glass_that_was_broken_lately(client: Client, cast: Cast) -> None:
    BreakGlass.objects.create(
        person=cast.ada, user=cast.other_worker, reason="Duty cover tonight", expires_at=timezone.now()
    )
    assert "Duty cover tonight" in home(client, cast.team_manager).content.decode()
    assert "Duty cover tonight" not in home(client, cast.social_worker).content.decode()


@pytest.mark.parametrize("who", ["social_worker", "team_manager", "front_door", "analyst", "chair", "outsider"])
def test_home_asks_at_most_ten_queries(
    client: Client, cast: Cast, who: str, django_assert_max_num_queries: Any, today: date
) -> None:
    visit(cast, today - timedelta(days=3), ada=True, ben=False)
    for number in range(60):
        child = person(f"Child {number:02}", "Okafor", date(today.year - 8, 1, 1))
        Membership.objects.create(family=cast.family, person=child, subject_child=True)
        Allocation.objects.create(
            person=child, worker=cast.social_worker, team=cast.team, started_on=today - timedelta(days=9)
        )
        clocks.start_agreed(
            by=cast.social_worker, person=child, label="A visit", started_on=today - timedelta(days=9),
            due_on=today + timedelta(days=number % 4), reason="Agreed", agreed_with="Grace",
        )  # fmt: skip
    drafts.save(cast.social_worker, "k", "A call", "/", None, {})
    client.force_login(getattr(cast, who))
    with django_assert_max_num_queries(10):
        answer = client.get("/")
    assert answer.status_code == 200


def test_a_long_list_comes_in_pages_of_twenty_five(client: Client, cast: Cast, today: date) -> None:
    for number in range(30):
        child = person(f"Child {number:02}", "Okafor", date(today.year - 8, 1, 1))
        Allocation.objects.create(
            person=child, worker=cast.social_worker, team=cast.team, started_on=today - timedelta(days=9)
        )
    assert len(home(client, cast.social_worker).context["rows"]) == 25
    assert len(home(client, cast.social_worker, page=2).context["rows"]) == 8
    for odd in ("x", "99999999999", "-1", ""):
        assert client.get("/", {"page": odd}).context["rows"]


def test_someone_without_a_role_is_told_what_to_do(client: Client, cast: Cast) -> None:
    assert "have no role yet" in home(client, cast.outsider).content.decode()


days = st.dates(date(2024, 1, 1), date(2026, 12, 31))


@given(st.lists(st.tuples(days, st.none() | days), max_size=5), st.lists(days, max_size=40), days)
def test_the_band_never_leaves_its_year(spans: list[tuple[date, date | None]], seen: list[date], today: date) -> None:
    stretches = [Stretch("in_need", "Child in need", start, end) for start, end in spans if end is None or end >= start]
    band = draw(stretches, seen, today)
    assert all(0 <= bar.x <= WIDTH and bar.width > 0 for bar in band.bars)
    assert all(0 <= mark <= WIDTH for mark in band.marks)
    assert band.words.startswith("Last twelve months:")
