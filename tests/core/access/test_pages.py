"""The pages about who sees what, whole requests."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.cast import Cast, person
from throughline.core.access import actions, reach
from throughline.core.access.models import Allocation, BreakGlass, Grant, Restriction, User
from throughline.core.audit.models import Event

REASON = "Grandmother rang: the child is at her door tonight."


def signed_in(user: User) -> Client:
    """Return a client for the user."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def words(answer: Any) -> str:
    """Return the page without the form tokens, which are others on every page."""
    page = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", answer.content.decode())
    return re.sub(r'name="_draft" value="[^"]+"', "", page)


def today_in(name: str) -> dict[str, str]:
    """Return today as the three boxes of a date send it."""
    day = timezone.localdate()
    return {f"{name}_0": str(day.day), f"{name}_1": str(day.month), f"{name}_2": str(day.year)}


@pytest.mark.parametrize("name", ["allocate", "restrict", "log"])
def test_restricted_missing_and_another_teams_child_answer_byte_for_byte_alike(cast: Cast, name: str) -> None:
    actions.restrict(by=cast.team_manager, person=cast.ben, reason="A relative works here.", permitted=[])
    for someone in (cast.other_worker, cast.outsider, cast.administrator, cast.partner):
        client = signed_in(someone)
        answers = [client.get(reverse(f"access:{name}", args=[pk])) for pk in (cast.ada.pk, cast.ben.pk, 999_999)]
        assert {answer.status_code for answer in answers} == {404}
        assert len({words(answer) for answer in answers}) == 1


def test_the_page_that_asks_for_a_reason_is_the_same_for_every_number(cast: Cast) -> None:
    actions.restrict(by=cast.team_manager, person=cast.ben, reason="A relative works here.", permitted=[])
    client = signed_in(cast.other_worker)
    answers = [client.get(reverse("access:open_with_reason", args=[pk])) for pk in (cast.ada.pk, cast.ben.pk, 999_999)]
    assert {answer.status_code for answer in answers} == {200}
    assert len({words(answer) for answer in answers}) == 1
    refused = [
        client.post(reverse("access:open_with_reason", args=[pk]), {"reason": REASON}) for pk in (cast.ben.pk, 999_999)
    ]
    assert {answer.status_code for answer in refused} == {404}
    assert len({words(answer) for answer in refused}) == 1
    for someone in (cast.outsider, cast.partner, cast.administrator):
        assert signed_in(someone).get(reverse("access:open_with_reason", args=[cast.ada.pk])).status_code == 403


def test_another_teams_worker_opens_with_a_reason_and_the_manager_sees_it(cast: Cast) -> None:
    client = signed_in(cast.other_worker)
    address = reverse("access:open_with_reason", args=[cast.ada.pk])
    assert "managers will read" in client.post(address, {"reason": "because"}).content.decode()
    answer = client.post(address, {"reason": REASON})
    assert answer["Location"] == reverse("journey:child", args=[cast.ada.pk])
    assert reach.people(cast.other_worker).filter(pk=cast.ada.pk).exists()
    managers = signed_in(cast.team_manager)
    seen = managers.get(reverse("access:glass")).content.decode()
    assert "Tom Hardy" in seen
    assert REASON in seen
    assert "open until" in seen
    BreakGlass.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    assert "closed at" in managers.get(reverse("access:glass")).content.decode()
    log = managers.get(reverse("access:log", args=[cast.ada.pk])).content.decode()
    assert "Tom Hardy opened a record outside their own work" in log


def test_who_reads_that_glass_was_broken(cast: Cast) -> None:
    actions.break_glass(by=cast.other_worker, person_id=cast.ada.pk, reason=REASON)
    for someone in (cast.social_worker, cast.other_worker, cast.front_door, cast.analyst, cast.outsider):
        assert signed_in(someone).get(reverse("access:glass")).status_code == 403
    Grant.objects.create(user=cast.outsider, role="team_manager", team=cast.other_team, started_on=timezone.localdate())
    assert REASON not in signed_in(cast.outsider).get(reverse("access:glass")).content.decode()


def test_the_log_says_who_opened_a_record_why_and_that_it_was_read(cast: Cast) -> None:
    signed_in(cast.social_worker).get(reverse("journey:child", args=[cast.ada.pk]))
    client = signed_in(cast.team_manager)
    page = client.get(reverse("access:log", args=[cast.ada.pk])).content.decode()
    assert "Ruth Bell opened the child&#x27;s page: works with the child." in page
    again = client.get(reverse("access:log", args=[cast.ada.pk])).content.decode()
    assert "Maya Clarke read the log of who opened the record." in again


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("team_manager", 200),
        ("front_door_manager", 200),
        ("auditor", 200),
        ("social_worker", 403),
        ("front_door", 403),
        ("analyst", 403),
        ("other_worker", 404),
        ("chair", 404),
        ("outsider", 404),
    ],
)
def test_who_reads_the_log_of_a_childs_record(cast: Cast, who: str, status: int) -> None:
    assert signed_in(getattr(cast, who)).get(reverse("access:log", args=[cast.ada.pk])).status_code == status
    assert Event.objects.filter(verb="access.log_read").exists() == (status == 200)


def test_a_manager_elsewhere_does_not_read_the_log_through_glass_or_through_another_role(cast: Cast) -> None:
    manager = cast.outsider
    Grant.objects.create(user=manager, role="team_manager", team=cast.other_team, started_on=timezone.localdate())
    actions.break_glass(by=manager, person_id=cast.ada.pk, reason=REASON)
    assert signed_in(manager).get(reverse("access:log", args=[cast.ada.pk])).status_code == 403
    # An analyst opens every record, and reads no log.
    Grant.objects.create(user=manager, role="analyst", started_on=timezone.localdate())
    assert signed_in(manager).get(reverse("access:log", args=[cast.ada.pk])).status_code == 403


def test_a_manager_names_the_worker_of_a_child_who_waits(
    cast: Cast, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    child = person("Waiting", "Child")
    Allocation.objects.create(person=child, worker=None, team=cast.team, started_on=timezone.localdate())
    client = signed_in(cast.team_manager)
    with django_assert_max_num_queries(8):
        assert "Waiting Child" in client.get(reverse("access:to_allocate")).content.decode()
    address = reverse("access:allocate", args=[child.pk])
    with django_assert_max_num_queries(24):
        assert "Nobody is named yet" in client.get(address).content.decode()
    answer = client.post(
        address, {"to": f"{cast.team.pk}-{cast.social_worker.pk}", "kind": "key_worker", **today_in("on")}
    )
    assert answer.status_code == 302, answer.context["form"].errors
    assert Allocation.objects.get(person=child, ended_on__isnull=True).worker == cast.social_worker
    assert "Every child has a named worker" in client.get(reverse("access:to_allocate")).content.decode()


def test_a_child_handed_to_another_team_leaves_the_manager_at_their_own_list(cast: Cast) -> None:
    client = signed_in(cast.team_manager)
    child = person("Alone", "Child")
    Allocation.objects.create(
        person=child, worker=None, team=cast.team, started_on=timezone.localdate() - timedelta(days=3)
    )
    answer = client.post(
        reverse("access:allocate", args=[child.pk]),
        {"to": f"{cast.other_team.pk}-", "kind": "key_worker", **today_in("on")},
        follow=True,
    )
    assert answer.status_code == 200
    assert Allocation.objects.get(person=child, ended_on__isnull=True).team == cast.other_team


def test_a_worker_who_does_not_allocate_is_told_so_and_sees_no_list(cast: Cast) -> None:
    client = signed_in(cast.social_worker)
    assert client.get(reverse("access:allocate", args=[cast.ada.pk])).status_code == 403
    assert client.get(reverse("access:to_allocate")).status_code == 403


def test_work_ends_with_a_reason_on_a_page_that_another_team_does_not_find(cast: Cast) -> None:
    mine = Allocation.objects.get(person=cast.ada)
    address = reverse("access:end_allocation", args=[mine.pk])
    other = signed_in(cast.other_worker)
    missing = reverse("access:end_allocation", args=[999_999])
    assert words(other.get(address)) == words(other.get(missing))
    assert other.get(address).status_code == 404
    assert signed_in(cast.social_worker).get(address).status_code == 403
    client = signed_in(cast.team_manager)
    assert "Why it ends" in client.post(address, {**today_in("on"), "reason": ""}).content.decode()
    assert client.post(address, {**today_in("on"), "reason": "Moved away."}).status_code == 302
    mine.refresh_from_db()
    assert mine.reason_ended == "Moved away."


def test_a_record_is_restricted_permitted_withdrawn_and_lifted_on_its_page(cast: Cast) -> None:
    client = signed_in(cast.team_manager)
    address, change = (
        reverse("access:restrict", args=[cast.ada.pk]),
        reverse("access:change_restriction", args=[cast.ada.pk]),
    )
    client.post(address, {"reason": "", "permitted": []})
    assert not Restriction.objects.exists()
    client.post(address, {"reason": "A relative works here.", "permitted": []})
    assert not reach.people(cast.social_worker).filter(pk=cast.ada.pk).exists()
    assert "This record is restricted" in client.get(address).content.decode()
    client.post(change, {"permit": "1", "user": cast.social_worker.pk})
    assert reach.people(User.objects.get(pk=cast.social_worker.pk)).filter(pk=cast.ada.pk).exists()
    permit = Restriction.objects.get().permits.get(user=cast.social_worker)
    client.post(change, {"withdraw": permit.pk})
    assert not reach.people(cast.social_worker).filter(pk=cast.ada.pk).exists()
    refused = client.post(change, {"lift": "1", "lift-reason": " "}, follow=True).content.decode()
    assert "Say why the restriction is lifted" in refused
    client.post(change, {"lift": "1", "lift-reason": "The relative left."})
    assert reach.people(cast.social_worker).filter(pk=cast.ada.pk).exists()


def test_the_account_is_read_by_auditors_with_filters_and_without_what_is_closed_to_them(cast: Cast) -> None:
    for child in (cast.ada, cast.ben):
        signed_in(cast.social_worker).get(reverse("journey:child", args=[child.pk]))
    actions.restrict(by=cast.team_manager, person=cast.ben, reason="Named only.", permitted=[])
    client = signed_in(cast.auditor)
    address = reverse("audit:account")
    page = client.get(address).content.decode()
    assert f"person {cast.ada.pk}" in page
    assert f"person {cast.ben.pk}" not in page
    assert "Named only." not in page
    assert "Okafor" not in page
    only = client.get(address, {"actor": cast.team_manager.pk}).content.decode()
    assert "Ruth Bell opened" not in only
    later = client.get(address, {"since_0": "1", "since_1": "1", "since_2": "2090"}).content.decode()
    assert "Nothing like this is in the account" in later
    assert client.get(address, {"actor": "x", "page": "-3", "until_0": "99"}).status_code == 200
    client.get(address, {"person": cast.ada.pk})
    assert Event.objects.filter(verb="access.log_read", person_id=cast.ada.pk, actor_id=cast.auditor.pk).exists()


@pytest.mark.parametrize("who", ["social_worker", "team_manager", "front_door_manager", "administrator", "outsider"])
def test_the_account_is_for_auditors_and_the_director(cast: Cast, who: str) -> None:
    assert signed_in(getattr(cast, who)).get(reverse("audit:account")).status_code == 403
