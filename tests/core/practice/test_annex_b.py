"""The Record for Understanding Families has every row of Annex B's table (requirements 002, section 4.1)."""

import pytest

from throughline.core.practice import library

# Each row of 4.1: what it asks, where it is in the model, and how it is held.
ROWS = [
    ("subject children", "children", "reading", "family"),
    ("household and significant others", "household", "reading", "family"),
    ("address and telephone", "address", "reading", "family"),
    ("professionals involved", "professionals", "reading", "family"),
    ("professionals: contributed", "contributed", "table", "family"),
    ("reason / presenting issues", "reason", "words", "family"),
    ("reason: how the threshold is met", "threshold", "words", "family"),
    ("initial plan", "initial_plan", "words", "family"),
    ("time frame and its review", "time_frame", "reading", "family"),
    ("section 47 yes or no", "section_47", "yes_no", "family"),
    ("to be presented at a conference", "conference", "yes_no", "family"),
    ("child's profile / story", "story", "words", "child"),
    ("child's own voice", "voice", "voice", "child"),
    ("a child who cannot speak yet", "not_yet_speaking", "words", "child"),
    ("a child not yet born", "before_birth", "words", "child"),
    ("genogram", "family_tree", "reading", "family"),
    ("eco-map", "eco_map", "table", "child"),
    ("narrative of each birth parent", "parents_story", "words", "adult"),
    ("family history and relationships", "family_history", "words", "family"),
    ("timeline: date, event", "timeline", "table", "family"),
    ("professional background", "professional_history", "words", "family"),
    ("current reason in context of history", "now_in_context", "words", "family"),
    ("what the family understands the worry to be", "family_understanding", "words", "family"),
    ("perspectives of family, professionals, social worker", "perspectives", "table", "family"),
    ("change and support", "change", "words", "family"),
    ("risks: past harm, future danger, likelihood, severity", "harm", "words", "family"),
    ("what is working well", "working_well", "words", "family"),
    ("what child and adult worry about", "their_worries", "table", "family"),
    ("understanding and meaningful co-operation", "working_together", "words", "family"),
    ("risk, protection and capacity to change", "capacity", "words", "family"),
    ("does the assessment evidence the plan", "evidence_for_plan", "words", "family"),
    ("resilience and protective factors", "resilience", "words", "family"),
    ("analysis", "analysis", "words", "family"),
    ("analysis: differing perspectives", "differing_views", "table", "family"),
    ("analysis: benefits and harms", "options", "table", "family"),
    ("analysis: theory used", "theory", "words", "family"),
    ("hypothesis, challenge, revision", "challenge", "challenge", "family"),
    ("recommendations", "recommendations", "words", "family"),
    ("intervention plan, one for each child", "plans", "reading", "family"),
    ("sign-offs and distribution", "sign_offs", "reading", "family"),
]


@pytest.mark.parametrize(("row", "code", "kind", "per"), ROWS, ids=[row[0] for row in ROWS])
def test_a_row_of_annex_b_has_its_heading(row: str, code: str, kind: str, per: str) -> None:
    section = library.current("understanding-families").section(code)

    assert (section.kind, section.per) == (kind, per)


def test_sign_off_asks_for_what_annex_b_has_at_its_end() -> None:
    assert set(library.current("understanding-families").sign_off) == {
        "essential_sections",
        "worker",
        "manager",
        "discussed_with_each_child",
        "discussed_with_parents",
    }


def test_the_short_assessment_can_grow_into_the_long_one_heading_by_heading() -> None:
    short, long = library.current("proportionate"), library.current("understanding-families")

    for section in short.sections:
        assert long.has(section.code), f"{section.code} has a place in the long record"
        assert (long.section(section.code).kind, long.section(section.code).per) == (section.kind, section.per)
