"""Finding, creating and the family, in a real browser at desk and phone width."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from tests.cast import Cast, gather
from throughline.core.access.models import User
from throughline.record.families.actions import add_professional, make_household, move_in, relate
from throughline.record.people import names
from throughline.record.people.actions import add_address, add_contact, add_warning, set_disabilities
from throughline.record.people.models import Name, Person

Pages = Callable[[Page, str], None]


@pytest.fixture
def folk(live: str) -> Cast:
    """The cast, with what a family has gathered over some years."""
    made = gather()
    by = made.social_worker
    Person.objects.filter(pk=made.ada.pk).update(
        ethnicity="BAFR", religion="Anglican", languages=["Igbo", "English"], communication_needs="Likes pictures."
    )
    names.keyed(Name(person=made.ada, given="Addy", family="", type="known_as")).save()
    add_address(by=by, person=made.ada, lines="12 Mill Lane\nAldermere", postcode="ZZ99 1AB")
    kept = add_address(by=by, person=made.mother, lines="1 Refuge Way", confidential=True)
    add_contact(by=by, person=made.ada, kind="mobile", value="07700 900123", safe=False, note="her uncle answers it")
    add_warning(by=by, person=made.ada, words="Large dog: ring before you visit")
    set_disabilities(by=by, person=made.ada, codes=["LD"], words="Needs more time")
    relate(by=by, person=made.ada, other=made.ben, type="sibling")
    home = make_household(by=by, family=made.family, label="Grace's home", address=kept.address)
    dads = make_household(by=by, family=made.family, label="Their grandmother's home")
    for one in (made.ada, made.ben, made.mother):
        move_in(by=by, household=home, person=one)
    move_in(by=by, household=dads, person=made.ben, part_time=True)
    add_professional(by=by, person=made.ada, name="Ms Hale", role="Class teacher", agency="Hilltop School",
                     telephone="01632 960 123")  # fmt: skip
    return made


def test_a_worker_finds_as_they_type_and_reads_why(
    folk: Cast, page: Page, sign_in: Callable[[User], None], axe: Callable[[Page], None], picture: Pages
) -> None:
    sign_in(folk.social_worker)
    page.goto("/find/")
    page.get_by_label("Name, date of birth, number").press_sequentially("Okafour", delay=20)
    expect(page.get_by_text("sounds like Okafour").first).to_be_visible()
    axe(page)
    page.get_by_label("Name, date of birth, number").press("Enter")
    expect(page.get_by_role("button", name="Record a new person")).to_be_visible()
    assert "Okaf" not in page.url
    axe(page)
    picture(page, "people-found")


def test_someone_of_another_team_shows_the_least(
    folk: Cast, page: Page, sign_in: Callable[[User], None], picture: Pages
) -> None:
    sign_in(folk.social_worker)
    page.goto("/find/")
    page.get_by_label("Name, date of birth, number").fill("Liam Stone")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_text("Hillside works with them")).to_be_visible()
    expect(page.get_by_role("link", name="Open with a reason")).to_be_visible()
    picture(page, "people-another-team")


def test_the_front_door_creates_by_keyboard_after_a_search(
    folk: Cast, page: Page, sign_in: Callable[[User], None], axe: Callable[[Page], None], picture: Pages
) -> None:
    sign_in(folk.front_door)
    page.goto("/find/")
    page.get_by_label("Name, date of birth, number").fill("Kofi Mensah 1/4/2012")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Record a new person").click()
    expect(page.get_by_label("Given names")).to_have_value("Kofi")
    axe(page)
    picture(page, "people-create")
    page.get_by_role("button", name="Record this person").press("Enter")
    expect(page.get_by_role("heading", name="Details")).to_be_visible()
    assert Person.objects.filter(shown_name="Kofi Mensah").exists()


def test_details_are_read_and_added_to_in_place(
    folk: Cast, page: Page, sign_in: Callable[[User], None], axe: Callable[[Page], None], picture: Pages
) -> None:
    sign_in(folk.social_worker)
    page.goto(f"/child/{folk.ada.pk}/details/")
    expect(page.get_by_text("Not safe to use")).to_be_visible()
    picture(page, "people-details")
    axe(page)
    page.get_by_text("Add a number", exact=True).first.click()
    page.get_by_label("Number", exact=True).fill("943 476 5919")
    axe(page)
    page.get_by_role("button", name="Add a number").click()
    expect(page.get_by_text("9434765919")).to_be_visible()


def test_the_family_is_read_and_added_to(
    folk: Cast, page: Page, sign_in: Callable[[User], None], axe: Callable[[Page], None], picture: Pages
) -> None:
    sign_in(folk.social_worker)
    page.goto(f"/family/{folk.family.pk}/")
    expect(page.get_by_text("Address kept confidential")).to_be_visible()
    axe(page)
    picture(page, "family")
    page.get_by_role("button", name="Add someone").click()
    page.get_by_label("Name, date of birth, number").fill("Nkechi Eze")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("button", name="Record a new person").click()
    page.get_by_label("What they are").select_option("aunt_or_uncle")
    page.get_by_label("Ada Okafor").check()
    axe(page)
    picture(page, "family-create-member")
    page.get_by_role("button", name="Record and add to the family").click()
    expect(page.get_by_text("Aunt or uncle of Ada Okafor", exact=True)).to_be_visible()


def test_everything_can_be_read_and_searched_without_script(
    folk: Cast, browser: Any, live: str, sign_in: Callable[[User], None]
) -> None:
    plain = browser.new_context(base_url=live, java_script_enabled=False)
    try:
        client = Client()
        client.force_login(folk.social_worker, backend="django.contrib.auth.backends.ModelBackend")
        plain.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live}])
        page = plain.new_page()
        page.goto("/find/")
        page.get_by_label("Name, date of birth, number").fill("Ada")
        page.get_by_role("button", name="Search").click()
        page.get_by_role("link", name="Ada Okafor").first.wait_for()
        page.goto(f"/family/{folk.family.pk}/")
        page.get_by_text("Mother of Ada Okafor, Ben Okafor").wait_for()
    finally:
        plain.close()
