"""What a section asks of a person or an answer before it is shown, and what is still thin."""

from hypothesis import given
from hypothesis import strategies as st

from throughline.core.practice import library
from throughline.core.practice.completeness import Written, thin
from throughline.core.practice.model import Condition, Section
from throughline.core.practice.relevance import About, Facts, relevant

MODEL = library.current("understanding-families")
CHILD, BABY = 1, 2


def facts(**answers: str) -> Facts:
    return Facts(answers=answers, people={CHILD: About(age=9), BABY: About(unborn=True)})


def test_the_conference_is_asked_about_only_in_a_section_47_enquiry() -> None:
    section = MODEL.section("conference")

    assert not relevant(section, facts())
    assert not relevant(section, facts(section_47="no"))
    assert relevant(section, facts(section_47="yes"))


def test_a_child_not_yet_born_has_a_section_of_its_own_and_no_voice() -> None:
    assert relevant(MODEL.section("before_birth"), facts(), BABY)
    assert not relevant(MODEL.section("voice"), facts(), BABY)
    assert not relevant(MODEL.section("before_birth"), facts(), CHILD)
    assert relevant(MODEL.section("voice"), facts(), CHILD)


@given(st.integers(0, 25), st.integers(0, 25), st.integers(0, 25))
def test_ages_count_from_and_to_with_both_ends(age: int, least: int, most: int) -> None:
    section = Section(
        "x", "p", "X", "words", per="child", relevant=(Condition(age_at_least=least), Condition(age_at_most=most))
    )

    assert relevant(section, Facts(people={CHILD: About(age=age)}), CHILD) == (least <= age <= most)


def test_an_age_that_is_not_known_leaves_the_question_to_people() -> None:
    section = Section("x", "p", "X", "words", per="child", relevant=(Condition(age_at_least=10),))

    assert relevant(section, Facts(people={CHILD: About()}), CHILD)
    assert not relevant(section, Facts(people={CHILD: About(unborn=True)}), CHILD)


def test_an_empty_record_is_reminded_of_each_childs_story() -> None:
    reminders = thin(MODEL, facts(), {}, (CHILD, BABY))

    stories = [one for one in reminders if one.section.code == "story"]
    assert [one.person_id for one in stories] == [CHILD, BABY]
    assert all(one.blocks for one in stories)


def test_a_few_words_are_thin_but_do_not_block() -> None:
    reminders = thin(MODEL, facts(), {("analysis", None): Written(words=3)}, (CHILD,))

    analysis = next(one for one in reminders if one.section.code == "analysis")
    assert not analysis.missing
    assert not analysis.blocks


def test_a_quotation_speaks_where_there_are_few_words_of_ones_own() -> None:
    reminders = thin(MODEL, facts(), {("analysis", None): Written(words=3, quotations=1)}, (CHILD,))

    assert "analysis" not in [one.section.code for one in reminders]


def test_what_is_not_relevant_is_not_called_thin() -> None:
    reminders = thin(MODEL, facts(), {}, (CHILD,))

    assert "before_birth" not in [one.section.code for one in reminders]


@given(st.integers(0, 300))
def test_more_words_never_make_a_record_thinner(words: int) -> None:
    place = ("analysis", None)
    before = thin(MODEL, facts(), {place: Written(words=words)}, (CHILD,))
    after = thin(MODEL, facts(), {place: Written(words=words + 1)}, (CHILD,))

    assert len(after) <= len(before)
