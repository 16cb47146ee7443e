"""A plan begun with the family in a real browser, read, reviewed, printed."""

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.cast import Cast
from tests.record.plans.test_plans import WORDS, begun
from throughline.record.plans import actions
from throughline.record.plans.models import Plan

SignIn = Callable[..., None]
OnPage = Callable[[Page], None]
Picture = Callable[[Page, str], None]


def test_a_plan_is_begun_and_filled_and_reads_as_a_family_reads(
    page: Page, sign_in: SignIn, cast: Cast, axe: OnPage, picture: Picture
) -> None:
    sign_in(cast.social_worker)
    page.goto(f"/child/{cast.ada.pk}/plan/")
    axe(page)
    picture(page, "plan-begin")
    page.get_by_role("textbox", name="What needs to change?").fill(WORDS["needs_to_change"])
    page.get_by_label("What will be safe enough").fill(WORDS["safe_enough"])
    page.get_by_role("textbox", name="What is strong in this family").fill(WORDS["strengths"])
    page.get_by_label("Ben Okafor").check()
    page.get_by_role("checkbox", name="What needs to change").check()
    page.get_by_role("button", name="Begin the plan").click()
    plan = Plan.objects.get(person=cast.ada)
    expect(page.get_by_role("heading", name="Ada Okafor: child in need plan")).to_be_visible()
    page.get_by_role("link", name="Add who will do what").click()
    page.get_by_label("What will be done?").fill("Ring Ada each night")
    page.get_by_label("Who will do it?").fill("Nan")
    axe(page)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("cell", name="Nan")).to_be_visible()
    actions.note_progress(
        by=cast.social_worker,
        plan=plan,
        happened_on=timezone.localdate(),
        words="The nights are quieter.",
        said="I slept",
    )
    page.reload()
    axe(page)
    picture(page, "plan-read")
    page.emulate_media(media="print")
    expect(page.get_by_role("link", name="Change the plan")).to_be_hidden()
    page.emulate_media(media="screen")
    page.goto(f"/plan/{Plan.objects.get(person=cast.ben).pk}/")
    expect(page.get_by_text("Copied from a brother's or sister's plan")).to_be_visible()


def test_a_change_over_anothers_shows_both_and_a_plan_is_reviewed_and_closed(
    page: Page, sign_in: SignIn, cast: Cast, axe: OnPage, picture: Picture
) -> None:
    plan = begun(cast, review_on=timezone.localdate() + timedelta(days=20), agreed_with="Grace")
    sign_in(cast.social_worker)
    page.goto(f"/plan/{plan.pk}/change/")
    axe(page)
    actions.revise(by=cast.team_manager, plan=plan, version=1, words={"goals": "A dog"})
    page.get_by_label("What does the family want to reach?").fill("A home of our own")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("A dog").first).to_be_visible()
    axe(page)
    picture(page, "plan-conflict")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Ada Okafor: child in need plan")).to_be_visible()
    page.get_by_role("link", name="Review it").click()
    page.get_by_label("What has changed, and why").fill("Quiet nights for a month.")
    page.get_by_label("The plan is ready to be closed").check()
    axe(page)
    picture(page, "plan-review")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Close the plan").click()
    expect(page.get_by_text(WORDS["safe_enough"])).to_be_visible()
    page.get_by_label("What is safe enough now").fill("Three quiet months, and Ada says so.")
    axe(page)
    picture(page, "plan-close")
    page.get_by_role("button", name="Close the plan").click()
    expect(page.get_by_role("heading", name="Why it was safe enough to end")).to_be_visible()
    page.get_by_role("link", name="Read every version").click()
    axe(page)
    picture(page, "plan-versions")
