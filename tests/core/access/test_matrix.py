"""Every role, every action, every distance: the whole table of who reaches whom, written out by hand.

The distances, from one worker's place in the Riverside team of Help and protection: ``own`` is allocated to them;
``team`` to a colleague of the same team; ``service`` to a sister team; ``elsewhere`` to a team of another service.
"""

from datetime import timedelta
from itertools import product

import pytest
from django.utils import timezone

from tests.cast import Cast, person, user
from throughline.core.access import reach
from throughline.core.access.models import Allocation, Grant, User
from throughline.core.access.roles import ROLES, Action
from throughline.record.people.models import Person

DISTANCES = ("own", "team", "service", "elsewhere")
NOBODY: set[str] = set()
OWN = {"own"}
TEAM = {"own", "team"}
SERVICE = {"own", "team", "service"}
ALL = set(DISTANCES)

# role: (view, record, decide, allocate, administer)
TABLE: dict[str, tuple[set[str], set[str], set[str], set[str], set[str]]] = {
    "social_worker": (OWN, OWN, NOBODY, NOBODY, NOBODY),
    "early_help_worker": (OWN, OWN, NOBODY, NOBODY, NOBODY),
    "front_door_worker": (ALL, ALL, NOBODY, NOBODY, NOBODY),
    "front_door_manager": (ALL, ALL, ALL, ALL, NOBODY),
    "team_manager": (TEAM, TEAM, TEAM, TEAM, NOBODY),
    "service_manager": (SERVICE, SERVICE, SERVICE, SERVICE, NOBODY),
    "business_support": (TEAM, TEAM, NOBODY, NOBODY, NOBODY),
    "conference_chair": (OWN, OWN, OWN, NOBODY, NOBODY),
    "analyst": (ALL, NOBODY, NOBODY, NOBODY, NOBODY),
    "auditor": (ALL, NOBODY, NOBODY, NOBODY, NOBODY),
    "director": (ALL, NOBODY, ALL, NOBODY, NOBODY),
    # Administering is of accounts: the scope reaches everyone, and opens no record without VIEW.
    "administrator": (NOBODY, NOBODY, NOBODY, NOBODY, ALL),
    "partner": (NOBODY,) * 5,
    "parent": (NOBODY,) * 5,
    "young_person": (NOBODY,) * 5,
}
READS_VIEW_LOG = {"front_door_manager", "team_manager", "service_manager", "auditor", "director"}


@pytest.fixture
def children(cast: Cast) -> dict[str, Person]:
    """A child at each distance; none of them related to another."""
    return {distance: person(distance.title(), "Child") for distance in DISTANCES}


def place(cast: Cast, role: str, children: dict[str, Person]) -> User:
    """Return a user with the role in Riverside, with a child at each distance from them."""
    made = user(f"a_{role}", "Some", "One", role, cast.team)
    today = timezone.localdate()
    for distance, worker, team in (
        ("own", made, cast.team),
        ("team", cast.social_worker, cast.team),
        ("service", cast.other_worker, cast.other_team),
        ("elsewhere", cast.front_door, cast.front_door_team),
    ):
        Allocation.objects.create(person=children[distance], worker=worker, team=team, started_on=today)
    return made


def test_the_table_names_every_role() -> None:
    assert set(TABLE) == set(ROLES)


@pytest.mark.parametrize("role", sorted(TABLE))
def test_each_role_reaches_by_each_action_exactly_whom_the_table_says(
    cast: Cast, children: dict[str, Person], role: str
) -> None:
    made = place(cast, role, children)
    for action, expected in zip(Action, TABLE[role], strict=True):
        found = reach.people(made, action).filter(pk__in=[child.pk for child in children.values()])
        assert set(found) == {children[distance] for distance in expected}, f"{role} {action}"


@pytest.mark.parametrize("role", sorted(TABLE))
def test_why_has_words_exactly_where_a_role_reaches(cast: Cast, children: dict[str, Person], role: str) -> None:
    made = place(cast, role, children)
    for distance, child in children.items():
        assert bool(reach.why(made, child.pk)) == (distance in TABLE[role][0]), f"{role} {distance}"


def test_the_view_log_is_read_by_the_roles_that_the_table_says() -> None:
    assert {code for code, role in ROLES.items() if role.reads_view_log} == READS_VIEW_LOG


@pytest.mark.parametrize(("role", "action"), list(product(sorted(ROLES), Action)))
def test_may_somewhere_agrees_with_the_table(cast: Cast, role: str, action: Action) -> None:
    made = user(f"b_{role}", "Some", "One", role, cast.team)
    assert reach.may_somewhere(made, action) == bool(TABLE[role][list(Action).index(action)])


def test_two_roles_reach_what_either_reaches_and_no_more(cast: Cast, children: dict[str, Person]) -> None:
    made = place(cast, "business_support", children)
    Grant.objects.create(user=made, role="conference_chair", started_on=timezone.localdate())
    fresh = User.objects.get(pk=made.pk)
    assert set(reach.people(fresh).filter(pk__in=[one.pk for one in children.values()])) == {
        children["own"],
        children["team"],
    }
    assert set(reach.people(fresh, Action.DECIDE)) == {children["own"]}


def test_a_manager_of_one_team_who_works_in_another_decides_only_where_they_manage(cast: Cast) -> None:
    made = user("both", "Both", "Ways", "team_manager", cast.team)
    Grant.objects.create(user=made, role="social_worker", team=cast.other_team, started_on=timezone.localdate())
    fresh = User.objects.get(pk=made.pk)
    assert cast.ada in reach.people(fresh, Action.DECIDE)
    assert cast.theirs not in reach.people(fresh)


@pytest.mark.parametrize("role", ["social_worker", "team_manager", "service_manager", "front_door_manager", "auditor"])
def test_an_inactive_account_reaches_nobody_whatever_it_holds(
    cast: Cast, children: dict[str, Person], role: str
) -> None:
    made = place(cast, role, children)
    made.is_active = False
    made.save()
    for action in Action:
        assert not reach.people(User.objects.get(pk=made.pk), action).exists()
    assert not reach.unrestricted(User.objects.get(pk=made.pk)).exists()


@pytest.mark.parametrize(
    ("starts", "ends", "reaches"),
    [(0, None, True), (-30, 0, True), (-30, -1, False), (1, None, False), (-30, 30, True)],
)
def test_a_grant_reaches_from_its_first_day_to_the_end_of_its_last(
    cast: Cast, starts: int, ends: int | None, reaches: bool
) -> None:
    today = timezone.localdate()
    made = user("dated", "Dated", "Grant", None)
    Grant.objects.create(
        user=made,
        role="team_manager",
        team=cast.team,
        started_on=today + timedelta(days=starts),
        ended_on=None if ends is None else today + timedelta(days=ends),
    )
    assert reach.people(made).filter(pk=cast.ada.pk).exists() == reaches


@pytest.mark.parametrize(
    ("starts", "ends", "reaches"),
    [(0, None, True), (-30, 0, True), (-30, -1, False), (1, None, False), (-30, 30, True)],
)
def test_an_allocation_reaches_from_its_first_day_to_the_end_of_its_last(
    cast: Cast, starts: int, ends: int | None, reaches: bool
) -> None:
    today = timezone.localdate()
    child = person("Dated", "Child")
    Allocation.objects.create(
        person=child,
        worker=cast.social_worker,
        team=cast.team,
        started_on=today + timedelta(days=starts),
        ended_on=None if ends is None else today + timedelta(days=ends),
    )
    for someone in (cast.social_worker, cast.team_manager):
        assert reach.people(someone).filter(pk=child.pk).exists() == reaches


def test_a_child_who_waits_for_a_worker_is_reached_by_the_teams_manager_and_by_no_worker(cast: Cast) -> None:
    child = person("Waiting", "Child")
    Allocation.objects.create(person=child, worker=None, team=cast.team, started_on=timezone.localdate())
    assert child in reach.people(cast.team_manager, Action.ALLOCATE)
    assert child not in reach.people(cast.social_worker)
