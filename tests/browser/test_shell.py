"""The shell of every page: the bar, forms, both versions side by side, home, and what stands in the way."""

from collections.abc import Callable
from datetime import date, timedelta

from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.cast import Cast
from tests.web.test_home import visit
from throughline.core import drafts
from throughline.core.clocks import actions as clocks
from throughline.record.journey import actions as journey
from throughline.record.journey import recording
from throughline.record.journey.actions import Part
from throughline.record.journey.models import Episode

Check = Callable[[Page], None]
Picture = Callable[[Page, str], None]


def test_a_form_to_record_is_calm_and_keeps_what_is_typed(
    page: Page, sign_in: Callable[..., None], cast: Cast, axe: Check, picture: Picture
) -> None:
    sign_in(cast.social_worker)
    page.goto(f"/child/{cast.ada.pk}/record/direct_work/")
    axe(page)
    picture(page, "shell-recording")
    page.locator("textarea[name=words]").fill("We drew the house.")
    expect(page.locator("[data-draft-state]")).to_contain_text("Draft, saved")
    assert drafts.mine(cast.social_worker).count() == 1
    page.get_by_role("button", name="Save").click()
    axe(page)
    picture(page, "shell-refused")
    page.get_by_role("link", name="Write the day, month and year.").click()
    expect(page.locator("#id_happened_on_0")).to_be_focused()


def test_both_versions_stand_side_by_side_when_two_people_wrote(
    page: Page, sign_in: Callable[..., None], cast: Cast, axe: Check, picture: Picture
) -> None:
    entry = recording.record(
        by=cast.social_worker,
        kind="note",
        happened_on=timezone.localdate(),
        parts=[Part(cast.ada)],
        words="First words",
    )
    sign_in(cast.social_worker)
    page.goto(f"/entry/{entry.pk}/revise/")
    page.locator("textarea[name=words]").fill("My words")
    journey.revise_entry(by=cast.team_manager, entry=entry, version=1, changes={"words": "Their words"})
    page.get_by_role("button", name="Save").click()
    both = page.locator(".tl-conflict")
    expect(both).to_contain_text("My words")
    expect(both).to_contain_text("Their words")
    expect(page.locator("textarea[name=words]")).to_have_value("My words")
    axe(page)
    picture(page, "conflict")
    page.locator("textarea[name=words]").fill("My words and their words")
    page.get_by_role("button", name="Save").click()
    entry.refresh_from_db()
    assert entry.words == "My words and their words"


def test_a_workers_home(page: Page, sign_in: Callable[..., None], cast: Cast, axe: Check, picture: Picture) -> None:
    today = timezone.localdate()
    furnish(cast, today)
    sign_in(cast.social_worker)
    page.goto("/")
    expect(page.get_by_role("heading", name="What needs me today")).to_be_visible()
    axe(page)
    picture(page, "home-worker")
    page.locator("summary", has_text="Ruth").click()
    axe(page)


def test_a_managers_home(page: Page, sign_in: Callable[..., None], cast: Cast, axe: Check, picture: Picture) -> None:
    furnish(cast, timezone.localdate())
    sign_in(cast.team_manager)
    page.goto("/")
    axe(page)
    picture(page, "home-manager")


def test_the_other_homes(page: Page, sign_in: Callable[..., None], cast: Cast, axe: Check, picture: Picture) -> None:
    for name in ("analyst", "front_door", "outsider"):
        sign_in(getattr(cast, name))
        page.goto("/")
        axe(page)
        picture(page, f"home-{name.replace('_', '-')}")


def test_what_is_not_there_or_not_ones_own(
    page: Page, sign_in: Callable[..., None], cast: Cast, axe: Check, picture: Picture
) -> None:
    sign_in(cast.outsider)
    page.goto(f"/child/{cast.ada.pk}/")
    axe(page)
    picture(page, "not-found")


def test_reading_needs_no_script(
    browser: object, live: str, sign_in: Callable[..., None], context: object, cast: Cast
) -> None:
    sign_in(cast.social_worker)
    plain = browser.new_context(  # type: ignore[attr-defined]
        base_url=live,
        java_script_enabled=False,
        storage_state=context.storage_state(),  # type: ignore[attr-defined]
    )
    page = plain.new_page()
    page.goto("/")
    expect(page.get_by_role("link", name="Ada Okafor")).to_be_visible()
    page.goto(f"/child/{cast.ada.pk}/record/call/")
    page.locator("textarea[name=words]").fill("Without script")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("link", name="Write the day, month and year.")).to_be_visible()
    assert drafts.mine(cast.social_worker).count() == 1
    plain.close()


def furnish(cast: Cast, today: date) -> None:
    """Give the family a year: help, visits, dates that were agreed, words begun."""
    for child in (cast.ada, cast.ben):
        Episode.objects.create(
            person=child,
            kind="early_help",
            started_on=today - timedelta(days=300),
            ended_on=today - timedelta(days=121),
        )
        Episode.objects.create(person=child, kind="in_need", started_on=today - timedelta(days=121))
    for ago in (280, 255, 230, 190, 160, 120, 106, 92, 80, 64, 50):
        visit(cast, today - timedelta(days=ago), ada=True, ben=True)
    visit(cast, today - timedelta(days=22), ada=True, ben=False)
    visit(cast, today - timedelta(days=8), ada=True, ben=False)
    for child, label, due in ((cast.ada, "Meeting with school", 3), (cast.ben, "Visit agreed fortnightly", -4)):
        clocks.start_agreed(
            by=cast.social_worker, person=child, label=label, started_on=today - timedelta(days=18),
            due_on=today + timedelta(days=due), reason="So that nobody waits for news", agreed_with="Grace Okafor",
        )  # fmt: skip
    drafts.save(cast.social_worker, "k", "A telephone call or message", f"/child/{cast.ada.pk}/record/call/", None, {})
