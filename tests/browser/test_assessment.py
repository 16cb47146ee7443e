"""Understanding a family in a browser: the document is written, saved as one types, read and given."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.cast import Cast, gather
from throughline.core.access.models import User
from throughline.core.clocks import actions as clocks
from throughline.record.assessment import actions
from throughline.record.assessment.models import Answer, Assessment
from throughline.record.journey import recording
from throughline.record.journey.actions import Part


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    """The cast, committed, so that the server sees it."""
    return gather()


@pytest.fixture
def assessment(cast: Cast) -> Assessment:
    """A record some days old, with words, a quotation, a voice, a question and a time frame."""
    worker, today = cast.social_worker, timezone.localdate()
    made = actions.begin(
        by=worker, family=cast.family, children=[cast.ada, cast.ben], started_on=today - timedelta(days=6)
    )
    for section, words in {
        "reason": "School rang because Ada came without breakfast for the third time, and told her teacher that she "
        "gets Ben up and dressed. Grace is thirty weeks pregnant and ill in the mornings.\n\nWe do not know yet who "
        "else could be there before eight.",
        "threshold": "Section 17: without help, Ada's and Ben's development is likely to be impaired.",
        "working_well": "Grace asked for help herself. Both children are loved, and say so.",
    }.items():
        actions.write_section(by=worker, assessment=made, section=section, version=0, words=words)
    actions.write_section(
        by=worker,
        assessment=made,
        section="story",
        person=cast.ada,
        version=0,
        words="Ada is nine, sings in the choir and is the one who wakes first. On school days she lays out Ben's "
        "clothes the night before.",
    )
    actions.write_section(
        by=worker,
        assessment=made,
        section="timeline",
        version=0,
        rows=[{"when": "2021", "event": "Their father moved out."}, {"when": "2023", "event": "Breakfast club began."}],
    )
    actions.record_voice(
        by=worker, assessment=made, child=cast.ada, said="Breakfast is my job. I do not mind, but I am tired.",
        how="while drawing", on=today - timedelta(days=3),
    )  # fmt: skip
    held = actions.challenge(
        by=worker,
        assessment=made,
        hypothesis="Grace copes well with the two of them.",
        held_by="Ruth Bell",
        question="Who gets the children up? When did you last see a morning?",
        challenged_by="Maya Clarke",
        session="professional",
        happened_on=today - timedelta(days=2),
    )
    actions.revise_view(
        by=worker, questioned=held, version=1, revised="Grace copes in the afternoons. In the mornings, Ada does.",
        what_changed="I visited at seven.",
    )  # fmt: skip
    for child in (cast.ada, cast.ben):
        clocks.start_agreed(
            by=worker,
            person=child,
            label="Understanding the family",
            started_on=made.entry.happened_on,
            due_on=today + timedelta(days=20),
            reason="Two visits, the midwife, and time to write it with Grace",
            agreed_with="Grace and Maya Clarke",
            entry=made.entry,
        )
    recording.record(
        by=worker, kind="direct_work", happened_on=date(2026, 3, 3), family=cast.family,
        parts=[Part(cast.ada, words="Ada drew her bed.", seen=True, said="I sleep by the door"), Part(cast.ben)],
        words="An hour at school. Ada drew the flat, room by room.",
    )  # fmt: skip
    return made


@pytest.fixture
def at_work(cast: Cast, sign_in: Callable[[User], None]) -> Cast:
    """The social worker has signed in."""
    sign_in(cast.social_worker)
    return cast


def test_words_are_saved_as_one_types_and_are_there_again(at_work: Cast, assessment: Assessment, page: Page) -> None:
    page.goto(f"/assessment/{assessment.pk}/")
    words = page.get_by_role("textbox", name="Ben's story", exact=True)
    words.fill("Ben is six. He has a name for every bus.")
    expect(page.locator(f"#story-{at_work.ben.pk} [data-section-state]")).to_contain_text("Saved")
    page.reload()

    expect(page.get_by_role("textbox", name="Ben's story", exact=True)).to_have_value(
        "Ben is six. He has a name for every bus."
    )


def test_a_row_is_added_to_a_table_and_saved(at_work: Cast, assessment: Assessment, page: Page) -> None:
    page.goto(f"/assessment/{assessment.pk}/")
    table = page.locator("#timeline")
    table.get_by_role("button", name="Add a row").click()
    expect(table.locator("[data-section-state]")).to_contain_text("Saved")
    words = table.get_by_label("What happened, and why it matters").last
    words.fill("The baby is expected.")
    with page.expect_response(lambda answer: "/heading/timeline/" in answer.url and answer.ok):
        words.blur()

    assert [row["event"] for row in Answer.objects.get(section="timeline").rows][-1] == "The baby is expected."


def test_two_who_write_under_one_heading_see_both(
    at_work: Cast, assessment: Assessment, page: Page, picture: Callable[[Page, str], None], axe: Callable[[Page], None]
) -> None:
    page.goto(f"/assessment/{assessment.pk}/")
    actions.write_section(
        by=at_work.team_manager, assessment=assessment, section="working_well", version=1, words="Maya wrote this."
    )
    page.get_by_role("textbox", name="What is working well", exact=True).fill("Ruth wrote this.")
    page.get_by_role("button", name="See both versions").click()
    expect(page.get_by_text("Someone else saved this while you were writing").first).to_be_visible()
    expect(page.get_by_text("Maya wrote this.").first).to_be_visible()
    axe(page)
    picture(page, "assessment-conflict")
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url(f"**/assessment/{assessment.pk}/#working_well")

    assert Answer.objects.get(section="working_well").words == "Ruth wrote this."


def test_what_is_typed_as_the_page_goes_away_is_kept(at_work: Cast, assessment: Assessment, page: Page) -> None:
    page.goto(f"/assessment/{assessment.pk}/")
    page.get_by_role("textbox", name="Analysis", exact=True).fill("Half a thought")
    page.get_by_role("textbox", name="Analysis", exact=True).blur()
    expect(page.locator("#analysis [data-section-state]")).to_contain_text("Saved")

    assert Answer.objects.get(section="analysis").words == "Half a thought"


def test_earlier_words_are_one_click_away_and_stand_as_a_quotation(
    at_work: Cast, assessment: Assessment, page: Page, axe: Callable[[Page], None], picture: Callable[[Page, str], None]
) -> None:
    page.goto(f"/assessment/{assessment.pk}/")
    page.locator("#family_history").get_by_role("link", name="Quote earlier words").click()
    axe(page)
    picture(page, "assessment-quote")
    page.get_by_role("article").filter(has_text="An hour at school").get_by_role("button", name="Quote from").click()

    expect(page.locator("#family_history blockquote")).to_contain_text("Ada drew the flat")
    expect(page.locator("#family_history figcaption")).to_contain_text("Direct work, 3 March 2026, Ruth Bell")


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("write", "/assessment/{pk}/"),
        ("read", "/assessment/{pk}/read/"),
        ("sharing", "/assessment/{pk}/sharing/"),
        ("sign", "/assessment/{pk}/sign/"),
        ("family-copy", "/assessment/{pk}/family-copy/"),
        ("own-copy", "/assessment/{pk}/own-copy/{ada}/"),
        ("voice", "/assessment/{pk}/voice/{ada}/"),
        ("heading", "/assessment/{pk}/heading/timeline/0/"),
        ("questioned", "/assessment/{pk}/questioned/"),
        ("begin", "/child/{ada}/assessment/"),
        ("story", "/child/{ada}/story/"),
    ],
)
def test_pages_are_sound_at_desk_and_phone_width(
    at_work: Cast,
    assessment: Assessment,
    page: Page,
    axe: Callable[[Page], None],
    picture: Callable[[Page, str], None],
    name: str,
    address: str,
) -> None:
    answer = page.goto(address.format(pk=assessment.pk, ada=at_work.ada.pk))
    assert answer is not None
    assert answer.ok
    axe(page)
    picture(page, f"assessment-{name}")
    page.set_viewport_size({"width": 390, "height": 844})
    axe(page)


def test_it_is_written_with_the_keyboard_alone(at_work: Cast, assessment: Assessment, page: Page) -> None:
    page.goto(f"/assessment/{assessment.pk}/heading/analysis/0/")
    words = page.get_by_role("textbox", name="Analysis")
    words.focus()
    page.keyboard.type("Written by keyboard.")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Save", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/assessment/{assessment.pk}/#analysis")

    assert Answer.objects.get(section="analysis").words == "Written by keyboard."


def test_without_script_a_heading_is_saved_with_its_button(
    at_work: Cast, assessment: Assessment, page: Page, live: str
) -> None:
    browser = page.context.browser
    assert browser is not None
    plain = browser.new_context(base_url=live, java_script_enabled=False, storage_state=page.context.storage_state())
    try:
        bare = plain.new_page()
        bare.goto(f"/assessment/{assessment.pk}/")
        bare.locator("#analysis textarea").fill("Without script.")
        bare.locator("#analysis").get_by_role("button", name="Save").click()
        bare.wait_for_url(f"**/assessment/{assessment.pk}/#analysis")
    finally:
        plain.close()

    assert Answer.objects.get(section="analysis").words == "Without script."
