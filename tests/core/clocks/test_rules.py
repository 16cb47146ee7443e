"""The law's clocks, and what an authority may do to them."""

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from throughline.core.authority import ConfigurationError
from throughline.core.clocks import rules

AUTHORITIES = Path(__file__).parent / "authorities"
TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("code", "how_long", "counted_from"),
    [
        ("referral_decision", "1 working day", "the referral being received"),
        ("assessment", "45 working days", "the referral being received"),
        ("strategy_to_conference", "15 working days", "the strategy discussion that began the section 47 enquiry"),
        ("core_group", "10 working days", "the initial child protection conference"),
        ("first_review_conference", "3 months", "the initial child protection conference"),
        ("review_conference", "6 months", "the review conference"),
        ("first_care_review", "20 working days", "the child becoming looked after"),
        ("return_home_interview", "72 hours", "the child being found or coming back"),
        ("care_proceedings", "26 weeks", "the application being issued"),
    ],
)
def test_each_clock_has_the_time_that_the_law_gives(code: str, how_long: str, counted_from: str) -> None:
    found = rules.rule(code, TODAY)
    assert (found.how_long, found.from_when) == (how_long, counted_from)
    assert not found.suspended


def test_every_version_of_every_clock_is_cited_and_its_events_have_words() -> None:
    for code, versions in rules.law().items():
        for one in versions:
            assert any(figure.isdigit() for figure in one.rule.citation), code
            assert {one.rule.starts, one.rule.stops} <= set(rules.events()), code


def test_the_editions_of_the_guidance_follow_one_another_without_a_gap() -> None:
    for code, versions in rules.law().items():
        for before, after in pairwise(versions):
            assert before.until is not None
            assert (after.since - before.until).days == 1, code


def test_a_clock_cites_the_edition_of_its_day() -> None:
    assert "2018" in rules.rule("assessment", date(2023, 12, 14)).citation
    assert "2023" in rules.rule("assessment", date(2023, 12, 15)).citation


def test_the_two_assessments_ended_when_the_single_one_began() -> None:
    assert rules.rule("initial_assessment", date(2013, 4, 14)).amount == 10
    with pytest.raises(rules.NotInForce):
        rules.rule("assessment", date(2013, 4, 14))
    with pytest.raises(rules.NotInForce):
        rules.rule("initial_assessment", date(2013, 4, 15))


def test_a_code_that_nobody_wrote_is_an_error_not_a_silence() -> None:
    with pytest.raises(LookupError, match="'coffee' is not a clock"):
        rules.rule("coffee", TODAY)


def test_the_example_authority_adds_a_clock_of_its_own() -> None:
    assert rules.rule("in_need_review", TODAY).from_when == "the last review, or the start of the plan"
    assert "in_need_review" in [one.code for one in rules.in_force(TODAY)]


TRIAL = {
    "cumbria": {
        "initial_assessment",
        "core_assessment",
        "strategy_to_conference",
        "first_review_conference",
        "review_conference",
        "core_group",
    },
    "knowsley": {"strategy_to_conference"},
    "gateshead": {"initial_assessment", "core_assessment"},
    "hackney": {"initial_assessment", "core_assessment", "core_group"},
    "westminster": {"initial_assessment", "strategy_to_conference"},
    "elsewhere": set(),
}


@pytest.mark.parametrize("name", sorted(TRIAL))
@pytest.mark.parametrize(
    ("day", "in_trial"),
    [
        (date(2011, 1, 31), False),
        (date(2011, 2, 1), True),
        (date(2011, 5, 3), True),
        (date(2011, 7, 31), True),
        (date(2011, 8, 1), False),
    ],
)
def test_s10_trial_authorities_suspend_their_clocks_in_the_trial_and_others_keep_all(
    settings: Settings, name: str, day: date, in_trial: bool
) -> None:
    settings.AUTHORITY = AUTHORITIES / name
    suspended = {one.code for one in rules.in_force(day) if one.suspended}
    assert suspended == (TRIAL[name] if in_trial else set())
    assert rules.rule("referral_decision", day).due(date(2011, 5, 3)) == date(2011, 5, 4)


def write(folder: Path, text: str) -> Path:
    (folder / "clocks.toml").write_text(text)
    return folder


CITED = 'from = 2026-01-01\ncitation = "Partners\' procedures, 2026"\n'


def test_an_authority_may_change_a_clock_from_a_day(settings: Settings, tmp_path: Path) -> None:
    settings.AUTHORITY = write(tmp_path, f'[[change]]\nrules = ["core_group"]\namount = 7\n{CITED}')
    assert rules.rule("core_group", date(2025, 12, 31)).amount == 10
    changed = rules.rule("core_group", date(2026, 1, 1))
    assert (changed.how_long, changed.citation) == ("7 working days", "Partners' procedures, 2026")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[[pause]]\n", "pause is not known here. Use suspend, change or local"),
        (f"[[suspend]]\n{CITED}", "names no clock"),
        (f'[[suspend]]\nrules = ["assesment"]\n{CITED}', "assesment is not a clock. Known: .*assessment"),
        (f'[[suspend]]\nrules = ["assessment"]\namount = 3\n{CITED}', "A suspension has none"),
        ('[[suspend]]\nrules = ["assessment"]\nfrom = 2026-01-01\n', "has no citation"),
        ('[[suspend]]\nrules = ["assessment"]\nfrom = "2026"\ncitation = "x"\n', "without quotes"),
        (f'[[suspend]]\nrules = ["assessment"]\nuntil = 2025-01-01\n{CITED}', "before it begins"),
        (f'[[change]]\nrules = ["assessment"]\namount = 0\n{CITED}', "whole number of one or more"),
        (f'[[change]]\nrules = ["assessment"]\nunit = "moons"\n{CITED}', "unit moons"),
        ('[local.assessment]\nlabel = "A"\nstarts = "a"\nstops = "b"\n', r"has no \[\[assessment.versions\]\]"),
        (
            f'[local.assessment]\nlabel = "A"\nstarts = "a"\nstops = "b"\n[[local.assessment.versions]]\n'
            f'amount = 1\nunit = "days"\n{CITED}',
            "is a clock of the law",
        ),
        ("[local.mine]\nlabel = 'A'\nstarts = 'a'\n", "has no stops"),
        (f"[local.m]\nlabel = 'A'\nstarts = 'a'\nstops = 'b'\n[[local.m.versions]]\n{CITED}", "an amount and a unit"),
        (
            "[local.m]\nlabel = 'A'\nstarts = 'a'\nstops = 'b'\n"
            + 2 * f'[[local.m.versions]]\namount = 1\nunit = "days"\n{CITED}',
            "two versions of the clock m",
        ),
        ("[[suspend]\n", "cannot be read"),
    ],
)
def test_a_fault_in_clocks_toml_names_the_file_and_what_to_mend(
    settings: Settings, tmp_path: Path, text: str, sentence: str
) -> None:
    settings.AUTHORITY = write(tmp_path, text)
    with pytest.raises(ConfigurationError, match=sentence) as problem:
        rules.rule("assessment", TODAY)
    assert "clocks.toml" in str(problem.value)
