"""The whole first journey in a real browser: from a school's worry to a plan, at desk and at phone width.

The tutorial's pictures are taken on the way (docs/tutorial/first-journey.md).
"""

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.cast import Cast
from throughline.core.access.models import User
from throughline.record.journey.models import Entry
from throughline.record.people.models import Person

pytestmark = pytest.mark.django_db(transaction=True)

DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_from_a_schools_worry_to_a_plan_and_a_visit(
    cast: Cast,
    page: Page,
    sign_in: Callable[[User], None],
    axe: Callable[[Page], None],
    picture: Callable[[Page, str], None],
    size: dict[str, int],
) -> None:
    def kept(name: str) -> None:
        # From the top: what a bar that stays covers while one has scrolled is not too small.
        page.evaluate("window.scrollTo(0, 0)")
        axe(page)
        if size is DESK:
            picture(page, f"tutorial-{name}")
        page.set_viewport_size(size)  # type: ignore[arg-type]

    page.set_viewport_size(size)  # type: ignore[arg-type]
    today = timezone.localdate()

    # The front door takes a contact about a child who is not on the record yet, and searches before it creates.
    sign_in(cast.front_door_manager)
    page.goto("/front-door/")
    page.get_by_role("button", name="Take a contact").click()
    page.get_by_label("What are they worried about?").fill(
        "Zara has fallen asleep in class three times this week. She says that she waits up until her mother is home."
    )
    page.get_by_role("button", name="Name the child").click()
    page.get_by_label("Name, date of birth, number").fill(f"Zara Novak 14/3/{today.year - 9}")
    page.get_by_role("main").get_by_role("button", name="Search").click()
    kept("search-before-create")
    page.get_by_role("button", name="Record a new person").click()
    expect(page.get_by_label("Given names")).to_have_value("Zara")
    page.get_by_role("button", name="Record this person").click()
    page.get_by_role("group", name="Is Zara Novak safe now?").get_by_label("Safe now", exact=True).check()
    page.get_by_label("A child may have been harmed").check()
    page.get_by_role("combobox", name="Who tells us").select_option("2A")
    page.get_by_role("textbox", name="Their name").fill("Mr Ali")
    page.get_by_role("textbox", name="Where they work").fill("Hill School")
    page.get_by_role("radio", name="Telephone").check()
    page.get_by_label("Asked, and agreed").check()
    page.get_by_label("To safeguard a child").check()
    page.get_by_role("group", name="Do the parents know").get_by_label("Yes").check()
    page.get_by_label("Who was told and when").fill("The school told her mother this morning.")
    kept("contact")
    page.get_by_role("button", name="Save the contact").click()
    expect(page.get_by_role("heading", name="Contact from school")).to_be_visible()

    # It becomes a referral by a decision with its reason, and goes to a team.
    page.get_by_role("button", name="Decide").click()
    page.get_by_label("Assessment by a social worker").check()
    page.get_by_label("Which team works with the child").select_option(label="Riverside")
    page.get_by_label("Why?").fill("Three nights in one week, and nobody else at home that we know of.")
    kept("decide")
    page.get_by_role("button", name="Save the decision").click()
    expect(page.get_by_text("Nobody has told Hill School")).to_be_visible()
    zara = Person.objects.get(shown_name="Zara Novak")

    # The team's manager gives her to a worker.
    sign_in(cast.team_manager)
    page.goto("/")
    kept("managers-home")
    page.goto(f"/child/{zara.pk}/allocate/")
    page.get_by_label("Who works with the child").select_option(label="Ruth Bell")
    page.get_by_role("group", name="As").get_by_label("lead worker").check()
    kept("allocate")
    page.get_by_role("main").get_by_role("button").first.click()

    # The worker sees her at home, and begins to understand the family.
    sign_in(cast.social_worker)
    page.goto("/")
    expect(page.get_by_role("link", name="Zara Novak").first).to_be_visible()
    kept("home")
    page.goto(f"/child/{zara.pk}/assessment/")
    kept("assessment-begin")
    page.get_by_role("button", name="Begin").click()
    reason = page.get_by_role("textbox").first
    reason.fill("School is worried: Zara waits up at night and sleeps in class.")
    expect(page.locator("[data-section-state]").filter(has_text="Saved").first).to_be_visible()
    kept("assessment")

    # A visit, on a telephone in under a minute.
    page.goto(f"/child/{zara.pk}/visit/")
    page.get_by_role("group", name="Zara").get_by_text("Seen alone", exact=True).click()
    page.get_by_text("At home", exact=True).click()
    words = "Zara showed me where she waits: the stairs, with a blanket."
    page.get_by_role("textbox", name="What happened").fill(words)
    kept("visit")
    page.get_by_role("button", name="Save").click()

    # A plan in the family's words.
    page.goto(f"/child/{zara.pk}/plan/")
    page.get_by_role("textbox", name="What needs to change?").fill("Somebody is at home when Zara goes to bed.")
    page.get_by_label("What will be safe enough").fill("A month in which nobody waits on the stairs.")
    kept("plan-begin")
    page.get_by_role("button", name="Begin the plan").click()
    expect(page.get_by_role("heading", name="Zara Novak: child in need plan")).to_be_visible()
    kept("plan")

    # And the journey can be read on one page.
    page.goto(f"/child/{zara.pk}/")
    for words in ("Contact from school", "Assessment by a social worker", "Somebody is at home when Zara goes to bed"):
        expect(page.get_by_text(words).first).to_be_attached()
    kept("child")
    kinds = set(Entry.objects.filter(subjects__person=zara).values_list("kind", flat=True))
    assert kinds >= {"contact", "referral", "decision", "assessment", "visit", "plan"}

    # Another team's worker learns nothing of it.
    sign_in(cast.other_worker)
    answer = page.goto(f"/child/{zara.pk}/")
    assert answer is not None
    assert answer.status == 404


def test_the_childs_page_by_keyboard_as_a_picture_and_as_known_on_a_day(
    cast: Cast,
    page: Page,
    sign_in: Callable[[User], None],
    axe: Callable[[Page], None],
    picture: Callable[[Page, str], None],
) -> None:
    from datetime import timedelta

    from throughline.record.journey import actions, chronologies, recording
    from throughline.record.journey.actions import Part

    today = timezone.localdate()
    actions.open_episode(person=cast.ada, kind="early_help", started_on=today - timedelta(days=700), by=None)
    one = actions.open_episode(person=cast.ada, kind="in_need", started_on=today - timedelta(days=300), by=None)
    assert one.pk
    for days in (400, 299, 280, 250, 249, 248, 90, 30, 7):
        recording.record(
            by=cast.social_worker,
            kind=["note", "call", "meeting", "direct_work"][days % 4],
            happened_on=today - timedelta(days=days),
            parts=[
                Part(cast.ada, said="I like it when Nan comes." if days == 30 else "", said_how="Drawing"),
                Part(cast.ben),
            ],
            words=f"What happened {days} days ago.",
            family=cast.family,
        )
    sign_in(cast.social_worker)
    page.goto(f"/child/{cast.ada.pk}/")
    axe(page)
    picture(page, "child")
    page.locator("summary").filter(has_text="The same as a table").press("Enter")
    expect(page.get_by_role("cell", name="Early help").first).to_be_visible()
    axe(page)
    page.get_by_role("link", name="3 months").press("Enter")
    expect(page.get_by_text("What happened 7 days ago.").first).to_be_attached()
    box = page.locator("[data-picture] svg").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 0.4, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.8, box["y"] + 40, steps=5)
    page.mouse.up()
    page.wait_for_url("**from=*")
    axe(page)
    page.get_by_label("See the record as it was known on").fill("1 1 2020")
    page.get_by_role("button", name="Show that day").click()
    expect(page.get_by_role("heading", name="Nothing was recorded by 1 January 2020")).to_be_visible()
    axe(page)
    page.goto(f"/child/{cast.ada.pk}/?known_on={today.isoformat()}")
    expect(page.get_by_role("heading", name=f"As known on {today.day} {today:%B %Y}")).to_be_visible()
    axe(page)
    picture(page, "child-known-on")
    chronology = chronologies.make(by=cast.social_worker, person=cast.ada, title="For the review")
    page.goto(f"/chronology/{chronology.pk}/choose/")
    page.get_by_role("checkbox").first.check()
    axe(page)
    page.get_by_role("button", name="Add to the chronology").click()
    page.get_by_role("link", name="Write").first.click()
    page.get_by_label("Why it matters").fill("It was the first calm week.")
    axe(page)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("It was the first calm week.")).to_be_visible()
    axe(page)
    picture(page, "chronology")
    for path in ("record/", "record/decision/", "record/direct_work/", "chronologies/"):
        page.goto(f"/child/{cast.ada.pk}/{path}")
        axe(page)
        picture(page, "journey-" + path.strip("/").replace("/", "-"))
    entry = Entry.objects.filter(subjects__person=cast.ada).order_by("-happened_on").first()
    assert entry is not None
    page.goto(f"/entry/{entry.pk}/")
    axe(page)
    picture(page, "entry")
