"""The four front doors of the Local deep dives differ by data alone."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from throughline.core.authority import ConfigurationError
from throughline.record.front_door import lawful, pathway

DISABLED_NO_HARM, NEED_NO_RISK, RISK = "disabled", "need", "harm"


def starts() -> list[str]:
    """Return where the three contacts of vignette V3 start."""
    return [pathway.current().first_step(nature, urgent=False) for nature in (DISABLED_NO_HARM, NEED_NO_RISK, RISK)]


def test_there_are_four_doors_each_with_its_source() -> None:
    assert pathway.known() == ["advice_team", "partnership", "single_hub", "triage"]


@pytest.mark.parametrize("code", ["advice_team", "partnership", "single_hub", "triage"])
def test_each_door_can_be_used_as_it_comes(door_of: Callable[[str], None], code: str) -> None:
    door_of(f'door = "{code}"\n')
    found = pathway.current()
    assert "Local deep dives" in found.citation
    reached = set(found.start.values()) | {to for step in found.steps.values() for to in step.passes_to}
    assert reached == set(found.steps), "every step can be come to"
    decided = {one for step in found.steps.values() for one in step.outcomes}
    assert decided == set(found.outcomes), "every outcome can be decided somewhere"


@pytest.mark.parametrize("code", ["advice_team", "partnership", "single_hub", "triage"])
def test_s2_what_is_urgent_starts_where_it_can_be_decided_at_once(door_of: Callable[[str], None], code: str) -> None:
    door_of(f'door = "{code}"\n')
    found = pathway.current()
    for nature in ("harm", "need", "disabled", "unclear"):
        step = found.first_step(nature, urgent=True)
        assert found.may_be_decided(step, urgent=True)[0].means == "strategy_discussion"


def test_v3_triage_sends_three_contacts_three_ways(door_of: Callable[[str], None]) -> None:
    door_of('door = "triage"\n')
    assert starts() == ["disabled_children", "early_help_triage", "hub"]


def test_v3_one_hub_takes_all_three(door_of: Callable[[str], None]) -> None:
    door_of('door = "single_hub"\n')
    assert starts() == ["hub", "hub", "hub"]


def test_v3_a_hub_that_sits_three_times_a_week_shows_its_next_sitting(door_of: Callable[[str], None]) -> None:
    door_of('door = "single_hub"\n[steps.hub]\nsits = ["monday", "wednesday", "friday"]\n')
    hub = pathway.current().step("hub")
    assert hub.next_sitting(date(2026, 3, 3)) == date(2026, 3, 4)
    assert hub.next_sitting(date(2026, 3, 4)) == date(2026, 3, 4)
    assert hub.next_sitting(date(2026, 3, 7)) == date(2026, 3, 9)
    assert pathway.Step("any", "Any", ()).next_sitting(date(2026, 3, 7)) is None


def test_an_authority_adds_an_outcome_and_renames_another(door_of: Callable[[str], None]) -> None:
    door_of(
        'door = "single_hub"\n[outcomes.advice]\nlabel = "A conversation"\n'
        '[outcomes.youth_hub]\nlabel = "Youth hub"\nmeans = "signpost"\ndestination = true\n'
        '[steps.hub]\noutcomes = ["advice", "youth_hub", "assessment", "strategy_discussion"]\n'
    )
    labels = [one.label for one in pathway.current().may_be_decided("hub", urgent=False)]
    assert labels == ["A conversation", "Youth hub", "Assessment by a social worker", "Strategy discussion now"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('door = "castle"\n', 'door = "castle" is not a front door. Choose from advice_team'),
        ('door = "triage"\nmoat = 1\n', "moat is not a setting"),
        ('door = "triage"\n[steps.hub]\nsits = ["someday"]\n', "sits on someday"),
        ('door = "triage"\n[steps.hub]\noutcomes = ["tea"]\n', "has the outcome tea"),
        ('door = "triage"\n[steps.hub]\npasses_to = ["attic"]\n', "passes to attic"),
        ('door = "triage"\n[start]\nharm = "attic"\n', "the start for harm must name a step"),
        ('door = "triage"\n[start]\nurgent = "triage"\n', "takes what is urgent"),
        ('door = "triage"\n[outcomes.tea]\nlabel = "Tea"\nmeans = "tea"\n', "means tea: use one of advice"),
        ('door = "triage"\n[outcomes.tea]\nlabel = "Tea"\n', "the outcome tea is incomplete"),
        ('door = "triage"\n[steps.attic]\nlabel = "Attic"\n', "the step attic is incomplete"),
    ],
)
def test_a_door_that_cannot_be_used_says_what_to_mend(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "front_door.toml"
    path.write_text(text)
    with pytest.raises(ConfigurationError) as problem:
        pathway.load(path)
    assert says in str(problem.value)
    assert str(path) in str(problem.value)


def test_each_lawful_basis_names_its_article_and_condition() -> None:
    for basis in lawful.bases().values():
        assert "UK GDPR, Article 6(1)(" in basis.article_6
        assert "Article 9(2)(" in basis.condition
