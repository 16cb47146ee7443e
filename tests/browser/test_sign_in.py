"""Signing in by hand: with the keyboard alone, with a second factor, and when the idle hour ends in mid-sentence."""

import re
from collections.abc import Callable

from django.contrib.sessions.models import Session
from playwright.sync_api import BrowserContext, Page, expect

from tests.cast import Cast
from tests.web.test_sign_in import code_of, with_second_factor
from throughline.core import drafts

PASSWORD = "a long enough password"


def test_signing_in_with_the_keyboard_alone(
    page: Page, cast: Cast, axe: Callable[[Page], None], picture: Callable[[Page, str], None]
) -> None:
    page.goto("/")
    expect(page).to_have_url(re.compile("/sign-in/"))
    axe(page)
    picture(page, "sign-in")
    # Tab comes to "skip to the page", the name of the house, then to the form.
    for _ in range(3):
        page.keyboard.press("Tab")
    page.keyboard.type("ruth")
    page.keyboard.press("Tab")
    page.keyboard.type("wrong password here")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("do not belong together")
    axe(page)
    picture(page, "sign-in-refused")
    page.get_by_label("Password").focus()
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="My children")).to_be_visible()


def test_a_second_factor_is_added_and_asked_for(
    page: Page, cast: Cast, sign_in: Callable[..., None], axe: Callable[[Page], None], picture: Callable[..., None]
) -> None:
    page.goto("/sign-in/")
    page.get_by_label("Your name here").fill("ruth")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_text("Ruth", exact=True).click()
    page.get_by_role("link", name="Your sign-in").click()
    axe(page)
    picture(page, "your-sign-in")
    page.get_by_role("link", name="Add a second factor").click()
    axe(page)
    picture(page, "second-factor")
    secret = page.locator(".tl-code__letters").inner_text()
    page.get_by_label("The code").fill(code_of(secret))
    page.get_by_role("button", name="Add it").click()
    expect(page.locator(".tl-codes li")).to_have_count(10)
    axe(page)
    picture(page, "recovery-codes")


def test_the_code_is_asked_for_at_the_next_sign_in(page: Page, cast: Cast, axe: Callable[[Page], None]) -> None:
    secret = with_second_factor(cast.social_worker)
    page.goto("/sign-in/")
    page.get_by_label("Your name here").fill("ruth")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    axe(page)
    page.get_by_label("Code").fill(code_of(secret))
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="My children")).to_be_visible()


def test_the_idle_hour_ends_in_mid_sentence_and_nothing_is_lost(
    page: Page,
    context: BrowserContext,
    cast: Cast,
    sign_in: Callable[..., None],
    axe: Callable[[Page], None],
    picture: Callable[..., None],
) -> None:
    sign_in(cast.social_worker)
    page.goto(f"/child/{cast.ada.pk}/record/call/")
    words = page.locator("textarea[name=words]")
    words.fill("Grace rang. She said")
    expect(page.locator("[data-draft-state]")).to_contain_text("Draft, saved")
    Session.objects.all().delete()
    words.press_sequentially(" that Ben")
    banner = page.locator("[data-signed-out]")
    expect(banner).to_be_visible()
    expect(banner).to_contain_text(re.compile(r"What you wrote up to \d\d:\d\d is saved"))
    axe(page)
    picture(page, "signed-out")
    with context.expect_page() as opened:
        banner.get_by_role("link", name="Sign in in a new tab").click()
    other = opened.value
    other.get_by_label("Your name here").fill("ruth")
    other.get_by_label("Password").fill(PASSWORD)
    other.get_by_role("button", name="Sign in").click()
    expect(other.get_by_role("heading", name="You are signed in again")).to_be_visible()
    other.close()
    page.bring_to_front()
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(banner).to_be_hidden()
    page.wait_for_function("document.querySelector('[data-draft-state]').textContent.startsWith('Draft, saved')")
    kept = drafts.load(cast.social_worker, f"entry:kind=call,pk={cast.ada.pk}")
    assert kept is not None
    assert kept.data["words"] == ["Grace rang. She said that Ben"]
    # And the form, whose token is from before, can be sent.
    for part, value in enumerate(("3", "3", "2026")):
        page.locator(f"#id_happened_on_{part}").fill(value)
    page.get_by_role("button", name="Save").click()
    expect(page).to_have_url(re.compile(f"/child/{cast.ada.pk}/$"))
    assert drafts.load(cast.social_worker, f"entry:kind=call,pk={cast.ada.pk}") is None


def test_a_draft_outlives_a_closed_browser(
    context: BrowserContext, page: Page, cast: Cast, sign_in: Callable[..., None], picture: Callable[..., None]
) -> None:
    sign_in(cast.social_worker)
    page.goto(f"/child/{cast.ada.pk}/record/call/")
    page.locator("textarea[name=words]").fill("Half a sentence 👩‍👧 Żółć")
    # At once, without waiting for the next autosave.
    page.evaluate(
        """Object.defineProperty(document, "visibilityState", {value: "hidden"});
        document.dispatchEvent(new Event("visibilitychange"))"""
    )
    page.wait_for_timeout(700)
    page.close()
    again = context.new_page()
    again.goto("/")
    expect(again.get_by_role("link", name="A telephone call or message")).to_be_visible()
    again.get_by_role("link", name="A telephone call or message").click()
    expect(again.locator("textarea[name=words]")).to_have_value("Half a sentence 👩‍👧 Żółć")
    picture(again, "draft-found")
