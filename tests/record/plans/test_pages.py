"""The pages of plans."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast
from tests.record.plans.test_plans import WORDS, begun
from throughline.core.audit.models import Event
from throughline.record.plans import actions
from throughline.record.plans.models import Plan, PlanAction

PAGES = ("plan", "versions", "revise", "add_action", "progress", "review", "discuss", "close")


@pytest.fixture
def plan(cast: Cast) -> Plan:
    """Ada's plan, with an action, progress and a review to come."""
    made = begun(cast, review_on=timezone.localdate() + timedelta(days=20), agreed_with="Grace")
    actions.add_action(by=cast.social_worker, plan=made, what="Ring each night", who="Nan")
    actions.note_progress(
        by=cast.social_worker, plan=made, happened_on=timezone.localdate(), words="Quieter", said="I slept <b>"
    )
    return made


def day(field: str) -> dict[str, str]:
    return {field: f"{timezone.localdate():%d/%m/%Y}"}


def test_a_plan_reads_as_a_family_would_read_it_and_the_look_is_logged(
    client: Client, cast: Cast, plan: Plan, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(cast.social_worker)
    with django_assert_max_num_queries(25):
        page = client.get(reverse("plans:plan", args=[plan.pk])).content.decode()
    headings = re.findall(r"<h2[^>]*>([^<]*)</h2>", page)
    assert headings[:7] == [
        "What needs to change",
        "When it will be safe enough",
        "What is strong in this family",
        "What the family already does",
        "The family&#x27;s ideas for safety" if "The family&#x27;s ideas" in page else "The family's ideas for safety",
        "What the family wants to reach",
        "Who will do what",
    ]
    assert "I slept &lt;b&gt;" in page
    assert "Review of the plan" in page
    look = Event.objects.filter(verb="access.viewed").latest("pk")
    assert (look.person_id, look.data["page"]) == (cast.ada.pk, "the plan")


def test_a_plan_is_begun_for_two_children_with_chosen_parts(client: Client, cast: Cast) -> None:
    client.force_login(cast.social_worker)
    address = reverse("plans:begin", args=[cast.ada.pk])
    page = client.get(address).content.decode()
    assert "Ben Okafor" in page
    assert not re.search(r'name="shared"[^>]*checked', page), "nothing is copied unless it is chosen"
    given = {"kind": "in_need", **WORDS, "with": [str(cast.ben.pk)], "shared": ["needs_to_change"]}
    answer = client.post(address, given)
    adas = Plan.objects.get(person=cast.ada)
    bens = Plan.objects.get(person=cast.ben)
    assert answer.headers["Location"] == reverse("plans:plan", args=[adas.pk])
    assert (bens.needs_to_change, bens.goals) == (WORDS["needs_to_change"], "")
    his = client.get(reverse("plans:plan", args=[bens.pk])).content.decode()
    assert "Copied from a brother" in his
    # His own record names no one else's plan.
    assert "Ada" not in his.split("Copied from a brother")[1].split("</p>")[0]
    assert client.get(address).headers["Location"] == reverse("plans:plan", args=[adas.pk])


def test_the_forms_change_note_review_discuss_and_close(client: Client, cast: Cast, plan: Plan) -> None:
    client.force_login(cast.social_worker)

    def send(name: str, pk: int = plan.pk, **given: str) -> str:
        answer = client.post(reverse(f"plans:{name}", args=[pk]), given)
        assert answer.status_code == 302, (name, answer.content.decode())
        return str(answer.headers["Location"])

    back = reverse("plans:plan", args=[plan.pk])
    changed = {**WORDS, "goals": "A dog", "version": "1", "kind": "in_need", "changed_because": "Ada asked"}
    assert send("revise", **changed) == back
    again = send("add_action", what="Walk", who="Ben", again="1")
    assert again == reverse("plans:add_action", args=[plan.pk])
    assert send("done", PlanAction.objects.get(who="Ben").pk, **day("done_on")) == back
    assert send("progress", words="Good", **day("happened_on")) == back
    assert send("review", words="Good", outcome="continues", **day("held_on")) == back
    assert send("discuss", with_whom="Maya", **day("discussed_on")) == back
    assert send("close", how_safe="Quiet", **day("on")) == back
    page = client.get(back).content.decode()
    assert "Why it was safe enough to end" in page
    assert "Change the plan" not in page
    assert "A dog" in client.get(reverse("plans:versions", args=[plan.pk])).content.decode()


def test_two_who_change_a_plan_see_both_wordings(client: Client, cast: Cast, plan: Plan) -> None:
    actions.revise(by=cast.team_manager, plan=plan, version=1, words={"goals": "Her words"})
    client.force_login(cast.social_worker)
    address = reverse("plans:revise", args=[plan.pk])
    mine = {**WORDS, "goals": "My words", "version": "1", "kind": "in_need"}
    page = client.post(address, mine)
    assert page.status_code == 409
    assert "Her words" in page.content.decode()
    assert "My words" in page.content.decode()
    # Having read both, the worker saves over it.
    assert client.post(address, {**mine, "version": "2"}).status_code == 302
    plan.refresh_from_db()
    assert (plan.goals, plan.version) == ("My words", 3)


def test_a_refusal_keeps_the_words(client: Client, cast: Cast, plan: Plan) -> None:
    client.force_login(cast.social_worker)
    given = {**day("held_on"), "words": "What we said", "outcome": "continues", "review_on": "1/1/2001"}
    page = client.post(reverse("plans:review", args=[plan.pk]), given).content.decode()
    assert "The review cannot be before" in page
    assert "Say with whom the day of the review was agreed." in page
    assert "What we said" in page


def test_an_outsider_and_another_teams_worker_get_what_a_missing_plan_gets(
    client: Client, cast: Cast, plan: Plan
) -> None:
    addresses = [reverse(f"plans:{name}", args=[plan.pk]) for name in PAGES]
    addresses.append(reverse("plans:begin", args=[cast.ben.pk]))
    addresses.append(reverse("plans:done", args=[PlanAction.objects.get().pk]))
    for stranger in (cast.other_worker, cast.outsider):
        client.force_login(stranger)
        nothing = client.get(reverse("plans:plan", args=[plan.pk + 999]))
        for address in addresses:
            answer = client.get(address)
            assert (answer.status_code, len(answer.content)) == (404, len(nothing.content)), address
            assert client.post(address, WORDS).status_code in (404, 405)


def test_a_reader_without_recording_reads_the_plan_without_its_buttons(client: Client, cast: Cast, plan: Plan) -> None:
    client.force_login(cast.auditor)
    page = client.get(reverse("plans:plan", args=[plan.pk])).content.decode()
    assert "Nan is there every day" in page
    assert "Change the plan" not in page
