"""The shell of every page: the bar, drafts while one types, the end of a sign-in."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.cast import Cast
from throughline.core import drafts


def test_a_form_to_record_is_calm_at_desk_and_on_a_phone(
    page: Page,
    sign_in: Callable[..., None],
    cast: Cast,
    axe: Callable[[Page], None],
    picture: Callable[[Page, str], None],
) -> None:
    sign_in(cast.social_worker)
    page.goto(f"/child/{cast.ada.pk}/record/direct_work/")
    axe(page)
    picture(page, "shell-recording")
    page.get_by_label("What happened", exact=False).last.fill("We drew the house.")
    expect(page.locator("[data-draft-state]")).to_contain_text("Draft, saved")
    assert drafts.mine(cast.social_worker).count() == 1
    page.get_by_role("button", name="Save").click()
    axe(page)
    picture(page, "shell-refused")
