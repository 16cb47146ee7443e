"""Recording a visit in a real browser: on a phone with one thumb, and at the desk."""

import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.cast import Cast
from tests.core.documents.test_keeping import folder as folder
from tests.core.documents.test_keeping import png
from throughline.core import drafts
from throughline.core.clocks import actions as clocks
from throughline.record.journey.actions import Part
from throughline.record.journey.models import EntrySubject
from throughline.record.visits import actions
from throughline.record.visits.models import Visit

SignIn = Callable[..., None]
OnPage = Callable[[Page], None]
Picture = Callable[[Page, str], None]


@pytest.fixture
def touched(browser: Browser, live: str, context: BrowserContext) -> Iterator[Page]:
    """A phone: narrow, and touched; it shares the sign-in of ``context``."""
    phone = browser.new_context(
        base_url=live, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, locale="en-GB"
    )
    phone.set_default_timeout(15_000)
    page = phone.new_page()
    yield page
    phone.close()


def tap(page: Page, child: str, answer: str) -> None:
    page.get_by_role("group", name=child).get_by_text(answer, exact=True).tap()


def test_the_simple_visit_is_four_taps_on_a_phone(
    touched: Page, context: BrowserContext, sign_in: SignIn, cast: Cast
) -> None:
    page = touched
    sign_in(cast.social_worker)
    page.context.add_cookies(context.cookies())  # type: ignore[arg-type]
    page.goto(f"/child/{cast.ada.pk}/visit/")
    start = time.monotonic()
    tap(page, "Ada Okafor", "Seen alone")
    tap(page, "Ben Okafor", "Not seen")
    tap(page, "Baby Okafor", "Not born yet")
    page.get_by_role("button", name="Save the visit").tap()
    expect(page).to_have_url(f"{page.url.split('/child')[0]}/child/{cast.ada.pk}/")
    # Four taps and no typing: what remains of the minute is the worker's.
    assert time.monotonic() - start < 20
    parts = {part.person_id: part.seen_alone for part in EntrySubject.objects.filter(entry=Visit.objects.get().pk)}
    assert parts == {cast.ada.pk: True, cast.ben.pk: False, cast.unborn.pk: None}


def test_each_answer_is_big_enough_for_a_thumb(
    touched: Page, context: BrowserContext, sign_in: SignIn, cast: Cast
) -> None:
    sign_in(cast.social_worker)
    touched.context.add_cookies(context.cookies())  # type: ignore[arg-type]
    touched.goto(f"/child/{cast.ada.pk}/visit/")
    for label in touched.locator(".visit-tiles .govuk-radios__label").all():
        box = label.bounding_box()
        assert box is not None
        assert box["height"] >= 44
        assert box["width"] >= 44


def test_where_a_child_was_said_to_be_is_asked_only_of_one_who_was_not_seen(
    page: Page, sign_in: SignIn, cast: Cast, axe: OnPage, picture: Picture
) -> None:
    sign_in(cast.social_worker)
    page.goto(f"/child/{cast.ada.pk}/visit/")
    axe(page)
    asked = page.get_by_label("where were they said to be")
    expect(asked.first).to_be_hidden()
    page.get_by_role("group", name="Ben Okafor").get_by_text("Not seen", exact=True).click()
    expect(asked.nth(1)).to_be_visible()
    asked.nth(1).fill("said to be at his grandmother's")
    page.get_by_role("group", name="Ada Okafor").get_by_text("Seen alone", exact=True).click()
    page.get_by_text("What Ada Okafor said, drawings, more").click()
    page.get_by_label("What Ada Okafor said, in their own words").fill("I want a gate on the stairs")
    expect(page.locator("[data-draft-state]")).to_contain_text("Draft, saved")
    assert drafts.mine(cast.social_worker).count() == 1
    axe(page)
    picture(page, "visit-record")
    # The answers that were given come back with the draft.
    page.goto(f"/child/{cast.ada.pk}/visit/")
    expect(asked.nth(1)).to_have_value("said to be at his grandmother's")
    expect(page.get_by_role("group", name="Ada Okafor").get_by_label("Seen alone")).to_be_checked()


def test_the_form_works_by_keyboard_and_says_what_is_missing(
    page: Page, sign_in: SignIn, cast: Cast, axe: OnPage, picture: Picture
) -> None:
    sign_in(cast.social_worker)
    page.goto(f"/child/{cast.ada.pk}/visit/")
    page.get_by_role("group", name="Ada Okafor").get_by_label("Seen alone").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("group", name="Ada Okafor").get_by_label("Seen", exact=True)).to_be_checked()
    page.get_by_role("button", name="Save the visit").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Say whether Ben Okafor was seen.")
    axe(page)
    picture(page, "visit-refused")


def test_s1_the_question_stands_on_the_childs_page_and_takes_an_answer(
    page: Page, sign_in: SignIn, cast: Cast, axe: OnPage, picture: Picture
) -> None:
    for weeks in (3, 2, 1):
        actions.record_visit(
            by=cast.social_worker,
            family=cast.family,
            parts=[Part(cast.ada, seen=True), Part(cast.ben, seen=False, why_not_seen="at his grandmother's")],
            happened_on=timezone.localdate() - timedelta(weeks=weeks),
            where="home",
        )
    sign_in(cast.social_worker)
    page.goto(f"/child/{cast.ben.pk}/")
    expect(page.get_by_text("Ben Okafor was not seen at the last 3 visits")).to_be_visible()
    page.get_by_role("link", name="What do you make of it?").click()
    axe(page)
    picture(page, "visit-unseen")
    page.get_by_label("What do you make of it").fill("I will see him at school on Thursday.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Answered on")).to_be_visible()


def test_s20_a_drawing_is_taken_on_a_visit_and_stands_in_its_house(
    page: Page, sign_in: SignIn, cast: Cast, axe: OnPage, picture: Picture, tmp_path: Path
) -> None:
    drawing = tmp_path / "drawing.png"
    drawing.write_bytes(png(90))
    sign_in(cast.social_worker)
    page.goto(f"/child/{cast.ada.pk}/visit/")
    for child, answer in (("Ada Okafor", "Seen"), ("Ben Okafor", "Seen"), ("Baby Okafor", "Not born yet")):
        page.get_by_role("group", name=child).get_by_text(answer, exact=True).click()
    page.get_by_text("What Ada Okafor said, drawings, more").click()
    page.get_by_label("Drawings or photographs").first.set_input_files(drawing)
    page.get_by_label("What they show").first.fill("The stairs at night")
    page.get_by_label("Three Houses").first.select_option("worries")
    page.get_by_role("button", name="Save the visit").click()
    page.goto(f"/visit/{Visit.objects.get().pk}/")
    expect(page.get_by_role("img", name="The stairs at night")).to_be_visible()
    axe(page)
    picture(page, "visit-read")
    page.goto(f"/child/{cast.ada.pk}/documents/")
    house = page.get_by_role("region", name="House of worries")
    expect(house.get_by_role("img", name="The stairs at night")).to_be_visible()
    axe(page)
    picture(page, "documents")


def test_why_a_date_is_due_opens_by_keyboard_and_without_script(
    page: Page, sign_in: SignIn, cast: Cast, axe: OnPage, picture: Picture
) -> None:
    frame = clocks.start_statutory(
        by=cast.social_worker, person=cast.ada, rule="assessment", started_on=timezone.localdate()
    )
    assert frame is not None
    sign_in(cast.social_worker)
    page.goto(f"/child/{cast.ada.pk}/")
    summary = page.locator(f"#frame-{frame.pk} summary")
    assert "Working Together to Safeguard Children" in (summary.get_attribute("title") or "")
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.locator(f"#frame-{frame.pk} p").first).to_contain_text("Due within 45 working days of the referral")
    axe(page)
    page.get_by_role("link", name="Move, review or explain").click()
    axe(page)
    picture(page, "time-frame")
    page.get_by_role("link", name="Move the date").click()
    axe(page)
    picture(page, "time-frame-move")
