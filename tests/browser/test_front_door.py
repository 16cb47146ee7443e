"""The front door in a real browser: half a contact survives, then the whole way to a decision and an allocation."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.cast import Cast
from throughline.core.access.models import User
from throughline.record.front_door.models import Contact

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_contact_from_the_first_word_to_the_school_being_told(
    cast: Cast,
    page: Page,
    sign_in: Callable[[User], None],
    axe: Callable[[Page], None],
    phone: Callable[[Page], None],
    picture: Callable[[Page, str], None],
) -> None:
    sign_in(cast.front_door_manager)
    page.goto("/front-door/")
    axe(page)
    page.get_by_role("button", name="Take a contact").click()
    sheet = page.url
    page.get_by_label("What are they worried about?").fill("She came to school hungry three days running.")
    expect(page.locator("[data-draft-state]")).to_contain_text("saved", timeout=10_000)
    page.goto("about:blank")
    page.goto(sheet)
    expect(page.get_by_label("What are they worried about?")).to_have_value(
        "She came to school hungry three days running."
    )
    page.get_by_role("button", name="Name the child").click()
    page.get_by_label("Name, date of birth, number").fill("Ada Okafor")
    page.get_by_role("main").get_by_role("button", name="Search").click()
    axe(page)
    picture(page, "front-door-naming")
    page.get_by_role("button", name="This is the person").first.click()
    page.get_by_role("group", name="Is Ada Okafor safe now?").get_by_label("Safe now", exact=True).check()
    page.get_by_label("A child may have been harmed").check()
    page.get_by_role("combobox", name="Who tells us").select_option("2A")
    page.get_by_role("textbox", name="Their name").fill("Mr Ali")
    page.get_by_role("textbox", name="Where they work").fill("Hill School")
    page.get_by_role("radio", name="Telephone").check()
    page.get_by_role("radio", name="Asked, and agreed").check()
    page.get_by_role("radio", name="To safeguard a child").check()
    page.get_by_role("group", name="Do the parents know").get_by_label("Yes").check()
    page.get_by_role("textbox", name="Who was told and when").fill("The school rang Grace.")
    axe(page)
    picture(page, "front-door-contact-sheet")
    phone(page)
    axe(page)
    page.get_by_role("button", name="Save the contact").click()
    expect(page.get_by_role("heading", name="Contact from school")).to_be_visible()
    axe(page)
    picture(page, "front-door-contact")
    page.get_by_role("button", name="Decide").click()
    page.get_by_label("Assessment by a social worker").check()
    page.get_by_label("Which team works with the child").select_option(label="Hillside")
    page.get_by_role("textbox", name="Why?").fill("Hungry for days, and nobody at home answers.")
    axe(page)
    picture(page, "front-door-decide")
    page.get_by_role("button", name="Save the decision").click()
    expect(page.get_by_text("Nobody has told Hill School")).to_be_visible()
    page.goto("/front-door/")
    expect(page.get_by_text("Nobody has told Hill School")).to_be_visible()
    axe(page)
    picture(page, "front-door-list")
    page.goto("/front-door/numbers/")
    axe(page)
    picture(page, "front-door-numbers")
    assert Contact.objects.get().referral.entry.follows == Contact.objects.get().entry


def test_the_pages_of_access_can_be_read_by_everyone(
    cast: Cast,
    page: Page,
    sign_in: Callable[[User], None],
    axe: Callable[[Page], None],
    phone: Callable[[Page], None],
    picture: Callable[[Page, str], None],
) -> None:
    sign_in(cast.team_manager)
    for name, path in (
        ("allocate", f"/child/{cast.ada.pk}/allocate/"),
        ("to-allocate", "/allocate/"),
        ("restrict", f"/child/{cast.ada.pk}/restrict/"),
        ("glass", "/opened-with-a-reason/"),
        ("log", f"/child/{cast.ada.pk}/log/"),
        ("open", "/open/1/"),
    ):
        page.goto(path)
        axe(page)
        picture(page, f"access-{name}")
    phone(page)
    page.goto(f"/child/{cast.ada.pk}/log/")
    axe(page)
    sign_in(cast.auditor)
    page.goto("/account-of-acts/")
    axe(page)
    picture(page, "access-account")
