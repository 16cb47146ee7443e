"""The made-up authority in memory: the same each time, whole, and believable."""

from collections import Counter
from datetime import date
from itertools import pairwise

import pytest

from throughline.record.people.numbers import nhs_passes, upn_passes
from throughline.synthetic import numbers
from throughline.synthetic.build import build
from throughline.synthetic.plan import AnAuthority
from throughline.synthetic.rates import rate

DAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def authority() -> AnAuthority:
    return build(600, 7, DAY)


def test_the_same_seed_makes_the_same_authority_and_another_seed_another() -> None:
    assert build(40, 7, DAY) == build(40, 7, DAY)
    assert build(40, 7, DAY).people != build(40, 8, DAY).people


def test_nobody_is_asked_for_an_authority_of_no_children() -> None:
    with pytest.raises(ValueError, match="at least one child"):
        build(0, 1, DAY)


def test_nothing_happens_after_today_or_to_a_child_who_is_grown_up(authority: AnAuthority) -> None:
    assert all(event.on <= DAY for event in authority.events)
    for episode in authority.episodes:
        born = authority.people[episode.person].born
        assert born is None or (episode.started - born).days < 18 * 366


def test_every_entry_is_about_someone_and_follows_something_earlier(authority: AnAuthority) -> None:
    for event in authority.events:
        assert event.parts
        if event.follows is not None:
            assert authority.events[event.follows].on <= event.on


def test_no_child_is_in_two_episodes_of_a_kind_at_once(authority: AnAuthority) -> None:
    spans: dict[tuple[int, str], list[tuple[date, date | None]]] = {}
    for one in authority.episodes:
        spans.setdefault((one.person, one.kind), []).append((one.started, one.ended))
    for each in spans.values():
        each.sort(key=lambda span: span[0])
        for before, after in pairwise(each):
            assert before[1] is not None
            assert before[1] <= after[0]


def test_a_mother_is_old_enough_to_be_one(authority: AnAuthority) -> None:
    for family in authority.families:
        for tie in family.ties:
            if tie.type == "mother":
                mother, child = authority.people[tie.person].born, authority.people[tie.other].born
                assert mother is not None
                if child is not None:
                    assert (child - mother).days > 14 * 365


def test_each_lead_worker_carries_a_believable_number_of_children(authority: AnAuthority) -> None:
    carried = Counter(one.worker for one in authority.allocations if one.ended is None)
    assert carried
    assert max(carried.values()) <= 40


def test_the_rates_of_the_documents_come_back_out_of_it(authority: AnAuthority) -> None:
    referrals = [event for event in authority.events if event.kind == "referral"]
    assessed = [event for event in referrals if event.more["assessed"]]
    assert len(assessed) / len(referrals) == pytest.approx(rate("referral_is_assessed"), abs=0.08)
    done = [event for event in authority.events if event.kind == "assessment" and event.more["done"]]
    domestic = [event for event in done if "3A" in event.more["factors"]]  # type: ignore[operator]
    assert len(domestic) / len(done) == pytest.approx(rate("domestic_abuse_factor"), abs=0.1)


def test_every_made_up_number_passes_its_check_and_is_nobody_elses(authority: AnAuthority) -> None:
    nhs = [person.nhs for person in authority.people if person.nhs]
    upn = [person.upn for person in authority.people if person.upn]
    assert all(map(nhs_passes, nhs))
    assert all(map(upn_passes, upn))
    assert len(set(nhs)) == len(nhs)
    assert len(set(upn)) == len(upn)


def test_numbers_stay_unique_far_beyond_a_demonstration() -> None:
    from random import Random

    made = [numbers.nhs_number(Random(1), key) for key in range(60_000)]
    assert len(set(made)) == len(made)
