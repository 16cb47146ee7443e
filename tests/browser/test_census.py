"""Bringing in a return and making one, in a real browser."""

from collections.abc import Callable
from pathlib import Path

from lxml import etree
from playwright.sync_api import Page, expect

from tests.cast import Cast
from tests.readings.returns import a_child, a_return

SignIn = Callable[..., None]
OnPage = Callable[[Page], None]
Picture = Callable[[Page, str], None]


def test_an_analyst_brings_in_a_return_reads_its_remarks_and_makes_one(
    page: Page, sign_in: SignIn, axe: OnPage, picture: Picture, cast: Cast, tmp_path: Path
) -> None:
    given = tmp_path / "cin-2026.xml"
    given.write_bytes(
        a_return(*(a_child(f"A{n}", about="\n<Sex>1</Sex>") for n in range(4)), a_child("A9"), a_child(""))
    )
    sign_in(cast.analyst)
    page.goto("/returns/cin/")
    axe(page)
    page.get_by_label("A Children in Need return, as XML").set_input_files(given)
    page.get_by_role("button", name="Bring in").click()
    # It is brought in beside the page, which shows the end of it by itself.
    expect(page.get_by_role("heading", name="Remarks")).to_be_visible(timeout=60_000)
    expect(page.get_by_text("Set aside in full").first).to_be_visible()
    axe(page)
    picture(page, "census-import")
    page.get_by_role("link", name="Child set aside (1)").click()
    expect(page.get_by_text("a child without a number")).to_be_visible()
    expect(page.get_by_text("is not a code")).to_have_count(0)

    page.goto("/returns/cin/")
    picture(page, "census")
    page.get_by_label("For the year that ends on 31 March").select_option("2026")
    page.get_by_role("button", name="See what it holds").click()
    expect(page.get_by_text("5 children belong in it.")).to_be_visible()
    axe(page)
    picture(page, "census-export")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download the return").click()
    assert waiting.value.suggested_filename == "cin-2026.xml"
    assert len(etree.parse(waiting.value.path()).findall(".//Child")) == 5


def test_the_pages_are_read_and_used_by_keyboard_on_a_phone(
    page: Page, sign_in: SignIn, phone: OnPage, cast: Cast
) -> None:
    phone(page)
    sign_in(cast.analyst)
    page.goto("/returns/cin/")
    chooser = page.get_by_label("A Children in Need return, as XML")
    chooser.focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Bring in")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Choose a file.")
